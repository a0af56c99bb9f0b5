//! A file that is renamed, removed or shortened while the relay writes it.

use crate::messages::{Directory, delivered, publish, unavailable};
use crate::{ids, ids_of, open};
use event_relay::targets::file::{FileTarget, FileTargetOptions};
use std::fs;

/// A file is known by its inode.
#[cfg(unix)]
#[test]
fn a_renamed_file_is_left_and_a_new_one_is_made() {
    let directory = Directory::new();
    let (path, old) = (directory.join("events.ndjson"), directory.join("events.ndjson.1"));
    let target = open(&path);
    publish(&target, 1..=3);
    fs::rename(&path, &old).unwrap();
    assert_eq!(publish(&target, 4..=5), delivered(0));
    assert_eq!((ids(&old), ids(&path)), (ids_of(1..=3), ids_of(4..=5)));

    // The rotator makes the new file, of the same length.
    fs::rename(&path, directory.join("events.ndjson.2")).unwrap();
    fs::copy(directory.join("events.ndjson.2"), &path).unwrap();
    assert_eq!(publish(&target, 5..=6), delivered(1), "it is read as at the start");
    assert_eq!(ids(&path), ids_of(4..=6));

    let second = FileTarget::open(FileTargetOptions::new(&path)).unwrap_err();
    assert!(second.to_string().starts_with("another relay"), "the new file is locked: {second}");
    open(&old);
}

#[cfg(unix)]
#[test]
fn a_removed_file_or_directory_is_made_again() {
    let directory = Directory::new();
    let inner = directory.join("inner");
    fs::create_dir(&inner).unwrap();
    let path = inner.join("events.ndjson");
    let target = open(&path);
    publish(&target, 1..=3);
    fs::remove_file(&path).unwrap();
    assert_eq!(publish(&target, 3..=4), delivered(0));
    fs::remove_dir_all(&inner).unwrap();
    let (reason, _) = unavailable(publish(&target, 5..=5));
    assert!(reason.ends_with("make the directory; the relay makes only the file"), "{reason}");
    fs::create_dir(&inner).unwrap();
    assert_eq!(publish(&target, 5..=5), delivered(0));
    assert_eq!(ids(&path), ids_of(5..=5));
}

#[test]
fn a_file_that_another_shortened_has_no_hole() {
    let directory = Directory::new();
    let path = directory.join("events.ndjson");
    let target = open(&path);
    publish(&target, 1..=3);
    let length = fs::metadata(&path).unwrap().len();
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(length / 2).unwrap();
    assert_eq!(publish(&target, 2..=4), delivered(0));
    assert_eq!(ids(&path), ids_of(1..=4));
    file.set_len(0).unwrap();
    assert_eq!(publish(&target, 4..=5), delivered(0));
    assert_eq!(ids(&path), ids_of(4..=5));
}
