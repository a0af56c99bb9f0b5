//! Where events go: the targets.

use super::http::HttpConfig;
use super::input::{Input, Located, Refused, SHOWN, variable_of};
#[cfg(feature = "kafka")]
use super::kafka::KafkaConfig;
#[cfg(feature = "nats")]
use super::nats::NatsConfig;
use super::section::Section;
use crate::features::install_with;
use crate::source::OnPoison;
use event_grammar::harmless;
use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::path::PathBuf;

/// The name of a target: 1 to 64 of `a` to `z`, `0` to `9`, `_` and `-`. It is the key of the
/// target's cursor, and a label of metrics.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TargetName(String);

impl TargetName {
    /// The name that `text` is, or `None`.
    pub fn new(text: &str) -> Option<Self> {
        let is_plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        ((1..=64).contains(&text.len()) && text.bytes().all(is_plain))
            .then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// One target.
#[derive(Clone, Debug)]
pub struct TargetConfig {
    /// Its name. No two targets of a configuration have the same.
    pub name: TargetName,
    /// What it is.
    pub kind: TargetKind,
    /// The rejections after which an event is dead.
    pub attempts: NonZeroU32,
    /// What a dead event does to the later events of its entity.
    pub on_poison: OnPoison,
}

/// What a target is.
#[derive(Clone, Debug)]
pub enum TargetKind {
    /// Lines on the standard output.
    Stdout,
    /// Lines at the end of a file.
    File {
        /// The file.
        path: PathBuf,
    },
    /// CloudEvents over HTTP.
    Http(Box<HttpConfig>),
    /// Topics of Kafka.
    #[cfg(feature = "kafka")]
    Kafka(Box<KafkaConfig>),
    /// A stream of NATS.
    #[cfg(feature = "nats")]
    Nats(Box<NatsConfig>),
}

impl TargetKind {
    /// The word in the file: `stdout`, `file`, `http`, `kafka` or `nats`.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Stdout => "stdout",
            Self::File { .. } => "file",
            Self::Http(_) => "http",
            #[cfg(feature = "kafka")]
            Self::Kafka(_) => "kafka",
            #[cfg(feature = "nats")]
            Self::Nats(_) => "nats",
        }
    }
}

/// The words of `on_poison`.
pub(super) const ON_POISON: &[(&str, OnPoison)] =
    &[("block_entity", OnPoison::BlockEntity), ("skip", OnPoison::Skip)];

/// The kinds of targets, before the rest of a target is read.
#[derive(Clone, Copy)]
enum Kind {
    Stdout,
    File,
    Http,
    Kafka,
    Nats,
}

impl Kind {
    /// The feature that it needs, if this relay is built without it.
    const fn missing_feature(self) -> Option<&'static str> {
        match self {
            Self::Kafka if !cfg!(feature = "kafka") => Some("kafka"),
            Self::Nats if !cfg!(feature = "nats") => Some("nats"),
            _ => None,
        }
    }
}

const KINDS: &[(&str, Kind)] = &[
    ("file", Kind::File),
    ("http", Kind::Http),
    ("kafka", Kind::Kafka),
    ("nats", Kind::Nats),
    ("stdout", Kind::Stdout),
];

/// The rejections after which an event is dead, unless the file says otherwise.
const ATTEMPTS: u32 = 10;

const EXAMPLE: &str = "write a table for each target: `[targets.archive]` with \
                       `type = \"file\"` and `path = \"events.ndjson\"`";

/// Reads `[targets]`. No target may write to the files that are `used` otherwise.
pub(super) fn read_all(
    file: &mut Section<'_>,
    input: &mut Input<'_>,
    used: &[(PathBuf, &str)],
) -> Vec<TargetConfig> {
    let Some(mut section) = file.section(input, "targets") else {
        file.missing("targets", EXAMPLE);
        return Vec::new();
    };
    let names = section.keys();
    if names.is_empty() {
        input.refuse(section.place(), Refused::new("no target is configured").help(EXAMPLE));
    }
    let mut variables: BTreeMap<String, String> = BTreeMap::new();
    let mut targets: Vec<Located<TargetConfig>> = Vec::new();
    for Located { value: key, place } in names {
        let Some(name) = TargetName::new(&key) else {
            let shown = harmless(&key, SHOWN);
            let message = format!("`{shown}` is not a name of a target");
            let help = "write 1 to 64 letters from `a` to `z`, digits, `_` and `-`";
            input.refuse(&place, Refused::new(message).help(help));
            section.skip(&key);
            continue;
        };
        if let Some(other) = variables.insert(variable_of(&key), key.clone()) {
            let message = format!(
                "the targets `{other}` and `{key}` have the same variables, {}",
                variable_of(&section.path_of(&key))
            );
            input.refuse(&place, Refused::new(message).help("rename one of them"));
        }
        let Some(table) = section.section(input, &key) else { continue };
        if let Some(target) = read(table, input, name) {
            targets.push(Located { value: target, place });
        }
    }
    section.finish(input);
    refuse_shared_files(input, &targets, used);
    targets.into_iter().map(|target| target.value).collect()
}

fn read(mut table: Section<'_>, input: &mut Input<'_>, name: TargetName) -> Option<TargetConfig> {
    // Without a type, the other keys cannot be judged.
    let Some(kind) = table.word(input, "type", KINDS) else {
        let help = "write `type = \"file\"`, `\"http\"`, `\"kafka\"`, `\"nats\"` or `\"stdout\"`";
        table.missing_unless_refused(input, "type", help);
        table.give_up(input);
        return None;
    };
    if let Some(feature) = kind.value.missing_feature() {
        let message = format!("this event-relay is built without `{feature}`");
        input.refuse(&kind.place, Refused::new(message).help(install_with(feature)));
        table.give_up(input);
        return None;
    }
    let attempts = table.count(input, "attempts", u32::MAX).map_or(ATTEMPTS, |count| count.value);
    let on_poison = table.word(input, "on_poison", ON_POISON).map(|word| word.value);
    let kind = match kind.value {
        Kind::Stdout => Some(TargetKind::Stdout),
        Kind::File => {
            let path = table.required_text(input, "path", "write `path = \"events.ndjson\"`");
            path.map(|path| TargetKind::File { path: input.path(&path) })
        }
        Kind::Http => {
            HttpConfig::read(&mut table, input).map(|http| TargetKind::Http(Box::new(http)))
        }
        #[cfg(feature = "kafka")]
        Kind::Kafka => {
            KafkaConfig::read(&mut table, input).map(|kafka| TargetKind::Kafka(Box::new(kafka)))
        }
        #[cfg(not(feature = "kafka"))]
        Kind::Kafka => None,
        #[cfg(feature = "nats")]
        Kind::Nats => {
            NatsConfig::read(&mut table, input).map(|nats| TargetKind::Nats(Box::new(nats)))
        }
        #[cfg(not(feature = "nats"))]
        Kind::Nats => None,
    };
    table.finish(input);
    Some(TargetConfig {
        name,
        kind: kind?,
        attempts: NonZeroU32::new(attempts).unwrap_or(NonZeroU32::MIN),
        on_poison: on_poison.unwrap_or_default(),
    })
}

/// Two targets that write one file would each take the lines of the other for their own when they
/// look how far they are; and lines at the end of the database would destroy it. The same is true
/// of the standard output: its reader could not tell which target wrote a line.
fn refuse_shared_files(
    input: &mut Input<'_>,
    targets: &[Located<TargetConfig>],
    used: &[(PathBuf, &str)],
) {
    let used = used.iter().map(|(path, what)| (Some(path), (*what).to_owned()));
    let mut seen: BTreeMap<Option<&PathBuf>, String> = used.collect();
    for Located { value: target, place } in targets {
        let output = match &target.kind {
            TargetKind::Stdout => None,
            TargetKind::File { path } => Some(path),
            TargetKind::Http(_) => continue,
            #[cfg(feature = "kafka")]
            TargetKind::Kafka(_) => continue,
            #[cfg(feature = "nats")]
            TargetKind::Nats(_) => continue,
        };
        let this = format!("the target `{}`", target.name);
        let kind = if output.is_some() { "file" } else { "output" };
        if let Some(other) = seen.get(&output) {
            let message = format!("{this} writes to the same {kind} as {other}");
            let help = "give each target a file of its own";
            input.refuse(place, Refused::new(message).help(help));
        } else {
            seen.insert(output, this);
        }
    }
}
