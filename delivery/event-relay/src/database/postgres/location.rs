//! The server and the database on it.

use crate::database::location::InvalidLocation;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// The server and the database on it. `Display` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::database) struct PostgresLocation {
    config: Config,
    ca_file: Option<PathBuf>,
}

impl PostgresLocation {
    /// Reads a URL.
    pub(in crate::database) fn parse(url: &str) -> Result<Self, InvalidLocation> {
        const HELP: &str = "write a URL such as `postgres://relay@db.internal/shop`";
        let (address, parameters) = url.split_once('?').unwrap_or((url, ""));
        // The rest of a password would be taken for a host, and be shown.
        if address.matches('@').count() > 1 {
            let help = "write `%40` for an `@` in the user or the password";
            return Err(InvalidLocation::new("has a second `@`", help));
        }
        // Whether the certificate is verified is no choice here.
        let parameters = parameters
            .replace("sslmode=verify-full", "sslmode=require")
            .replace("sslmode=verify-ca", "sslmode=require");
        let config: Config = format!("{address}?{parameters}").parse().map_err(|error| {
            // It has the names of parameters, and none of their values.
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let cause = cause.map_or_else(String::new, |cause| format!(": {cause}"));
            InvalidLocation::new(&format!("is not a URL of PostgreSQL{cause}"), HELP)
        })?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(InvalidLocation::new("names no host", HELP));
        }
        Ok(Self { config, ca_file: None })
    }

    pub(in crate::database) fn has_password(&self) -> bool {
        self.config.get_password().is_some()
    }

    pub(in crate::database) fn set_password(&mut self, password: &str) {
        self.config.password(password);
    }

    pub(in crate::database) fn set_ca_file(&mut self, path: PathBuf) {
        self.ca_file = Some(path);
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn ca_file(&self) -> Option<&Path> {
        self.ca_file.as_deref()
    }

    /// Whether the connection is encrypted, and the server's certificate verified. It is, unless
    /// the URL says `sslmode=disable`, or every host is this machine and the URL says nothing.
    pub(in crate::database) fn uses_tls(&self) -> bool {
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

impl fmt::Display for PostgresLocation {
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

#[cfg(test)]
mod tests {
    use super::PostgresLocation;

    fn parsed(url: &str) -> PostgresLocation {
        PostgresLocation::parse(url).unwrap()
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
        assert_eq!(shown("postgresql://h/?user=u&password=planted"), "postgres://u@h/");
        for url in [
            "postgres://u:a@planted@h/shop",
            "postgres://u:a@p/planted@h/shop",
            "postgres://u@h/shop?planted",
            "postgres://u@h:planted/shop",
            "postgres://u@h/shop?sslmode=planted",
            "postgres:///shop",
        ] {
            let error = PostgresLocation::parse(url).err().unwrap().to_string();
            assert!(!error.contains("planted") && error.contains("\nhelp: "), "{error}");
        }
    }
}
