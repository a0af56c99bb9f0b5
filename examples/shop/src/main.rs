//! `cargo run -p shop`: the service, until it is asked to stop.

#![allow(clippy::print_stderr, reason = "a service says where it listens, and why it ends")]

use shop::service::Service;
use shop::settings::Settings;
use std::error::Error;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let settings = Settings::from_env()?;
    let service = Service::start(&settings).await?;
    eprintln!(
        "the shop listens on http://{}, and keeps its data in {}",
        service.address(),
        settings.data.display()
    );
    service.run(stopped()).await
}

/// Returns when the process is asked to stop: by Ctrl-C, or by SIGTERM where there is one.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
