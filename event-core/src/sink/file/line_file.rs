//! A file that ends in whole lines, and is found again when it was moved away.

use super::super::whole_lines::{Unwritten, WholeLines};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the path is asked whether it still names the file.
const CHECK: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct LineFile {
    path: PathBuf,
    lines: WholeLines<Arc<File>>,
    /// Not a pipe or a device, which have no end to be cut and nothing to be made durable.
    is_regular: bool,
    checked: Instant,
}

impl LineFile {
    /// Opens it to append, and creates it where it is missing.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let metadata = file.metadata()?;
        let is_regular = metadata.is_file();
        // A process that was killed may have left half a line.
        let is_torn = is_regular && metadata.len() > 0 && last_byte(&mut file)? != b'\n';
        let mut lines = WholeLines::new(Arc::new(file));
        lines.set_torn(is_torn);
        Ok(Self { path: path.to_owned(), lines, is_regular, checked: Instant::now() })
    }

    /// Appends whole lines in one write. Where that fails, what was written of half a line is taken back, or ended before the next.
    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Unwritten> {
        let appended = self.lines.append(lines);
        if let Err(unwritten) = &appended
            && unwritten.half > 0
            && self.take_back(unwritten.half).is_ok()
        {
            self.lines.set_torn(false);
        }
        appended
    }

    fn take_back(&self, half: usize) -> io::Result<()> {
        let mut file = &**self.lines.out();
        let end = file.stream_position()?;
        if !self.is_regular || file.metadata()?.len() != end {
            // Another process has written behind it.
            return Err(io::ErrorKind::Unsupported.into());
        }
        file.set_len(end.saturating_sub(half as u64))
    }

    /// Opens the path anew.
    pub(super) fn reopen(&mut self) -> io::Result<()> {
        *self = Self::open(&self.path)?;
        Ok(())
    }

    /// Whether the path names another file now, or none. Asked at most once a second; otherwise it says no.
    pub(super) fn has_moved(&mut self) -> bool {
        if !self.is_regular || self.checked.elapsed() < CHECK {
            return false;
        }
        self.checked = Instant::now();
        is_another(&self.path, self.lines.out())
    }

    /// The file, for what is written to be made durable; nothing for a pipe or a device.
    pub(super) fn durable(&self) -> Option<Arc<File>> {
        self.is_regular.then(|| self.lines.out().clone())
    }
}

fn last_byte(file: &mut File) -> io::Result<u8> {
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last[0])
}

#[cfg(unix)]
fn is_another(path: &Path, open: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (path.metadata(), open.metadata()) {
        (Ok(named), Ok(open)) => (named.dev(), named.ino()) != (open.dev(), open.ino()),
        (Err(error), _) => error.kind() == io::ErrorKind::NotFound,
        (Ok(_), Err(_)) => false,
    }
}

/// Elsewhere the standard library does not say which file it is.
#[cfg(not(unix))]
fn is_another(_: &Path, _: &File) -> bool {
    false
}
