//! The colours of the console, and whether they are wanted.

use event_grammar::Level;
use std::env;
use std::ffi::OsStr;

/// The escape sequences for the parts of a line. All are empty without colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Palette {
    /// The colours of the levels, least severe first.
    levels: [&'static str; 6],
    pub(super) name: &'static str,
    pub(super) entity: &'static str,
    /// The key of one of the event's own fields.
    pub(super) key: &'static str,
    /// The time, and the members that are not the event's own.
    pub(super) dim: &'static str,
    /// Ends any of the others.
    pub(super) end: &'static str,
}

impl Palette {
    pub(super) const PLAIN: Self =
        Self { levels: [""; 6], name: "", entity: "", key: "", dim: "", end: "" };

    /// Only the eight basic colours, because the user's terminal maps them to readable ones on its
    /// own background.
    const COLOURED: Self = Self {
        levels: ["\x1b[2m", "\x1b[34m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[1;31m"],
        name: "\x1b[1m",
        entity: "\x1b[35m",
        key: "\x1b[36m",
        dim: "\x1b[2m",
        end: "\x1b[0m",
    };

    pub(super) const fn coloured_if(are_on: bool) -> Self {
        if are_on { Self::COLOURED } else { Self::PLAIN }
    }

    pub(super) const fn level(&self, level: Level) -> &'static str {
        self.levels[level as usize - 1]
    }
}

/// Whether the environment asks for colours on this stream.
pub(super) fn are_wanted(is_terminal: bool) -> bool {
    let value = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    decided(
        value("NO_COLOR").as_deref(),
        value("CLICOLOR_FORCE").as_deref(),
        value("TERM").as_deref(),
        is_terminal,
    )
}

/// The rules of <https://no-color.org> and <https://bixense.com/clicolors>. The values are not
/// empty.
fn decided(
    no_color: Option<&OsStr>,
    force: Option<&OsStr>,
    term: Option<&OsStr>,
    is_terminal: bool,
) -> bool {
    if no_color.is_some() {
        return false;
    }
    force.is_some_and(|force| force != "0") || is_terminal && term.is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::decided;
    use std::ffi::OsStr;

    #[test]
    fn the_first_rule_that_applies_decides() {
        let is = |no_color: Option<&'static str>, force: Option<&'static str>, term, terminal| {
            let text = |text: &'static str| OsStr::new(text);
            decided(no_color.map(text), force.map(text), Some(OsStr::new(term)), terminal)
        };
        assert!(is(None, None, "xterm", true) && !is(None, None, "xterm", false));
        assert!(!is(None, None, "dumb", true));
        assert!(is(None, Some("1"), "dumb", false) && !is(None, Some("0"), "xterm", false));
        assert!(is(None, Some("0"), "xterm", true), "0 does not turn colours off");
        assert!(!is(Some("1"), Some("1"), "xterm", true));
        assert!(decided(None, None, None, true));
    }
}
