use event_core::Emitter;

fn main() {
    let emitter = Emitter::builder().build();
    emitter.emit(&cross_crate::Caller { caller: String::new() });
}
