//! The level of an event, as declared.

use event_grammar::Level;
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{LitStr, Path};

/// The level, or the rule for the level.
#[derive(Clone)]
pub(crate) enum LevelRule {
    Fixed(Level),
    Match { field: Ident, arms: Vec<Arm> },
    If { field: Ident, yes: Level, no: Level },
}

/// One arm of a rule: its patterns and its level.
#[derive(Clone)]
pub(crate) struct Arm {
    /// The patterns, separated by `|`.
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) level: Level,
}

/// A pattern without `|`: `Some(1 | 2)` is two patterns.
#[derive(Clone)]
pub(crate) struct Pattern {
    pub(crate) around: Around,
    pub(crate) case: Case,
    /// The tokens of the case.
    pub(crate) written: TokenStream,
}

/// The wrapper of a case.
#[derive(Clone)]
pub(crate) enum Around {
    Nothing,
    /// `Some(..)`
    Some(Ident),
}

/// The values that a pattern matches.
#[derive(Clone)]
pub(crate) enum Case {
    /// `_`
    Any,
    /// `None`
    None(Ident),
    /// Both bounds are included; a missing bound is the smallest or the largest number.
    Integers {
        low: i128,
        high: i128,
    },
    Text(LitStr),
    Bool(bool),
    /// A variant, with its `(..)` or `{ .. }`.
    Variant {
        path: Path,
        body: TokenStream,
    },
}

impl Pattern {
    /// The span of the first token.
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

    /// The whole pattern, for messages.
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

    /// Whether the pattern matches every value.
    pub(crate) const fn takes_all(&self) -> bool {
        matches!((&self.around, &self.case), (Around::Nothing, Case::Any))
    }
}
