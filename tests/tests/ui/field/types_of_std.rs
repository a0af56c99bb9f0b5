use event_core::events;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::ffi::OsString;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

events!(
    #[domain]
    pub enum Payment {
        Process,
    }

    #[event(error)]
    pub struct PaymentProcessFailed {
        pub at: SystemTime,
        pub started: Option<Instant>,
        pub took: Duration,
        pub shared: Arc<String>,
        pub local: Rc<u32>,
        pub set: HashSet<String>,
        pub sorted: Vec<BTreeSet<u32>>,
        pub queue: VecDeque<u8>,
        pub path: PathBuf,
        pub host: OsString,
        pub seats: NonZeroU32,
        pub total: u128,
        pub extra: serde_json::Map<String, serde_json::Value>,
        pub by_number: BTreeMap<u64, String>,
        pub cause: std::io::Error,
        pub text: Box<str>,
    }
);

fn main() {}
