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

    #[event(info, name(request, item, not_found))]
    pub struct RequestItemNotFound {
        pub item_id: String,
    }

    #[event(info, name(request, item_not, found))]
    pub struct RequestItemNOTFound {
        pub item_id: String,
    }
);

fn main() {}
