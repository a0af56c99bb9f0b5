use event_core::{events, value::Presence};

events!(
    #[domain]
    pub enum Profile {
        Update,
    }

    #[event(info)]
    pub struct ProfileUpdateRequested {
        pub note: Presence<Option<u8>>,
    }
);

fn main() {}
