//! Reads the files of recorders: a first line with the number of events, and a line per event.

use crate::console::Ending;
use crate::finding::{Finding, Place};
use event_core::Level;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The levels at which events were recorded, by name and version.
pub(super) type Recorded = BTreeMap<(String, u32), BTreeSet<Level>>;

/// The file format that this module reads.
const FORMAT: u64 = 1;

/// The damage of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damage {
    /// The line, from 1.
    line: usize,
    what: String,
}

impl Damage {
    fn new(line: usize, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }

    /// The damage as a finding in this file.
    pub(super) fn at(self, file: &Path) -> Ending {
        let place = Place::file(file).line(u32::try_from(self.line).unwrap_or(u32::MAX));
        Finding::error("EV0302", format!("the coverage file is damaged: {}", self.what))
            .help("remove the file and run the tests again: no other file has its events")
            .at(place)
            .into()
    }
}

/// Adds the events of a file. A damaged file adds nothing, because none of it can be trusted.
pub(super) fn read(contents: &[u8], recorded: &mut Recorded) -> Result<(), Damage> {
    let text = str::from_utf8(contents).map_err(|error| {
        let before = &contents[..error.valid_up_to()];
        Damage::new(before.split(|byte| *byte == b'\n').count(), "not UTF-8")
    })?;
    let mut lines = text.lines().enumerate();
    let announced = lines
        .next()
        .and_then(|(_, head)| head_of(head))
        .unwrap_or(Err(Damage::new(1, "not a coverage file")))?;
    let mut found = 0;
    for (at, line) in lines {
        let ((name, version), levels) = event(line)
            .ok_or_else(|| Damage::new(at + 1, "not an event with a version and levels"))?;
        recorded.entry((name, version)).or_default().extend(levels);
        found += 1;
    }
    if found != announced {
        let what = format!("the file ends after {found} of {announced} events");
        return Err(Damage::new(text.lines().count(), what));
    }
    Ok(())
}

/// The number of events that follow; `None` if the line is not a first line.
fn head_of(line: &str) -> Option<Result<u64, Damage>> {
    let head: Value = serde_json::from_str(line).ok()?;
    let format = head.get("event_coverage")?.as_u64()?;
    if format != FORMAT {
        return Some(Err(Damage::new(
            1,
            format!("written in format {format}, by another version of event-core"),
        )));
    }
    head.get("events")?.as_u64().map(Ok)
}

fn event(line: &str) -> Option<((String, u32), BTreeSet<Level>)> {
    let event: Value = serde_json::from_str(line).ok()?;
    let name = event.get("event")?.as_str()?.to_owned();
    let version = u32::try_from(event.get("version")?.as_u64()?).ok()?;
    let levels = event.get("levels")?.as_array()?;
    let levels =
        levels.iter().map(|level| Level::from_word(level.as_str()?)).collect::<Option<_>>()?;
    Some(((name, version), levels))
}

#[cfg(test)]
mod tests {
    use super::{Damage, Recorded, read};
    use event_core::Level;

    const FILE: &str = "{\"event_coverage\":1,\"events\":2}\n\
        {\"event\":\"a_b\",\"version\":1,\"levels\":[\"info\"]}\n\
        {\"event\":\"a_b\",\"version\":2,\"levels\":[\"debug\",\"error\"]}\n";

    fn damage(contents: &[u8]) -> Damage {
        read(contents, &mut Recorded::new()).unwrap_err()
    }

    #[test]
    fn files_are_merged() {
        let mut recorded = Recorded::new();
        read(FILE.as_bytes(), &mut recorded).unwrap();
        read(FILE.replace("info", "trace").as_bytes(), &mut recorded).unwrap();
        let levels =
            |version| recorded[&("a_b".to_owned(), version)].iter().copied().collect::<Vec<_>>();
        assert_eq!(
            (levels(1), levels(2)),
            (vec![Level::Trace, Level::Info], vec![Level::Debug, Level::Error])
        );
    }

    #[test]
    fn a_file_that_was_cut_anywhere_is_a_fault() {
        // Without the last line break the file has the same meaning.
        for end in 0..FILE.len() - 1 {
            damage(&FILE.as_bytes()[..end]);
        }
        read(&FILE.as_bytes()[..FILE.len() - 1], &mut Recorded::new()).unwrap();
    }

    #[test]
    fn a_fault_has_a_line() {
        assert_eq!(damage(b""), Damage::new(1, "not a coverage file"));
        assert_eq!(damage(b"[]"), Damage::new(1, "not a coverage file"));
        assert_eq!(
            damage(b"{\"event_coverage\":2}"),
            Damage::new(1, "written in format 2, by another version of event-core")
        );
        assert_eq!(
            damage(FILE.replace("\"events\":2", "\"events\":3").as_bytes()),
            Damage::new(3, "the file ends after 2 of 3 events")
        );
        for (from, to) in [
            ("debug", "warn"),
            ("\"version\":2", "\"version\":-2"),
            ("{\"event\":\"a_b\",\"version\":2", "{"),
        ] {
            assert_eq!(
                damage(FILE.replace(from, to).as_bytes()),
                Damage::new(3, "not an event with a version and levels")
            );
        }
        assert_eq!(damage(&[FILE.as_bytes(), b"\xff"].concat()), Damage::new(4, "not UTF-8"));
    }
}
