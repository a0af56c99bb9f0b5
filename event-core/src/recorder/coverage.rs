//! Writes which events were recorded, for `coverage` of the catalog's command: one file for each
//! process, in the directory of `EVENTS_COVERAGE`. `event_grammar::coverage` resolves the
//! directory.
//!
//! The file's first line has the number of lines that follow. Each further line is one event:
//! `{"event":"payment_process_failed","version":2,"levels":["error"]}`. A new file is written and
//! renamed when a recorder with new events is dropped, so a reader never sees an incomplete file.

use super::file;
use crate::context::random;
use crate::model::meta::EventMeta;
use crate::value::encode::Encoder;
use event_grammar::Level;
use event_grammar::coverage::{Surroundings, VARIABLE};
use std::collections::BTreeMap;
use std::env;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

/// The recorded events by name and version, with their levels, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered(BTreeMap<(&'static str, u32), u8>);

/// The file of this process.
static FILE: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let here = env::current_dir().unwrap_or_default();
    let directory =
        Surroundings { directory: &here, variable: &|name| env::var_os(name) }.named()?;
    // A process id is not unique: in containers all processes may have the same id.
    let name = format!("{}-{:016x}.ndjson", std::process::id(), random::u64());
    Some(directory.join(name))
});

/// The events of all dropped recorders of this process.
static ALL: Mutex<Covered> = Mutex::new(Covered(BTreeMap::new()));

pub(super) fn is_asked_for() -> bool {
    FILE.is_some()
}

/// Adds the events of a recorder to the file, if any of them is new.
pub(super) fn report(covered: Covered) {
    let Some(path) = &*FILE else { return };
    let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if !all.join(covered) {
        return;
    }
    if let Err(error) = file::replace(path, all.text().bytes()) {
        // A dropped recorder cannot return an error.
        let path = path.display();
        let _ = writeln!(
            io::stderr(),
            "event-core: cannot write the coverage file `{path}` (`{VARIABLE}` is set): {error}"
        );
    }
}

impl Covered {
    pub(super) fn add(&mut self, meta: &EventMeta, level: Level) {
        *self.0.entry((meta.name.snake, meta.version)).or_default() |= 1 << level as u8;
    }

    /// Adds the events of `other`. Returns whether any event or level is new.
    fn join(&mut self, other: Self) -> bool {
        let mut is_new = false;
        for (event, levels) in other.0 {
            let known = self.0.entry(event).or_default();
            is_new |= *known | levels != *known;
            *known |= levels;
        }
        is_new
    }

    fn text(&self) -> Encoder {
        let mut out = Encoder::new();
        out.json("{\"event_coverage\":1,\"events\":");
        out.integer(self.0.len());
        out.json("}\n");
        for ((name, version), levels) in &self.0 {
            out.object_with(|out| {
                out.text_member(",\"event\":", name);
                out.integer_member(",\"version\":", *version);
                out.json(",\"levels\":");
                let recorded = Level::ALL.iter().filter(|level| levels & (1 << **level as u8) != 0);
                let words: Vec<String> = recorded.map(ToString::to_string).collect();
                out.list(&words);
            });
            out.json("\n");
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Covered;
    use crate::emit::emission::META;
    use event_grammar::Level;

    #[test]
    fn what_recorders_cover_is_joined() {
        let (mut all, mut one, mut other) =
            (Covered::default(), Covered::default(), Covered::default());
        one.add(META, Level::Info);
        other.add(META, Level::Trace);
        assert!(all.join(one.clone()) && all.join(other) && !all.join(one));
        assert_eq!(
            str::from_utf8(all.text().bytes()).unwrap(),
            "{\"event_coverage\":1,\"events\":1}\n{\"event\":\"emission_event_suppressed\",\"version\":1,\"levels\":[\"trace\",\"info\"]}\n"
        );
    }
}
