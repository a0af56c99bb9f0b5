//! An event as it was published and as it is, of fields that a test has made.

use event_core::lock::{BACKWARD, FORWARD, Locked, LockedRevision, Path, breaks, fields_of, level_of};
use event_core::meta::{EventMeta, FieldMeta, Member};
use event_core::{Event, events};

events!(
    #[domain]
    pub(crate) enum Probe {
        Run,
    }

    #[event(error, alias("probe_broke"))]
    pub(crate) struct ProbeRunFailed;
);

pub(crate) const MODES: [u8; 4] = [0, BACKWARD, FORWARD, BACKWARD | FORWARD];

/// The event with these fields.
pub(crate) fn event(fields: Vec<FieldMeta>) -> &'static EventMeta {
    let members: Vec<Member> = fields.into_iter().map(Member::Field).collect();
    Box::leak(Box::new(EventMeta { members: Box::leak(members.into_boxed_slice()), ..*ProbeRunFailed::META }))
}

/// The forms of its fields, as one text.
pub(crate) fn members(event: &EventMeta) -> String {
    let mut text = String::new();
    for (name, form) in fields_of(event) {
        if !text.is_empty() {
            text.push(',');
        }
        event_grammar::lock::push_name(&mut text, &name);
        text.push(':');
        text.push_str(&form);
    }
    text
}

/// What breaks: the rules and the paths.
pub(crate) fn broken(fields: &str, new: &'static EventMeta, mode: u8) -> Vec<(&'static str, String)> {
    let level = level_of(ProbeRunFailed::META);
    let revisions = [LockedRevision { level: &level, fields }];
    let locked = Locked {
        event: "probe_run_failed",
        version: 1,
        event_type: "probe.run.failed",
        mode,
        fingerprint: 0,
        aliases: &["probe_broke"],
        revisions: &revisions,
        accepted: &[],
        command: "cargo run --",
    };
    let path = |path: Path<'_>| path.to_string();
    breaks(&locked, new).into_iter().map(|found| (found.rule.id(), path(found.path))).collect()
}
