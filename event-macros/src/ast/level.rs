//! The level of an event, as it is written.

use event_grammar::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{LitStr, Path};

/// The level, or the rule it follows from.
#[derive(Clone)]
pub(crate) enum LevelRule {
    Fixed(Level),
    Match { field: Ident, arms: Vec<Arm> },
    If { field: Ident, yes: Level, no: Level },
}

/// One arm of a rule: what it takes, and the level.
#[derive(Clone)]
pub(crate) struct Arm {
    /// The patterns between its `|`.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) level: Level,
}

/// A pattern without a `|` in it: `Some(1 | 2)` is two.
#[derive(Clone)]
pub(crate) struct Pattern {
    pub(crate) around: Around,
    pub(crate) case: Case,
    /// The case as it is written.
    pub(crate) written: TokenStream,
}

/// What stands around a case.
#[derive(Clone)]
pub(crate) enum Around {
    Nothing,
    /// `Some(..)`
    Some(Ident),
}

/// What a pattern takes.
#[derive(Clone)]
pub(crate) enum Case {
    /// `_`
    Any,
    /// `None`
    None(Ident),
    /// Both ends included; an end that is not written is the least or the greatest number.
    Integers {
        low: i128,
        high: i128,
    },
    Text(LitStr),
    Bool(bool),
    /// A variant, with the `(..)` or `{ .. }` behind it.
    Variant {
        path: Path,
        body: TokenStream,
    },
}

impl Pattern {
    /// Where its first token is.
    pub(crate) fn span(&self) -> Span {
        match &self.around {
            Around::Some(some) => some.span(),
            Around::Nothing => self
                .written
                .clone()
                .into_iter()
                .next()
                .map_or_else(Span::call_site, |token| token.span()),
        }
    }

    /// The whole of it, for messages.
    pub(crate) fn shown(&self) -> String {
        let case = match &self.case {
            Case::Variant { path, body } => {
                let path = path.to_token_stream().to_string().replace(' ', "");
                let body = body.to_string();
                if body.starts_with('{') { format!("{path} {body}") } else { path + &body }
            }
            Case::Text(text) => format!("{:?}", text.value()),
            _ => self.written.to_string().replace(' ', ""),
        };
        match self.around {
            Around::Some(_) => format!("Some({case})"),
            Around::Nothing => case,
        }
    }

    /// Whether it takes every value.
    pub(crate) const fn takes_all(&self) -> bool {
        matches!((&self.around, &self.case), (Around::Nothing, Case::Any))
    }
}
