//! The contents of an attribute: words, each bare, `word = ..` or `word(..)`. Parsing never fails:
//! an unreadable word is reported and left out.

use super::tokens::{brief, chunks};
use crate::diag::Errors;
use crate::words::{self, Place};
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::parse::{Parse, Parser};
use syn::{Attribute, LitStr, Meta, Path, Token};

/// How many words of a place a message lists if no word was written.
const LISTED: usize = 8;

/// One word of an attribute, with its argument.
pub(crate) struct Arg {
    pub(crate) word: Ident,
    pub(crate) syntax: Syntax,
}

pub(crate) enum Syntax {
    Bare,
    Equals(TokenStream),
    List(TokenStream),
}

/// The words of `attr` that are valid at `place`; `seen` finds duplicates.
pub(crate) fn read(
    attr: &Attribute,
    place: Place,
    seen: &mut Vec<Ident>,
    errors: &Errors,
) -> Vec<Arg> {
    let list = match &attr.meta {
        Meta::Path(_) => return Vec::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => {
            let name = place.attribute();
            errors.on(
                &pair.path,
                format!("`#[{name} = ..]` takes words in parentheses\nhelp: write `#[{name}(..)]`"),
            );
            return Vec::new();
        }
    };
    let mut args = Vec::new();
    for chunk in chunks(list) {
        let Some(arg) = read_one(chunk, place, errors) else { continue };
        if !words::check(place, &arg.word, errors) {
            continue;
        }
        if seen.contains(&arg.word) {
            errors.on(&arg.word, format!("`{}` is given twice\nhelp: keep one of them", arg.word));
            continue;
        }
        seen.push(arg.word.clone());
        args.push(arg);
    }
    args
}

fn read_one(chunk: Vec<TokenTree>, place: Place, errors: &Errors) -> Option<Arg> {
    let mut tokens = chunk.into_iter();
    let word = match tokens.next()? {
        TokenTree::Ident(word) => word,
        other => {
            let (name, found) = (place.attribute(), brief(&other));
            let words: Vec<String> =
                words::valid_on(place).take(LISTED).map(|word| format!("`{word}`")).collect();
            let words = words.join(", ");
            errors.on(
                &other,
                format!("expected a word of `#[{name}(..)]`, found `{found}`\nhelp: its words are {words}, .."),
            );
            return None;
        }
    };
    let rest: Vec<TokenTree> = tokens.collect();
    let syntax = match rest.as_slice() {
        [] => Syntax::Bare,
        [TokenTree::Punct(punct), value @ ..] if punct.as_char() == '=' => {
            Syntax::Equals(value.iter().cloned().collect())
        }
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            Syntax::List(group.stream())
        }
        [TokenTree::Punct(colon), value @ ..] if colon.as_char() == ':' => {
            let value: TokenStream = value.iter().cloned().collect();
            errors.on(
                colon,
                format!("expected `=` after `{word}`, found `:`\nhelp: write `{word} = {value}`"),
            );
            return None;
        }
        [unexpected, ..] => {
            let found = brief(unexpected);
            errors.on(
                unexpected,
                format!("expected `,` after `{word}`, found `{found}`\nhelp: words are separated by commas"),
            );
            return None;
        }
    };
    Some(Arg { word, syntax })
}

impl Arg {
    pub(crate) fn span(&self) -> Span {
        self.word.span()
    }

    /// Reports the expected argument, on the given argument or, without one, on the word.
    fn is_syntax_of(&self, wanted: &str, errors: &Errors) {
        let message = format!("`{}` {wanted}\nhelp: write `{}`", self.word, syntax_of(&self.word));
        match &self.syntax {
            Syntax::Equals(given) | Syntax::List(given) if !given.is_empty() => {
                errors.on(given, message);
            }
            _ => errors.on(&self.word, message),
        }
    }

    /// Checks that the word has no argument.
    pub(crate) fn bare(&self, errors: &Errors) -> bool {
        let bare = matches!(self.syntax, Syntax::Bare);
        if !bare {
            self.is_syntax_of("takes nothing", errors);
        }
        bare
    }

    /// The literal of `word = "text"`.
    pub(crate) fn text(&self, errors: &Errors) -> Option<LitStr> {
        match &self.syntax {
            Syntax::Equals(tokens) => text(tokens, &self.word, errors),
            _ => {
                self.is_syntax_of("takes a text", errors);
                None
            }
        }
    }

    /// The parsed value of `word = value`.
    pub(crate) fn value<T: Parse>(&self, wanted: &str, errors: &Errors) -> Option<T> {
        let parsed = match &self.syntax {
            Syntax::Equals(tokens) => syn::parse2(tokens.clone()).ok(),
            _ => None,
        };
        if parsed.is_none() {
            self.is_syntax_of(&format!("takes {wanted}"), errors);
        }
        parsed
    }

    /// The identifiers of `word(a, b)`.
    pub(crate) fn idents(&self, errors: &Errors) -> Vec<Ident> {
        self.items::<Ident>("takes words in parentheses", errors)
    }

    /// The fields of `word(a, b)`.
    pub(crate) fn fields(&self, errors: &Errors) -> Vec<Ident> {
        self.items::<Ident>("takes fields in parentheses", errors)
    }

    /// The paths of `word(path::A, B)`.
    pub(crate) fn paths(&self, errors: &Errors) -> Vec<Path> {
        self.items::<Path>("takes types in parentheses", errors)
    }

    fn items<T: Parse>(&self, wanted: &str, errors: &Errors) -> Vec<T> {
        let parser = syn::punctuated::Punctuated::<T, Token![,]>::parse_terminated;
        let parsed = match &self.syntax {
            Syntax::List(tokens) => {
                parser.parse2(tokens.clone()).ok().filter(|items| !items.is_empty())
            }
            _ => None,
        };
        match parsed {
            Some(items) => items.into_iter().collect(),
            None => {
                self.is_syntax_of(wanted, errors);
                Vec::new()
            }
        }
    }

    /// The literals of `word("a", "b")`.
    pub(crate) fn texts(&self, errors: &Errors) -> Vec<LitStr> {
        match &self.syntax {
            Syntax::List(tokens) if !tokens.is_empty() => chunks(tokens.clone())
                .into_iter()
                .filter_map(|chunk| text(&chunk.into_iter().collect(), &self.word, errors))
                .collect(),
            Syntax::Equals(tokens) if syn::parse2::<LitStr>(tokens.clone()).is_ok() => {
                let word = &self.word;
                errors.on(
                    tokens,
                    format!("`{word}` takes texts in parentheses\nhelp: write `{word}({tokens})`"),
                );
                Vec::new()
            }
            _ => {
                self.is_syntax_of("takes texts in parentheses", errors);
                Vec::new()
            }
        }
    }
}

/// A text literal. Anything else is refused, `format!` above all: names are declared, not computed.
fn text(tokens: &TokenStream, word: &Ident, errors: &Errors) -> Option<LitStr> {
    if tokens.is_empty() {
        errors.on(word, format!("`{word}` has no value\nhelp: write `{}`", syntax_of(word)));
        return None;
    }
    let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) else {
        let why = if *word == "alias" { ": names are declared, never computed" } else { "" };
        let written = quoted(tokens, word).unwrap_or_else(|| syntax_of(word).to_owned());
        errors.on(
            tokens,
            format!("`{word}` takes a text that is written out{why}\nhelp: write `{written}`"),
        );
        return None;
    };
    if text.value().trim().is_empty() {
        errors.on(
            tokens,
            format!("`{word}` is empty\nhelp: write `{}`, or remove the word", syntax_of(word)),
        );
        return None;
    }
    Some(text)
}

/// The syntax of `word`, from the table of words.
fn syntax_of(word: &Ident) -> &'static str {
    words::WORDS.iter().find(|known| *word == known.name).map_or("", |known| known.syntax)
}

/// The unquoted argument in quotes; `None` if quotes alone would not make it valid.
fn quoted(tokens: &TokenStream, word: &Ident) -> Option<String> {
    let syntax = syntax_of(word);
    let is_free = !["limit", "expires", "retention", "rename_all"]
        .iter()
        .any(|word| syntax.starts_with(word));
    let mut trees = tokens.clone().into_iter();
    match (trees.next()?, trees.next()) {
        (TokenTree::Ident(_) | TokenTree::Literal(_), None) if is_free => {
            Some(match syntax.split_once('(') {
                Some(_) => format!("{word}(\"{tokens}\")"),
                None => format!("{word} = \"{tokens}\""),
            })
        }
        _ => None,
    }
}
