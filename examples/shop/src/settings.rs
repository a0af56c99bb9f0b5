//! What the environment says of the service.

use std::env::{self, VarError};
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where the service listens, and where its data is.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `SHOP_LISTEN`, an address and a port. Port 0 is one that is free. `127.0.0.1:8080` if it is
    /// not set.
    pub listen: SocketAddr,
    /// `SHOP_DATA`, the directory of the database and of the published events. `target/shop` if it
    /// is not set.
    pub data: PathBuf,
    /// `SHOP_LOCK`, the path of the catalog's `events.lock`: the relay sends what it allows. The
    /// one of this repository if it is not set.
    pub lock: PathBuf,
}

/// A variable that cannot be used.
#[derive(Debug)]
pub struct InvalidSetting {
    variable: &'static str,
    help: &'static str,
}

impl Settings {
    /// Reads the environment.
    ///
    /// # Errors
    ///
    /// If a variable has a value that cannot be used.
    pub fn from_env() -> Result<Self, InvalidSetting> {
        let address = "write an address and a port, such as `127.0.0.1:8080`";
        let listen = text("SHOP_LISTEN", "127.0.0.1:8080")?;
        let listen = listen
            .parse()
            .map_err(|_| InvalidSetting { variable: "SHOP_LISTEN", help: address })?;
        let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/events/events.lock");
        Ok(Self {
            listen,
            data: text("SHOP_DATA", "target/shop")?.into(),
            lock: text("SHOP_LOCK", lock)?.into(),
        })
    }
}

fn text(variable: &'static str, otherwise: &str) -> Result<String, InvalidSetting> {
    match env::var(variable) {
        Ok(text) if !text.is_empty() => Ok(text),
        Ok(_) | Err(VarError::NotPresent) => Ok(otherwise.to_owned()),
        Err(VarError::NotUnicode(_)) => Err(InvalidSetting { variable, help: "write it in UTF-8" }),
    }
}

impl fmt::Display for InvalidSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the variable {} cannot be used\nhelp: {}", self.variable, self.help)
    }
}

impl std::error::Error for InvalidSetting {}
