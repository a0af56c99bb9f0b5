use event_core::{Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[event(info, wide())]
    pub struct RequestHandleFinished;
);

fn main() {
    RequestHandleFinished::unit(|| RequestHandleFinished).flush(RequestHandleFinished);
}
