//! The command `event-relay`.

fn main() -> std::process::ExitCode {
    event_relay::command::main()
}
