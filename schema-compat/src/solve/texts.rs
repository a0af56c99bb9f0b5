//! Texts that have some patterns, lengths and formats, and not others.

use super::leaf::Fact;
use super::{Answer, Literal, Solver};
use crate::arena::{Atom, Constant};
use crate::format::{self, Format};
use crate::pattern::{Excluded, Found, Language, Lengths, search};
use crate::tri::Tri;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many texts are tried if a format must hold or must not hold.
const TRIED: usize = 12;
/// The maximum total length of excluded texts.
const EXCLUDED: usize = 1_000_000;
/// The maximum length of a generated text.
const LONG: usize = 65_536;

/// The requirements for a text.
struct Asked<'f> {
    languages: Vec<Language>,
    lengths: Lengths,
    /// The formats, and whether a text must have them.
    formats: Vec<(&'static Format, bool)>,
    excluded: BTreeSet<&'f str>,
    /// Whether every pattern is supported.
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
        // Texts that surely have the formats, or surely do not: one such text is enough.
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
        // If patterns are not supported or too large, an ordinary text may match.
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

    /// The requirements; `None` if no length is allowed.
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

    /// Texts of these languages that have the formats, surely or possibly.
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
            // A text that surely lacks the format is outside `within`.
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
