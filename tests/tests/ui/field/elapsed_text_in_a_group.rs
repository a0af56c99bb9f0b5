use event_core::events;

events!(
    #[group]
    pub struct Course {
        #[elapsed]
        pub duration_ms: String,
    }
);

fn main() {}
