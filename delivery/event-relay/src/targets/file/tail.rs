//! What the end of a file of events says.

use super::recent::{RECENT, Recent};
use serde_json::Value;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// How much of the end of a file is read to find a whole line, in bytes: more than two of the
/// longest lines, because the last one may be torn. A file with a longer one is something else.
const LONGEST: u64 = 32 << 20;

/// The end of a file of events.
#[derive(Debug)]
pub(super) struct Tail {
    /// The length up to the end of the last whole line.
    pub(super) whole: u64,
    /// The events of the last lines.
    pub(super) recent: Recent,
}

impl Tail {
    /// Reads the end of a file of this length. None if the file is not made of lines of JSON.
    pub(super) fn read(file: &mut File, length: u64) -> io::Result<Option<Self>> {
        let mut window = RECENT;
        loop {
            let from = length.saturating_sub(window);
            let bytes = read_from(file, from, length - from)?;
            let end = whole(&bytes);
            let start = match from {
                0 => Some(0),
                // It begins within a line.
                _ => bytes.iter().position(|byte| *byte == b'\n').map(|at| at + 1),
            };
            if let Some(start) = start.filter(|start| from == 0 || *start < end) {
                let first = if from == 0 { bytes.clone() } else { read_from(file, 0, 1)? };
                if !begins_as_events(&first) || !may_be_cut(&bytes[end..]) {
                    return Ok(None);
                }
                let recent = recent(&bytes[start..end]);
                return Ok(Some(Self { whole: from + end as u64, recent }));
            }
            if window >= LONGEST {
                return Ok(None);
            }
            window *= 2;
        }
    }
}

fn read_from(file: &mut File, from: u64, length: u64) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The end of the last line that was written whole. A power loss in the middle of a write can leave
/// NULs where there are no bytes on the disk yet: from the first on, the write was not answered.
fn whole(bytes: &[u8]) -> usize {
    let written = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    bytes[..written].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1)
}

/// Whether a file may be one of events: nothing may be cut off a database or a picture.
fn begins_as_events(first: &[u8]) -> bool {
    first.first().is_none_or(|byte| *byte == b'{') || first.iter().all(|byte| *byte == 0)
}

/// Whether the end of a file is what is left of an event. A whole object that is no event is a JSON
/// document of another kind.
fn may_be_cut(end: &[u8]) -> bool {
    match end.first() {
        None | Some(0) => true,
        Some(b'{') => serde_json::from_slice::<Value>(end)
            .map_or(true, |document| document.get("event_id").is_some()),
        Some(_) => false,
    }
}

fn recent(lines: &[u8]) -> Recent {
    let mut recent = Recent::default();
    for line in lines.split(|byte| *byte == b'\n') {
        if let Some(id) = id(line) {
            recent.add(&id, line.len());
        }
    }
    recent
}

/// The id of the event of a line.
fn id(line: &[u8]) -> Option<String> {
    const FIRST: &[u8] = br#"{"event_id":""#;
    // How event-core writes it; a database that keeps JSON as values may change the order.
    if let Some(rest) = line.strip_prefix(FIRST) {
        let end = rest.iter().position(|byte| *byte == b'"')?;
        return String::from_utf8(rest[..end].to_vec()).ok();
    }
    let envelope: Value = serde_json::from_slice(line).ok()?;
    Some(envelope.get("event_id")?.as_str()?.to_owned())
}
