//! Which levels are emitted: of all events, of a domain, of one event.

use crate::catalog::Part;
use crate::event::Event;
use crate::meta::EventMeta;
use event_grammar::Level;
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A level, as a gate compares it; above every level, nothing passes.
pub(crate) const OFF: u8 = u8::MAX;

/// The least level of all events, and of those for which another one is said. What is said of one event holds against what is said of its domain.
///
/// ```
/// use event_core::{Level, Levels};
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

/// Text that says no levels. It holds no part of the text: what stands there may come from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidLevels {
    /// Which of the parts between commas, from 1.
    pub part: usize,
    reason: &'static str,
}

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
    /// `least` and above, of all events.
    pub const fn at_least(least: Level) -> Self {
        Self { default: Some(least), rules: Vec::new() }
    }

    /// No events, until something else is said of some.
    pub const fn off() -> Self {
        Self { default: None, rules: Vec::new() }
    }

    /// Another level for a domain, or for a free event; `None` for none of it.
    #[must_use]
    pub fn domain<P: Part>(self, least: impl Into<Option<Level>>) -> Self {
        let part = P::PART;
        let free = || part.events.iter().map(|event| event.name.snake).next();
        match part.domain.map(|domain| domain.name).or_else(free) {
            Some(name) => self.named(name, least),
            None => self,
        }
    }

    /// Another level for one event; `None` for none of it.
    #[must_use]
    pub fn event<E: Event>(self, least: impl Into<Option<Level>>) -> Self {
        self.named(E::NAME, least)
    }

    /// Another level for the domain or the event of this name, in either rendering. A name is whole: `cache` is not a part of `cache_hit`.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'static, str>>, least: impl Into<Option<Level>>) -> Self {
        let (name, least) = (name.into(), least.into());
        self.rules.retain(|(known, _)| *known != name);
        self.rules.push((name, least));
        self
    }

    /// The names that are said, so that a catalog can be asked whether it has them.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|(name, _)| &**name)
    }

    /// The least level of an event, as a gate compares it.
    pub(crate) fn least(&self, meta: &EventMeta) -> u8 {
        let said = |is: &dyn Fn(&str) -> bool| self.rules.iter().find(|(name, _)| is(name)).map(|(_, least)| *least);
        let of_event = || said(&|name| name == meta.name.snake || name == meta.name.dotted);
        let of_domain = || said(&|name| name == meta.name.domain);
        let least = if self.rules.is_empty() { None } else { of_event().or_else(of_domain) };
        least.unwrap_or(self.default).map_or(OFF, |least| least as u8)
    }
}

impl FromStr for Levels {
    type Err = InvalidLevels;

    /// Reads `info,payment=debug,cache_hit=off`: one level for all, and `name=level` for a domain or an event. `info` when no level for all is said.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut levels = Self::default();
        let mut is_default_said = false;
        for (at, part) in text.split(',').map(str::trim).enumerate() {
            let invalid = |reason| InvalidLevels { part: at + 1, reason };
            let level = |word: &str| match word {
                "off" => Ok(None),
                _ => Level::from_word(word)
                    .map(Some)
                    .ok_or(invalid("a level is `trace`, `debug`, `info`, `warning`, `error`, `critical` or `off`")),
            };
            match part.split_once('=').map(|(name, word)| (name.trim(), word.trim())) {
                Some((name, word)) => {
                    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
                    if name.is_empty() || !name.chars().all(is_name) {
                        return Err(invalid("the name of a domain or an event stands before `=`"));
                    }
                    if levels.names().any(|known| known == name) {
                        return Err(invalid("it names what a part before it names"));
                    }
                    levels = levels.named(name.to_owned(), level(word)?);
                }
                None if part.is_empty() && text.trim().is_empty() => {}
                None if is_default_said => return Err(invalid("the level of all events is said twice")),
                None => {
                    is_default_said = true;
                    levels.default = level(part)?;
                }
            }
        }
        Ok(levels)
    }
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
        write!(
            f,
            "part {} of the levels cannot be read: {}; write `info,payment=debug,cache_hit=off`",
            self.part, self.reason
        )
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
            ("info,a=debug,a=info", 3, "it names"),
            ("info,debug", 2, "said twice"),
            ("info,", 2, "said twice"),
        ];
        for (text, part, reason) in cases {
            let error = text.parse::<Levels>().unwrap_err();
            assert_eq!(error.part, part, "{text}");
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
        assert_eq!("".parse::<Levels>(), Ok(Levels::default()));
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
