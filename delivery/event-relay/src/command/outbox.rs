//! Which outbox, and which targets its relay has.

use super::console::{Console, Ending};
use crate::config::{self, Config, Outline, Refused, RetentionConfig};
use crate::database::{self, Access, Database, DatabaseLocation};
use crate::operation::type_meant;
use clap::Args;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// Where the outbox is.
#[derive(Debug, Args)]
pub(super) struct OutboxArgs {
    /// The configuration [default: `EVENTS_RELAY_CONFIG`, else `event-relay.toml`]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The database of the outbox, instead of a configuration: a file, a URL of PostgreSQL without a
    /// password, or `env:NAME` or `file:PATH` of a whole URL
    #[arg(long, global = true, value_name = "DATABASE")]
    database: Option<OsString>,
    /// With `--database`: a target that the relay is configured for; repeat it for each [default:
    /// all in the database]
    #[arg(long, global = true, value_name = "NAME")]
    configured: Vec<String>,
}

/// The outbox of a run, and what is configured of it.
#[derive(Debug)]
pub(super) struct OutboxPlace {
    location: DatabaseLocation,
    /// The names of the configured targets. Empty if they are not known.
    configured: Vec<String>,
    /// `None` without a configuration.
    pub(super) retention: Option<RetentionConfig>,
}

impl OutboxArgs {
    /// The configuration, for a subcommand that needs the targets in it.
    pub(super) fn only_config(&self) -> Result<Option<&Path>, Ending> {
        if self.database.is_some() || !self.configured.is_empty() {
            return Err(Ending::Usage(
                "error: this subcommand needs a configuration\nhelp: write `database = \"..\"` \
                 in it, or set `EVENTS_RELAY_DATABASE` (`EVENTS_RELAY_DATABASE__URL` if it is a \
                 table), instead of `--database`"
                    .to_owned(),
            ));
        }
        Ok(self.config.as_deref())
    }

    /// Finds the outbox: by `--database`, or by the configuration.
    pub(super) fn place(&self) -> Result<OutboxPlace, Ending> {
        if let Some(named) = self.database.as_deref().filter(|named| !named.is_empty()) {
            let (location, configured) = (named_location(named)?, self.configured.clone());
            return Ok(OutboxPlace { location, configured, retention: None });
        }
        let Outline { database, targets, retention } = Outline::load(self.config.as_deref())
            .map_err(|error| {
                Ending::Usage(format!(
                    "error: {error}\nhelp: or name a database: `--database DATABASE`"
                ))
            })?;
        Ok(OutboxPlace { location: database, configured: targets, retention: Some(retention) })
    }
}

impl OutboxPlace {
    pub(super) fn configured(&self) -> &[String] {
        &self.configured
    }

    pub(super) fn location(&self) -> &DatabaseLocation {
        &self.location
    }

    /// Opens the database.
    pub(super) fn with<T>(
        &self,
        access: Access,
        work: impl FnOnce(&mut Database) -> Result<T, Ending>,
    ) -> Result<T, Ending> {
        work(&mut database::open(&self.location, access).map_err(Ending::Database)?)
    }
}

/// The location that `--database` names.
fn named_location(named: &OsStr) -> Result<DatabaseLocation, Ending> {
    // A path may be no text.
    let Some(text) = named.to_str() else { return Ok(Path::new(named).into()) };
    let environment = Config::environment().collect();
    config::location(text, Path::new(""), &environment).map_err(|Refused { message, help }| {
        let help = help.map_or_else(String::new, |help| format!("\nhelp: {help}"));
        Ending::Usage(format!("error: `--database` {message}{help}"))
    })
}

/// The name of a target in a text. Control characters are escaped: a name is whatever is in the
/// database.
pub(super) fn shown(name: &str) -> String {
    format!("`{}`", name.escape_debug())
}

/// Says which type a person means who has written it with underscores, if nothing has the one that
/// is written.
pub(super) fn say_type_meant(
    database: &Database,
    written: Option<&str>,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    let meant = written.map_or(Ok(None), |written| type_meant(database, written));
    match meant.map_err(Ending::Database)? {
        Some(meant) => console
            .say(&format!("help: types are written with dots: `--type {}`", meant.escape_debug())),
        None => Ok(()),
    }
}

/// The file of a database that is made if it is not there. SQLite takes an empty file as an empty
/// database.
pub(super) fn create(path: &Path) -> Result<(), Ending> {
    match std::fs::File::create_new(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => {
            let text =
                format!("cannot create `{}`: {error}\nhelp: check the directory", path.display());
            Err(Ending::CouldNotRun(text))
        }
    }
}
