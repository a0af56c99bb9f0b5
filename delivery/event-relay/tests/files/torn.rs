//! What a killed relay, or a power loss, leaves at the end of a file.

use crate::messages::{Directory, delivered, message, publish};
use crate::{ids, ids_of, open};
use event_relay::targets::file::{FileError, FileTarget, FileTargetOptions};
use std::fs;

/// Lines of these messages.
fn lines(places: impl IntoIterator<Item = i64>) -> Vec<u8> {
    let lines: String = places.into_iter().map(|seq| message(seq).envelope + "\n").collect();
    lines.into_bytes()
}

#[test]
fn a_line_cut_at_any_byte_is_written_again() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let whole = lines(1..=3);
    let before = lines(1..=2).len();
    for end in before..whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        let options = FileTargetOptions { fsync: false, ..FileTargetOptions::new(&path) };
        let target = FileTarget::open(options).unwrap();
        assert_eq!(publish(&target, 2..=4), delivered(1), "cut at {end}");
        assert_eq!(ids(&path), ids_of(1..=4), "cut at {end}");
    }
}

#[test]
fn the_only_line_may_be_cut() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    for end in [1, 14, 100] {
        fs::write(&path, &lines([1])[..end]).unwrap();
        assert_eq!(publish(&open(&path), 1..=2), delivered(0));
        assert_eq!(ids(&path), ids_of(1..=2));
    }
}

/// The length of a file can be on the disk before its bytes are.
#[test]
fn a_hole_of_nuls_is_cut_off_with_what_is_behind_it() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let mut bytes = lines(1..=4);
    let (start, end) = (lines(1..=2).len(), lines(1..=3).len());
    for hole in [start..end, start + 10..end + 20, start..bytes.len(), 0..bytes.len()] {
        bytes[hole.clone()].fill(0);
        fs::write(&path, &bytes).unwrap();
        let kept = if hole.start == 0 { 0 } else { 2 };
        assert_eq!(publish(&open(&path), 1..=4), delivered(kept), "{hole:?}");
        assert_eq!(ids(&path), ids_of(1..=4), "{hole:?}");
    }
}

#[test]
fn a_line_longer_than_what_is_searched_is_cut_and_found() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let mut long = message(2);
    long.envelope = long.envelope.replace("payload-", &"x".repeat(9 << 20));
    let long_line = long.envelope.clone() + "\n";
    let mut bytes = lines([1]);
    bytes.extend_from_slice(long_line.as_bytes());
    fs::write(&path, &bytes).unwrap();
    assert_eq!(publish(&open(&path), 2..=2), delivered(1), "it is found");
    fs::write(&path, &bytes[..bytes.len() - 5]).unwrap();
    assert_eq!(publish(&open(&path), 1..=2), delivered(1), "it is cut off");
    assert_eq!(ids(&path), ids_of(1..=2));
}

#[test]
fn ids_are_found_wherever_they_are_in_a_line() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let id = message(1).event_id;
    fs::write(&path, format!("{{\"event_type\":\"a.b\",\"event_id\":\"{id}\"}}\n")).unwrap();
    assert_eq!(publish(&open(&path), 1..=1), delivered(1));
}

#[test]
fn a_file_of_something_else_is_left_as_it_is() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let mut database = b"SQLite format 3\0".to_vec();
    database.resize(5 << 20, 0);
    let in_the_middle = [b"a picture \n\0\0".to_vec(), vec![0; 5 << 20]].concat();
    for content in [
        database,
        in_the_middle,
        b"root:x:0:0:root:/root:/bin/bash\n".to_vec(),
        b"no line break".to_vec(),
        br#"{"key":"a configuration in one line"}"#.to_vec(),
        b"{\n  \"key\": 1\n}".to_vec(),
        vec![b'{'; 33 << 20],
    ] {
        fs::write(&path, &content).unwrap();
        let error = FileTarget::open(FileTargetOptions::new(&path)).unwrap_err();
        assert!(matches!(error, FileError::NotLines { .. }), "{error:?}");
        assert!(error.to_string().ends_with("this one is left as it is"), "{error}");
        assert!(fs::read(&path).unwrap() == content, "{} bytes", content.len());
    }
}
