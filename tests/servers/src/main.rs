//! Starts servers, prints where they are, and ends them at the end of its standard input: for trying
//! things by hand, and for tests in other languages.
//!
//! At a terminal, Ctrl-D ends them. A script or a service manager must keep the input open: a process
//! in the background has `/dev/null` there, and its servers end at once. `sleep infinity |
//! start-servers postgres` keeps it open.
//!
//! `start-servers SERVER..`: `postgres`, `nats`, `kafka`. A setting of PostgreSQL follows a colon:
//! `postgres:wal_level=logical`. A line for each has its name, its address and its process. `pause` stops
//! the servers before it.
#![allow(clippy::print_stdout, reason = "the addresses are its output")]

use std::env;
use std::io;
use std::process::ExitCode;
use test_servers::{Kafka, Nats, Postgres};

enum Server {
    Postgres(Postgres),
    Nats(Nats),
    Kafka(Kafka),
}

impl Server {
    /// None if it is not installed.
    fn start(words: &str) -> Result<Option<Self>, String> {
        let mut words = words.split(':');
        Ok(match words.next().unwrap_or_default() {
            "postgres" => {
                let mut setup = Postgres::setup();
                for setting in words {
                    let (name, value) = setting
                        .split_once('=')
                        .ok_or_else(|| format!("`{setting}` is not a setting: NAME=VALUE"))?;
                    setup = setup.setting(name, value);
                }
                setup.start().map(Self::Postgres)
            }
            "nats" => Nats::start().map(Self::Nats),
            "kafka" => Kafka::start().map(Self::Kafka),
            other => return Err(format!("`{other}` is not one of `postgres`, `nats`, `kafka`")),
        })
    }

    fn line(&self) -> String {
        match self {
            Self::Postgres(server) => format!("postgres {} {}", server.url(), server.process()),
            Self::Nats(server) => format!("nats {} {}", server.url(), server.process()),
            Self::Kafka(server) => format!("kafka {} {}", server.url(), server.process()),
        }
    }

    fn pause(&self) {
        match self {
            Self::Postgres(server) => server.pause(),
            Self::Nats(server) => server.pause(),
            Self::Kafka(server) => server.pause(),
        }
    }
}

fn main() -> Result<ExitCode, String> {
    let mut servers = Vec::new();
    for words in env::args().skip(1) {
        if words == "pause" {
            servers.iter().for_each(Server::pause);
            continue;
        }
        let Some(server) = Server::start(&words)? else { return Ok(ExitCode::from(2)) };
        println!("{}", server.line());
        servers.push(server);
    }
    println!("ready");
    let _ = io::copy(&mut io::stdin(), &mut io::sink());
    Ok(ExitCode::SUCCESS)
}
