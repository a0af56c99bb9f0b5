//! Temporary files of writers that were killed: `.events.lock.4711.tmp`.

use std::fs;
use std::path::{Path, PathBuf};

const SUFFIX: &str = ".tmp";

/// The temporary path that is written and then renamed: in the same directory, so that the rename
/// is atomic.
pub(super) fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}{SUFFIX}", std::process::id()))
}

/// Removes the temporary files of killed writers from a directory, for files whose names are
/// `ours`. The caller must hold the directory: then no running writer owns such a file. The process
/// id in the name would prove less, because another process may have it by now.
pub(crate) fn sweep(directory: &Path, ours: impl Fn(&str) -> bool) {
    // A file that cannot be listed or removed now is harmless; a later run removes it.
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries.flatten() {
        let is_litter = entry.file_name().to_str().and_then(written_for).is_some_and(&ours);
        if is_litter && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The name of the file that a temporary file belongs to.
fn written_for(temporary: &str) -> Option<&str> {
    let (name, process) = temporary.strip_prefix('.')?.strip_suffix(SUFFIX)?.rsplit_once('.')?;
    let is_process = !process.is_empty()
        && process.len() <= 10
        && process.bytes().all(|byte| byte.is_ascii_digit());
    (is_process && !name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{beside, written_for};
    use std::path::Path;

    #[test]
    fn only_names_that_this_command_gives_are_litter() {
        let own = beside(Path::new("shop/events.lock"));
        assert_eq!(own.parent(), Some(Path::new("shop")));
        assert_eq!(
            own.file_name().and_then(|name| written_for(name.to_str()?)),
            Some("events.lock")
        );
        assert_eq!(written_for(".r0.write.json.1.tmp"), Some("r0.write.json"));
        for other in [
            "events.lock.1.tmp",
            ".events.lock.tmp",
            ".events.lock.x.tmp",
            ".events.lock.1",
            "..1.tmp",
            ".1.tmp",
            ".events.lock.1.tmp~",
        ] {
            assert_eq!(written_for(other), None, "{other}");
        }
    }
}
