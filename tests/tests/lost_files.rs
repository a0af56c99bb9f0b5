//! Files that are removed, moved or read-only, and that other processes share: nothing counts as
//! delivered that cannot be read, and no line is glued to another.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a test may say unwrap; the hygiene package denies what tests may leave out"
)]

mod disk;

use disk::{Directory, LONG, emit, emitter, read};
use event_core::Emitter;
use event_core::emit::Report;
use event_core::sink::FileLines;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// After so long a file is looked for at its path again.
const NOTICED: Duration = Duration::from_millis(1_100);

/// What the one sink delivered, failed, and has waiting; and its last error, which names the file.
fn told(emitter: &Emitter, path: &Path) -> (u64, u64, u64, String) {
    let Report { sinks, .. } = emitter.report();
    let error = sinks[0].last_error.clone().unwrap_or_default();
    assert!(error.is_empty() || error.contains(path.to_str().unwrap()), "{error}");
    (sinks[0].delivered, sinks[0].failed, sinks[0].waiting, error)
}

#[test]
fn records_into_a_file_that_is_gone_have_failed() {
    for wait in [Duration::ZERO, NOTICED] {
        let directory = Directory::new("gone");
        let path = directory.join("d").join("e.ndjson");
        fs::create_dir(directory.join("d")).unwrap();
        let emitter = emitter(FileLines::open(&path).unwrap());
        emit(&emitter, 0..1);
        fs::remove_dir_all(directory.join("d")).unwrap();
        std::thread::sleep(wait);
        emit(&emitter, 1..6);
        let (delivered, failed, _, error) = told(&emitter, &path);
        assert_eq!((delivered, failed, error.contains("No such file")), (1, 5, true), "{error}");
        fs::create_dir(directory.join("d")).unwrap();
        emit(&emitter, 6..8);
        assert_eq!(
            told(&emitter, &path).0,
            3,
            "the first was read, perhaps, before the file was removed"
        );
        assert_eq!(read(&path), (vec![6, 7], vec![]));
    }
}

#[test]
fn what_is_buffered_waits_for_a_file_that_is_gone() {
    let directory = Directory::new("waits");
    let path = directory.join("d").join("e.ndjson");
    fs::create_dir(directory.join("d")).unwrap();
    let emitter = emitter(FileLines::options().buffer(1_000, LONG).open(&path).unwrap());
    fs::remove_dir_all(directory.join("d")).unwrap();
    emit(&emitter, 0..20);
    assert!(emitter.flush().is_err());
    let (delivered, failed, waiting, _) = told(&emitter, &path);
    assert!(
        delivered == 0 && waiting > 5 && failed + waiting == 20,
        "{failed} failed, {waiting} wait"
    );
    fs::create_dir(directory.join("d")).unwrap();
    emitter.flush().unwrap();
    assert_eq!((read(&path).0.len() as u64, told(&emitter, &path).2), (waiting, 0));
}

#[test]
fn a_file_that_was_removed_is_made_again_at_once() {
    let directory = Directory::new("again");
    let path = directory.join("e.ndjson");
    let emitter = emitter(FileLines::open(&path).unwrap());
    emit(&emitter, 0..2);
    fs::remove_file(&path).unwrap();
    emit(&emitter, 2..4);
    assert_eq!(read(&path), (vec![2, 3], vec![]));
    // Another process has put a file there.
    fs::remove_file(&path).unwrap();
    fs::write(&path, "{\"free\":9}\n").unwrap();
    emit(&emitter, 4..5);
    assert_eq!(read(&path), (vec![9, 4], vec![]));
}

#[test]
fn a_file_that_was_moved_is_written_where_it_is_until_the_path_can_be_opened() {
    let directory = Directory::new("moved");
    let (path, moved) = (directory.join("e.ndjson"), directory.join("e.ndjson.1"));
    let emitter = emitter(FileLines::open(&path).unwrap());
    fs::rename(&path, &moved).unwrap();
    // What can never be opened as a file, whatever rights a test has.
    fs::create_dir(&path).unwrap();
    std::thread::sleep(NOTICED);
    emit(&emitter, 0..3);
    let (delivered, failed, _, error) = told(&emitter, &path);
    assert_eq!((delivered, failed, read(&moved).0), (3, 0, vec![0, 1, 2]));
    assert!(error.contains("records go on into the file that was moved"), "{error}");
    // And where that one goes too, nothing is left.
    fs::remove_file(&moved).unwrap();
    emit(&emitter, 3..5);
    assert_eq!(told(&emitter, &path).1, 2);
}

#[test]
fn a_line_is_not_glued_to_what_another_process_left_of_one() {
    let torn = "{\"event\":\"x\",\"order\":\"torn";
    for buffer in [0, 200] {
        let directory = Directory::new("shared");
        let path = directory.join("e.ndjson");
        let emitter = emitter(FileLines::options().buffer(buffer, LONG).open(&path).unwrap());
        let mut other = OpenOptions::new().append(true).open(&path).unwrap();
        for round in 0..3 {
            emit(&emitter, [3 * round]);
            emitter.flush().unwrap();
            other.write_all(torn.as_bytes()).unwrap();
            emit(&emitter, 3 * round + 1..3 * round + 2);
            emitter.flush().unwrap();
            other.write_all(b"{\"free\":77}\n").unwrap();
            emit(&emitter, 3 * round + 2..3 * round + 3);
            emitter.flush().unwrap();
        }
        let (whole, halves) = read(&path);
        assert_eq!(
            (whole.iter().filter(|free| **free == 77).count(), halves),
            (3, vec![torn.to_owned(); 3])
        );
        assert!(whole.into_iter().filter(|free| *free != 77).eq(0..9));
        assert_eq!(told(&emitter, &path).0, 9);
    }
}

#[test]
fn a_file_that_others_empty_goes_on_at_its_beginning() {
    let directory = Directory::new("emptied");
    let path = directory.join("e.ndjson");
    let emitter = emitter(FileLines::open(&path).unwrap());
    emit(&emitter, 0..3);
    OpenOptions::new().write(true).open(&path).unwrap().set_len(0).unwrap();
    emit(&emitter, 3..5);
    assert_eq!(read(&path), (vec![3, 4], vec![]));
}

/// Not a test: what the one below starts twice.
#[test]
fn sharing_child() {
    let Ok(path) = std::env::var("EVENTS_LOST_SHARED") else { return };
    let emitter = emitter(FileLines::open(path).unwrap());
    emit(&emitter, 0..3_000);
    assert_eq!(emitter.report().failed(), 0);
}

#[test]
fn two_processes_share_a_file() {
    let directory = Directory::new("two");
    let path = directory.join("e.ndjson");
    let start = || {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "sharing_child"])
            .env("EVENTS_LOST_SHARED", &path)
            .stdout(Stdio::null());
        command.spawn().unwrap()
    };
    for mut child in [start(), start()] {
        assert!(child.wait().unwrap().success());
    }
    let (mut whole, torn) = read(&path);
    whole.sort_unstable();
    assert!(whole.into_iter().eq((0..6_000).map(|free| free / 2)) && torn.is_empty(), "{torn:?}");
}

#[test]
fn what_cannot_be_opened_says_which_file_and_why() {
    let directory = Directory::new("refused");
    let missing = directory.join("no").join("e.ndjson");
    for (path, kind) in
        [(&missing, ErrorKind::NotFound), (&directory.path().to_owned(), ErrorKind::IsADirectory)]
    {
        let error = FileLines::open(path).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().starts_with(&format!("`{}`: ", path.display())), "{error}");
    }
}

#[test]
fn a_file_that_can_be_written_only_is_written() {
    let directory = Directory::new("write-only");
    let path = directory.join("e.ndjson");
    fs::write(&path, "").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o200)).unwrap();
    let emitter = emitter(FileLines::open(&path).unwrap());
    emit(&emitter, 0..3);
    assert_eq!(told(&emitter, &path), (3, 0, 0, String::new()));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(read(&path), (vec![0, 1, 2], vec![]));
}
