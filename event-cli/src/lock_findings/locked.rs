//! The locked version of a finding, in sentences and in command lines.

use crate::finding::Finding;
use crate::lock_file::LockFile;
use crate::shell;
use event_grammar::lock::VersionKey;

/// A locked version and its lock.
pub(super) struct Locked<'l> {
    pub(super) lock: &'l LockFile,
    pub(super) name: String,
    pub(super) version: u32,
    /// Other versions with the same cause.
    pub(super) also: Vec<VersionKey>,
}

impl Locked<'_> {
    /// "`payment_process_failed` v2"
    pub(super) fn event(&self) -> String {
        format!("`{}` v{}", self.name, self.version)
    }

    /// `cargo run -p shop-command -- lock`
    pub(super) fn command(&self, rest: &str) -> String {
        format!("`{}`", self.lock.command_line(rest))
    }

    /// A command line that builds even while the declarations break the lock; otherwise the
    /// compiler refuses them.
    pub(super) fn mending(&self, rest: &str) -> String {
        format!("`EVENTS_LOCK=off {}`", self.lock.command_line(rest))
    }

    /// Every version with this cause.
    pub(super) fn keys(&self) -> impl Iterator<Item = VersionKey> {
        [VersionKey::new(self.name.as_str(), self.version)]
            .into_iter()
            .chain(self.also.iter().cloned())
    }

    /// "`push@1`, `push@2`"
    pub(super) fn versions(&self) -> String {
        self.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
    }
}

/// One more word of a command line, if the text is not empty.
pub(super) fn word(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {}", shell::quoted(text)) }
}

/// The finding, with its field if there is one.
pub(super) fn with_field(finding: Finding, field: Option<String>) -> Finding {
    field.into_iter().fold(finding, Finding::field)
}
