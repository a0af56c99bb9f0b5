//! Which events of a catalog were emitted.

use super::file::Recorded;
use crate::table::Table;
use event_core::meta::EventMeta;
use event_core::{Catalog, Level};
use event_schema::Json;
use std::collections::BTreeSet;
use std::fmt;

/// The newest version of every event, by domain, with its recorded levels. Older versions are only
/// read, no longer emitted.
pub(super) struct Report<'r> {
    domains: Vec<Domain<'r>>,
    /// Recorded events that the catalog does not have.
    unknown: Vec<(&'r (String, u32), &'r BTreeSet<Level>)>,
}

struct Domain<'r> {
    name: &'static str,
    events: Vec<Event<'r>>,
}

struct Event<'r> {
    meta: &'static EventMeta,
    /// `None` if the event was never emitted.
    levels: Option<&'r BTreeSet<Level>>,
}

impl<'r> Report<'r> {
    pub(super) fn new(catalog: &'static Catalog, recorded: &'r Recorded) -> Self {
        let mut domains: Vec<Domain<'r>> = Vec::new();
        for meta in catalog.events().filter(|event| event.latest) {
            let levels = recorded.get(&(meta.name.snake.to_owned(), meta.version));
            let event = Event { meta, levels };
            match domains.iter_mut().find(|domain| domain.name == meta.name.domain) {
                Some(domain) => domain.events.push(event),
                None => domains.push(Domain { name: meta.name.domain, events: vec![event] }),
            }
        }
        let is_known = |(name, version): &(String, u32)| {
            catalog.events().any(|event| event.name.snake == name && event.version == *version)
        };
        let unknown = recorded.iter().filter(|(event, _)| !is_known(event)).collect();
        Self { domains, unknown }
    }

    /// The number of emitted events, and the number of all events.
    fn counts(&self) -> (usize, usize) {
        let counts = self.domains.iter().map(Domain::counts);
        counts.fold((0, 0), |(emitted, all), (of_domain, all_of_domain)| {
            (emitted + of_domain, all + all_of_domain)
        })
    }

    /// In percent. An empty catalog has 100 %.
    #[allow(clippy::cast_precision_loss, reason = "there are fewer events than 2^52")]
    fn percent(&self) -> f64 {
        match self.counts() {
            (_, 0) => 100.0,
            (emitted, all) => emitted as f64 * 100.0 / all as f64,
        }
    }

    pub(super) fn is_under(&self, percent: f64) -> bool {
        self.percent() < percent
    }

    pub(super) fn summary(&self) -> String {
        let (emitted, all) = self.counts();
        // Rounded down, so that 100 % means all events.
        format!(
            "{emitted} of {all} events were emitted, {:.1} %",
            (self.percent() * 10.0).floor() / 10.0
        )
    }

    /// The first event that was never emitted.
    pub(super) fn never_emitted(&self) -> Option<&'static EventMeta> {
        let mut events = self.domains.iter().flat_map(|domain| &domain.events);
        events.find(|event| event.levels.is_none()).map(|event| event.meta)
    }

    /// The members of the JSON document.
    pub(super) fn members(&self) -> [(&'static str, Json); 4] {
        let (emitted, all) = self.counts();
        let unknown = self.unknown.iter().map(|((name, version), levels)| {
            Json::object([
                ("name", name.as_str().into()),
                ("version", (*version).into()),
                ("levels", words(levels.iter().copied())),
            ])
        });
        [
            ("emitted", Json::Number(emitted.into())),
            ("events", Json::Number(all.into())),
            ("domains", Json::List(self.domains.iter().map(Domain::json).collect())),
            ("unknown", Json::List(unknown.collect())),
        ]
    }
}

impl Domain<'_> {
    fn counts(&self) -> (usize, usize) {
        (self.events.iter().filter(|event| event.levels.is_some()).count(), self.events.len())
    }

    fn json(&self) -> Json {
        let (emitted, all) = self.counts();
        Json::object([
            ("name", self.name.into()),
            ("emitted", Json::Number(emitted.into())),
            ("events", Json::Number(all.into())),
            ("of", Json::List(self.events.iter().map(Event::json).collect())),
        ])
    }
}

impl Event<'_> {
    /// The levels that the event may have and that were not recorded.
    fn missing(&self) -> Vec<Level> {
        let is_missing = |level: &Level| !self.levels.is_some_and(|levels| levels.contains(level));
        self.meta.level.reachable().into_iter().filter(is_missing).collect()
    }

    fn row(&self) -> [String; 5] {
        let (word, levels) = match self.levels {
            None => ("never", String::new()),
            Some(levels) => ("emitted", join(levels.iter().copied())),
        };
        let missing = match (self.levels, self.missing()) {
            (Some(_), missing) if !missing.is_empty() => format!("never {}", join(missing)),
            _ => String::new(),
        };
        [
            word.to_owned(),
            self.meta.name.snake.to_owned(),
            format!("v{}", self.meta.version),
            levels,
            missing,
        ]
    }

    fn json(&self) -> Json {
        Json::object([
            ("name", self.meta.name.snake.into()),
            ("version", self.meta.version.into()),
            ("emitted", self.levels.is_some().into()),
            ("levels", words(self.levels.into_iter().flatten().copied())),
            ("missing_levels", words(self.missing())),
        ])
    }
}

fn join(levels: impl IntoIterator<Item = Level>) -> String {
    levels.into_iter().map(Level::as_str).collect::<Vec<_>>().join("|")
}

fn words(levels: impl IntoIterator<Item = Level>) -> Json {
    Json::texts(levels.into_iter().map(Level::as_str))
}

impl fmt::Display for Report<'_> {
    /// A block per domain, in the catalog's order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new();
        for event in self.domains.iter().flat_map(|domain| &domain.events) {
            table.row(event.row());
        }
        let lines = table.lines();
        let mut lines = lines.iter();
        for domain in &self.domains {
            let (emitted, all) = domain.counts();
            writeln!(f, "{} {emitted}/{all}", domain.name)?;
            for line in lines.by_ref().take(domain.events.len()) {
                writeln!(f, "  {line}")?;
            }
            writeln!(f)?;
        }
        if !self.unknown.is_empty() {
            let mut table = Table::new();
            for ((name, version), levels) in &self.unknown {
                table.row([
                    name.escape_debug().to_string(),
                    format!("v{version}"),
                    join(levels.iter().copied()),
                ]);
            }
            writeln!(f, "not in the catalog")?;
            for line in table.lines() {
                writeln!(f, "  {line}")?;
            }
            writeln!(f)?;
        }
        writeln!(f, "{}", self.summary())
    }
}
