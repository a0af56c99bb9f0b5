//! The parts of the service, in the order in which they start and stop.

use crate::api;
use crate::gateway::Gateway;
use crate::orders::Orders;
use crate::settings::Settings;
use crate::store::Store;
use axum::Router;
use event_core::emit::{Guard, InvalidVariables};
use event_core::{Emitter, Level};
use event_outbox_rusqlite::Outbox;
use event_relay::contract::LockedContract;
use event_relay::targets::Workers;
use event_relay::targets::file::{FileTarget, FileTargetOptions};
use event_relay::{Relay, Retired, TargetOptions};
use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;
use std::{env, fs};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long each part has to end.
const LIMIT: Duration = Duration::from_secs(10);

/// A service that is about to serve.
#[derive(Debug)]
pub struct Service {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    relay: Relay,
    guard: Guard,
}

impl Service {
    /// Opens the database, starts the relay, and listens.
    ///
    /// # Errors
    ///
    /// If a part cannot start.
    pub async fn start(settings: &Settings) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&settings.data)?;
        let emitter = emitter()?;
        let guard = emitter.clone().install()?;
        let database = settings.data.join("shop.db");
        // Makes the tables, which the relay reads.
        let store = Store::open(&database, Outbox::new(emitter.clone()))?;
        let relay = relay(&database, settings, emitter)?;
        let store = store.wakes(relay.waker());
        let router = api::router(Orders::new(store, Gateway));
        let listener = TcpListener::bind(settings.listen).await?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, router, relay, guard })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stopped`. Then it ends the server, the relay and the emitter, in this order:
    /// what a request commits is published, and what the relay reports is written.
    ///
    /// # Errors
    ///
    /// If the server fails, or a part does not end in time.
    pub async fn run(
        self,
        stopped: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Box<dyn Error>> {
        let Self { listener, router, relay, guard, .. } = self;
        let served = serve(listener, router, stopped).await;
        let ended = spawn_blocking(move || relay.drain_within(LIMIT)).await?;
        let report = spawn_blocking(move || guard.finish_within(LIMIT)).await?;

        served?;
        if !ended.is_complete {
            let rest = "the relay has not published everything; it goes on after the next start";
            return Err(rest.into());
        }
        if report.left_behind {
            return Err("the emitter did not end in time".into());
        }
        Ok(())
    }
}

/// Serves until `stopped`, and waits for the requests that are served then.
async fn serve(
    listener: TcpListener,
    router: Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Box<dyn Error>> {
    let (stopping, is_stopping) = oneshot::channel();
    let stopped = async move {
        stopped.await;
        // The server has failed if this is not received.
        let _ = stopping.send(());
    };
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, router).with_graceful_shutdown(stopped).into_future();
    let mut serving = pin!(serving);
    tokio::select! {
        ended = &mut serving => Ok(ended?),
        _ = is_stopping => match timeout(LIMIT, serving).await {
            Ok(ended) => Ok(ended?),
            Err(_) => Err("requests were cancelled, because they did not end in time".into()),
        },
    }
}

/// Lines on standard output, unless variables of the environment say otherwise.
fn emitter() -> Result<Emitter, InvalidVariables> {
    let builder = Emitter::builder()
        .service("shop")
        .service_version(env!("CARGO_PKG_VERSION"))
        .level(Level::Info);
    Ok(builder.with_variables(env::vars_os())?.build())
}

/// Publishes to a file what the catalog's lock allows.
fn relay(database: &Path, settings: &Settings, emitter: Emitter) -> Result<Relay, Box<dyn Error>> {
    let archive = FileTarget::open(FileTargetOptions::new(settings.data.join("events.ndjson")))?;
    let relay = Relay::builder(database)
        .contract(LockedContract::open(&settings.lock)?, Retired::Send)
        .emitter(emitter)
        .target("archive", Workers::start("archive", archive)?, TargetOptions::default())
        .start()?;
    Ok(relay)
}
