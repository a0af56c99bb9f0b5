//! The readers of a lock and of what a manifest says of it, over arbitrary text: what is understood
//! is written as it is understood.
#![no_main]

use event_grammar::lock::{Lock, catalog_path, lock_path};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = (lock_path(text), catalog_path(text));
    if let Ok(lock) = Lock::parse(text) {
        assert_eq!(Lock::parse(&lock.render()).as_ref(), Ok(&lock));
        assert_eq!(Lock::parse_unsummed(text).as_ref(), Ok(&lock));
    }
    // Sums are seldom right by chance; without them the rest of the reader is reached.
    if let Ok(lock) = Lock::parse_unsummed(text) {
        let rendered = lock.render();
        let read = Lock::parse(&rendered);
        assert_eq!(read.as_ref(), Ok(&lock));
        assert_eq!(read.map(|lock| lock.render()), Ok(rendered));
    }
});
