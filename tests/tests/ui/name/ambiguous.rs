use event_core::events;

events!(
    #[domain]
    pub enum Request {
        Item,
        ItemNot,
    }

    #[statuses]
    pub enum RequestStatus {
        #[status(ok)]
        Found,
    }

    #[event(info)]
    pub struct RequestItemNotFound {
        pub item_id: String,
    }
);

fn main() {}
