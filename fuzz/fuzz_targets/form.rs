//! The comparison of arbitrary forms, as a lock may have them, with an event of every kind of
//! shape, in every mode: those of its fields, and after a zero byte the table of named types; the
//! event's own without one.
#![no_main]

use event_core::lock::{BACKWARD, FORWARD, Forms, Locked, LockedRevision, Types, breaks, level_of};
use event_core::meta::EventMeta;
use event_core::{Event, EventValue, Str, events};
use event_grammar::form::table;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeMap;

#[derive(EventValue)]
pub struct Plain<'a> {
    name: Str<'a>,
    #[field(alias("old"), unit = "ms", skip_none)]
    took: Option<u32>,
    #[field(finite, default)]
    ratios: Vec<f64>,
    map: BTreeMap<String, i64>,
    address: std::net::IpAddr,
}

#[derive(EventValue)]
pub enum External {
    Unit,
    Newtype(Option<u8>),
    Struct {
        a: [u8; 4],
        b: (bool, char),
    },
    #[value(other, alias("rest"))]
    Other,
}

#[derive(EventValue)]
#[value(tag = "type", rename_all = "kebab-case")]
pub enum Internal {
    OneThing { a: External },
    Nothing,
}

#[derive(EventValue)]
#[value(tag = "type", content = "data")]
pub enum Adjacent {
    Newtype(Internal),
    Nothing,
}

#[derive(EventValue)]
pub struct Tree {
    value: Adjacent,
    #[field(recursive)]
    branches: Vec<Tree>,
}

events!(
    /// What the comparer is tried on.
    #[domain]
    pub enum Probe {
        /// A run.
        Run,
    }

    /// Every kind of shape.
    #[event(error, alias("probe_broke"))]
    pub struct ProbeRunFailed<'a> {
        /// An object.
        pub plain: Plain<'a>,
        /// Variants.
        pub external: External,
        /// A cycle.
        pub tree: Tree,
        /// A number that may be missing.
        #[field(alias("amount"))]
        pub amount_cents: Option<i64>,
        /// Hidden.
        #[sensitive(email)]
        pub contact: String,
    }
);

fuzz_target!(|text: &str| {
    let event: &'static EventMeta = ProbeRunFailed::META;
    let level = level_of(event);
    let declared = Forms::of(event).types;
    let declared = table(declared.values().map(|named| (named.path.as_str(), named.form.as_str())));
    let (fields, table) = text.split_once('\0').unwrap_or((text, &declared));
    let revisions =
        [LockedRevision { level: &level, fields, groups: &[], types: Types { table, lock: 7 } }];
    let of = |mode| {
        let locked = Locked {
            event: "probe_run_failed",
            version: 1,
            event_type: "probe.run.failed",
            mode,
            aliases: &["probe_broke"],
            revisions: &revisions,
            accepted: &[],
            command: "cargo run --",
        };
        breaks(&locked, event)
    };
    let both = of(BACKWARD | FORWARD);
    for mode in [0, BACKWARD, FORWARD] {
        // The place may be another: an array that becomes a list of something else is a break of
        // its items backward, and of itself forward.
        let fewer = of(mode);
        assert!(
            fewer.is_empty() || !both.is_empty(),
            "{fewer:?} breaks, and nothing does when more readers count"
        );
    }
    // Each break is told once.
    for (at, found) in both.iter().enumerate() {
        let is_again =
            both[..at].iter().any(|known| known.rule == found.rule && known.path == found.path);
        assert!(!is_again, "{found:?} is told twice");
    }
});
