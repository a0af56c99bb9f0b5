fn main() -> std::process::ExitCode {
    event_cli::main(&shop_events::CATALOG)
}
