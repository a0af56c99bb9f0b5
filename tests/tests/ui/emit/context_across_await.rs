use event_core::context::ContextGuard;

fn is_send<T: Send>(_: T) {}

async fn wait() {}

async fn handle() {
    let _guard: ContextGuard = cross_crate::Caller { caller: String::new() }.enter();
    wait().await;
}

fn main() {
    is_send(handle());
}
