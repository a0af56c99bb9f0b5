use event_core::events;

events!(
    #[domain]
    pub struct Payment {
        pub process: (),
    }
);

fn main() {}
