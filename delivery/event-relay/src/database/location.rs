//! Where the database of an outbox is.

#[cfg(feature = "postgres")]
use event_outbox_tokio_postgres::server::ServerUrl;
use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

/// Where the database of an outbox is: the file of an SQLite database, which a path is made
/// [`into`](Into), or a [`postgres`](Self::postgres) URL. `Display` and `Debug` show no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseLocation(pub(super) Kind);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    File(PathBuf),
    #[cfg(feature = "postgres")]
    Postgres(Box<ServerUrl>),
}

/// How the URLs of PostgreSQL begin.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// Keys of libpq's other form: `host=db.internal dbname=shop`.
const KEYS: [&str; 6] = ["host", "hostaddr", "port", "user", "password", "dbname"];

impl DatabaseLocation {
    /// Whether a text is a URL of PostgreSQL, and not the path of a file.
    pub fn is_url(text: &str) -> bool {
        SCHEMES.iter().any(|scheme| text.starts_with(scheme))
    }

    /// Whether a text means a server in whatever form. As the path of a file, it would be shown, with
    /// the password that it may have.
    pub(crate) fn means_server(text: &str) -> bool {
        let is_key = |word: &str| word.split_once('=').is_some_and(|(key, _)| KEYS.contains(&key));
        text.contains("://") || text.split_whitespace().any(is_key)
    }

    /// A database of PostgreSQL, by its URL: `postgres://USER@HOST:PORT/DATABASE`, with parameters
    /// as libpq has them (`options`, `target_session_attrs`, ..).
    ///
    /// The connection is encrypted, and the server's certificate verified, unless the URL says
    /// `sslmode=disable`, or the host is this machine and the URL has no `sslmode`.
    ///
    /// ```no_run
    /// use event_relay::database::DatabaseLocation;
    /// use event_relay::targets::Workers;
    /// use event_relay::targets::stdout::StdoutTarget;
    /// use event_relay::{Relay, TargetOptions};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let password = std::env::var("DATABASE_PASSWORD")?;
    /// let database = DatabaseLocation::postgres("postgres://relay@db.internal/shop")?;
    /// let stdout = StdoutTarget::new()?;
    /// let relay = Relay::builder(database.with_password(&password))
    ///     .target("shown", Workers::start("shown", stdout)?, TargetOptions::default())
    ///     .start()?;
    /// # drop(relay);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If it is no such URL, or this program is built without the feature `postgres`.
    #[cfg(feature = "postgres")]
    pub fn postgres(url: &str) -> Result<Self, InvalidLocation> {
        let location = ServerUrl::parse(url)
            .map_err(|error| InvalidLocation::new(error.message(), error.help()))?;
        Ok(Self(Kind::Postgres(Box::new(location))))
    }

    /// A database of PostgreSQL.
    ///
    /// # Errors
    ///
    /// Always: this program is built without the feature `postgres`.
    #[cfg(not(feature = "postgres"))]
    pub fn postgres(_url: &str) -> Result<Self, InvalidLocation> {
        Err(InvalidLocation::new(
            "is in PostgreSQL, and this event-relay is built without it",
            crate::features::install_with("postgres"),
        ))
    }

    /// Whether the URL has a password in it, or one was set.
    pub fn has_password(&self) -> bool {
        match &self.0 {
            Kind::File(_) => false,
            #[cfg(feature = "postgres")]
            Kind::Postgres(location) => location.has_password(),
        }
    }

    /// The same with a password. Of a file, nothing changes.
    #[must_use]
    pub fn with_password(self, password: &str) -> Self {
        match self.0 {
            Kind::File(path) => {
                let _ = password;
                Self(Kind::File(path))
            }
            #[cfg(feature = "postgres")]
            Kind::Postgres(mut location) => {
                location.set_password(password);
                Self(Kind::Postgres(location))
            }
        }
    }

    /// The same with a file of certificates in PEM that are trusted beside those of the operating
    /// system. Of a file, nothing changes.
    #[must_use]
    pub fn with_ca_file(self, path: &Path) -> Self {
        match self.0 {
            Kind::File(file) => {
                let _ = path;
                Self(Kind::File(file))
            }
            #[cfg(feature = "postgres")]
            Kind::Postgres(mut location) => {
                location.set_ca_file(path.to_owned());
                Self(Kind::Postgres(location))
            }
        }
    }

    /// The file of an SQLite database. `None` if the database is a server's.
    pub fn file(&self) -> Option<&Path> {
        match &self.0 {
            Kind::File(path) => Some(path),
            #[cfg(feature = "postgres")]
            Kind::Postgres(_) => None,
        }
    }

    /// Whether the connection is encrypted. `None` of a file.
    pub fn uses_tls(&self) -> Option<bool> {
        match &self.0 {
            Kind::File(_) => None,
            #[cfg(feature = "postgres")]
            Kind::Postgres(location) => Some(location.uses_tls()),
        }
    }
}

/// The file of an SQLite database.
impl<P: AsRef<Path>> From<P> for DatabaseLocation {
    fn from(path: P) -> Self {
        Self(Kind::File(path.as_ref().to_owned()))
    }
}

impl fmt::Display for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            // A URL that was taken for a path may have a password in it.
            Kind::File(path) if Self::means_server(&path.to_string_lossy()) => {
                f.write_str(SCHEMES[0])
            }
            Kind::File(path) => path.display().fmt(f),
            #[cfg(feature = "postgres")]
            Kind::Postgres(location) => location.fmt(f),
        }
    }
}

impl fmt::Debug for DatabaseLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DatabaseLocation").field(&self.to_string()).finish()
    }
}

/// Why a text is no location of a database. It holds nothing secret of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidLocation {
    message: String,
    help: Cow<'static, str>,
}

impl InvalidLocation {
    pub(super) fn new(message: &str, help: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.to_owned(), help: help.into() }
    }

    /// What is wrong, behind the name of the key: `names no host`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for InvalidLocation {
    /// One line that says what is wrong, and a `help:` line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database {}\nhelp: {}", self.message, self.help)
    }
}

impl std::error::Error for InvalidLocation {}
