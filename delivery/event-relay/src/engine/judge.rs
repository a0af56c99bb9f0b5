//! Whether an event may be sent.

use crate::contract::{ContractVerdict, LockedContract};
use crate::message::Message;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What happens to the events of a retired version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retired {
    /// They are sent if they are valid, and the relay reports an event of its own for each.
    #[default]
    Send,
    /// They are parked.
    Park,
}

/// What is to be done with an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    Send,
    SendRetired,
    Park(String),
}

/// Judges events by `events.lock`. Shared by the targets of a relay.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    contract: Arc<LockedContract>,
    retired: Retired,
    /// How often the lock was read again.
    generation: Arc<AtomicU64>,
}

impl Judge {
    pub(super) fn new(contract: LockedContract, retired: Retired) -> Self {
        Self { contract: Arc::new(contract), retired, generation: Arc::default() }
    }

    /// The file of the lock.
    pub(super) fn lock(&self) -> &Path {
        self.contract.path()
    }

    pub(super) fn judge(&self, message: &Message) -> Judgement {
        match self.contract.judge_message(message) {
            ContractVerdict::Valid => Judgement::Send,
            ContractVerdict::Retired if self.retired == Retired::Send => Judgement::SendRetired,
            ContractVerdict::Retired => Judgement::Park("its version is retired".to_owned()),
            ContractVerdict::Unknown { why } => Judgement::Park(why),
            ContractVerdict::Invalid(finding) => Judgement::Park(finding.to_string()),
        }
    }

    /// Reads the lock again if it has changed. Returns how often it was read again since the start:
    /// a target that sees a new number lets its parked events be judged again.
    ///
    /// # Errors
    ///
    /// If the lock cannot be read. The one before stays in force.
    pub(super) fn reload(&self) -> Result<u64, String> {
        let changed = self.contract.reload_if_changed().map_err(|error| error.to_string())?;
        let before = self.generation.fetch_add(u64::from(changed), Ordering::AcqRel);
        Ok(before + u64::from(changed))
    }
}
