use event_core::events;

events!(
    #[domain]
    pub enum Profile {
        Update,
    }

    #[event(info)]
    pub struct ProfileUpdateRequested {
        pub note: Vec<Option<Option<u8>>>,
    }
);

fn main() {}
