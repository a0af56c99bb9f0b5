use event_core::events;

events!(
    #[domain(optional(acton))]
    pub enum Cache {
        Warm,
    }

    #[event(info)]
    pub struct CacheWarmCompleted {
        pub entries: u64,
    }
);

fn main() {}
