//! The comparison of an arbitrary form, as a lock may have it, with an event of every kind of shape, in every mode.
#![no_main]

use event_core::lock::{BACKWARD, Break, FORWARD, Locked, LockedRevision, accepted_breaks, breaks, level_of};
use event_core::meta::EventMeta;
use event_core::{Event, EventValue, Str, events};
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

fn rules_and_paths(found: Vec<Break<'_>>) -> Vec<(&'static str, String)> {
    found.into_iter().map(|found| (found.rule.id(), found.path.to_string())).collect()
}

fuzz_target!(|fields: &str| {
    let event: &'static EventMeta = ProbeRunFailed::META;
    let level = level_of(event);
    let revisions = [LockedRevision { level: &level, fields }];
    let locked = |mode, accepted| Locked {
        event: "probe_run_failed",
        version: 1,
        event_type: "probe.run.failed",
        mode,
        fingerprint: 0,
        aliases: &["probe_broke"],
        revisions: &revisions,
        accepted,
        command: "cargo run --",
    };
    let of = |mode| rules_and_paths(breaks(&locked(mode, &[]), event));
    let both = of(BACKWARD | FORWARD);
    for mode in [0, BACKWARD, FORWARD] {
        // The place may be another: an array that becomes a list of something else is a break of its items backward, and of itself forward.
        let fewer = of(mode);
        assert!(fewer.is_empty() || !both.is_empty(), "{fewer:?} breaks, and nothing does when more readers count");
    }
    // What is accepted does not break, and is what was accepted.
    let accepted: Vec<(&str, &str)> = both.iter().map(|(rule, path)| (*rule, path.as_str())).collect();
    let accepted = locked(BACKWARD | FORWARD, &accepted);
    assert_eq!(rules_and_paths(breaks(&accepted, event)), []);
    assert_eq!(rules_and_paths(accepted_breaks(&accepted, event)), both);
});
