//! The finding for a lock that cannot be read, with help to repair it.

use super::merged::parse_merged;
use super::place::LockFile;
use crate::finding::{Finding, Place};
use crate::shell;
use event_grammar::lock::{Lock, LockError, LockErrorKind, VersionKey};

impl LockFile {
    /// The finding for a text that is not a lock. The help names `lock --repair` only if
    /// `lock --repair` can read the text.
    pub(crate) fn unreadable(&self, error: &LockError, text: &str) -> Finding {
        let mended = parse_merged(text);
        if let Some(finding) = mended.as_ref().ok().and_then(|lock| self.without_digest(lock, text))
        {
            return finding;
        }
        let repair = format!("`EVENTS_LOCK=off {}`", self.command_line("lock --repair"));
        let help = match &error.kind {
            LockErrorKind::Conflict => self.placed(&error.help(&self.command())),
            LockErrorKind::Format { .. } => error.help(&self.command()),
            LockErrorKind::Truncated => {
                format!("restore it from version control: {}", self.restore())
            }
            LockErrorKind::Twice { key } if mended.is_err() => format!(
                "the two lines of `{key}` are not the same, as after a merge: remove the one that \
                 is wrong, then {repair}"
            ),
            LockErrorKind::Twice { .. } => {
                format!(
                    "a merge has left lines twice, and {repair} joins them; or restore the lock: \
                     {}",
                    self.restore()
                )
            }
            _ if mended.is_err() => {
                format!(
                    "restore the line, or the whole lock, from version control: {}",
                    self.restore()
                )
            }
            _ => self.placed(&error.help(&self.command())),
        };
        let line = u32::try_from(error.line).unwrap_or(u32::MAX);
        Finding::error("EV0226", format!("the lock cannot be read: {error}"))
            .help(help)
            .at(Place::file(&self.name).line(line))
    }

    /// The finding for the first invalid digest. No file can match it. Only a person or another
    /// program writes an invalid digest, and only version control has the original.
    pub(crate) fn without_digest(&self, lock: &Lock, text: &str) -> Option<Finding> {
        let key = digests(lock).find(|(_, digest)| !is_digest(digest)).map(|(key, _)| key)?;
        let start = format!("\"{key}\": ");
        let line = text
            .lines()
            .position(|line| line.starts_with(&start))
            .and_then(|at| u32::try_from(at + 1).ok());
        let place = Place::file(&self.name);
        let what = format!(
            "the lock cannot be read: `{key}` should be `sha256:` and 64 hexadecimal digits"
        );
        let help = format!(
            "restore the line from version control: `git diff -- {}` shows it; or the whole lock: \
             {}",
            shell::path(&self.name),
            self.restore()
        );
        let place = line.map_or(place.clone(), |line| place.line(line));
        Some(Finding::error("EV0226", what).help(help).at(place))
    }

    /// The command that restores the lock from the last commit.
    pub(crate) fn restore(&self) -> String {
        format!("`git checkout -- {}`", shell::path(&self.name))
    }

    /// A text with commands, completed with the place of the lock.
    fn placed(&self, text: &str) -> String {
        let (command, place) = (self.command(), self.place());
        let parts = text.split('`').enumerate().map(|(at, part)| {
            let is_command =
                at % 2 == 1 && part.trim_start_matches("EVENTS_LOCK=off ").starts_with(&command);
            if is_command { format!("{part}{place}") } else { part.to_owned() }
        });
        parts.collect::<Vec<_>>().join("`")
    }
}

/// Every digest of a lock, with the key of its line.
fn digests(lock: &Lock) -> impl Iterator<Item = (String, &str)> {
    lock.versions.iter().flat_map(|(key, version)| {
        let of_revision = move |number: usize, name: &str, digest| {
            (member(key, &format!("r{number} {name}")), digest)
        };
        let revisions = version.revisions.iter().enumerate().flat_map(move |(number, revision)| {
            [
                of_revision(number, "write", revision.write.as_str()),
                of_revision(number, "read", revision.read.as_str()),
            ]
        });
        revisions.chain([(member(key, "samples"), version.samples.as_str())])
    })
}

fn member(key: &VersionKey, name: &str) -> String {
    format!("{key} {name}")
}

fn is_digest(text: &str) -> bool {
    let is_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64 && hex.bytes().all(is_hex))
}
