use event_core::events;

type Maybe<T> = Option<T>;

events!(
    #[domain]
    pub enum Profile {
        Update,
    }

    #[event(info)]
    pub struct ProfileUpdateRequested {
        pub note: Option<Maybe<String>>,
    }
);

fn main() {}
