//! The events: two versions of the catalog, as a service has them one after the other.

use event_core::{Str, Timestamp, UpcastFrom, catalog, events};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The catalog as it was.
pub mod first {
    use event_core::{Str, events};

    events!(
        /// Parcels.
        #[domain(optional(action))]
        pub enum Parcel {}

        /// A parcel was received.
        #[event(info)]
        pub struct ParcelReceived<'a> {
            /// The parcel.
            #[entity]
            pub parcel_id: Str<'a>,
            /// What it weighs.
            #[field(unit = "g")]
            pub weight: u32,
            /// What it says.
            pub label: Str<'a>,
        }

        /// A parcel was sent.
        #[event(info)]
        pub struct ParcelSent<'a> {
            /// The parcel.
            #[entity]
            pub parcel_id: Str<'a>,
            /// What it costs.
            #[field(unit = "cents")]
            pub price_cents: i64,
            /// Which zone it goes to.
            pub zone: i32,
        }
    );
}

events!(
    /// Parcels.
    #[domain(optional(action))]
    pub enum Parcel {}

    /// A parcel was received.
    #[event(info)]
    pub struct ParcelReceivedV1<'a> {
        /// The parcel.
        #[entity]
        pub parcel_id: Str<'a>,
        /// What it weighs.
        #[field(unit = "g")]
        pub weight: u32,
        /// What it says.
        pub label: Str<'a>,
    }

    /// A parcel was received, wherever it is.
    #[event(info, version = 2, upcast = auto)]
    pub struct ParcelReceived<'a> {
        /// The parcel.
        #[entity]
        pub parcel_id: Str<'a>,
        /// What it weighs.
        #[field(unit = "g")]
        pub weight: u64,
        /// What it says.
        #[field(rename = "text")]
        pub label: Str<'a>,
        /// Where it is.
        pub depot: Option<Str<'a>>,
    }

    /// A parcel was sent.
    #[event(info)]
    pub struct ParcelSentV1<'a> {
        /// The parcel.
        #[entity]
        pub parcel_id: Str<'a>,
        /// What it costs.
        #[field(unit = "cents")]
        pub price_cents: i64,
        /// Which zone it goes to.
        pub zone: i32,
    }

    /// A parcel was sent.
    #[event(info, version = 2)]
    pub struct ParcelSent<'a> {
        /// The parcel.
        #[entity]
        pub parcel_id: Str<'a>,
        /// What it costs.
        pub price: Decimal,
        /// Which zone it goes to.
        pub zone: i32,
    }

    /// Where a parcel goes.
    #[value]
    pub struct Address<'a> {
        /// The street, with the number.
        pub street: Str<'a>,
        /// The floor.
        pub floor: Option<i16>,
    }

    /// How a parcel is paid.
    #[value]
    pub enum Method {
        /// In cash.
        Cash,
        /// By card.
        Card,
    }

    /// The request.
    #[group(context, skip_none)]
    pub struct RequestContext<'a> {
        /// The request.
        pub request_id: Str<'a>,
        /// Where it came from.
        #[sensitive(ip)]
        pub ip: Option<Str<'a>>,
    }

    /// A parcel was changed. It's the event that has "everything":
    /// `--`, \ and /* too.
    #[event(info, context(RequestContext))]
    pub struct ParcelChanged<'a> {
        /// The parcel.
        #[entity]
        pub parcel_id: Str<'a>,
        /// How often it was changed.
        #[entity_version]
        pub parcel_version: u64,
        /// Whether it may break.
        pub is_fragile: bool,
        /// The smallest number.
        pub smallest: i64,
        /// The largest number.
        pub largest: u64,
        /// A share.
        pub ratio: f64,
        /// What is insured.
        pub insured: Decimal,
        /// What the sender says, with 'quotes'.
        pub note: Str<'a>,
        /// One letter.
        pub letter: char,
        /// When it arrives.
        pub arrives_at: Timestamp,
        /// On which day it was posted.
        pub posted_on: chrono::NaiveDate,
        /// The number of its label.
        pub label_id: uuid::Uuid,
        /// How it is paid.
        pub method: Method,
        /// Where it goes.
        pub address: Address<'a>,
        /// Where it was.
        pub stops: Vec<Str<'a>>,
        /// How often it was where.
        pub visits: BTreeMap<String, u64>,
        /// Who pays.
        #[sensitive(last4)]
        pub card_number: Str<'a>,
        /// The code on the back.
        #[sensitive(drop)]
        pub cvv: Option<Str<'a>>,
        /// A number that may be absent.
        pub retries: Option<u32>,
        /// A list that may be absent.
        pub labels: Option<Vec<Str<'a>>>,
        /// A text that is left out.
        #[field(skip_none)]
        pub hint: Option<Str<'a>>,
        /// A field with the name of a column.
        pub seq: u32,
        /// A field with the name of another column, nearly.
        #[field(rename = "Event_Id")]
        pub foreign_id: Str<'a>,
        /// A field with the name of what it is read from.
        pub envelope: Str<'a>,
        /// A word of SQL.
        pub select: Str<'a>,
        /// A key that no database likes.
        #[field(rename = "it's {a}/~key\u{e9}", alias("old key"))]
        pub odd: Str<'a>,
    }
);

impl<'a> UpcastFrom<ParcelSentV1<'a>> for ParcelSent<'a> {
    fn upcast(old: ParcelSentV1<'a>) -> Self {
        Self { parcel_id: old.parcel_id, price: Decimal::new(old.price_cents, 2), zone: old.zone }
    }
}

catalog!(
    /// The events of the parcels.
    pub enum ParcelCatalogEvent {
        Parcel(Parcel),
    }
);
