//! A small catalog, and what becomes of it.

use event_core::meta::{EventMeta, EventName, FieldMeta, Governance, LevelRule, Member, Source};
use event_core::shape::{Shape, TextFormat};
use event_core::{BlockMeta, Catalog, Level, Status, StatusClass};

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
const OPTIONAL_TEXT: &Shape = &Shape::Optional(TEXT);
const NUMBER: &Shape = &Shape::Integer { min: 0, max: 65535 };

const PLACED: EventName = EventName {
    snake: "order_place_completed",
    dotted: "order.place.completed",
    domain: "order",
    action: Some("place"),
    status: Some(Status { word: "completed", class: StatusClass::Ok }),
};

const LOST: EventName =
    EventName { snake: "order_lost", dotted: "order.lost", action: None, status: None, ..PLACED };

const fn event(
    name: EventName,
    version: u32,
    latest: bool,
    members: &'static [Member],
) -> EventMeta {
    EventMeta {
        name,
        head: "",
        version,
        latest,
        type_name: "Order",
        docs: "",
        level: LevelRule::Fixed(Level::Info),
        members,
        context: &[],
        needed_context: 0,
        wide: &[],
        aliases: &[],
        sample: None,
        limit: None,
        governance: Governance::NONE,
        source: Source { module: "shop::order", file: "shop/src/order.rs", line: 3, column: 12 },
    }
}

const fn catalog(blocks: &'static [&'static BlockMeta]) -> Catalog {
    Catalog {
        type_name: "ShopEvent",
        docs: "",
        package: "shop-catalog",
        package_version: "1.0.0",
        blocks,
    }
}

const ORDER_ID: Member = Member::Field(FieldMeta::new("order_id", "", TEXT));

static LOST_1: EventMeta = event(LOST, 1, true, &[ORDER_ID]);
static PLACED_1: EventMeta = event(PLACED, 1, false, &[ORDER_ID]);
static PLACED_2: EventMeta =
    event(PLACED, 2, true, &[ORDER_ID, Member::Field(FieldMeta::new("items", "", NUMBER))]);

static PLACED_2_MORE: EventMeta = event(
    PLACED,
    2,
    true,
    &[
        ORDER_ID,
        Member::Field(FieldMeta::new("items", "", NUMBER)),
        Member::Field(FieldMeta::new("note", "", OPTIONAL_TEXT)),
    ],
);

static PLACED_2_BROKEN: EventMeta =
    event(PLACED, 2, true, &[ORDER_ID, Member::Field(FieldMeta::new("items", "", TEXT))]);

static PLACED_2_DEFAULTED: EventMeta = event(
    PLACED,
    2,
    true,
    &[ORDER_ID, Member::Field(FieldMeta { default: true, ..FieldMeta::new("items", "", NUMBER) })],
);

static PAID_NAME: EventName =
    EventName { snake: "order_paid", dotted: "order.paid", action: None, status: None, ..PLACED };
static PAID_1: EventMeta = event(PAID_NAME, 1, true, &[ORDER_ID]);

static PLACED_1_ALONE: EventMeta =
    EventMeta { type_name: "OrderPlaceCompleted", ..event(PLACED, 1, true, &[ORDER_ID]) };
static PLACED_1_RENAMED: EventMeta =
    EventMeta { type_name: "OrderPlaceCompletedV1", ..event(PLACED, 1, false, &[ORDER_ID]) };

/// One event with one version, and the same beside its next version, which has the plain name and
/// another alias.
pub static ALONE: Catalog =
    catalog(&[&BlockMeta { domain: None, events: &[&PLACED_1_ALONE], dictionary: &[] }]);
static PLACED_2_ALIASED: EventMeta =
    EventMeta { aliases: &["order_made"], ..event(PLACED, 2, true, &[ORDER_ID]) };
pub static NEXT: Catalog = catalog(&[&BlockMeta {
    domain: None,
    events: &[&PLACED_2_ALIASED, &PLACED_1_RENAMED],
    dictionary: &[],
}]);

/// Two events, three versions.
pub static FIRST: Catalog = catalog(&[&BlockMeta {
    domain: None,
    events: &[&PLACED_2, &PLACED_1, &LOST_1],
    dictionary: &[],
}]);
/// One of them may have a field more.
pub static MORE: Catalog = catalog(&[&BlockMeta {
    domain: None,
    events: &[&PLACED_2_MORE, &PLACED_1, &LOST_1],
    dictionary: &[],
}]);
/// A field may be missing, and is always written.
pub static DEFAULTED: Catalog = catalog(&[&BlockMeta {
    domain: None,
    events: &[&PLACED_2_DEFAULTED, &PLACED_1, &LOST_1],
    dictionary: &[],
}]);
/// A field has another type, and there is a new event.
pub static BROKEN: Catalog = catalog(&[&BlockMeta {
    domain: None,
    events: &[&PLACED_2_BROKEN, &PLACED_1, &LOST_1, &PAID_1],
    dictionary: &[],
}]);

/// The subject of the version that changes.
pub const CHANGING: &str = "order_place_completed.v2-value";
