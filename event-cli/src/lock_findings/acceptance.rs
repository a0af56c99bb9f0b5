//! Unused and expired acceptances of a locked version.

use super::locked::{Locked, with_field, word};
use crate::finding::Finding;
use crate::shell;
use event_core::lock::in_type;
use event_grammar::lock::Acceptance;
use event_schema::lock::UNDECIDED;

impl Locked<'_> {
    /// The finding for an acceptance that is not used.
    pub(super) fn unused(&self, accepted: &Acceptance) -> Finding {
        let what = if accepted.rule == UNDECIDED {
            "an acceptance of a change that is not undecided"
        } else {
            "an acceptance of a break that does not exist"
        };
        self.acceptance("EV0224", accepted, what)
            .help(format!("remove it: {}", self.command(&self.removal(accepted))))
    }

    /// The finding for an acceptance that has expired.
    pub(super) fn expired(&self, accepted: &Acceptance) -> Finding {
        let what = format!("an acceptance that expired on {}", accepted.until);
        self.acceptance("EV0225", accepted, &what).help(format!(
            "undo the change, or accept it again: {}, then `accept` with another day",
            self.mending(&self.removal(accepted))
        ))
    }

    fn acceptance(&self, code: &'static str, accepted: &Acceptance, what: &str) -> Finding {
        let place = if accepted.path.is_empty() {
            String::new()
        } else {
            format!(" at `{}`", accepted.path)
        };
        let finding = Finding::error(
            code,
            format!("{} has {what}: {}{place}, by {}", self.event(), accepted.rule, accepted.who),
        );
        with_field(finding, Some(accepted.path.clone()).filter(|path| !path.is_empty()))
    }

    fn removal(&self, accepted: &Acceptance) -> String {
        if let Some((ty, rest)) = in_type(&accepted.path) {
            return removal(&shell::quoted(ty), &accepted.rule, rest);
        }
        removal(&format!("{}@{}", self.name, self.version), &accepted.rule, &accepted.path)
    }
}

/// A break as the arguments of `accept`: `type-changed street`, or
/// `shop::Address type-changed street`.
pub(crate) fn named_break(rule: &str, path: &str) -> String {
    match in_type(path) {
        Some((ty, rest)) => format!("{ty} {rule} {rest}").trim_end().to_owned(),
        None => format!("{rule} {path}").trim_end().to_owned(),
    }
}

/// The arguments that remove an acceptance from the lock.
pub(crate) fn removal(key: &str, rule: &str, path: &str) -> String {
    format!("accept --remove {key} {}{}", shell::quoted(rule), word(path))
}
