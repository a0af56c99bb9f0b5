//! `migrate`.

use super::console::{Console, Ending};
use super::outbox::{OutboxArgs, create};
use crate::database::{self, Access, DatabaseError, DatabaseFault};
use clap::{Args, ValueEnum};
use event_outbox::sql::{postgres, sqlite};

/// The arguments of `migrate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct MigrateArgs {
    /// Print the SQL of all steps, for another migration tool; no database is opened
    #[arg(long)]
    print: bool,
    /// With `--print`: whose SQL [default: that of the database, else `sqlite`]
    #[arg(long, value_enum, requires = "print")]
    dialect: Option<Printed>,
    /// With `--print`: the SQL that lets the relay deliver the events of another library's table in
    /// PostgreSQL
    #[arg(long, requires = "print")]
    other_table: bool,
    /// Create the file of the database if it is missing
    #[arg(long, conflicts_with = "print")]
    create: bool,
}

const EXAMPLES: &str = "Examples:
  event-relay migrate --database shop.db
  event-relay migrate --print
  event-relay migrate --print --dialect postgres
  event-relay migrate --print --other-table";

/// Whose SQL is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Printed {
    /// SQLite
    Sqlite,
    /// PostgreSQL
    Postgres,
}

impl Printed {
    /// That of the database. `None` without one: a person who has no outbox yet may look.
    fn of(outbox: &OutboxArgs) -> Option<Self> {
        let place = outbox.place().ok()?;
        let is_server = place.location().file().is_none();
        Some(if is_server { Self::Postgres } else { Self::Sqlite })
    }
}

pub(super) fn run(
    outbox: &OutboxArgs,
    args: &MigrateArgs,
    console: &mut Console<'_>,
) -> Result<(), Ending> {
    if args.print {
        let dialect = args.dialect.or_else(|| Printed::of(outbox));
        return console.print(&if args.other_table { other_table(dialect)? } else { sql(dialect) });
    }
    let place = outbox.place()?;
    let location = place.location();
    match location.file() {
        Some(path) if args.create => create(path)?,
        None if args.create => {
            let text = "error: `--create` makes the file of an SQLite database\nhelp: `createdb` \
                        makes a database of PostgreSQL; then run `event-relay migrate`";
            return Err(Ending::Usage(text.to_owned()));
        }
        _ => {}
    }
    let migrated = database::open_any(location, Access::Write).and_then(|mut any| any.migrate());
    let (from, to) = migrated.map_err(refused)?;
    if from == to {
        return console.say(&format!("the tables have version {to}; nothing was changed"));
    }
    console.say(&format!("migrated the tables from version {from} to {to}"))
}

/// The grants of the relay are not enough to make tables.
fn refused(error: DatabaseError) -> Ending {
    if !matches!(error.fault(), DatabaseFault::NotAllowed(_)) {
        return Ending::Database(error);
    }
    let text = error.to_string();
    let message = text.split_once("\nhelp: ").map_or(&*text, |(message, _)| message);
    Ending::CouldNotRun(format!(
        "{message}\nhelp: run it as the owner of the tables, or of the database: `event-relay \
         migrate --database postgres://OWNER@HOST/NAME`; `env:NAME` names a URL with a password"
    ))
}

const ROLES: &str = "-- The tables of an outbox, for SQLite 3.37 and later.
-- Run each step once, in a transaction: it ends with its row in outbox_schema, by which
-- `event-relay` knows the version of the tables.
--
-- Who does what, if each has a role of its own:
--   the application  inserts into domain_events; a consumer inserts into inbox_seen
--   the relay        selects from domain_events; writes outbox_cursor and outbox_parked
--   purge            selects and deletes in domain_events and inbox_seen; selects from
--                    outbox_cursor and outbox_parked; inserts into outbox_audit
--   other commands   write outbox_cursor and outbox_parked; insert into outbox_audit

";

const POSTGRES: &str = "-- The tables of an outbox, for PostgreSQL 13 and later.
-- Run each step once, in a transaction: it ends with its row in outbox_schema, by which
-- `event-relay` knows the version of the tables.

";

const GRANTS: &str = "
-- The grants of each part, if it has a role of its own. Replace the names of the roles.
";

const NO_GRANT: &str = "\
-- A role that inserts into the other table needs none of them.
--
";

fn sql(dialect: Option<Printed>) -> String {
    match dialect.unwrap_or(Printed::Sqlite) {
        Printed::Sqlite => ROLES.to_owned() + &sqlite::script(),
        Printed::Postgres => format!("{POSTGRES}{}{GRANTS}{}", postgres::script(), grants()),
    }
}

fn other_table(dialect: Option<Printed>) -> Result<String, Ending> {
    if dialect == Some(Printed::Sqlite) {
        let text = "error: `--other-table` is for PostgreSQL: in SQLite, the relay reads its own \
                    table only\nhelp: add `--dialect postgres`";
        return Err(Ending::Usage(text.to_owned()));
    }
    Ok(format!("{}{GRANTS}{NO_GRANT}{}", postgres::other_table_script(), grants()))
}

/// The grants as comments.
fn grants() -> String {
    let line = |line| match line {
        "" => "--\n".to_owned(),
        line => format!("-- {}\n", line.trim_start_matches("-- ")),
    };
    postgres::ROLES.lines().map(line).collect()
}
