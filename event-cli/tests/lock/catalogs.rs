//! Catalogs as a shop declares them over time, and a directory with its package in it.

use crate::fixture::{Ran, Temp, run_with};
use event_cli::Env;
use event_core::meta::shape::{Direction, OpaqueShape, Shape, TextFormat};
use event_core::meta::{BlockMeta, Status, StatusClass};
use event_core::meta::{EventMeta, EventName, FieldMeta, Governance, LevelRule, Member, Source};
use event_core::{Catalog, Level};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

pub const TEXT: &Shape = &Shape::Text(TextFormat::Plain);
pub const MAYBE_TEXT: &Shape = &Shape::Optional(TEXT);
pub const I64: &Shape = &Shape::Integer { min: i64::MIN, max: i64::MAX as u64 };
pub const U32: &Shape = &Shape::Integer { min: 0, max: u32::MAX as u64 };

/// An event whose descriptor was written by hand.
pub const fn event(name: EventName, members: &'static [Member]) -> EventMeta {
    EventMeta::new(
        name,
        "Event",
        "What happened.",
        LevelRule::Fixed(Level::Error),
        Source::new("shop::payment", "src/payment.rs", 3, 12),
    )
    .members(members)
}

pub const fn field(name: &'static str, shape: &'static Shape) -> Member {
    Member::Field(FieldMeta::new(name, "", shape))
}

const fn name(snake: &'static str, dotted: &'static str, domain: &'static str) -> EventName {
    let status = Status { word: "failed", class: StatusClass::Fault };
    EventName::new(snake, dotted, domain).status(status)
}

pub const PAYMENT: EventName = name("payment_failed", "payment.failed", "payment");
pub const ORDER: EventName = name("order_failed", "order.failed", "order");
pub const CART: EventName = name("cart_failed", "cart.failed", "cart");

pub const FIRST: &[Member] = &[field("amount", I64), field("note", MAYBE_TEXT)];
pub static PAYMENT_1: EventMeta = event(PAYMENT, FIRST);
pub static ORDER_1: EventMeta = event(ORDER, &[field("order_id", TEXT)]);
pub static CART_1: EventMeta = event(CART, &[field("cart_id", TEXT)]);

fn any_text(_: Direction) -> serde_json::Value {
    serde_json::json!({"type": "string"})
}

fn short_text(_: Direction) -> serde_json::Value {
    serde_json::json!({"type": "string", "maxLength": 3})
}

/// A foreign type, and the same one after somebody else has changed it.
pub const FOREIGN: &Shape =
    &Shape::Opaque(&OpaqueShape::new(|| "elsewhere::Code").schema(any_text));
pub const FOREIGN_LATER: &Shape =
    &Shape::Opaque(&OpaqueShape::new(|| "elsewhere::Code").schema(short_text));

/// A catalog of these events. What a test makes up is never freed.
pub fn catalog(events: &[&'static EventMeta]) -> &'static Catalog {
    let events: &'static [&'static EventMeta] = events.to_vec().leak();
    let block: &'static BlockMeta = Box::leak(Box::new(BlockMeta::new(events)));
    let blocks: &'static [&'static BlockMeta] = vec![block].leak();
    Box::leak(Box::new(
        Catalog::new("ShopEvent", "Everything that the shop emits.", blocks)
            .of_package("shop", "1.2.3"),
    ))
}

/// A catalog with the payment as these members have it; they are fields.
pub fn payment(members: &[Member]) -> &'static Catalog {
    let own = |member: &Member| match member {
        Member::Field(field) => Member::Field(*field),
        Member::Group(group) => Member::Group(group),
    };
    let members: &'static [Member] = members.iter().map(own).collect::<Vec<_>>().leak();
    catalog(&[Box::leak(Box::new(event(PAYMENT, members)))])
}

/// The catalog of a package of another name.
pub fn of_package(name: &'static str, catalog: &Catalog) -> &'static Catalog {
    Box::leak(Box::new(
        Catalog::new(catalog.type_name, catalog.docs, catalog.blocks).of_package(name, "1.2.3"),
    ))
}

/// The directory of the shop's package.
pub struct Shop {
    pub directory: Temp,
    pub env: Env,
}

impl Shop {
    pub fn new(name: &str) -> Self {
        let directory = Temp::new(&format!("lock-{name}"));
        fs::write(directory.join("Cargo.toml"), "[package]\nname = \"shop\"\n").unwrap();
        let path = directory.path().to_owned();
        let variables = [
            ("CARGO_MANIFEST_DIR", path.to_str().unwrap()),
            ("CARGO_PKG_NAME", "shop"),
            // 2026-11-21
            ("SOURCE_DATE_EPOCH", "1795219200"),
            ("USER", "ada"),
        ];
        let variables: BTreeMap<_, _> =
            variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        Self { env: Env { directory: path, variables, ..Env::default() }, directory }
    }

    /// With what `catalog` declares locked.
    pub fn locked(name: &str, catalog: &'static Catalog) -> Self {
        let shop = Self::new(name);
        shop.ok(catalog, &["lock"]);
        shop
    }

    pub fn run(&self, catalog: &'static Catalog, args: &[&str]) -> Ran {
        run_with(&self.env, catalog, args)
    }

    /// Runs what must succeed, and gives what it says.
    pub fn ok(&self, catalog: &'static Catalog, args: &[&str]) -> String {
        let ran = self.run(catalog, args);
        assert_eq!(ran.code, 0, "{args:?}\n{}{}", ran.out, ran.err);
        ran.out
    }

    pub fn lock(&self) -> PathBuf {
        self.directory.join("events.lock")
    }

    pub fn text(&self) -> String {
        fs::read_to_string(self.lock()).unwrap()
    }

    pub fn stored(&self, file: &str) -> PathBuf {
        self.directory.join("events.lock.d").join(file)
    }

    /// Every file and what is in it.
    pub fn everything(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        fn walk(directory: &std::path::Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
            for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, into);
                } else {
                    into.insert(path.clone(), fs::read(&path).unwrap());
                }
            }
        }
        let mut files = BTreeMap::new();
        walk(self.directory.path(), &mut files);
        files
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.env.variables.insert(name.to_owned(), value.to_owned());
    }
}

const REVISED: &[Member] = &[field("amount", U32), field("reason", MAYBE_TEXT)];
static PAYMENT_REVISED: EventMeta = event(PAYMENT, REVISED);
static PAYMENT_BEFORE: EventMeta = event(PAYMENT, REVISED).latest(false);
static PAYMENT_2: EventMeta =
    event(PAYMENT, &[field("cents", I64), field("reason", MAYBE_TEXT)]).version(2);
static ORDER_DEPRECATED: EventMeta = event(ORDER, &[field("order_id", TEXT)])
    .governance(Governance::NONE.deprecated("see <payment>").replaced_by("payment_failed"));

/// What a shop declares, one state after the other: two events; a revision that loses a field and
/// breaks another; a second version, and a deprecated event.
pub fn history() -> [&'static Catalog; 3] {
    [
        catalog(&[&PAYMENT_1, &ORDER_1]),
        catalog(&[&PAYMENT_REVISED, &ORDER_1]),
        catalog(&[&PAYMENT_2, &PAYMENT_BEFORE, &ORDER_DEPRECATED]),
    ]
}
