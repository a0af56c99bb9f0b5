use event_core::{Str, Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserContribution {
        pub user_id: u64,
    }

    #[group]
    pub struct ChatContribution<'a> {
        pub chat_id: Str<'a>,
    }

    #[event(info, wide(UserContribution))]
    pub struct RequestHandleFinished<'a> {
        pub path: Str<'a>,
    }
);

fn main() {
    let unit = RequestHandleFinished::unit(|| RequestHandleFinished { path: "/".into() });
    unit.add(&ChatContribution { chat_id: "chat_1".into() });
    unit.flush(RequestHandleFinished { path: "/".into() });
}
