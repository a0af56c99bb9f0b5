//! The text of a file that may not be there.

use crate::console::Ending;
use crate::disk;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// A file's text; `None` if there is no file. This command writes only text; a file that is not
/// text is read lossily, and then matches no digest.
pub(crate) fn read(path: &Path, name: &Path) -> Result<Option<String>, Ending> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => match disk::dangling(path) {
            Some(error) => Err(Ending::cannot("read", name, &error)),
            None => Ok(None),
        },
        Err(error) => Err(Ending::cannot("read", name, &error)),
    }
}
