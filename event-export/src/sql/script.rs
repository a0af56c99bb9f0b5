//! The text of a script.

use super::column::{Column, ColumnSource, columns};
use super::comment;
use super::dialect::SqlDialect;
use super::latest::{Origin, Version, origin};
use crate::exporter::ExportError;
use event_core::Catalog;
use event_core::meta::EventMeta;
use event_schema::lock::digest;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The script of a catalog: the views of each event, sorted by name.
pub(super) fn script(catalog: &Catalog, dialect: SqlDialect) -> Result<String, Vec<ExportError>> {
    let mut families: BTreeMap<&str, Vec<Version>> = BTreeMap::new();
    let mut errors = Vec::new();
    for event in catalog.events() {
        match version(event, dialect) {
            Ok(version) => families.entry(event.name.snake).or_default().push(version),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut script = header(catalog, dialect);
    for versions in families.values_mut() {
        versions.sort_by_key(|version| version.event.version);
        Family { versions, dialect }.write(&mut script);
    }
    Ok(script)
}

/// The columns and the view of a version.
fn version(event: &'static EventMeta, dialect: SqlDialect) -> Result<Version, ExportError> {
    let mut columns = columns(event);
    columns.retain(|column| dialect.has_outbox() || !matches!(column.source, ColumnSource::Seq));
    let keys = columns.iter().flat_map(|column| &column.places).flatten();
    if let Some(key) = keys.into_iter().find(|key| !dialect.can_read(key)) {
        let message = format!(
            "SQLite cannot read the field `{}` of `{} v{}`: its key has a quote, a backslash or a \
             control character",
            key.escape_debug(),
            event.name.snake,
            event.version
        );
        let help = "export to another dialect, or give the field a key without them in the next \
                    version of the event";
        return Err(ExportError::new(message).help(help).event(event));
    }
    for column in &mut columns {
        column.name = short(&column.name, "", dialect);
    }
    let view = view_name(event, &format!("_v{}", event.version), dialect);
    Ok(Version { event, view, columns })
}

fn view_name(event: &EventMeta, suffix: &str, dialect: SqlDialect) -> String {
    short(&format!("ev_{}", event.name.snake), suffix, dialect)
}

/// A name that the database does not cut off. Of a name that is too long, the end is replaced by a
/// part of the whole name's digest.
fn short(name: &str, suffix: &str, dialect: SqlDialect) -> String {
    const DIGITS: usize = 8;
    let room = dialect.longest_name().saturating_sub(suffix.len());
    if name.len() <= room {
        return format!("{name}{suffix}");
    }
    let digest = digest(name);
    let digits = digest.rsplit(':').next().and_then(|hex| hex.get(..DIGITS)).unwrap_or_default();
    let mut end = room.saturating_sub("_".len() + DIGITS);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{digits}{suffix}", &name[..end])
}

fn header(catalog: &Catalog, dialect: SqlDialect) -> String {
    let name = dialect.as_str();
    let mut header = format!(
        "-- Views over the events of `{}`: one for each version of each event, and `_latest`.\n\
         -- `export sql --dialect {name}` wrote this file.\n",
        catalog.package
    );
    header.push_str(match dialect {
        SqlDialect::Postgres => {
            "-- The views read the outbox's table. Create them in one transaction:\n\
             --     psql -1 -v ON_ERROR_STOP=1 -f events.sql\n"
        }
        SqlDialect::Sqlite => {
            "-- The views read the outbox's table. Create them in one transaction:\n\
             --     (echo 'BEGIN;'; cat events.sql; echo 'COMMIT;') | sqlite3 -bail shop.db\n"
        }
        SqlDialect::DuckDb => {
            "-- The views read `domain_events`, whose column `envelope` has one envelope a row.\n\
             -- If your files have other names, create it yourself before you run this script.\n\
             CREATE VIEW IF NOT EXISTS domain_events AS\n\
             SELECT json AS envelope FROM read_ndjson_objects('events.ndjson');\n"
        }
        SqlDialect::ClickHouse => {
            "-- The views read `domain_events`, whose column `envelope` has one envelope a row.\n\
             -- If your files have other names, create it yourself before you run this script.\n\
             CREATE VIEW IF NOT EXISTS domain_events AS\n\
             SELECT envelope FROM file('events.ndjson', 'LineAsString', 'envelope String');\n"
        }
    });
    header
}

/// The views of one event.
struct Family<'v> {
    /// Every version, the newest last.
    versions: &'v [Version],
    dialect: SqlDialect,
}

impl Family<'_> {
    fn write(&self, script: &mut String) {
        let Some(newest) = self.versions.last() else { return };
        let latest = view_name(newest.event, "_latest", self.dialect);
        // The view that reads the others goes first.
        let views = self.versions.iter().rev().map(|version| &version.view);
        let views: Vec<&str> = std::iter::once(&latest).chain(views).map(String::as_str).collect();
        script.push('\n');
        match self.dialect {
            SqlDialect::Postgres => {
                line(script, format_args!("DROP VIEW IF EXISTS {};", views.join(", ")));
            }
            SqlDialect::Sqlite => {
                for view in views {
                    line(script, format_args!("DROP VIEW IF EXISTS {view};"));
                }
            }
            SqlDialect::DuckDb | SqlDialect::ClickHouse => {}
        }
        for version in self.versions {
            let comment = comment::of_version(version);
            let body = self.rows(version);
            self.view(&version.view, &comment, &version.columns, &body, script);
        }
        let comment = comment::of_latest(self.versions);
        self.view(&latest, &comment, &newest.columns, &self.every_row(newest), script);
    }

    /// The statements that create a view with its comments.
    fn view(&self, name: &str, comment: &str, columns: &[Column], body: &str, script: &mut String) {
        let dialect = self.dialect;
        match dialect {
            SqlDialect::Postgres => line(script, format_args!("CREATE VIEW {name} AS\n{body};")),
            SqlDialect::DuckDb => {
                line(script, format_args!("CREATE OR REPLACE VIEW {name} AS\n{body};"));
            }
            // SQLite keeps the text of the statement, and the comments in it.
            SqlDialect::Sqlite => {
                let comment = sql_comment(comment, "");
                line(script, format_args!("CREATE VIEW {name} AS\n{comment}{body};"));
                return;
            }
            SqlDialect::ClickHouse => {
                let list: Vec<_> = columns.iter().map(|column| self.declared(column)).collect();
                let (list, comment) = (list.join(",\n"), dialect.text(comment));
                line(
                    script,
                    format_args!(
                        "CREATE OR REPLACE VIEW {name} (\n{list}\n) AS\n{body}\nCOMMENT {comment};"
                    ),
                );
                return;
            }
        }
        line(script, format_args!("COMMENT ON VIEW {name} IS {};", dialect.text(comment)));
        for column in columns {
            let comment = comment::of_column(column);
            if !comment.is_empty() {
                let (column, comment) = (self.name(column), dialect.text(&comment));
                line(script, format_args!("COMMENT ON COLUMN {name}.{column} IS {comment};"));
            }
        }
    }

    /// A column of a view of ClickHouse, with its type and its comment.
    fn declared(&self, column: &Column) -> String {
        let declared = format!("    {} {}", self.name(column), self.dialect.type_of(column.kind));
        match comment::of_column(column) {
            comment if comment.is_empty() => declared,
            comment => format!("{declared} COMMENT {}", self.dialect.text(&comment)),
        }
    }

    /// The query for the rows of one version.
    fn rows(&self, version: &Version) -> String {
        let dialect = self.dialect;
        let values = version.columns.iter().map(|column| {
            let is_stored = column.promoted && dialect.has_outbox();
            if is_stored {
                format!("    {}", column.name)
            } else {
                let value = dialect.first_value(&column.places, column.kind);
                let comment = match dialect {
                    SqlDialect::Sqlite => sql_comment(&comment::of_column(column), "    "),
                    _ => String::new(),
                };
                format!("{comment}    {value} AS {}", self.name(column))
            }
        });
        let aliases = self.versions.iter().flat_map(|version| version.event.aliases);
        let mut types = vec![dialect.text(version.event.name.dotted)];
        for alias in aliases.map(|alias| dialect.text(alias)) {
            if !types.contains(&alias) {
                types.push(alias);
            }
        }
        format!(
            "SELECT\n{}\nFROM domain_events\nWHERE {} IN ({}) AND {} = {}",
            values.collect::<Vec<_>>().join(",\n"),
            dialect.event_type(),
            types.join(", "),
            dialect.event_version(),
            version.event.version
        )
    }

    /// The query for the rows of every version, in the columns of the newest.
    fn every_row(&self, newest: &Version) -> String {
        if self.versions.len() == 1 {
            return format!("SELECT * FROM {}", newest.view);
        }
        let selects = self.versions.iter().enumerate().map(|(at, version)| {
            let values = newest.columns.iter().map(|column| {
                let value = match origin(column, &self.versions[at..]) {
                    Origin::Column(old) => {
                        let value = self.column_of(version, old);
                        self.dialect.converted(value, old.kind, column.kind)
                    }
                    Origin::Added | Origin::Computed => self.dialect.null(column.kind),
                };
                let name = self.name(column);
                if value == name {
                    format!("    {value}")
                } else {
                    format!("    {value} AS {name}")
                }
            });
            let values = values.collect::<Vec<_>>().join(",\n");
            format!("SELECT\n{values}\nFROM {}", version.view)
        });
        selects.collect::<Vec<_>>().join("\nUNION ALL\n")
    }

    /// A column of a view in a query. ClickHouse would take the bare name for one that the query
    /// itself gives.
    fn column_of(&self, version: &Version, column: &Column) -> String {
        match self.dialect {
            SqlDialect::ClickHouse => format!("{}.{}", version.view, self.name(column)),
            _ => self.name(column),
        }
    }

    /// The name of a column. The keys of the record are no words of SQL and need no quotes.
    fn name(&self, column: &Column) -> String {
        match column.source {
            ColumnSource::Seq | ColumnSource::Record => column.name.clone(),
            _ => self.dialect.name(&column.name),
        }
    }
}

/// A text as comments of SQL, which end at a line break.
fn sql_comment(text: &str, indent: &str) -> String {
    let mut comment = String::new();
    if !text.is_empty() {
        for text in text.split(['\n', '\r']) {
            line(&mut comment, format_args!("{}", format!("{indent}-- {text}").trim_end()));
        }
    }
    comment
}

fn line(script: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a `String` cannot fail.
    let _ = script.write_fmt(text);
    script.push('\n');
}
