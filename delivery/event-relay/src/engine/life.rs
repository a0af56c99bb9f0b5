//! What a relay says of itself as a whole: that it began, and why it stopped.

use super::Ended;
use crate::database::DatabaseLocation;
use crate::events::{RelayStarted, RelayStopped, StopCause};
use event_core::{Emitter, Str};
use std::path::Path;
use std::time::Instant;

/// A relay that has said that it began, and not yet that it stopped.
#[derive(Debug)]
pub(super) struct Life {
    emitter: Emitter,
    started: Instant,
    targets: usize,
}

impl Life {
    /// The relay begins. Called before its threads, so that it is the first that is said.
    pub(super) fn begin<'n>(
        emitter: Emitter,
        database: &DatabaseLocation,
        lock: Option<&Path>,
        targets: impl Iterator<Item = &'n str>,
    ) -> Self {
        let targets: Vec<Str<'_>> = targets.map(Str::from).collect();
        let count = targets.len();
        emitter.emit(&RelayStarted {
            relay_version: env!("CARGO_PKG_VERSION").into(),
            database: database.to_string().into(),
            lock: lock.map(|lock| lock.display().to_string().into()),
            targets,
        });
        Self { emitter, started: Instant::now(), targets: count }
    }

    /// The relay has stopped. If none of its targets could be served, that is the cause.
    pub(super) fn end(self, cause: StopCause, ended: &Ended) {
        let has_failed = self.targets > 0 && ended.failed.len() == self.targets;
        self.emitter.emit(&RelayStopped {
            cause: if has_failed { StopCause::Failed } else { cause },
            published: ended.published,
            unanswered: ended.unanswered,
            ran_for_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        });
    }
}
