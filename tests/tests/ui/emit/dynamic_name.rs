use event_core::Emitter;

fn main() {
    let emitter = Emitter::builder().build();
    emitter.emit(&format!("payment_{}_failed", "process"));
}
