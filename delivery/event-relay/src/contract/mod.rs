//! What may be published: the versions in `events.lock`, and their write schemas.
//!
//! The lock has schemas of the flat line. An envelope is the same record in another rendering, so
//! its own members are judged by the table of keys ([`event_grammar::record`]), and the line that
//! it would be by the schemas.

mod error;
mod finding;
mod frame;
mod key;
mod known;

pub use error::ContractError;
pub use finding::ContractFinding;

use crate::Message;
use event_grammar::harmless;
use frame::{Line, Row, line};
use known::{Known, Locked};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

/// The maximum number of characters of a name in a message.
const SHOWN: usize = 100;

/// A file that was changed less than this before it was read may have been changed once more in the
/// same tick of the file system's clock.
const TICK: Duration = Duration::from_secs(2);

/// What the contract says about an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContractVerdict {
    /// It is as the contract says.
    Valid,
    /// It is as the contract says, and its version is retired.
    Retired,
    /// The lock does not have the event or its version. A newer lock may have it.
    Unknown {
        /// What the lock does not have.
        why: String,
    },
    /// It is not as the contract says.
    Invalid(ContractFinding),
}

/// The contract of a catalog: its lock, read again when it changes. Threads may share it.
pub struct LockedContract {
    path: PathBuf,
    known: RwLock<Arc<Known>>,
    seen: Mutex<Option<Stamp>>,
}

/// The metadata of a lock that was read.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: SystemTime,
}

impl Stamp {
    /// `None` if the metadata is not available, or the file could change without a trace in it.
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?;
        let age = SystemTime::now().duration_since(modified).ok()?;
        (age > TICK).then_some(Self { len: metadata.len(), modified })
    }
}

impl LockedContract {
    /// Reads `events.lock`, and the write schemas beside it.
    ///
    /// # Errors
    ///
    /// If a file is missing, or is not what the command `lock` wrote: it is truncated, changed, or
    /// has the marks of a merge conflict.
    pub fn open(lock: &Path) -> Result<Self, ContractError> {
        let stamp = Stamp::of(lock);
        let known = Known::of(lock, Known::read(lock)?)?;
        Ok(Self {
            path: lock.to_owned(),
            known: RwLock::new(Arc::new(known)),
            seen: Mutex::new(stamp),
        })
    }

    /// Reads the lock again if it changed, and returns whether it did.
    ///
    /// It costs a look at the file's metadata while the file does not change.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open). The contract stays as it was, and the next call reads the lock
    /// again.
    pub fn reload_if_changed(&self) -> Result<bool, ContractError> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let stamp = Stamp::of(&self.path);
        if stamp.is_some() && stamp == *seen {
            return Ok(false);
        }
        let text = Known::read(&self.path)?;
        let changed = text != self.known().text;
        if changed {
            let known = Arc::new(Known::of(&self.path, text)?);
            *self.known.write().unwrap_or_else(PoisonError::into_inner) = known;
        }
        *seen = stamp;
        Ok(changed)
    }

    /// Judges an envelope: one JSON object, the envelope rendering of a record. `event_type` is
    /// any name of the event, and `event_version` its version, as the outbox's row has them.
    ///
    /// An envelope is valid if one revision of its version accepts it, because producers of several
    /// revisions run at once. What a schema does not decide (a leap second, a host name in other
    /// letters) is valid.
    pub fn judge(&self, event_type: &str, event_version: u32, envelope: &str) -> ContractVerdict {
        self.judged(event_type, event_version, None, envelope)
    }

    /// The file of the lock.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Judges the envelope of a message, and whether it has the message's id.
    pub fn judge_message(&self, message: &Message) -> ContractVerdict {
        let id = Some(message.event_id.as_str());
        self.judged(&message.event_type, message.event_version, id, &message.envelope)
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn judged(
        &self,
        name: &str,
        version: u32,
        event_id: Option<&str>,
        envelope: &str,
    ) -> ContractVerdict {
        let known = self.known();
        let Some(event) = known.event(name) else {
            let why = format!("the lock has no event `{}`", harmless(name, SHOWN));
            return ContractVerdict::Unknown { why };
        };
        let Some(locked) = known.versions(event).get(&version) else {
            let why = format!("the lock has no version {version} of `{}`", harmless(name, SHOWN));
            return ContractVerdict::Unknown { why };
        };
        let envelope = match serde_json::from_str::<Value>(envelope) {
            Ok(envelope) => envelope,
            // Its words have no part of the text.
            Err(error) => {
                return ContractVerdict::Invalid(ContractFinding::new(
                    "",
                    format!("is no JSON: {error}"),
                ));
            }
        };
        match line(&envelope, &Row { event, version, event_id }, &known, locked) {
            Ok(line) => verdict(locked, &line),
            Err(finding) => ContractVerdict::Invalid(finding),
        }
    }
}

/// What the revisions of a version say about a line.
fn verdict(locked: &Locked, line: &Line<'_>) -> ContractVerdict {
    for revision in &locked.revisions {
        match revision.validator() {
            Ok(validator) if validator.refuses_members(line) => {}
            Ok(_) if locked.is_retired => return ContractVerdict::Retired,
            Ok(_) => return ContractVerdict::Valid,
            Err(why) => return ContractVerdict::Unknown { why: why.to_owned() },
        }
    }
    let finding = locked.revisions.first().and_then(|newest| {
        let error = newest.validator().ok()?.validate_members(line).err()?;
        Some(ContractFinding::refused(&error, line, locked, newest))
    });
    finding.map_or_else(
        || ContractVerdict::Unknown {
            why: format!("`{}` has no revision in the lock", locked.key),
        },
        ContractVerdict::Invalid,
    )
}

impl std::fmt::Debug for LockedContract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LockedContract({})", self.path.display())
    }
}
