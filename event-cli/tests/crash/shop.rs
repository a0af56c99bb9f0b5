//! What the commands of these tests declare, and what has to hold of what they leave behind.

use crate::catalogs::{FIRST, I64, MAYBE_TEXT, ORDER, Shop, U32, catalog, event, field, payment};
use event_core::Catalog;
use event_core::meta::{EventMeta, Member};
use event_grammar::lock::Lock;
use std::fs;
use std::path::{Path, PathBuf};

/// What a catalog declares, as a process is told.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// So many orders.
    Orders(u32),
    /// So many orders, of which each has a field more.
    MoreOf(u32),
    /// A payment as it was locked.
    Payment,
    /// A payment whose amount breaks, and so many orders.
    Broken(u32),
}

impl Declared {
    pub fn text(self) -> String {
        match self {
            Self::Orders(count) => format!("orders {count}"),
            Self::MoreOf(count) => format!("more {count}"),
            Self::Payment => "payment 0".to_owned(),
            Self::Broken(count) => format!("broken {count}"),
        }
    }

    pub fn of_text(text: &str) -> Self {
        let (word, count) = text.split_once(' ').unwrap();
        let count = count.parse().unwrap();
        match word {
            "orders" => Self::Orders(count),
            "more" => Self::MoreOf(count),
            "payment" => Self::Payment,
            _ => Self::Broken(count),
        }
    }

    pub fn catalog(self) -> &'static Catalog {
        const FEW: &[Member] = &[field("amount", I64)];
        const MORE: &[Member] = &[field("amount", I64), field("note", MAYBE_TEXT)];
        const BROKEN: &[Member] = &[field("amount", U32), field("note", MAYBE_TEXT)];
        match self {
            Self::Orders(count) => catalog(&orders(count, FEW)),
            Self::MoreOf(count) => catalog(&orders(count, MORE)),
            Self::Payment => payment(FIRST),
            Self::Broken(count) => {
                let broken = payment(BROKEN).events().next().unwrap();
                catalog(&[vec![broken], orders(count, FEW)].concat())
            }
        }
    }
}

fn orders(count: u32, members: &'static [Member]) -> Vec<&'static EventMeta> {
    let names = (0..count).map(|number| -> &'static EventMeta {
        let snake: &'static str = name(number).leak();
        let dotted: &'static str = format!("order.step{number:02}.failed").leak();
        Box::leak(Box::new(event(ORDER.snake(snake).dotted(dotted), members)))
    });
    names.collect()
}

/// The name of an order's event.
pub fn name(number: u32) -> String {
    format!("order_step{number:02}_failed")
}

/// The names of what the lock has. It has to be whole.
pub fn locked(shop: &Shop) -> Vec<String> {
    let Ok(text) = fs::read_to_string(shop.lock()) else { return Vec::new() };
    let lock = Lock::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    lock.versions.into_keys().map(|key| key.event).collect()
}

/// Temporary files below a directory.
pub fn litter(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(litter(&path));
        } else if path.extension().is_some_and(|extension| extension == "tmp") {
            found.push(path);
        }
    }
    found
}

pub fn is_clean(shop: &Shop) {
    assert_eq!(litter(shop.directory.path()), Vec::<PathBuf>::new());
}
