//! Reads documentation: `///`, `/** .. */`, `#[doc = ".."]`, and text expressions such as
//! `#[doc = include_str!("..")]`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// The documentation of an item, for descriptors.
#[derive(Clone, Default)]
pub(crate) struct Docs {
    lines: Vec<Line>,
}

/// One or more lines.
#[derive(Clone)]
enum Line {
    Text(String),
    /// Text that only the compiler knows.
    Expression(TokenStream),
}

impl Docs {
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let mut lines = Vec::new();
        for attr in attrs {
            let Meta::NameValue(pair) = &attr.meta else { continue };
            if !pair.path.is_ident("doc") {
                continue;
            }
            match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                    lines.extend(text_lines(&text.value()));
                }
                other => lines.push(Line::Expression(other.to_token_stream())),
            }
        }
        Self { lines }
    }

    /// Whether there is no documentation. An expression counts as documentation: its text is not
    /// known here.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| matches!(line, Line::Text(text) if text.is_empty()))
    }

    /// The end marker of a code block that is not closed in the known text.
    pub(crate) fn open_fence(&self) -> Option<String> {
        let mut open: Option<&str> = None;
        for line in &self.lines {
            let Line::Text(line) = line else { continue };
            let line = line.trim();
            let Some(mark) = line.chars().next().filter(|mark| matches!(mark, '`' | '~')) else {
                continue;
            };
            let (fence, rest) = line.split_at(line.len() - line.trim_start_matches(mark).len());
            open = match open {
                Some(begun) if fence.starts_with(begun) && rest.is_empty() => None,
                None if fence.len() >= 3 && !(mark == '`' && rest.contains('`')) => Some(fence),
                other => other,
            };
        }
        open.map(str::to_owned)
    }

    /// The text, if all of it is known here.
    fn text(&self) -> Option<String> {
        let lines = self.lines.iter().map(|line| match line {
            Line::Text(text) => Some(text.as_str()),
            Line::Expression(_) => None,
        });
        let lines: Option<Vec<&str>> = lines.collect();
        lines.map(|lines| lines.join("\n").trim().to_owned())
    }

    /// The text as an expression: a literal, or a call that the compiler evaluates. `core` and
    /// `private` are paths.
    pub(crate) fn expression(&self, core: &TokenStream, private: &TokenStream) -> TokenStream {
        if let Some(text) = self.text() {
            return quote!(#text);
        }
        let lines = self.lines.iter().map(|line| match line {
            Line::Text(text) => quote!(#text),
            Line::Expression(expression) => expression.clone(),
        });
        quote!(#private::trimmed(#core::concat!(#(#lines, "\n"),*)))
    }
}

/// The lines of one comment, as rustdoc sees them: without the stars of `/** .. */`, and without
/// the space after the mark.
fn text_lines(text: &str) -> Vec<Line> {
    let lines: Vec<&str> = text.lines().collect();
    let is_list = lines.first().is_some_and(|line| line.trim_start().starts_with('*'));
    let has_stars = lines.len() > 1 && !is_list && lines[1..].iter().all(|line| is_starred(line));
    let line = |line: &str| {
        let line =
            if has_stars { line.trim_start().strip_prefix('*').unwrap_or(line) } else { line };
        Line::Text(line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned())
    };
    lines.into_iter().map(line).collect()
}

/// Whether a line of a block comment begins with a star. The last line may be blank.
fn is_starred(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('*')
}

#[cfg(test)]
mod tests {
    use super::Docs;
    use quote::quote;
    use syn::parse_quote;

    fn text_of(attrs: &[syn::Attribute]) -> String {
        Docs::of(attrs).text().unwrap()
    }

    #[test]
    fn a_block_comment_loses_its_stars() {
        assert_eq!(
            text_of(&[parse_quote!(#[doc = "\n * Money is asked for.\n *\n * Once.\n "])]),
            "Money is asked for.\n\nOnce."
        );
        assert_eq!(text_of(&[parse_quote!(#[doc = " First.\n     * second"])]), "First.\nsecond");
    }

    #[test]
    fn a_list_keeps_its_stars() {
        let docs: [syn::Attribute; 2] =
            [parse_quote!(#[doc = " * one"]), parse_quote!(#[doc = " * two"])];
        assert_eq!(text_of(&docs), "* one\n* two");
        assert_eq!(
            text_of(&[parse_quote!(#[doc = "\n Either:\n * one\n * two\n"])]),
            "Either:\n* one\n* two"
        );
    }

    #[test]
    fn an_expression_is_put_together_by_the_compiler() {
        let docs = Docs::of(&[
            parse_quote!(#[doc = " Before."]),
            parse_quote!(#[doc = include_str!("page.md")]),
        ]);
        assert!(!docs.is_empty());
        let expression = docs.expression(&quote!(core), &quote!(private));
        let expected =
            quote!(private::trimmed(core::concat!("Before.", "\n", include_str!("page.md"), "\n")));
        assert_eq!(expression.to_string(), expected.to_string());
    }

    #[test]
    fn a_block_of_code_that_is_not_ended_is_found() {
        let fence = |text: &str| Docs::of(&[parse_quote!(#[doc = #text])]).open_fence();
        assert_eq!(fence("A.\n```text\nb"), Some("```".to_owned()));
        assert_eq!(fence("A.\n~~~~\n~~~\n```"), Some("~~~~".to_owned()));
        assert_eq!(
            [fence("```\na\n```"), fence("```a```"), fence("`a"), fence("~~~\n```\n~~~")],
            [const { None }; 4]
        );
    }

    #[test]
    fn nothing_but_space_is_no_documentation() {
        assert!(Docs::of(&[parse_quote!(#[doc = " "]), parse_quote!(#[cfg(test)])]).is_empty());
    }
}
