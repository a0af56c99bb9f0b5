use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Handle,
    }

    #[event(info, wide(contributions::UserContribution))]
    pub struct RequestHandleFinished;
);

mod contributions {
    event_core::events!(
        #[group]
        pub struct UserContribution<'a> {
            pub user_id: event_core::Str<'a>,
        }
    );
}

fn main() {}
