//! Writes a directory of files, or nothing.

use crate::failure::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Writes the files into a new directory. A directory with another name gets the files first, and is
/// renamed when it has all of them.
///
/// # Errors
///
/// If the directory exists, or a file cannot be written. Nothing is left behind.
pub(crate) fn write(directory: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    if fs::symlink_metadata(directory).is_ok() {
        return Err(Failure::new(
            format!("`{}` exists already", directory.display()),
            "choose another name, or another directory to run this in",
        ));
    }
    let name = directory.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = directory.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = write_all(&unfinished, files).and_then(|()| {
        fs::rename(&unfinished, directory).map_err(|error| (directory.into(), error))
    });
    written.map_err(|(path, error)| {
        // This process made the directory. The first error is the one to report.
        let _ = fs::remove_dir_all(&unfinished);
        let below = path.strip_prefix(&unfinished).unwrap_or(Path::new(""));
        let path: PathBuf = directory.components().chain(below.components()).collect();
        Failure::new(
            format!("cannot write `{}`: {error}", path.display()),
            "run this in a directory that you may write in, with some room on its disk",
        )
    })
}

fn write_all(directory: &Path, files: &[(String, String)]) -> Result<(), (PathBuf, io::Error)> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    fs::create_dir(directory).map_err(at(directory))?;
    for (name, text) in files {
        let path = directory.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        fs::write(&path, text).map_err(at(&path))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write;
    use std::fs;
    use std::path::PathBuf;

    fn directory(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("cargo-event-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        path
    }

    #[test]
    fn files_are_written_below_a_new_directory() {
        let place = directory("written");
        let files = [("a/b.txt".to_owned(), "b".to_owned()), ("c".to_owned(), String::new())];
        write(&place.join("shop"), &files).unwrap();
        assert_eq!(fs::read_to_string(place.join("shop/a/b.txt")).unwrap(), "b");
        assert_eq!(fs::read_dir(&place).unwrap().count(), 1, "nothing is beside it");
        let again = write(&place.join("shop"), &files).unwrap_err();
        assert!(again.what.ends_with("shop` exists already"), "{again:?}");
        fs::remove_dir_all(place).unwrap();
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let place = directory("unwritten");
        // `a` is a file, so nothing can be below it.
        let files = [("a", ""), ("a/b", "")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        let failed = write(&place.join("shop"), &files).unwrap_err();
        assert!(failed.what.contains("shop/a`: "), "{failed:?}");
        assert_eq!(fs::read_dir(&place).unwrap().count(), 0);
        let nowhere = write(&place.join("none/shop"), &files).unwrap_err();
        assert!(nowhere.what.contains("none/shop`: "), "{nowhere:?}");
        fs::remove_dir_all(place).unwrap();
    }
}
