//! The command of the shop's catalog.

fn main() -> std::process::ExitCode {
    event_cli::main(&shop_events::CATALOG)
}
