//! The file and the variables while they are read, and what is wrong with them so far.

use super::error::Problem;
use event_grammar::{harmless, suggest};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How the names of the variables begin that override keys.
pub(super) const PREFIX: &str = "EVENTS_RELAY_";

/// The variable that names the file.
pub(super) const FILE_VARIABLE: &str = "EVENTS_RELAY_CONFIG";

/// How a variable is spelt.
const VARIABLES: &str = "a variable is EVENTS_RELAY_ and the key in capitals, with `__` between \
                         levels: EVENTS_RELAY_LISTEN__ADDRESS";

/// The most characters of a name in a message.
pub(super) const SHOWN: usize = 80;

/// Where something is written.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// At this byte of the file.
    At(usize),
    /// In a variable.
    Variable(String),
    /// Nowhere: it is missing in the file.
    File,
}

/// A value, with the place where it is written.
#[derive(Clone, Debug)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// A reason why a value is refused. It holds nothing of the value.
pub(crate) struct Refused {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Refused {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The file and the variables while they are read.
pub(super) struct Input<'a> {
    file: &'a Path,
    text: &'a str,
    environment: &'a BTreeMap<String, String>,
    /// The variables that a key could have, whether they are set or not.
    known: BTreeSet<String>,
    /// How the variables begin of tables that were refused as a whole: their keys are not known.
    unjudged: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Input<'a> {
    pub(super) fn new(
        file: &'a Path,
        text: &'a str,
        environment: &'a BTreeMap<String, String>,
    ) -> Self {
        let known = BTreeSet::from([FILE_VARIABLE.to_owned()]);
        Self { file, text, environment, known, unjudged: Vec::new(), problems: Vec::new() }
    }

    /// The value of the variable that overrides a key.
    pub(super) fn variable(&mut self, path: &str) -> Option<Located<&'a str>> {
        let name = variable_of(path);
        let value = self.environment.get(&name).map(String::as_str);
        self.known.insert(name.clone());
        value.map(|value| Located { value, place: Place::Variable(name) })
    }

    /// Whether a variable overrides a key within the table.
    pub(super) fn has_variables_within(&self, path: &str) -> bool {
        let start = variables_within(path);
        self.environment
            .range(start.clone()..)
            .next()
            .is_some_and(|(name, _)| name.starts_with(&start))
    }

    /// Does not judge the variables of keys within a table, because the table is refused.
    pub(super) fn leave_variables_within(&mut self, path: &str) {
        self.unjudged.push(variables_within(path));
    }

    pub(super) fn environment(&self) -> &'a BTreeMap<String, String> {
        self.environment
    }

    pub(super) fn file(&self) -> &'a Path {
        self.file
    }

    /// A path of the file.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        beside(self.file, path)
    }

    pub(super) fn refuse(&mut self, place: &Place, refused: Refused) {
        let (order, place) = match place {
            Place::File => (0, self.file.display().to_string()),
            Place::At(byte) => (*byte, position(self.file, self.text, *byte)),
            Place::Variable(name) => (usize::MAX, name.clone()),
        };
        let Refused { message, help } = refused;
        self.problems.push(Problem { place, order, message, help });
    }

    /// Reports the variables that override nothing.
    pub(super) fn refuse_unknown_variables(&mut self) {
        let is_unjudged = |name: &str| self.unjudged.iter().any(|start| name.starts_with(start));
        let unknown: Vec<String> = self
            .environment
            .keys()
            .filter(|name| name.starts_with(PREFIX) && !self.known.contains(*name))
            .filter(|name| !is_unjudged(name))
            .cloned()
            .collect();
        for name in unknown {
            // Without what all begin with: it would make any two of them look near.
            let own = |name: &'_ String| name.strip_prefix(PREFIX).map(str::to_owned);
            let known: Vec<String> = self.known.iter().filter_map(own).collect();
            let near = suggest::closest(&name[PREFIX.len()..], known.iter().map(String::as_str));
            let hint =
                near.map_or(String::new(), |near| format!(", did you mean `{PREFIX}{near}`?"));
            let refused = Refused::new(format!("no key has this variable{hint}")).help(VARIABLES);
            self.refuse(&Place::Variable(harmless(&name, SHOWN).into_owned()), refused);
        }
    }
}

/// A path that the file `config` names. Relative paths are relative to the file, also those that
/// variables name.
pub(super) fn beside(config: &Path, path: &str) -> PathBuf {
    config.parent().unwrap_or(Path::new("")).join(path)
}

/// The variable that overrides a key: `EVENTS_RELAY_LISTEN__ADDRESS` of `listen.address`.
pub(super) fn variable_of(path: &str) -> String {
    PREFIX.to_owned() + &path.to_ascii_uppercase().replace('-', "_").replace('.', "__")
}

/// How the variables begin of the keys within a table.
fn variables_within(path: &str) -> String {
    variable_of(path) + "__"
}

/// `relay.toml:3:1`. Lines and columns count from 1, columns in characters.
fn position(file: &Path, text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    format!("{}:{line}:{column}", file.display())
}
