//! Texts of these patterns, lengths and formats, and not of those.

use super::leaf::Fact;
use super::{Answer, Literal, Solver};
use crate::compat::arena::{Atom, Constant};
use crate::compat::format::Format;
use crate::compat::pattern::{Excluded, Found, Language, Lengths, search};
use crate::compat::tri::Tri;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many texts are tried where a format has to be met or missed.
const TRIED: usize = 12;
/// Longer texts, all in all, are not excluded.
const EXCLUDED: usize = 1_000_000;
/// Longer texts are not made.
const LONG: usize = 65_536;

impl Solver {
    pub(super) fn text(&mut self, query: &[Literal], facts: &[Fact]) -> Answer {
        let mut languages = Vec::new();
        let mut lengths = Lengths { min: 0, max: None };
        let mut formats = Vec::new();
        let mut excluded = BTreeSet::new();
        let mut is_exact = true;
        for fact in facts {
            match fact.says() {
                (Atom::MinLength(min), true) => lengths.min = lengths.min.max(*min),
                (Atom::MaxLength(max), true) => lengths.max = Some(lengths.max.map_or(*max, |old| old.min(*max))),
                (Atom::MaxLength(max), false) => match max.checked_add(1) {
                    Some(min) => lengths.min = lengths.min.max(min),
                    None => return Answer::Nothing,
                },
                (Atom::MinLength(0), false) => return Answer::Nothing,
                (Atom::MinLength(min), false) => {
                    lengths.max = Some(lengths.max.map_or(min - 1, |old| old.min(min - 1)));
                }
                (Atom::Pattern(pattern), holds) => match self.arena.language(pattern) {
                    Some(found) => languages.push(if holds { found.clone() } else { found.clone().not() }),
                    None => is_exact = false,
                },
                (Atom::Enum(values), false) => excluded.extend(values.iter().filter_map(|value| match value {
                    Constant::Text(text) => Some(text.as_str()),
                    _ => None,
                })),
                (Atom::Format(name), _) => formats.extend(Format::named(name)),
                _ => {}
            }
        }
        if lengths.max.is_some_and(|max| max < lengths.min) {
            return Answer::Nothing;
        }
        if excluded.iter().map(|text| text.len()).sum::<usize>() > EXCLUDED {
            return Answer::Unknown;
        }
        let wanted = if formats.is_empty() && is_exact { 1 } else { TRIED };
        let language = Language::all(languages);
        let mut work = 0;
        let found = search(&language, lengths, &Excluded::of(excluded), wanted, &mut work);
        self.work(work);
        let (texts, gave_up) = match found {
            Found::Texts(texts) => (texts, false),
            Found::Nothing => return Answer::Nothing,
            Found::GaveUp => (Vec::new(), true),
        };
        let known =
            formats.iter().flat_map(|format| format.inside.iter().chain(format.outside)).map(|text| (*text).to_owned());
        // Where patterns are not understood or too large, an ordinary text may do.
        let ordinary = if gave_up || !is_exact { ["", "a", "0", "A-1", "a b"].as_slice() } else { &[] };
        let long = usize::try_from(lengths.min).ok().filter(|min| gave_up && *min <= LONG).map(|min| "a".repeat(min));
        let candidates =
            texts.into_iter().chain(known).chain(ordinary.iter().map(|text| (*text).to_owned())).chain(long);
        for text in candidates {
            let value = Value::String(text);
            if self.fits(query, &value) == Tri::True {
                return Answer::Witness(value);
            }
        }
        Answer::Unknown
    }
}
