//! The command of the reference catalog.

fn main() -> std::process::ExitCode {
    event_cli::main(&catalog::CATALOG)
}
