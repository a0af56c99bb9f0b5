//! The files of the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts of files, by their path from the repository's root. A test may write one itself.
pub type Texts = BTreeMap<String, String>;

/// The root of the repository.
pub fn repository() -> PathBuf {
    // This package is one directory below it.
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of a file; none if it is not there.
pub fn text_of(path: &str) -> Option<String> {
    fs::read_to_string(repository().join(path)).ok()
}

/// The Rust files below a directory. Empty if the directory is not there.
///
/// # Panics
///
/// If a file cannot be read.
pub fn rust_files(directory: &str) -> Texts {
    files_of(directory, &["rs"])
}

/// The files below a directory that have one of the extensions. Empty if the directory is not
/// there.
///
/// # Panics
///
/// If a file cannot be read.
pub fn files_of(directory: &str, extensions: &[&str]) -> Texts {
    let mut texts = Texts::new();
    collect(&repository(), Path::new(directory), extensions, &mut texts);
    texts
}

fn collect(root: &Path, directory: &Path, extensions: &[&str], texts: &mut Texts) {
    let Ok(entries) = fs::read_dir(root.join(directory)) else { return };
    for entry in entries {
        let entry = entry.expect("a directory of sources can be read");
        let path = directory.join(entry.file_name());
        if entry.file_type().expect("it has a type").is_dir() {
            if entry.file_name() != "target" {
                collect(root, &path, extensions, texts);
            }
        } else if path
            .extension()
            .is_some_and(|extension| extensions.iter().any(|wanted| extension == *wanted))
        {
            let text = fs::read_to_string(root.join(&path)).expect("a source can be read");
            let path = path.to_str().expect("the paths of sources are text").replace('\\', "/");
            texts.insert(path, text);
        }
    }
}
