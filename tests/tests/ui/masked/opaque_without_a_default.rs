use event_core::{events, value::Presence};

#[derive(serde::Serialize)]
pub struct Login {
    pub user: String,
}

events!(
    #[domain]
    pub enum Session {
        Open,
    }

    #[event(info)]
    pub struct SessionOpenFailed {
        #[field(opaque)]
        #[sensitive(redact)]
        pub login: Login,
        #[field(opaque)]
        #[sensitive(hash)]
        pub earlier: Presence<Login>,
    }
);

fn main() {}
