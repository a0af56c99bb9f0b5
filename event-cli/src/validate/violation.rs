//! What is wrong in a record, and where; never which value stands there.

use event_core::read::ReadError;
use std::borrow::Cow;
use std::fmt::Write;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Violation {
    /// Where, as a JSON pointer into the line.
    pub(super) pointer: String,
    /// The key that is not declared, where that is what is wrong: somebody may have meant another.
    pub(super) undeclared: Option<String>,
    /// What is wrong.
    pub(super) what: Cow<'static, str>,
}

/// One step of a path.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A declared key.
    Name(&'static str),
    /// A key that the record chose.
    Key(String),
    /// A place in a list, from 0.
    Place(usize),
}

/// A state of a transition, as it is written; nothing for `null`.
#[derive(Clone, Copy, Debug)]
pub(super) struct State(pub(super) Option<&'static str>);

/// What was found so far, and where the check is.
#[derive(Debug, Default)]
pub(super) struct Violations {
    path: Vec<Step>,
    /// Where in the path a sensitive field is: below it no key that the record chose is shown,
    /// because it may be what is sensitive.
    told: Option<usize>,
    found: Vec<Violation>,
    /// The states of a transition, where they are there and declared.
    pub(super) before: Option<State>,
    pub(super) after: Option<State>,
    /// The step that the event's table does not have: where its state after is, and both.
    pub(super) illegal: Option<(String, Option<&'static str>, Option<&'static str>)>,
    /// Legacy names of fields: where, and what they are called today.
    pub(super) legacy: Vec<(String, &'static str)>,
}

impl Violations {
    /// Does `check` one step further in.
    pub(super) fn within<T>(&mut self, step: Step, check: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let checked = check(self);
        self.path.pop();
        checked
    }

    /// Does `check` where no key that the record chose may be shown.
    pub(super) fn sealed(&mut self, check: impl FnOnce(&mut Self)) {
        let before = self.told;
        self.told = before.or(Some(self.path.len()));
        check(self);
        self.told = before;
    }

    /// Whether `check` finds nothing wrong; what it finds is forgotten.
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

    /// Something is wrong here.
    pub(super) fn say(&mut self, what: impl Into<Cow<'static, str>>) {
        let pointer = self.pointer();
        self.found.push(Violation { pointer, undeclared: None, what: what.into() });
    }

    /// A reader says what is wrong here. Where no key may be shown, neither is the one that it
    /// names.
    pub(super) fn say_error(&mut self, error: &ReadError) {
        if self.told.is_some() && !error.path().is_empty() {
            self.say(format!("one of its keys {}", ReadError::new(error.kind().clone())));
        } else {
            self.say(error.to_string());
        }
    }

    /// Something is wrong one step further in.
    pub(super) fn say_at(&mut self, step: Step, what: impl Into<Cow<'static, str>>) {
        self.within(step, |violations| violations.say(what));
    }

    /// A key stands here that is not declared.
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

    /// Where the check is, as a JSON pointer (RFC 6901).
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

    /// How many steps of the path may be shown: below a sensitive field, those up to the first key
    /// that the record chose.
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
