//! The command of the catalog.

fn main() -> std::process::ExitCode {
    event_cli::main(&foreign::CATALOG)
}
