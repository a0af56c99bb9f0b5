use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct SamplePart {
        pub sample_rate: f64,
    }

    #[event(info, wide(SamplePart))]
    pub struct RequestHandleFinished;
);

fn main() {}
