//! The command of the shop's catalog. It makes `events.lock`.

fn main() -> std::process::ExitCode {
    event_cli::main(&delivery_faults::events::CATALOG)
}
