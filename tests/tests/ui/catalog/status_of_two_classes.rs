use event_core::{catalog, events};

events!(
    #[domain]
    pub enum Stock {
        Count,
    }

    #[statuses]
    pub enum StockStatus {
        #[status(neutral)]
        Reserved,
    }

    #[event(info)]
    pub struct StockCountReserved {
        pub pieces: u32,
    }
);

catalog!(
    pub enum ShopEvent {
        Payment(cross_crate::Payment),
        Stock(Stock),
    }
);

fn main() {}
