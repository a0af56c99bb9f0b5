//! Events as lines of a file.
//!
//! [`FileTarget`] appends one envelope a line (NDJSON). A batch is one write and one `fdatasync`,
//! and only then it counts as delivered.
//!
//! # Guarantees
//!
//! - Delivered events are in the file, also after a power loss (with [`FileTargetOptions::fsync`]).
//! - Every line is whole. A relay that is killed in the middle of a write leaves the beginning of a
//!   line; the next relay cuts it off when it opens the file, and writes the event again.
//! - No event is twice among the last 4 MiB of the file, which is more than the relay has in flight:
//!   a relay that is killed after the write, before it remembers the delivery, leaves no duplicate.
//!   A replay skips those events too: to get all of them again, move the file away first.
//! - A batch that cannot be written as a whole (full disk) is taken back as a whole, and is written
//!   when there is room again.
//! - An envelope of more than 10 MiB, or with a line break, is refused.
//! - The file is locked. A second relay that is given the same file does not start.
//!
//! # Several machines
//!
//! **Relays of one outbox on several machines each write a part of the events.** One of them serves
//! the target at a time; after another has taken over, the events that follow are in the file of that
//! machine. No file has all events then, and none says so. Give a file target to the relay of one
//! machine, or collect the files of all of them. Do not put the file on a shared file system: its
//! locks may not hold between machines, and two relays would write over each other's lines.
//!
//! # Rotation
//!
//! Rename the file: the next batch goes to a new file at the path, with a lock of its own. On
//! systems other than Unix the new file is noticed only if its length differs. Do not rotate by
//! copy and truncation (`copytruncate`): it loses what is written between the two. An event can be
//! both in the old file and in the new one only if the relay is killed right before the rotation.

mod error;
mod open;
mod recent;
mod tail;

pub use error::FileError;

use super::{BlockingTarget, Limits, Outcome, lines};
use crate::message::Message;
use open::Opened;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// The longest envelope that is written, in bytes.
const LONGEST_LINE: usize = 10 << 20;

/// Which file, and how it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileTargetOptions {
    /// The file. It is made if it does not exist; its directory is not.
    pub path: PathBuf,
    /// Whether a batch is on the disk before it counts as delivered. Without it, a power loss loses
    /// events; a killed relay does not.
    pub fsync: bool,
}

impl FileTargetOptions {
    /// The file at `path`, with `fsync`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), fsync: true }
    }
}

/// Appends events to a file. See the [module](self).
#[derive(Debug)]
pub struct FileTarget {
    options: FileTargetOptions,
    /// None if the file has to be opened anew.
    opened: Mutex<Option<Opened>>,
}

impl FileTarget {
    /// Opens and locks the file, and cuts off what is left of a line that was not written whole.
    ///
    /// # Errors
    ///
    /// If the file cannot be opened, another process has locked it, or it holds something else than
    /// lines of JSON.
    pub fn open(options: FileTargetOptions) -> Result<Self, FileError> {
        let opened = Opened::open(&options)?;
        Ok(Self { options, opened: Mutex::new(Some(opened)) })
    }

    /// Appends the events that are not in the file yet. Returns how many are.
    fn append(
        &self,
        opened: &mut Option<Opened>,
        batch: &[Arc<Message>],
    ) -> Result<usize, FileError> {
        // The old file is closed, and so unlocked, before the new one is opened.
        if opened.as_ref().is_some_and(|opened| !opened.is_at(&self.options.path)) {
            *opened = None;
        }
        let file = match opened {
            Some(file) => file,
            None => opened.insert(Opened::open(&self.options)?),
        };
        let mut seen = HashSet::new();
        let new: Vec<&Message> = batch
            .iter()
            .map(|message| &**message)
            .filter(|message| !file.recent.has(&message.event_id))
            .filter(|message| seen.insert(message.event_id.as_str()))
            .collect();
        let lines = lines::of(new.iter().copied());
        if let Err(error) = file.append(&lines, self.options.fsync) {
            // Opening cuts off what could not be taken back here.
            if file.take_back().is_err() {
                *opened = None;
            }
            return Err(FileError::io("write", &self.options.path, error));
        }
        for message in &new {
            file.recent.add(&message.event_id, message.envelope.len());
        }
        Ok(batch.len() - new.len())
    }
}

impl BlockingTarget for FileTarget {
    /// One batch at a time, of 2,000 events or 1 MiB.
    fn limits(&self) -> Limits {
        Limits { in_flight: 1, events: 2_000, bytes: 1 << 20 }
    }

    fn publish(&self, batch: &[Arc<Message>]) -> Outcome {
        if let Some(reason) = lines::refusal(batch) {
            return Outcome::Unsendable { reason };
        }
        if batch.iter().any(|message| message.envelope.len() > LONGEST_LINE) {
            let reason = format!("the envelope is longer than {} MiB", LONGEST_LINE >> 20);
            return Outcome::Unsendable { reason };
        }
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        match self.append(&mut opened, batch) {
            Ok(duplicates) => Outcome::Delivered { duplicates },
            Err(error) => Outcome::Unavailable { reason: error.to_string(), retry_after: None },
        }
    }
}
