use event_core::events;

events!(
    #[domain]
    pub enum Api {
        Request,
    }

    #[event(level = match state { Failed => error, _ => info })]
    pub struct ApiRequestFailed {
        #[field(opaque)]
        pub state: serde_json::Value,
    }
);

fn main() {}
