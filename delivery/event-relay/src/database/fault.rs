//! Why a database cannot be used, and what to do.

use super::access::BUSY_TIMEOUT;
use std::fmt;
use std::time::Duration;

/// Why a database cannot be used. Its text says what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseError {
    /// Where the database is, without secrets.
    place: Box<str>,
    fault: DatabaseFault,
}

/// What is wrong with a database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DatabaseFault {
    /// There is no file of this name.
    Missing,
    /// It is a directory, or another thing that is no file.
    NotAFile,
    /// This user may not open it, or the files beside it cannot be made.
    CannotOpen,
    /// The file is not an SQLite database.
    NotADatabase,
    /// The database has no tables of an outbox.
    NoTables {
        /// The schemas that were searched for them, in PostgreSQL.
        searched: Option<String>,
    },
    /// The tables are older than this program.
    OlderTables {
        /// The version of the tables.
        found: u32,
        /// The version that this program needs.
        known: u32,
    },
    /// The tables are newer than this program.
    NewerTables {
        /// The version of the tables.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// The file or its directory may not be written.
    ReadOnly,
    /// Another program has held its lock for longer than [`BUSY_TIMEOUT`].
    Locked,
    /// The disk is full.
    DiskFull,
    /// The disk cannot be read or written.
    Disk(String),
    /// The file is damaged.
    Malformed,
    /// A URL or the like was given where a path was meant.
    Url,
    /// The server cannot be reached.
    Unreachable(String),
    /// The connection to the server is lost. What it had not committed is rolled back.
    ConnectionLost,
    /// The server has not answered for this time.
    NoAnswer(Duration),
    /// The server starts, ends, or has no connection or memory left.
    Unavailable(String),
    /// Another transaction has changed the same rows.
    Conflict,
    /// The server refuses the connection: the user, the password, the database.
    Refused(String),
    /// The server asks for a password, and there is none.
    NoPassword,
    /// The server does not encrypt connections.
    NoTls,
    /// The user may not do this.
    NotAllowed(String),
    /// The connection cannot be encrypted, or the certificate of the server is not trusted.
    Tls(String),
    /// The server is a standby, or set to be read-only.
    Standby,
    /// It is used from an asynchronous task, which it would block.
    Asynchronous,
    /// Anything else that the database says.
    Other(String),
}

impl DatabaseFault {
    /// This fault of the database at a place, which has no secrets in it.
    pub(crate) fn at(self, place: &str) -> DatabaseError {
        DatabaseError { place: place.into(), fault: self }
    }

    /// What is wrong with tables of version `found` for a program that knows `known`.
    pub(super) fn of_version(found: u32, known: u32) -> Option<Self> {
        match found {
            0 => Some(Self::NoTables { searched: None }),
            found if found < known => Some(Self::OlderTables { found, known }),
            found if found > known => Some(Self::NewerTables { found, known }),
            _ => None,
        }
    }

    /// Whether the connection is of no more use.
    #[cfg(feature = "postgres")]
    pub(super) fn is_of_the_connection(&self) -> bool {
        matches!(self, Self::ConnectionLost | Self::NoAnswer(_) | Self::Unavailable(_))
    }

    fn help(&self) -> &'static str {
        match self {
            Self::Missing => {
                "check the path; the service makes the database, or `event-relay migrate --create`"
            }
            Self::NotAFile => "name the file of the database",
            Self::CannotOpen => {
                "give this user access to the file, and to its directory: SQLite keeps its journal \
                 (`-wal`, `-shm`) beside the file"
            }
            Self::NotADatabase => "check the path; it is left as it is",
            Self::NoTables { searched: Some(_) } => {
                "run `event-relay migrate`; if the tables are in another schema, name it in the URL: \
                 `?options=-csearch_path%3DSCHEMA`"
            }
            Self::NoTables { searched: None } | Self::OlderTables { .. } => {
                "run `event-relay migrate`"
            }
            Self::NewerTables { .. } => "update this program; it changed nothing",
            Self::ReadOnly => "give this user write access to the file and to its directory",
            Self::Locked => {
                "run it again; if it stays locked, look for a program that keeps a transaction open"
            }
            Self::DiskFull => "make room on the disk, and run it again",
            Self::Disk(_) => "check the disk and its mount",
            Self::Malformed => {
                "stop what writes to it, keep a copy, and restore a backup, or save what can be \
                 read: `sqlite3 FILE .recover`"
            }
            Self::Url => {
                "make the location of it by `event_relay::database::DatabaseLocation::postgres`"
            }
            Self::Unreachable(_) => {
                "check the host and the port, whether the server runs, and the network between"
            }
            Self::ConnectionLost => "run it again; the server's log says why, if it ended",
            Self::NoAnswer(_) => {
                "run it again; look whether the server is overloaded, and for long transactions in \
                 `pg_stat_activity`"
            }
            Self::Unavailable(_) => "run it again when the server is ready; see its log",
            Self::Conflict => "run it again; nothing was changed",
            Self::Refused(_) => "check the user, the password and the name of the database",
            Self::NoPassword => {
                "write `password = \"env:NAME\"` in `[database]`, beside its `url`; or name the \
                 whole URL by `env:NAME` or `file:PATH`"
            }
            Self::NoTls => {
                "turn on `ssl` in the server; `sslmode=disable` in the URL sends everything \
                 unencrypted"
            }
            Self::NotAllowed(_) => {
                "grant it to the user: `event-relay migrate --print --dialect postgres` has the \
                 grants of each role"
            }
            Self::Tls(_) => {
                "name the authority of the server's certificate in `ca_file`; `sslmode=disable` in \
                 the URL sends everything unencrypted"
            }
            Self::Standby => {
                "name the primary; if the URL has several hosts, add \
                 `target_session_attrs=read-write`"
            }
            Self::Asynchronous => "use it on a thread of its own, such as `spawn_blocking` gives",
            Self::Other(_) => "nothing was changed by this statement",
        }
    }
}

impl fmt::Display for DatabaseFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file"),
            Self::NotAFile => f.write_str("it is not a file"),
            Self::CannotOpen => f.write_str("it cannot be opened"),
            Self::NotADatabase => f.write_str("it is not an SQLite database"),
            Self::NoTables { searched: None } => f.write_str("it has no tables of an outbox"),
            Self::NoTables { searched: Some(schemas) } if schemas.is_empty() => {
                f.write_str("it has no tables of an outbox: `search_path` names no schema of it")
            }
            Self::NoTables { searched: Some(schemas) } => {
                write!(
                    f,
                    "it has no tables of an outbox in the schemas of `search_path`: {schemas}"
                )
            }
            Self::OlderTables { found, known } => {
                write!(f, "its tables have version {found}, and this program needs version {known}")
            }
            Self::NewerTables { found, known } => write!(
                f,
                "its tables have version {found}, and this program knows versions up to {known}"
            ),
            Self::ReadOnly => f.write_str("it is read-only"),
            Self::Locked => write!(
                f,
                "another program has locked it for more than {} s",
                BUSY_TIMEOUT.as_secs()
            ),
            Self::DiskFull => f.write_str("the disk is full"),
            Self::Disk(text) | Self::NotAllowed(text) | Self::Other(text) => f.write_str(text),
            Self::Url => f.write_str("it means a server, and is not the path of a file"),
            Self::Unreachable(text) => write!(f, "it cannot be reached: {text}"),
            Self::ConnectionLost => f.write_str("the connection is lost"),
            Self::NoAnswer(limit) => {
                write!(f, "the server has not answered for {} s", limit.as_secs())
            }
            Self::Unavailable(text) => write!(f, "the server is not available: {text}"),
            Self::Conflict => f.write_str("another transaction has changed the same rows"),
            Self::Refused(text) => write!(f, "the server refuses the connection: {text}"),
            Self::Tls(text) => write!(f, "the connection cannot be encrypted: {text}"),
            Self::NoPassword => {
                f.write_str("the server asks for a password, and none is configured")
            }
            Self::NoTls => f.write_str("the server does not encrypt connections"),
            Self::Standby => f.write_str("it is a standby, or is set to be read-only"),
            Self::Asynchronous => f.write_str("it is used from an asynchronous task"),
            Self::Malformed => f.write_str("the file is damaged"),
        }
    }
}

impl DatabaseError {
    /// What is wrong.
    pub fn fault(&self) -> &DatabaseFault {
        &self.fault
    }

    /// Whether it may work later, without anything that a person does to the database.
    pub fn is_passing(&self) -> bool {
        matches!(
            self.fault,
            DatabaseFault::Locked
                | DatabaseFault::DiskFull
                | DatabaseFault::Disk(_)
                // Also where the process has no file descriptors left.
                | DatabaseFault::CannotOpen
                | DatabaseFault::Unreachable(_)
                | DatabaseFault::ConnectionLost
                | DatabaseFault::NoAnswer(_)
                | DatabaseFault::Unavailable(_)
                | DatabaseFault::Conflict
        )
    }
}

impl fmt::Display for DatabaseError {
    /// One line that says what is wrong, and a `help:` line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, fault } = self;
        write!(f, "cannot use `{place}`: {fault}\nhelp: {}", fault.help())
    }
}

impl std::error::Error for DatabaseError {}

#[cfg(test)]
mod tests {
    use super::DatabaseFault;

    #[test]
    fn tables_of_another_version_are_a_fault() {
        assert_eq!(
            DatabaseFault::of_version(0, 2),
            Some(DatabaseFault::NoTables { searched: None })
        );
        let older = DatabaseFault::OlderTables { found: 1, known: 2 };
        assert_eq!(DatabaseFault::of_version(1, 2), Some(older));
        assert_eq!(DatabaseFault::of_version(2, 2), None);
        let newer = DatabaseFault::NewerTables { found: 3, known: 2 };
        assert_eq!(DatabaseFault::of_version(3, 2), Some(newer));
    }
}
