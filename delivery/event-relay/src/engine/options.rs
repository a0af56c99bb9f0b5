//! How the relay treats the events of a target.

use crate::source::OnPoison;
use std::time::Duration;

/// How the relay treats the events of a target.
#[derive(Clone, Debug)]
pub struct TargetOptions {
    /// How often an event may be rejected before it is dead. At least 1.
    pub attempts: u32,
    /// What happens to the later events of its entity.
    pub on_poison: OnPoison,
    /// How long the relay waits before a rejected event is sent again, at first. It doubles with
    /// each rejection, up to [`TargetOptions::LONGEST_RETRY`].
    pub first_retry: Duration,
}

impl TargetOptions {
    /// The longest wait before a rejected event is sent again.
    pub const LONGEST_RETRY: Duration = Duration::from_secs(300);
}

impl Default for TargetOptions {
    fn default() -> Self {
        Self { attempts: 10, on_poison: OnPoison::default(), first_retry: Duration::from_secs(1) }
    }
}
