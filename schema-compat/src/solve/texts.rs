//! Texts of these patterns, lengths and formats, and not of those.

use super::leaf::Fact;
use super::{Answer, Literal, Solver};
use crate::arena::{Atom, Constant};
use crate::format::{self, Format};
use crate::pattern::{Excluded, Found, Language, Lengths, search};
use crate::tri::Tri;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many texts are tried where a format has to be met or missed.
const TRIED: usize = 12;
/// Longer texts, all in all, are not excluded.
const EXCLUDED: usize = 1_000_000;
/// Longer texts are not made.
const LONG: usize = 65_536;

/// What facts ask of a text.
struct Asked<'f> {
    languages: Vec<Language>,
    lengths: Lengths,
    /// Formats, and whether a text has to have them.
    formats: Vec<(&'static Format, bool)>,
    excluded: BTreeSet<&'f str>,
    /// Every pattern is understood.
    is_exact: bool,
}

impl Solver {
    pub(super) fn text(&mut self, query: &[Literal], facts: &[Fact]) -> Answer {
        let Some(asked) = self.asked_of_text(facts) else { return Answer::Nothing };
        let Asked { languages, lengths, formats, excluded, is_exact } = asked;
        if lengths.max.is_some_and(|max| max < lengths.min) {
            return Answer::Nothing;
        }
        if excluded.iter().map(|text| text.len()).sum::<usize>() > EXCLUDED {
            return Answer::Unknown;
        }
        let excluded = Excluded::of(excluded);
        // What is surely of the formats, or surely not: one such text is enough.
        let mut texts = Vec::new();
        if !formats.is_empty()
            && let Found::Texts(found) =
                self.texts(&languages, &formats, true, lengths, &excluded, 1)
        {
            texts.extend(found);
        }
        let wanted = if formats.is_empty() && is_exact { 1 } else { TRIED };
        let gave_up = match self.texts(&languages, &formats, false, lengths, &excluded, wanted) {
            Found::Texts(found) => {
                texts.extend(found);
                false
            }
            Found::Nothing => return Answer::Nothing,
            Found::GaveUp => true,
        };
        let known =
            formats.iter().flat_map(|(format, _)| format.inside.iter().chain(format.outside));
        // Where patterns are not understood or too large, an ordinary text may do.
        let ordinary =
            if gave_up || !is_exact { ["", "a", "0", "A-1", "a b"].as_slice() } else { &[] };
        let long = usize::try_from(lengths.min)
            .ok()
            .filter(|min| gave_up && *min <= LONG)
            .map(|min| "a".repeat(min));
        let ready = known.chain(ordinary).map(|text| (*text).to_owned());
        for text in texts.into_iter().chain(ready).chain(long) {
            let value = Value::String(text);
            if self.fits(query, &value) == Tri::True {
                return Answer::Witness(value);
            }
        }
        Answer::Unknown
    }

    /// What the facts ask; nothing where no text is long or short enough.
    fn asked_of_text<'f>(&mut self, facts: &'f [Fact]) -> Option<Asked<'f>> {
        let mut asked = Asked {
            languages: Vec::new(),
            lengths: Lengths { min: 0, max: None },
            formats: Vec::new(),
            excluded: BTreeSet::new(),
            is_exact: true,
        };
        let lengths = &mut asked.lengths;
        let at_most = |old: Option<u64>, max: u64| Some(old.map_or(max, |old| old.min(max)));
        for fact in facts {
            match fact.says() {
                (Atom::MinLength(min), true) => lengths.min = lengths.min.max(*min),
                (Atom::MaxLength(max), true) => lengths.max = at_most(lengths.max, *max),
                (Atom::MaxLength(max), false) => {
                    lengths.min = lengths.min.max(max.checked_add(1)?);
                }
                (Atom::MinLength(min), false) => {
                    lengths.max = at_most(lengths.max, min.checked_sub(1)?);
                }
                (Atom::Pattern(pattern), holds) => match self.arena.language(pattern) {
                    Some(found) => {
                        let found = found.clone();
                        asked.languages.push(if holds { found } else { found.not() });
                    }
                    None => asked.is_exact = false,
                },
                (Atom::Enum(values), false) => {
                    asked.excluded.extend(values.iter().filter_map(|value| match value {
                        Constant::Text(text) => Some(text.as_str()),
                        _ => None,
                    }));
                }
                (Atom::Format(name), holds) => {
                    asked.formats.extend(format::named(name).map(|format| (format, holds)));
                }
                _ => {}
            }
        }
        Some(asked)
    }

    /// Texts of these languages, and surely of the formats, or perhaps.
    fn texts(
        &mut self,
        languages: &[Language],
        formats: &[(&Format, bool)],
        surely: bool,
        lengths: Lengths,
        excluded: &Excluded,
        wanted: usize,
    ) -> Found {
        let mut languages = languages.to_vec();
        for (format, holds) in formats {
            // What is surely no text of it is not even within it.
            let pattern = if surely == *holds { format.surely } else { format.within };
            if let Some(found) = self.arena.language(pattern) {
                languages.push(if *holds { found.clone() } else { found.clone().not() });
            }
        }
        let mut work = 0;
        let found = search(&Language::all(languages), lengths, excluded, wanted, &mut work);
        self.work(work);
        found
    }
}
