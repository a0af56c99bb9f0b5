//! The levels that are emitted: of all events, of a domain, of one event.

use crate::emit::emission::EmissionEventSuppressed;
use crate::event::{Block, Event};
use crate::model::catalog::Catalog;
use crate::model::meta::{EventMeta, EventName};
use event_grammar::{Level, suggest};
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

/// A level, as a gate compares it. `OFF` is above every level, so nothing passes.
pub(crate) const OFF: u8 = u8::MAX;

/// The lowest level that is emitted, for all events and for single domains and events. The level of
/// an event overrides the level of its domain.
///
/// ```
/// use event_core::emit::Levels;
/// use event_core::Level;
///
/// let levels: Levels = "warning,payment=debug,cache_hit=off".parse().unwrap();
/// assert_eq!(levels, Levels::at_least(Level::Warning).named("payment", Level::Debug).named("cache_hit", None));
/// assert_eq!(levels.to_string(), "warning,payment=debug,cache_hit=off");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Levels {
    default: Option<Level>,
    rules: Vec<(Cow<'static, str>, Option<Level>)>,
}

/// Invalid levels. The input is not stored, because it may be untrusted. The only exception is a
/// name that a catalog does not know: such a name has only letters, digits, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidLevels {
    /// The position of the invalid part between the commas, from 1; for [`Levels::check`], its
    /// position in [`Levels::names`].
    pub part: usize,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Empty,
    Level,
    Name,
    NamedTwice,
    SaidTwice,
    Unknown {
        name: String,
        /// The "did you mean" text.
        hint: String,
    },
}

/// The maximum length of a name. No event's name comes near it, and an error repeats the name.
const MOST_NAME_BYTES: usize = 128;

impl Default for Levels {
    /// `info` and above.
    fn default() -> Self {
        Self::at_least(Level::Info)
    }
}

impl From<Level> for Levels {
    fn from(least: Level) -> Self {
        Self::at_least(least)
    }
}

impl Levels {
    /// `least` and above, for all events.
    pub const fn at_least(least: Level) -> Self {
        Self { default: Some(least), rules: Vec::new() }
    }

    /// No events, until a level is set for some of them.
    pub const fn off() -> Self {
        Self { default: None, rules: Vec::new() }
    }

    /// Sets the level of a domain, or of a free event; `None` turns it off.
    #[must_use]
    pub fn domain<B: Block>(self, least: impl Into<Option<Level>>) -> Self {
        let block = B::BLOCK;
        let free = || block.events.iter().map(|event| event.name.snake).next();
        match block.domain.map(|domain| domain.name).or_else(free) {
            Some(name) => self.named(name, least),
            None => self,
        }
    }

    /// Sets the level of one event; `None` turns it off.
    #[must_use]
    pub fn event<E: Event>(self, least: impl Into<Option<Level>>) -> Self {
        self.named(E::NAME, least)
    }

    /// Sets the level of the domain or event with this name, in either spelling. The whole name
    /// must match: `cache` does not match `cache_hit`.
    #[must_use]
    pub fn named(
        mut self,
        name: impl Into<Cow<'static, str>>,
        least: impl Into<Option<Level>>,
    ) -> Self {
        let (name, least) = (name.into(), least.into());
        self.rules.retain(|(known, _)| *known != name);
        self.rules.push((name, least));
        self
    }

    /// Reads levels as [`FromStr`] does, for the events of a catalog. A name that the catalog does
    /// not have is an error; `FromStr` accepts it silently.
    ///
    /// ```
    /// use event_core::emit::Levels;
    /// use event_core::{catalog, events};
    ///
    /// events!(
    ///     #[domain(optional(action))]
    ///     pub enum Payment {}
    ///
    ///     #[event(info)]
    ///     pub struct PaymentCompleted;
    /// );
    ///
    /// catalog!(
    ///     pub enum Shop {
    ///         Payment(Payment),
    ///     }
    /// );
    ///
    /// # fn main() {
    /// assert!(Levels::parse_for(&CATALOG, "info,payment=debug").is_ok());
    /// let error = Levels::parse_for(&CATALOG, "info,paymnt=debug").unwrap_err();
    /// assert!(error.to_string().ends_with("no domain and no event `paymnt`, did you mean `payment`?"));
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if a part cannot be read, or has a name that is not in the catalog.
    pub fn parse_for(catalog: &Catalog, text: &str) -> Result<Self, InvalidLevels> {
        let levels: Self = text.parse()?;
        levels.check(catalog).map_err(|error| {
            let name = levels.names().nth(error.part - 1);
            let is_it = |part: &str| {
                part.split_once('=').is_some_and(|(said, _)| Some(said.trim()) == name)
            };
            InvalidLevels { part: 1 + text.split(',').position(is_it).unwrap_or_default(), ..error }
        })?;
        Ok(levels)
    }

    /// Checks that a catalog has a domain or an event for every name.
    ///
    /// # Errors
    ///
    /// Returns the first name that the catalog does not have, with the nearest name that it has.
    pub fn check(&self, catalog: &Catalog) -> Result<(), InvalidLevels> {
        if self.rules.is_empty() {
            return Ok(());
        }
        let events = || {
            catalog
                .events()
                .chain([<EmissionEventSuppressed<'_> as Event>::META])
                .map(|event| event.name)
        };
        let known: HashSet<&str> =
            events().flat_map(|name| [name.domain, name.snake, name.dotted]).collect();
        let Some(at) = self.names().position(|name| !known.contains(name)) else { return Ok(()) };
        let name = self.names().nth(at).unwrap_or_default();
        // Suggests the nearest name, in the spelling that resembles the input.
        let spelling = |of: EventName| if name.contains('.') { of.dotted } else { of.snake };
        let mut candidates: Vec<&str> = events().flat_map(|of| [of.domain, spelling(of)]).collect();
        candidates.sort_unstable();
        candidates.dedup();
        let reason =
            Reason::Unknown { name: name.to_owned(), hint: suggest::hint(name, candidates) };
        Err(InvalidLevels { part: at + 1, reason })
    }

    /// The names of the domains and events that have their own level.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|(name, _)| &**name)
    }

    /// The lowest level of an event, as a gate compares it.
    pub(crate) fn least(&self, meta: &EventMeta) -> u8 {
        let said = |is: &dyn Fn(&str) -> bool| {
            self.rules.iter().find(|(name, _)| is(name)).map(|(_, least)| *least)
        };
        let of_event = || said(&|name| name == meta.name.snake || name == meta.name.dotted);
        let of_domain = || said(&|name| name == meta.name.domain);
        let least = if self.rules.is_empty() { None } else { of_event().or_else(of_domain) };
        least.unwrap_or(self.default).map_or(OFF, |least| least as u8)
    }
}

impl FromStr for Levels {
    type Err = InvalidLevels;

    /// Reads `info,payment=debug,cache_hit=off`: one level for all events, and `name=level` for a
    /// domain or an event. The level for all events is `info` if it is not given.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut levels = Self::default();
        if text.trim().is_empty() {
            return Ok(levels);
        }
        let mut is_default_said = false;
        let mut named = HashSet::new();
        for (at, part) in text.split(',').map(str::trim).enumerate() {
            let invalid = |reason| InvalidLevels { part: at + 1, reason };
            if part.is_empty() {
                return Err(invalid(Reason::Empty));
            }
            let Some((name, word)) = part.split_once('=') else {
                levels.default = level(part).map_err(invalid)?;
                if std::mem::replace(&mut is_default_said, true) {
                    return Err(invalid(Reason::SaidTwice));
                }
                continue;
            };
            let name = name.trim();
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            if name.is_empty() || name.len() > MOST_NAME_BYTES || !name.chars().all(is_name) {
                return Err(invalid(Reason::Name));
            }
            if !named.insert(name) {
                return Err(invalid(Reason::NamedTwice));
            }
            levels.rules.push((name.to_owned().into(), level(word.trim()).map_err(invalid)?));
        }
        Ok(levels)
    }
}

/// The level that a word names; `None` for `off`.
fn level(word: &str) -> Result<Option<Level>, Reason> {
    if word == "off" { Ok(None) } else { Level::from_word(word).map(Some).ok_or(Reason::Level) }
}

impl fmt::Display for Levels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |level: Option<Level>| level.map_or("off", Level::as_str);
        f.write_str(word(self.default))?;
        self.rules.iter().try_for_each(|(name, level)| write!(f, ",{name}={}", word(*level)))
    }
}

impl fmt::Display for InvalidLevels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "part {} of the levels cannot be read: ", self.part)?;
        f.write_str(match &self.reason {
            Reason::Unknown { name, hint } => {
                return write!(f, "the catalog has no domain and no event `{name}`{hint}");
            }
            Reason::Empty => "it is empty; remove the comma",
            Reason::Level => {
                "a level is `trace`, `debug`, `info`, `warning`, `error`, `critical` or `off`"
            }
            Reason::Name => {
                "the name of a domain or an event has 1 to 128 letters, digits, `_` or `.`"
            }
            Reason::NamedTwice => "it repeats the name of an earlier part",
            Reason::SaidTwice => "the level of all events is set twice",
        })?;
        f.write_str("; write `info,payment=debug,cache_hit=off`")
    }
}

impl std::error::Error for InvalidLevels {}

#[cfg(test)]
mod tests {
    use super::Levels;
    use proptest::prelude::*;

    #[test]
    fn what_cannot_be_read_says_which_part() {
        let cases = [
            ("verbose", 1, "a level is"),
            ("info,payment=loud", 2, "a level is"),
            ("info,=debug", 2, "the name of"),
            ("info,pay ment=debug", 2, "the name of"),
            ("info,a=debug,a=info", 3, "it repeats"),
            ("info,debug", 2, "set twice"),
            ("info,", 2, "it is empty"),
            ("info,payment=debug,", 3, "it is empty"),
            (",info", 1, "it is empty"),
            ("payment=debug,,info", 2, "it is empty"),
        ];
        for (text, part, reason) in cases {
            let error = text.parse::<Levels>().unwrap_err();
            assert_eq!(error.part, part, "{text}");
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
        assert_eq!("".parse::<Levels>(), Ok(Levels::default()));
        assert_eq!(format!("{}=debug", "a".repeat(129)).parse::<Levels>().unwrap_err().part, 1);
    }

    /// A linear search in the list of names for each part would take minutes here.
    #[test]
    fn long_text_is_read_in_linear_time() {
        let text: Vec<String> = (0..100_000).map(|at| format!("name_{at}=debug")).collect();
        let text = text.join(",");
        let started = std::time::Instant::now();
        let levels: Levels = text.parse().unwrap();
        assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
        assert_eq!(levels.names().count(), 100_000);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(levels) = text.parse::<Levels>() {
                prop_assert_eq!(levels.to_string().parse::<Levels>(), Ok(levels));
            }
        }
    }
}
