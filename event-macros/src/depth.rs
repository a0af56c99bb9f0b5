//! Limits the depth of the input. Reading a tree of tokens recurses once per level, and the stack
//! is finite, so deeper input is refused before it is read.

use proc_macro2::{Span, TokenStream, TokenTree};

/// The maximum depth of brackets, `<` and `>` among them. Declarations that people write are far
/// below it.
const DEEPEST: usize = 64;

/// The message for input that is too deep, and its place.
pub(crate) fn mistake(input: &TokenStream) -> Option<(Span, String)> {
    too_deep(input).map(|span| {
        let text = format!(
            "a type is nested more than {DEEPEST} deep\nhelp: give a part of it a name of its own, as a struct or an enum"
        );
        (span, text)
    })
}

/// The first token that is too deep. The function does not recurse: it keeps a list of the groups
/// that are still to be read.
fn too_deep(input: &TokenStream) -> Option<Span> {
    let mut open = vec![(input.clone(), 0)];
    while let Some((tokens, outer)) = open.pop() {
        let mut angles = 0_usize;
        let mut is_arrow = false;
        for token in tokens {
            let begins_arrow = std::mem::take(&mut is_arrow);
            match &token {
                TokenTree::Punct(punct) => match punct.as_char() {
                    '<' => angles += 1,
                    '>' if !begins_arrow => angles = angles.saturating_sub(1),
                    '-' | '=' => is_arrow = true,
                    ';' => angles = 0,
                    _ => {}
                },
                TokenTree::Group(group) => open.push((group.stream(), outer + angles + 1)),
                TokenTree::Ident(_) | TokenTree::Literal(_) => {}
            }
            if outer + angles > DEEPEST {
                return Some(token.span());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::mistake;
    use proc_macro2::TokenStream;

    fn nested(depth: usize) -> TokenStream {
        format!("pub struct A {{ pub a: {}u8{} }}", "Vec<".repeat(depth), ">".repeat(depth))
            .parse()
            .unwrap()
    }

    #[test]
    fn what_is_too_deep_is_refused() {
        assert!(mistake(&nested(50)).is_none());
        assert!(mistake(&nested(65)).is_some());
        assert!(mistake(&nested(100_000)).is_some());
    }

    #[test]
    fn arrows_and_comparisons_are_no_nesting() {
        let many = "a: fn(u8) -> u8, b => c, ".repeat(100) + &"d > e; f < g; ".repeat(100);
        assert!(mistake(&many.parse().unwrap()).is_none());
    }
}
