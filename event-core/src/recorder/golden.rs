//! Reproducible lines, and the golden files that they are compared with.

use super::Recorder;
use super::diff;
use super::file;
use crate::emit::Clock;
use crate::record::EventId;
use crate::value::time::Timestamp;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// 2026-01-01T00:00:00Z.
const START: Timestamp = Timestamp::from_micros(1_767_225_600_000_000);
const UPDATE: &str = "UPDATE_GOLDEN";

/// A clock that advances by a millisecond with each event. A measured duration is the number of
/// events emitted in it, in milliseconds.
#[derive(Debug, Default)]
pub(super) struct Ticks(AtomicU64);

impl Clock for Ticks {
    fn now(&self) -> Timestamp {
        let millis = self.0.fetch_add(1, Ordering::Relaxed).cast_signed();
        Timestamp::from_micros(START.as_micros() + millis * 1_000)
    }

    fn monotonic(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// Event ids that count from 1, in the form of a `UUIDv7`.
#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn next(&self) -> EventId {
        const FORM: u128 = 7 << 76 | 0b10 << 62;
        EventId::from_u128(FORM | u128::from(self.0.fetch_add(1, Ordering::Relaxed) + 1))
    }
}

/// How golden files are treated, according to the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Update {
    /// Write the files.
    Asked,
    /// Do not write the files, although `UPDATE_GOLDEN` is set, because `CI` is set.
    Refused,
    /// Compare the files.
    No,
}

impl Update {
    fn of(update: Option<&OsStr>, ci: Option<&OsStr>) -> Self {
        let is_on = |value: Option<&OsStr>| {
            value.is_some_and(|value| !["", "0", "false"].contains(&&*value.to_string_lossy()))
        };
        match (is_on(update), is_on(ci)) {
            (true, true) => Self::Refused,
            (true, false) => Self::Asked,
            (false, _) => Self::No,
        }
    }
}

/// Fails unless the recorded lines equal the file's lines. [`assert_golden!`](crate::assert_golden)
/// calls it.
///
/// # Panics
///
/// If they differ, or the file cannot be read or written.
#[track_caller]
pub fn assert_golden(recorder: &Recorder, package: &str, path: impl AsRef<Path>) {
    let update = Update::of(std::env::var_os(UPDATE).as_deref(), std::env::var_os("CI").as_deref());
    let path = path.as_ref();
    let compared = compare(&recorder.lines(), &Path::new(package).join(path), path, update);
    if let Err(message) = compared {
        panic!("{message}");
    }
}

/// Compares or writes a file. `name` is the name of the file in messages.
fn compare(lines: &[String], path: &Path, name: &Path, update: Update) -> Result<(), String> {
    let name = name.display();
    if update == Update::Asked {
        let contents: Vec<&str> = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        return file::replace(path, contents.concat().as_bytes())
            .map_err(|error| format!("cannot write `{name}`: {error}"));
    }
    let (message, verb) = match fs::read_to_string(path) {
        Ok(expected) => {
            // A byte order mark is skipped, as everywhere in this crate.
            let expected: Vec<&str> =
                expected.strip_prefix('\u{feff}').unwrap_or(&expected).lines().collect();
            if expected == lines {
                return Ok(());
            }
            let found: Vec<&str> = lines.iter().map(String::as_str).collect();
            let difference = diff::lines(&expected, &found);
            (
                format!("the recorded lines differ from `{name}`\n{}", difference.trim_end()),
                "rewrite it",
            )
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {
            (format!("`{name}` does not exist"), "write it")
        }
        Err(error) => return Err(format!("cannot read `{name}`: {error}")),
    };
    let help = match update {
        Update::Refused => format!(
            "`{UPDATE}` is ignored because `CI` is set: run it elsewhere, and commit the file"
        ),
        _ => {
            format!(
                "run the test with `{UPDATE}=1` to {verb}, review the difference, and commit it"
            )
        }
    };
    Err(format!("{message}\nhelp: {help}"))
}

#[cfg(test)]
mod tests {
    use super::{Update, compare};
    use std::ffi::OsStr;
    use std::fs;
    use std::path::{Path, PathBuf};

    /// A directory that is removed when the test ends.
    struct Temp(PathBuf);

    impl Temp {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir()
                .join(format!("event-core-golden-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Temp {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_file_is_written_and_then_compared_with() {
        let temp = Temp::new("written");
        let (path, name) = (temp.0.join("deep/down.ndjson"), Path::new("deep/down.ndjson"));
        let missing = compare(&lines(&["a"]), &path, name, Update::No).unwrap_err();
        assert_eq!(
            missing,
            "`deep/down.ndjson` does not exist\nhelp: run the test with `UPDATE_GOLDEN=1` to write it, review the difference, and commit it"
        );
        assert!(!path.exists());
        compare(&lines(&["a", "b"]), &path, name, Update::Asked).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a\nb\n");
        compare(&lines(&["a", "b"]), &path, name, Update::No).unwrap();
        compare(&lines(&["a", "b"]), &path, name, Update::Refused).unwrap();
        fs::write(&path, "\u{feff}a\r\nb\r\n").unwrap();
        compare(&lines(&["a", "b"]), &path, name, Update::No).unwrap();
        assert_eq!(
            fs::read_dir(temp.0.join("deep")).unwrap().count(),
            1,
            "nothing is left beside the file"
        );
    }

    #[test]
    fn a_difference_is_shown_and_nothing_is_written_in_ci() {
        let temp = Temp::new("difference");
        let (path, name) = (temp.0.join("file.ndjson"), Path::new("file.ndjson"));
        compare(&lines(&["a", "b"]), &path, name, Update::Asked).unwrap();
        let different = compare(&lines(&["a", "c"]), &path, name, Update::Refused).unwrap_err();
        assert_eq!(
            different,
            "the recorded lines differ from `file.ndjson`\n    a\n  - b\n  + c\n\
             help: `UPDATE_GOLDEN` is ignored because `CI` is set: run it elsewhere, and commit the file"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "a\nb\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_a_link_stays_one() {
        let temp = Temp::new("link");
        let (path, kept) = (temp.0.join("file.ndjson"), temp.0.join("kept.ndjson"));
        fs::create_dir_all(&temp.0).unwrap();
        fs::write(&kept, "").unwrap();
        std::os::unix::fs::symlink("kept.ndjson", &path).unwrap();
        compare(&lines(&["a"]), &path, Path::new("file.ndjson"), Update::Asked).unwrap();
        assert!(path.is_symlink());
        assert_eq!(fs::read_to_string(kept).unwrap(), "a\n");
    }

    #[test]
    fn the_environment_says_whether_to_write() {
        let of = |update: Option<&str>, ci: Option<&str>| {
            Update::of(update.map(OsStr::new), ci.map(OsStr::new))
        };
        assert_eq!(
            [of(None, None), of(Some("0"), None), of(Some(""), Some("true"))],
            [Update::No; 3]
        );
        assert_eq!(
            [of(Some("1"), None), of(Some("1"), Some("")), of(Some("yes"), Some("false"))],
            [Update::Asked; 3]
        );
        assert_eq!([of(Some("1"), Some("true")), of(Some("1"), Some("1"))], [Update::Refused; 2]);
    }
}
