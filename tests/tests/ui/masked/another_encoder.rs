use event_core::events;

mod encoder {
    pub use std::hash::Hash as Encode;
}

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[derive(encoder::Encode)]
    #[event(info)]
    pub struct SessionOpenFailed {
        pub session_ref: String,
        #[sensitive(hash)]
        pub user: Option<String>,
    }
);

fn main() {}
