use event_core::events;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        pub password1: String,
    }
);

fn main() {}
