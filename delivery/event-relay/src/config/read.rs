//! From the file and the variables to a [`Config`].

use super::error::{ConfigError, Problem};
use super::input::{FILE_VARIABLE, Input, Place, Refused};
use super::quantity::{duration, retention, shown_duration};
use super::section::{Section, Written};
use super::{Config, DEFAULT_FILE, Listen, LockChoice, RetentionConfig};
use super::{database, target};
use crate::database::DatabaseLocation;
use crate::engine::Retired;
use crate::source::Lease;
use event_core::Level;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;
use toml::de::DeTable;

/// Loopback: metrics are for this machine unless the configuration says otherwise.
const ADDRESS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 9464);
const MAX_LAG: Duration = Duration::from_secs(5 * 60);
const ABANDONED_AFTER: Duration = Duration::from_secs(7 * 24 * 3_600);

/// The `lock` of a relay that sends everything.
const UNCHECKED: &str = "none";

/// The words of `retired`.
pub(super) const RETIRED: &[(&str, Retired)] = &[("send", Retired::Send), ("park", Retired::Park)];

impl Config {
    /// Reads a configuration and the secrets that it names: from `path`, else from the file that
    /// `EVENTS_RELAY_CONFIG` names, else from [`DEFAULT_FILE`] in the current directory.
    ///
    /// `environment` is the whole environment: it has the overrides and the secrets. Pass
    /// [`Config::environment`], not `std::env::vars`, which panics on a variable that is not UTF-8.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or something in it or in the variables is wrong: all that is
    /// found in one pass. Only a file that is not TOML hides what else is wrong with it.
    pub fn load(
        path: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let environment = environment.collect();
        let (file, text) = find(path, &environment)?;
        Self::read(&file, &text, &environment)
    }

    /// The variables of this process whose names and values are UTF-8.
    pub fn environment() -> impl Iterator<Item = (String, String)> {
        std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
    }

    /// Reads the text of a configuration. `file` is for messages and for relative paths.
    ///
    /// # Errors
    ///
    /// As [`Config::load`].
    pub fn read(
        file: &Path,
        text: &str,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, ConfigError> {
        let mut input = Input::new(file, text, environment);
        let document = parse(text, &mut input)?;
        let config = read(file, Section::of_file(document.get_ref()), &mut input);
        input.refuse_unknown_variables();
        match config {
            Some(config) if input.problems.is_empty() => Ok(config),
            _ => Err(ConfigError::new(input.problems)),
        }
    }
}

/// Finds the file of a configuration and reads its text.
pub(super) fn find(
    path: Option<&Path>,
    environment: &BTreeMap<String, String>,
) -> Result<(PathBuf, String), ConfigError> {
    let named = environment.get(FILE_VARIABLE).filter(|name| !name.is_empty());
    let file = match (path, named) {
        (Some(path), _) => path.to_owned(),
        (None, Some(name)) => PathBuf::from(name),
        (None, None) => PathBuf::from(DEFAULT_FILE),
    };
    match std::fs::read_to_string(&file) {
        Ok(text) => Ok((file, text)),
        Err(error) => {
            let is_default = path.is_none() && named.is_none();
            let help =
                is_default.then(|| format!("name the file: `--config PATH`, or {FILE_VARIABLE}"));
            let message = format!("the configuration cannot be read: {error}");
            let place = file.display().to_string();
            Err(ConfigError::new(vec![Problem { place, order: 0, message, help }]))
        }
    }
}

/// The document that a text is.
pub(super) fn parse<'t>(
    text: &'t str,
    input: &mut Input<'_>,
) -> Result<toml::Spanned<DeTable<'t>>, ConfigError> {
    let (document, errors) = DeTable::parse_recoverable(text);
    // The parser's own rendering shows the line, which may hold what a person thinks is the place
    // for a secret. Its message is made of fixed words.
    for error in &errors {
        let at = error.span().map_or(Place::File, |span| Place::At(span.start));
        input.refuse(&at, Refused::new(format!("the file is not TOML: {}", error.message())));
    }
    if errors.is_empty() {
        Ok(document)
    } else {
        Err(ConfigError::new(std::mem::take(&mut input.problems)))
    }
}

/// What is wrong with the variables: those that override nothing. Nothing else is judged, so no
/// secret has to be there.
pub(super) fn unknown_variables(
    file: &Path,
    (text, document): (&str, &DeTable<'_>),
    environment: &BTreeMap<String, String>,
) -> Vec<Problem> {
    let mut input = Input::new(file, text, environment);
    let _ = read(file, Section::of_file(document), &mut input);
    input.problems.clear();
    input.refuse_unknown_variables();
    input.problems
}

/// Reads `[retention]`, or what holds without it.
pub(super) fn read_retention_of(top: &mut Section<'_>, input: &mut Input<'_>) -> RetentionConfig {
    match top.section(input, "retention") {
        Some(section) => read_retention(section, input),
        None => RetentionConfig { keep: None, abandoned_after: ABANDONED_AFTER },
    }
}

fn read(file: &Path, mut top: Section<'_>, input: &mut Input<'_>) -> Option<Config> {
    let database = database::read(&mut top, input);
    let lock = top.required_text(
        input,
        "lock",
        "name the contract: `lock = \"../shop-events/events.lock\"`; \
         `lock = \"none\"` sends events unchecked",
    );
    let retired = top.word(input, "retired", RETIRED).map(|word| word.value);
    let relay_id = top.value(input, "relay_id", Written::Text, relay_id);
    let lease = top.value(input, "lease", Written::Text, lease);
    let listen = top.section(input, "listen").map(|section| read_listen(section, input));
    let retention = read_retention_of(&mut top, input);
    let log_level = top.section(input, "log").and_then(|section| read_log(section, input));
    let mut used = vec![(file.to_owned(), "the configuration")];
    let path = database.as_ref().and_then(DatabaseLocation::file);
    used.extend(path.map(|path| (path.to_owned(), "the database")));
    let locks = lock.iter().filter(|lock| *lock != UNCHECKED);
    used.extend(locks.map(|path| (input.path(path), "the lock")));
    let targets = target::read_all(&mut top, input, &used);
    top.finish(input);
    let lock = lock.map(|lock| match lock.as_str() {
        UNCHECKED => LockChoice::Unchecked,
        path => LockChoice::File(input.path(path)),
    });
    Some(Config {
        file: file.to_owned(),
        database: database?,
        lock: lock?,
        retired: retired.unwrap_or_default(),
        relay_id: relay_id.map(|id| id.value),
        lease: lease.map_or(Lease::DEFAULT, |lease| lease.value),
        listen,
        retention,
        log_level: log_level.unwrap_or(Level::Info),
        targets,
    })
}

/// The name of a relay: it is shown in `status`, and is in events.
fn relay_id(text: &str) -> Result<String, Refused> {
    const MOST: usize = 100;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain && (1..=MOST).contains(&text.len()) {
        return Ok(text.to_owned());
    }
    let message = format!("must have 1 to {MOST} characters of ASCII, without spaces");
    Err(Refused::new(message).help("write a name that no other relay has: `relay_id = \"shop-1\"`"))
}

fn lease(text: &str) -> Result<Duration, Refused> {
    let allowed = Lease::SHORTEST..=Lease::LONGEST;
    let lasts = duration(text).ok().filter(|lasts| allowed.contains(lasts));
    lasts.ok_or_else(|| {
        let [shortest, longest] = [Lease::SHORTEST, Lease::LONGEST].map(shown_duration);
        Refused::new(format!("must be a duration from {shortest} to {longest}"))
            .help("write a number and a unit: `10s`")
    })
}

fn read_listen(mut section: Section<'_>, input: &mut Input<'_>) -> Listen {
    let address = section.value(input, "address", Written::Text, |text| {
        text.parse().map_err(|_| {
            Refused::new("is not an address with a port").help(
                "write the address of an interface: `127.0.0.1:9464`, `[::1]:9464`, `0.0.0.0:9464`",
            )
        })
    });
    let max_lag = section.value(input, "max_lag", Written::Text, duration);
    let max_backlog = section.count(input, "max_backlog", u32::MAX);
    section.finish(input);
    Listen {
        address: address.map_or(ADDRESS, |address| address.value),
        max_lag: max_lag.map_or(MAX_LAG, |lag| lag.value),
        max_backlog: max_backlog.and_then(|events| NonZeroU32::new(events.value)),
    }
}

fn read_retention(mut section: Section<'_>, input: &mut Input<'_>) -> RetentionConfig {
    let keep = section.value(input, "keep", Written::Text, retention);
    let abandoned_after = section.value(input, "abandoned_after", Written::Text, duration);
    section.finish(input);
    RetentionConfig {
        keep: keep.map(|keep| keep.value),
        abandoned_after: abandoned_after.map_or(ABANDONED_AFTER, |after| after.value),
    }
}

fn read_log(mut section: Section<'_>, input: &mut Input<'_>) -> Option<Level> {
    let words = Level::ALL.map(|level| (level.as_str(), level));
    let level = section.word(input, "level", &words);
    section.finish(input);
    level.map(|level| level.value)
}
