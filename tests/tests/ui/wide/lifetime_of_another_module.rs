use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[event(info, wide(parts::UserPart))]
    pub struct RequestHandleFinished;
);

mod parts {
    event_core::events!(
        #[group]
        pub struct UserPart<'a> {
            pub user_id: event_core::Str<'a>,
        }
    );
}

fn main() {}
