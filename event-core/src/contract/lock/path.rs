//! The path to a change: `addr.street`, `items[].sku`.

use event_grammar::same;
use std::fmt;

/// The maximum number of steps. Deeper steps are left out.
const DEPTH: usize = 8;

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// A field, or a variant.
    Name(&'a [u8]),
    /// An item of a list, or a value of a map.
    Item,
    /// A named type at which the path begins: `&shop::model::User`.
    Type(&'a [u8]),
}

/// The path to a change, from the outside in.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    /// The innermost step first, because a comparison finds the innermost step first.
    steps: [Step<'a>; DEPTH],
    len: usize,
}

impl<'a> Path<'a> {
    pub(crate) const fn new() -> Self {
        Self { steps: [Step::Item; DEPTH], len: 0 }
    }

    /// Adds a step before the others.
    pub(crate) const fn below(mut self, step: Step<'a>) -> Self {
        if self.len == DEPTH {
            // The outer steps are more useful, so the innermost step is dropped.
            let mut at = 1;
            while at < DEPTH {
                self.steps[at - 1] = self.steps[at];
                at += 1;
            }
            self.len -= 1;
        }
        self.steps[self.len] = step;
        self.len += 1;
        self
    }

    /// The text of the `nth` step from the outside: its separator (a dot or nothing), and the step.
    pub(crate) const fn part(&self, nth: usize) -> Option<(&'static str, &'a str)> {
        if nth >= self.len {
            return None;
        }
        Some(match self.steps[self.len - 1 - nth] {
            Step::Item => ("", "[]"),
            Step::Type(path) => ("&", text(path)),
            Step::Name(name) => (if nth == 0 { "" } else { "." }, text(name)),
        })
    }

    /// Whether two paths are equal.
    pub(crate) const fn is(&self, other: &Path<'_>) -> bool {
        let mut nth = 0;
        loop {
            match (self.part(nth), other.part(nth)) {
                (None, None) => return true,
                (Some((point, a)), Some((other_point, b)))
                    if point.len() == other_point.len() && same(a, b) =>
                {
                    nth += 1;
                }
                _ => return false,
            }
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut nth = 0;
        while let Some((point, step)) = self.part(nth) {
            write!(f, "{point}{step}")?;
            nth += 1;
        }
        Ok(())
    }
}

const fn text(bytes: &[u8]) -> &str {
    match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}
