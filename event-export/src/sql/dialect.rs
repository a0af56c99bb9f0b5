//! What differs between the databases: quotes, types, and how a value is read from an envelope.

use super::column::Kind;

/// A database that the views are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SqlDialect {
    Postgres,
    Sqlite,
    DuckDb,
    ClickHouse,
}

impl SqlDialect {
    pub(super) const ALL: [Self; 4] =
        [Self::Postgres, Self::Sqlite, Self::DuckDb, Self::ClickHouse];

    /// The value of the option `--dialect`.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
            Self::DuckDb => "duckdb",
            Self::ClickHouse => "clickhouse",
        }
    }

    /// Whether the views read the event table of an outbox. If not, they read lines of NDJSON.
    pub(super) const fn has_outbox(self) -> bool {
        matches!(self, Self::Postgres | Self::Sqlite)
    }

    /// The longest name, in bytes. PostgreSQL cuts off the rest of a longer one.
    pub(super) const fn longest_name(self) -> usize {
        match self {
            Self::Postgres => 63,
            Self::Sqlite | Self::DuckDb | Self::ClickHouse => usize::MAX,
        }
    }

    /// A name in quotes.
    pub(super) fn name(self, name: &str) -> String {
        match self {
            Self::ClickHouse => format!("\"{}\"", escaped(name, '"')),
            _ => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A text in quotes.
    pub(super) fn text(self, text: &str) -> String {
        match self {
            Self::ClickHouse => format!("'{}'", escaped(text, '\'')),
            _ => format!("'{}'", text.replace('\'', "''")),
        }
    }

    /// The type of a column. SQLite has none for a column of a view: what `CAST` takes.
    pub(super) const fn type_of(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Postgres, Kind::Bool) => "boolean",
            (Self::Postgres, Kind::Integer) => "bigint",
            (Self::Postgres, Kind::Unsigned | Kind::Decimal) => "numeric",
            (Self::Postgres, Kind::Float) => "double precision",
            (Self::Postgres, Kind::Text) => "text",
            (Self::Postgres, Kind::Time) => "timestamptz",
            (Self::Postgres, Kind::Date) => "date",
            (Self::Postgres, Kind::Uuid) => "uuid",
            (Self::Postgres, Kind::Json) => "jsonb",
            (Self::Sqlite, Kind::Bool | Kind::Integer | Kind::Unsigned) => "INTEGER",
            (Self::Sqlite, Kind::Float) => "REAL",
            (Self::Sqlite, _) => "TEXT",
            (Self::DuckDb, Kind::Bool) => "BOOLEAN",
            (Self::DuckDb, Kind::Integer) => "BIGINT",
            (Self::DuckDb, Kind::Unsigned) => "UBIGINT",
            (Self::DuckDb, Kind::Float) => "DOUBLE",
            (Self::DuckDb, Kind::Text | Kind::Decimal) => "VARCHAR",
            (Self::DuckDb, Kind::Time) => "TIMESTAMPTZ",
            (Self::DuckDb, Kind::Date) => "DATE",
            (Self::DuckDb, Kind::Uuid) => "UUID",
            (Self::DuckDb, Kind::Json) => "JSON",
            (Self::ClickHouse, Kind::Bool) => "Nullable(Bool)",
            (Self::ClickHouse, Kind::Integer) => "Nullable(Int64)",
            (Self::ClickHouse, Kind::Unsigned) => "Nullable(UInt64)",
            (Self::ClickHouse, Kind::Float) => "Nullable(Float64)",
            (Self::ClickHouse, Kind::Text | Kind::Json) => "Nullable(String)",
            (Self::ClickHouse, Kind::Time) => "Nullable(DateTime64(6, 'UTC'))",
            (Self::ClickHouse, Kind::Date) => "Nullable(Date32)",
            (Self::ClickHouse, Kind::Uuid) => "Nullable(UUID)",
            (Self::ClickHouse, Kind::Decimal) => "Nullable(Decimal(76, 28))",
        }
    }

    /// A value of one kind as another kind.
    pub(super) fn converted(self, value: String, from: Kind, to: Kind) -> String {
        // SQLite's numbers know their own types.
        let is_as_it_is = self == Self::Sqlite && to == Kind::Unsigned;
        if from == to || is_as_it_is { value } else { self.cast(&value, to) }
    }

    /// No value, in a column of a kind.
    pub(super) fn null(self, kind: Kind) -> String {
        if self == Self::Sqlite { "NULL".to_owned() } else { self.cast("NULL", kind) }
    }

    fn cast(self, value: &str, kind: Kind) -> String {
        format!("CAST({value} AS {})", self.type_of(kind))
    }

    /// Whether a key of the envelope can be read. SQLite compares a key in quotes byte for byte,
    /// and has no escape for a quote.
    pub(super) fn can_read(self, key: &str) -> bool {
        let is_special = |char: char| matches!(char, '"' | '\\') || char.is_control();
        self != Self::Sqlite || !key.contains(is_special)
    }

    /// The name of the event of a row.
    pub(super) fn event_type(self) -> String {
        self.stored_or("event_type", Kind::Text)
    }

    /// The version of the event of a row.
    pub(super) fn event_version(self) -> String {
        self.stored_or("event_version", Kind::Integer)
    }

    fn stored_or(self, key: &str, kind: Kind) -> String {
        if self.has_outbox() { key.to_owned() } else { format!("({})", self.value(&[key], kind)) }
    }

    /// The first value at one of several places in the envelope.
    pub(super) fn first_value(self, places: &[Vec<&str>], kind: Kind) -> String {
        let values: Vec<_> = places.iter().map(|path| self.value(path, kind)).collect();
        match &*values {
            [value] => value.clone(),
            values => format!("coalesce({})", values.join(", ")),
        }
    }

    /// The value at a place in the envelope. Missing and `null` are both NULL.
    fn value(self, path: &[&str], kind: Kind) -> String {
        match self {
            Self::Postgres => self.postgres(path, kind),
            Self::Sqlite => self.sqlite(path, kind),
            Self::DuckDb => self.duckdb(path, kind),
            Self::ClickHouse => self.clickhouse(path, kind),
        }
    }

    fn postgres(self, path: &[&str], kind: Kind) -> String {
        let last_arrow = if kind == Kind::Json { "->" } else { "->>" };
        let mut value = "envelope".to_owned();
        for (at, key) in path.iter().enumerate() {
            let arrow = if at + 1 == path.len() { last_arrow } else { "->" };
            value = format!("{value} {arrow} {}", self.text(key));
        }
        match kind {
            Kind::Text => value,
            Kind::Json => format!("nullif({}, 'null')", self.cast(&value, kind)),
            _ => self.cast(&value, kind),
        }
    }

    fn sqlite(self, path: &[&str], kind: Kind) -> String {
        let keys: Vec<_> = path.iter().map(|key| json_path_key(key)).collect();
        let path = self.text(&format!("$.{}", keys.join(".")));
        let value = format!("envelope ->> {path}");
        match kind {
            Kind::Float => self.cast(&value, kind),
            // SQLite makes a float of an integer of more than 64 bits with a sign; `->` has its
            // digits.
            Kind::Unsigned => {
                format!("CASE typeof({value}) WHEN 'real' THEN envelope -> {path} ELSE {value} END")
            }
            Kind::Json => format!("nullif(envelope -> {path}, 'null')"),
            _ => value,
        }
    }

    fn duckdb(self, path: &[&str], kind: Kind) -> String {
        let keys = path.iter().map(|key| key.replace('~', "~0").replace('/', "~1"));
        let pointer = self.text(&format!("/{}", keys.collect::<Vec<_>>().join("/")));
        let value = format!("envelope ->> {pointer}");
        match kind {
            Kind::Text | Kind::Decimal => value,
            Kind::Json => format!("nullif(envelope -> {pointer}, 'null')"),
            _ => self.cast(&value, kind),
        }
    }

    fn clickhouse(self, path: &[&str], kind: Kind) -> String {
        // The name alone would be a field called `envelope`, if the event has one.
        const ENVELOPE: &str = "domain_events.envelope";
        let path: Vec<String> = path.iter().map(|key| self.text(key)).collect();
        let path = path.join(", ");
        let typed =
            |kind| format!("JSONExtract({ENVELOPE}, {path}, {})", self.text(self.type_of(kind)));
        match kind {
            // NULL has no text, and the strict function reads it as an empty one.
            Kind::Time => {
                format!("parseDateTime64BestEffortOrNull({}, 6, 'UTC')", typed(Kind::Text))
            }
            Kind::Date | Kind::Uuid | Kind::Decimal => self.cast(&typed(Kind::Text), kind),
            Kind::Json => {
                format!("nullIf(nullIf(JSONExtractRaw({ENVELOPE}, {path}), ''), 'null')")
            }
            _ => typed(kind),
        }
    }
}

/// A key in a path of SQLite. Letters, digits and `_` need no quotes.
fn json_path_key(key: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if !key.is_empty() && key.bytes().all(is_plain) { key.to_owned() } else { format!("\"{key}\"") }
}

/// A text with backslashes before backslashes and quotes.
fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\\' || char == quote {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}
