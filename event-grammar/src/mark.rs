//! The mark of an event in a binary: a text that the linker keeps only if an emission of the event
//! is linked.
//!
//! The macros put the text into the static that every way of emitting the event refers to, and
//! nowhere else. So a binary with the mark can emit the event, and a binary without the mark
//! cannot. The mark needs no section and no symbol: it survives `strip`, link-time optimisation and
//! every object format.

use crate::name;
use std::collections::BTreeSet;
use std::io::{self, ErrorKind, Read};

/// The beginning of every mark.
///
/// It is longer than 32 bytes on purpose. A constant of 16 or 32 bytes goes into a section of
/// mergeable constants (`.rodata.cst16`, `.rodata.cst32`). GNU ld keeps such a section as a whole,
/// so the marks of events that are never emitted would stay.
const BEGIN: &[u8; 36] = b"\x01event-mark/1 this binary can emit: ";
const END: u8 = 2;

/// The maximum length of a mark: the longest name, ` v`, and ten digits.
const MAX_LEN: usize = BEGIN.len() + name::MAX_LEN + 2 + 10 + 1;

/// How many bytes of a binary are in memory at a time.
const WINDOW: usize = 1 << 16;

/// An event that a binary can emit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Its name on the wire: `payment.process.failed`.
    pub event_type: String,
    /// Its version.
    pub version: u32,
}

/// The mark of an event.
///
/// ```
/// use event_grammar::mark::{self, Mark};
///
/// let binary = format!("\u{7f}ELF..{}..", mark::text("payment.process.failed", 2));
/// let marks = mark::scan(binary.as_bytes()).unwrap();
/// assert_eq!(marks, [Mark { event_type: "payment.process.failed".into(), version: 2 }].into());
/// ```
pub fn text(event_type: &str, version: u32) -> String {
    let (begin, end) = (String::from_utf8_lossy(BEGIN), char::from(END));
    format!("{begin}{event_type} v{version}{end}")
}

/// The marks in a binary: the events that it can emit. The binary is read in pieces and is never in
/// memory as a whole.
///
/// # Errors
///
/// If the binary cannot be read.
pub fn scan(mut binary: impl Read) -> io::Result<BTreeSet<Mark>> {
    let mut marks = BTreeSet::new();
    let mut window = vec![0; WINDOW];
    let mut filled = 0;
    loop {
        let read = match binary.read(&mut window[filled..]) {
            Ok(0) => return Ok(marks),
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        filled += read;
        find(&window[..filled], &mut marks);
        // The beginning of a mark whose end is not read yet.
        let kept = filled.min(MAX_LEN - 1);
        window.copy_within(filled - kept..filled, 0);
        filled = kept;
    }
}

/// How far [`BEGIN`] can move when a byte is found at its last position (Horspool, 1980): most
/// bytes of a binary are skipped.
const SKIP: [usize; 256] = {
    let mut skip = [BEGIN.len(); 256];
    let mut at = 0;
    while at + 1 < BEGIN.len() {
        skip[BEGIN[at] as usize] = BEGIN.len() - 1 - at;
        at += 1;
    }
    skip
};

fn find(bytes: &[u8], marks: &mut BTreeSet<Mark>) {
    let mut at = 0;
    while let Some(candidate) = bytes.get(at..at + BEGIN.len()) {
        if candidate == BEGIN {
            marks.extend(read(&bytes[at + BEGIN.len()..]));
        }
        at += SKIP[usize::from(candidate[BEGIN.len() - 1])];
    }
}

/// Reads the text between [`BEGIN`] and [`END`]; `None` if it is not a name and a version, such as
/// this module's own constant.
fn read(rest: &[u8]) -> Option<Mark> {
    let end = rest.iter().take(MAX_LEN - BEGIN.len()).position(|byte| *byte == END)?;
    let (event_type, version) = str::from_utf8(&rest[..end]).ok()?.rsplit_once(" v")?;
    let is_name = event_type.len() <= name::MAX_LEN && event_type.split('.').all(name::is_part);
    let is_number = version.bytes().all(|byte| byte.is_ascii_digit());
    let version = version.parse().ok().filter(|_| is_number)?;
    is_name.then(|| Mark { event_type: event_type.to_owned(), version })
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, MAX_LEN, Mark, WINDOW, scan, text};
    use crate::name;
    use proptest::prelude::*;
    use std::collections::BTreeSet;
    use std::io::{self, Read};

    /// A reader that gives at most this many bytes at a time.
    struct Slow<'a>(&'a [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let most = out.len().min(self.1);
            self.0.read(&mut out[..most])
        }
    }

    #[test]
    fn no_mark_is_as_long_as_a_mergeable_constant() {
        assert!(text("a", 1).len() > 32);
        assert_eq!(text(&"a".repeat(name::MAX_LEN), u32::MAX).len(), MAX_LEN);
    }

    #[test]
    fn what_only_looks_like_a_mark_is_none() {
        let begin = str::from_utf8(BEGIN).unwrap_or_default();
        for rest in [
            "",
            "\u{2}",
            "a.b\u{2}",
            "a.b v\u{2}",
            "a.b v-1\u{2}",
            "a.b v+1\u{2}",
            "A v1\u{2}",
            "a..b v1\u{2}",
            "a v99999999999\u{2}",
            "a.b v1",
        ] {
            assert_eq!(
                scan(format!("{begin}{rest}").as_bytes()).ok(),
                Some(BTreeSet::new()),
                "{rest:?}"
            );
        }
    }

    proptest! {
        /// A mark is found at any position, whatever is around it and however the binary is read.
        #[test]
        fn every_mark_is_found_and_nothing_else(
            marks in proptest::collection::vec(("[a-z][a-z0-9]{0,9}(\\.[a-z]{1,9}){0,2}", 1..=u32::MAX), 0..5),
            noise in proptest::collection::vec(0..=2_u8, 0..200),
            far in prop_oneof![Just(0), WINDOW - 300..WINDOW + 300],
            step in prop_oneof![1..200_usize, Just(WINDOW)],
        ) {
            let mut binary = vec![1; far];
            let mut expected = BTreeSet::new();
            for (event_type, version) in marks {
                binary.extend(&noise);
                binary.extend(text(&event_type, version).bytes());
                // A cut-off beginning, as at the end of a piece that was merged with the text.
                binary.extend(&BEGIN[..noise.len() % BEGIN.len()]);
                expected.insert(Mark { event_type, version });
            }
            prop_assert_eq!(scan(Slow(&binary, step)).ok(), Some(expected));
        }
    }
}
