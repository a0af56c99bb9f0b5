use event_core::events;

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        #[field(opaque)]
        #[sensitive(email)]
        pub login: std::collections::HashMap<String, String>,
        #[field(opaque)]
        pub password: Option<u128>,
    }
);

fn main() {}
