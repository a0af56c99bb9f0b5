//! Tokens as one line of text, spaced as rustfmt spaces types.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// What kind of token was written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    Word,
    Mark,
}

/// The tokens of a type, of bounds or of a signature, on one line.
pub(crate) fn written(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    write(tokens.to_token_stream(), &mut text, &mut Last::Nothing);
    text.replace(", >", ">")
}

fn write(tokens: TokenStream, text: &mut String, last: &mut Last) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => word(&ident.to_string(), text, last),
            TokenTree::Literal(literal) => word(&literal.to_string(), text, last),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                if group.delimiter() != Delimiter::None && stays_apart(text) {
                    text.push(' ');
                }
                text.push_str(open);
                *last = Last::Nothing;
                write(group.stream(), text, last);
                // A comma after the last one says nothing.
                text.truncate(text.trim_end_matches([',', ' ']).len());
                text.push_str(close);
                *last = Last::Word;
            }
            TokenTree::Punct(punct) => {
                let mut mark = punct.as_char().to_string();
                let mut spacing = punct.spacing();
                while spacing == Spacing::Joint
                    && let Some(TokenTree::Punct(next)) = tokens.peek()
                    && is_one_mark(&mark, next.as_char())
                {
                    mark.push(next.as_char());
                    spacing = next.spacing();
                    tokens.next();
                }
                punctuation(&mark, text, last);
                if mark == "'"
                    && let Some(TokenTree::Ident(name)) = tokens.next()
                {
                    text.push_str(&name.to_string());
                    *last = Last::Word;
                }
            }
        }
    }
}

/// Whether the last word is a lifetime or a keyword, so that a bracket is no part of it.
fn stays_apart(text: &str) -> bool {
    let word = text.rsplit([' ', '&', '(', '<', '[']).next().unwrap_or(text);
    word.starts_with('\'') || matches!(word, "mut" | "const" | "dyn")
}

fn is_one_mark(mark: &str, next: char) -> bool {
    matches!((mark, next), (":", ':') | ("-" | "=", '>') | ("=", '=') | ("." | "..", '.' | '='))
}

fn word(word: &str, text: &mut String, last: &mut Last) {
    if *last == Last::Word && !text.ends_with(' ') {
        text.push(' ');
    }
    text.push_str(word);
    *last = Last::Word;
}

fn punctuation(mark: &str, text: &mut String, last: &mut Last) {
    match mark {
        "," | ":" | ";" => {
            text.push_str(mark);
            text.push(' ');
            *last = Last::Mark;
        }
        "->" | "=>" | "=" | "+" | "==" => {
            if !text.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(mark);
            text.push(' ');
            *last = Last::Mark;
        }
        "'" => {
            if *last == Last::Word && !text.ends_with(' ') {
                text.push(' ');
            }
            text.push('\'');
            *last = Last::Mark;
        }
        // `dyn ?Sized`, `const &T` and the like start a word.
        "&" | "?" | "*" | "!" if *last == Last::Word => {
            text.push(' ');
            text.push_str(mark);
            *last = Last::Mark;
        }
        ">" => {
            text.push('>');
            *last = Last::Word;
        }
        mark => {
            text.push_str(mark);
            *last = Last::Mark;
        }
    }
}

#[test]
fn types_are_spaced_as_people_write_them() {
    let cases = [
        "&'a mut Vec<Option<T>>",
        "impl Fn(&str) -> bool + 'static",
        "Box<dyn Sink + Send>",
        "[u8; 16]",
        "<T as Trait>::Out",
        "(u8, &'static [&'static str])",
        "fn(&Record<'_>) -> Result<(), Error>",
        "*const u8",
        "&mut [u8]",
    ];
    for case in cases {
        let ty: syn::Type = syn::parse_str(case).expect("it is a type");
        assert_eq!(written(&ty), case);
    }
}
