use event_core::{Str, Wide, events};

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[group]
    pub struct UserPart {
        pub user_id: u64,
    }

    #[group]
    pub struct ChatPart<'a> {
        pub chat_id: Str<'a>,
    }

    #[event(info, wide(UserPart))]
    pub struct RequestHandleFinished<'a> {
        pub path: Str<'a>,
    }
);

fn main() {
    let unit = RequestHandleFinished::unit(|| RequestHandleFinished { path: "/".into() });
    unit.add(&ChatPart { chat_id: "chat_1".into() });
    unit.flush(RequestHandleFinished { path: "/".into() });
}
