//! Connects to a server by its URL, encrypted unless it is this machine or the URL says otherwise:
//! the one rule for event-relay, for the command of a catalog, and for your own programs.
//!
//! ```no_run
//! # async fn connect() -> Result<(), Box<dyn std::error::Error>> {
//! use event_outbox_tokio_postgres::server::ServerUrl;
//!
//! let url = ServerUrl::parse("postgres://shop@db.internal/shop")?;
//! let (client, driver) = url.connect(|config| drop(config.application_name("shop"))).await?;
//! tokio::spawn(driver);
//! # drop(client);
//! # Ok(())
//! # }
//! ```

mod connect;

pub use connect::{ConnectError, Driver};

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// A server and the database on it, by its URL. `Display` and `Debug` show no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerUrl {
    config: Config,
    ca_file: Option<PathBuf>,
}

impl ServerUrl {
    /// Reads a URL: `postgres://USER@HOST:PORT/DATABASE`, with parameters as libpq has them
    /// (`options`, `target_session_attrs`, ..).
    ///
    /// # Errors
    ///
    /// If it is no such URL, or names no host.
    pub fn parse(url: &str) -> Result<Self, InvalidUrl> {
        const HELP: &str = "write a URL such as `postgres://relay@db.internal/shop`";
        let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
        // The rest of a password would be taken for a host, and be shown.
        if address.matches('@').count() > 1 {
            let help = "write `%40` for an `@` in the user or the password";
            return Err(InvalidUrl::new("has a second `@`", help));
        }
        // Whether the certificate is verified is no choice here.
        let parameters = parameters
            .replace("sslmode=verify-full", "sslmode=require")
            .replace("sslmode=verify-ca", "sslmode=require");
        let config: Config = format!("{address}?{parameters}").parse().map_err(|error| {
            // It has the names of parameters, and none of their values.
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
            InvalidUrl::new(&format!("is not a URL of PostgreSQL{cause}"), HELP)
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(InvalidUrl::new("names no host", HELP));
        }
        Ok(Self { config, ca_file: None })
    }

    /// Whether the URL has a password, or one was set.
    pub fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    /// Sets the password, in place of the one of the URL.
    pub fn set_password(&mut self, password: &str) {
        self.config.password(password);
    }

    /// Sets a file of certificates in PEM that are trusted beside those of the operating system.
    /// [`connect`](Self::connect) reads it.
    pub fn set_ca_file(&mut self, path: PathBuf) {
        self.ca_file = Some(path);
    }

    /// Whether the connection is encrypted, and the server's certificate verified. It is, unless
    /// the URL says `sslmode=disable`, or every host is this machine and the URL says nothing.
    pub fn uses_tls(&self) -> bool {
        match self.config.get_ssl_mode() {
            SslMode::Disable => false,
            SslMode::Prefer => !self.is_local(),
            _ => true,
        }
    }

    fn is_local(&self) -> bool {
        let is_local = |host: &Host| match host {
            Host::Tcp(name) if name == "localhost" => true,
            Host::Tcp(name) => name.parse().is_ok_and(|address: IpAddr| address.is_loopback()),
            #[cfg(unix)]
            Host::Unix(_) => true,
        };
        let addresses = self.config.get_hostaddrs();
        if addresses.is_empty() {
            self.config.get_hosts().iter().all(is_local)
        } else {
            addresses.iter().all(IpAddr::is_loopback)
        }
    }
}

impl fmt::Display for ServerUrl {
    /// The URL without the password and the parameters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://")?;
        if let Some(user) = self.config.get_user() {
            write!(f, "{user}@")?;
        }
        let ports = self.config.get_ports();
        let addresses = self.config.get_hostaddrs().iter().map(ToString::to_string);
        let names = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts: Vec<String> =
            if self.config.get_hosts().is_empty() { addresses.collect() } else { names.collect() };
        for (at, host) in hosts.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let host = if host.contains(':') { format!("[{host}]") } else { host.clone() };
            write!(f, "{comma}{host}")?;
            // One port may be for all hosts.
            match ports.get(at).or(ports.first()) {
                None | Some(5432) => {}
                Some(port) => write!(f, ":{port}")?,
            }
        }
        write!(f, "/{}", self.config.get_dbname().unwrap_or_default())
    }
}

impl fmt::Debug for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ServerUrl").field(&self.to_string()).finish()
    }
}

/// Why a text is no URL of a server. It holds nothing secret of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidUrl {
    message: String,
    help: &'static str,
}

impl InvalidUrl {
    fn new(message: &str, help: &'static str) -> Self {
        Self { message: message.to_owned(), help }
    }

    /// What is wrong, behind what names the URL: `names no host`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        self.help
    }
}

impl fmt::Display for InvalidUrl {
    /// One line that says what is wrong, and a `help:` line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the URL {}\nhelp: {}", self.message, self.help)
    }
}

impl std::error::Error for InvalidUrl {}

#[cfg(test)]
mod tests {
    use super::ServerUrl;

    fn parsed(url: &str) -> ServerUrl {
        ServerUrl::parse(url).unwrap()
    }

    #[test]
    fn tls_is_off_only_on_this_machine_or_on_demand() {
        for (url, uses_tls) in [
            ("postgres://u@db.internal/shop", true),
            ("postgres://u@db.internal/shop?sslmode=prefer", true),
            ("postgres://u@db.internal/shop?sslmode=verify-full", true),
            ("postgres://u@db.internal/shop?sslmode=disable", false),
            ("postgres://u@localhost/shop", false),
            ("postgres://u@127.0.0.9:5433,[::1]/shop", false),
            ("postgres://u@127.0.0.1,db.internal/shop", true),
            ("postgres://u@localhost/shop?sslmode=require", true),
            ("postgres://u@localhost/shop?hostaddr=10.0.0.1", true),
            ("postgres://u@%2Fvar%2Frun/shop", false),
        ] {
            assert_eq!(parsed(url).uses_tls(), uses_tls, "{url}");
        }
    }

    #[test]
    fn a_secret_is_not_shown() {
        let shown = |url: &str| parsed(url).to_string();
        let url = "postgres://u:planted@h:5433,[::1]/shop?options=-cplanted";
        assert_eq!(shown(url), "postgres://u@h:5433,[::1]/shop");
        assert_eq!(format!("{:?}", parsed(url)), "ServerUrl(\"postgres://u@h:5433,[::1]/shop\")");
        assert_eq!(shown("postgresql://h/?user=u&password=planted"), "postgres://u@h/");
        for url in [
            "postgres://u:a@planted@h/shop",
            "postgres://u:a@p/planted@h/shop",
            "postgres://u@h/shop?planted",
            "postgres://u@h:planted/shop",
            "postgres://u@h/shop?sslmode=planted",
            "postgres:///shop",
        ] {
            let error = ServerUrl::parse(url).err().unwrap().to_string();
            assert!(!error.contains("planted") && error.contains("\nhelp: "), "{error}");
        }
    }
}
