//! A violation in a record and its place. It never contains the value.

use event_core::read::ReadError;
use std::borrow::Cow;
use std::fmt::Write;

/// One violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Violation {
    /// The place, as a JSON pointer into the line.
    pub(super) pointer: String,
    /// The undeclared key, if that is the violation; it is used for a suggestion.
    pub(super) undeclared: Option<String>,
    /// What is wrong.
    pub(super) what: Cow<'static, str>,
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A declared key.
    Name(&'static str),
    /// A key from the record.
    Key(String),
    /// An index in a list, from 0.
    Place(usize),
}

/// A state of a transition; `None` for `null`.
#[derive(Clone, Copy, Debug)]
pub(super) struct State(pub(super) Option<&'static str>);

/// The violations so far, and the current path.
#[derive(Debug, Default)]
pub(super) struct Violations {
    path: Vec<Step>,
    /// The depth of a sensitive field in the path. Below it, keys from the record are not shown,
    /// because they may be sensitive.
    told: Option<usize>,
    found: Vec<Violation>,
    /// The states of a transition, if they are present and declared.
    pub(super) before: Option<State>,
    pub(super) after: Option<State>,
    /// A transition that the event's table does not have: the place of its new state, and both
    /// states.
    pub(super) illegal: Option<(String, Option<&'static str>, Option<&'static str>)>,
    /// Legacy names of fields: their places, and the current names.
    pub(super) legacy: Vec<(String, &'static str)>,
}

impl Violations {
    /// Runs `check` one step deeper.
    pub(super) fn within<T>(&mut self, step: Step, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let checked = check(self);
        self.path.pop();
        checked
    }

    /// Runs `check` where no key from the record may be shown.
    pub(super) fn sealed(&mut self, check: impl FnOnce(&mut Self)) {
        let before = self.told;
        self.told = before.or(Some(self.path.len()));
        check(self);
        self.told = before;
    }

    /// Whether `check` finds no violation. Its violations are discarded.
    pub(super) fn fits(&mut self, check: impl FnOnce(&mut Self)) -> bool {
        let (found, legacy) = (self.found.len(), self.legacy.len());
        check(self);
        let fits = self.found.len() == found;
        if !fits {
            self.found.truncate(found);
            self.legacy.truncate(legacy);
        }
        fits
    }

    /// Adds a violation at the current place.
    pub(super) fn say(&mut self, what: impl Into<Cow<'static, str>>) {
        let pointer = self.pointer();
        self.found.push(Violation { pointer, undeclared: None, what: what.into() });
    }

    /// Adds a reader's error as a violation. Where no key may be shown, the key in the error is not
    /// shown either.
    pub(super) fn say_error(&mut self, error: &ReadError) {
        if self.told.is_some() && !error.path().is_empty() {
            self.say(format!("one of its keys {}", ReadError::new(error.kind().clone())));
        } else {
            self.say(error.to_string());
        }
    }

    /// Adds a violation one step deeper.
    pub(super) fn say_at(&mut self, step: Step, what: impl Into<Cow<'static, str>>) {
        self.within(step, |violations| violations.say(what));
    }

    /// Adds the violation that a key is not declared.
    pub(super) fn undeclared(&mut self, key: &str) {
        self.path.push(Step::Key(key.to_owned()));
        let violation = Violation {
            pointer: self.pointer(),
            undeclared: self.told.is_none().then(|| key.to_owned()),
            what: Cow::Borrowed("is not declared"),
        };
        self.path.pop();
        self.found.push(violation);
    }

    /// The current place, as a JSON pointer (RFC 6901).
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for step in &self.path[..self.shown()] {
            // Writing to a `String` does not fail.
            let _ = match step {
                Step::Name(name) => write!(pointer, "/{name}"),
                Step::Key(key) => write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1")),
                Step::Place(at) => write!(pointer, "/{at}"),
            };
        }
        pointer
    }

    /// How many steps of the path may be shown: below a sensitive field, only up to the first key
    /// from the record.
    fn shown(&self) -> usize {
        let Some(told) = self.told else { return self.path.len() };
        told + self.path[told..].iter().take_while(|step| !matches!(step, Step::Key(_))).count()
    }

    pub(super) fn found(&self) -> &[Violation] {
        &self.found
    }

    pub(super) fn clear(&mut self) {
        self.path.clear();
        self.told = None;
        self.found.clear();
        self.legacy.clear();
        (self.before, self.after, self.illegal) = (None, None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, Violations};

    #[test]
    fn below_a_sensitive_field_places_are_shown_and_chosen_keys_are_not() {
        let mut violations = Violations::default();
        violations.within(Step::Name("emails"), |violations| {
            violations.sealed(|violations| {
                violations.within(Step::Place(2), |violations| {
                    violations.say_at(Step::Name("host"), "is missing");
                });
                violations.within(Step::Key("ada@example.com".to_owned()), |violations| {
                    violations.say_at(Step::Place(0), "is missing");
                });
            });
        });
        let pointers: Vec<_> =
            violations.found().iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/emails/2/host", "/emails"]);
    }
}
