use event_core::catalog;

mod item {
    event_core::events!(
        #[domain]
        pub enum Item {
            StockCount,
        }

        #[event(error)]
        pub struct ItemStockCountFailed {
            pub amount: i64,
        }
    );
}

mod item_stock {
    event_core::events!(
        #[domain]
        pub enum ItemStock {
            Count,
        }

        #[event(error)]
        pub struct ItemStockCountFailed {
            pub amount: i64,
        }
    );
}

catalog!(
    pub enum ShopEvent {
        Item(item::Item),
        ItemStock(item_stock::ItemStock),
    }
);

fn main() {}
