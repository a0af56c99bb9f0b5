//! An event as it was locked and as it is, of fields that a test has made.

use event_core::lock::{BACKWARD, FORWARD, Forms, Locked, LockedRevision, Types, breaks, level_of};
use event_core::meta::{EventMeta, FieldMeta, GroupMeta, Member};
use event_core::{Event, events};
use event_grammar::form::{push_name, table};

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
    event_of(fields.into_iter().map(Member::Field).collect(), Vec::new(), Vec::new())
}

/// The event with these members, groups of context and groups of wide events.
pub(crate) fn event_of(
    members: Vec<Member>,
    context: Vec<&'static GroupMeta>,
    wide: Vec<&'static GroupMeta>,
) -> &'static EventMeta {
    let (members, context, wide) = (members.leak(), context.leak(), wide.leak());
    Box::leak(Box::new(ProbeRunFailed::META.clone().members(members).context(context).wide(wide)))
}

/// The forms of its own fields, as one text.
pub(crate) fn members(event: &EventMeta) -> String {
    joined(&Forms::of(event))
}

fn joined(forms: &Forms) -> String {
    let mut text = String::new();
    for (name, form) in &forms.fields {
        if !text.is_empty() {
            text.push(',');
        }
        push_name(&mut text, name);
        text.push(':');
        text.push_str(form);
    }
    text
}

/// What breaks where only fields are locked: the rules and the paths.
pub(crate) fn broken(
    fields: &str,
    new: &'static EventMeta,
    mode: u8,
) -> Vec<(&'static str, String)> {
    broken_in(fields, &Forms::default(), new, mode)
}

/// What breaks where `old` is locked.
pub(crate) fn broken_since(
    old: &'static EventMeta,
    new: &'static EventMeta,
    mode: u8,
) -> Vec<(&'static str, String)> {
    let forms = Forms::of(old);
    broken_in(&joined(&forms), &forms, new, mode)
}

/// The same, with these fields in place of its own.
pub(crate) fn broken_in(
    fields: &str,
    forms: &Forms,
    new: &'static EventMeta,
    mode: u8,
) -> Vec<(&'static str, String)> {
    let level = level_of(ProbeRunFailed::META);
    let groups: Vec<_> = forms.groups.iter().map(|(path, place)| (path.as_str(), *place)).collect();
    let types = table(forms.types.values().map(|named| (named.path.as_str(), named.form.as_str())));
    let types = Types { table: &types, lock: 7 };
    let revisions = [LockedRevision { level: &level, fields, groups: &groups, types }];
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
    breaks(&locked, new).into_iter().map(|found| (found.rule.id(), found.path)).collect()
}
