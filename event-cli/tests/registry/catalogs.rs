//! A small catalog, and what becomes of it.

use event_core::meta::shape::{Shape, TextFormat};
use event_core::meta::{BlockMeta, Status, StatusClass};
use event_core::meta::{EventMeta, EventName, FieldMeta, LevelRule, Member, Source};
use event_core::{Catalog, Level};

const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
const OPTIONAL_TEXT: &Shape = &Shape::Optional(TEXT);
const NUMBER: &Shape = &Shape::Integer { min: 0, max: 65535 };

const PLACED: EventName = EventName::new("order_place_completed", "order.place.completed", "order")
    .action("place")
    .status(Status { word: "completed", class: StatusClass::Ok });

const LOST: EventName = EventName::new("order_lost", "order.lost", "order");

const fn event(
    name: EventName,
    version: u32,
    latest: bool,
    members: &'static [Member],
) -> EventMeta {
    EventMeta::new(
        name,
        "Order",
        "",
        LevelRule::Fixed(Level::Info),
        Source::new("shop::order", "shop/src/order.rs", 3, 12),
    )
    .version(version)
    .latest(latest)
    .members(members)
}

const fn catalog(blocks: &'static [&'static BlockMeta]) -> Catalog {
    Catalog::new("ShopEvent", "", blocks).of_package("shop-catalog", "1.0.0")
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
    &[ORDER_ID, Member::Field(FieldMeta::new("items", "", NUMBER).default(true))],
);

static PAID_NAME: EventName = EventName::new("order_paid", "order.paid", "order");
static PAID_1: EventMeta = event(PAID_NAME, 1, true, &[ORDER_ID]);

static PLACED_1_ALONE: EventMeta =
    event(PLACED, 1, true, &[ORDER_ID]).type_name("OrderPlaceCompleted");
static PLACED_1_RENAMED: EventMeta =
    event(PLACED, 1, false, &[ORDER_ID]).type_name("OrderPlaceCompletedV1");

/// One event with one version, and the same beside its next version, which has the plain name and
/// another alias.
pub static ALONE: Catalog = catalog(&[&BlockMeta::new(&[&PLACED_1_ALONE])]);
static PLACED_2_ALIASED: EventMeta = event(PLACED, 2, true, &[ORDER_ID]).aliases(&["order_made"]);
pub static NEXT: Catalog = catalog(&[&BlockMeta::new(&[&PLACED_2_ALIASED, &PLACED_1_RENAMED])]);

/// Two events, three versions.
pub static FIRST: Catalog = catalog(&[&BlockMeta::new(&[&PLACED_2, &PLACED_1, &LOST_1])]);
/// One of them may have a field more.
pub static MORE: Catalog = catalog(&[&BlockMeta::new(&[&PLACED_2_MORE, &PLACED_1, &LOST_1])]);
/// A field may be missing, and is always written.
pub static DEFAULTED: Catalog =
    catalog(&[&BlockMeta::new(&[&PLACED_2_DEFAULTED, &PLACED_1, &LOST_1])]);
/// A field has another type, and there is a new event.
pub static BROKEN: Catalog =
    catalog(&[&BlockMeta::new(&[&PLACED_2_BROKEN, &PLACED_1, &LOST_1, &PAID_1])]);

/// The subject of the version that changes.
pub const CHANGING: &str = "order_place_completed.v2-value";
