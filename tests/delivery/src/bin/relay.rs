//! `event-relay` as it is, except that it ends when its parent does.

fn main() -> std::process::ExitCode {
    #[cfg(target_os = "linux")]
    delivery_faults::process::end_with_parent();
    event_relay::command::main()
}
