use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match seconds { 1.. => error, _ => info })]
    pub struct ApiRequestFailed {
        pub seconds: f64,
    }
);

fn main() {}
