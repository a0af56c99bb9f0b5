//! The contract in `events.lock`.

use event_core::{Str, events};

events!(
    /// The contract by which events are judged before they are sent.
    #[domain(rename = "lock", require(docs))]
    pub enum LockDomain {
        /// Read the file again after it changed.
        Reload,
    }

    /// The file changed, and events are judged by its new contents from now on.
    #[event(info)]
    pub struct LockReloadCompleted<'a> {
        /// The target.
        pub target: Str<'a>,
        /// The events that were parked for their contract, and are judged again.
        pub judged_again: u64,
    }

    /// The file changed, and cannot be read. Events are judged by its last good contents.
    #[event(error)]
    pub struct LockReloadFailed<'a> {
        /// The target.
        pub target: Str<'a>,
        /// What is wrong, with the file and the line.
        pub reason: Str<'a>,
    }
);
