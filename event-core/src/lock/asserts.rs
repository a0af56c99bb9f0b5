//! What generated code asserts of an event that is published. Each is called at the token that it is about.

use super::event::{Locked, event_break, field_break, group_break};
use super::fields::Place;
use super::{BACKWARD, Break, FORWARD, LockRule, Now, forms};
use crate::catalog::PartMeta;
use crate::check::text::Text;
use crate::meta::{EventMeta, GroupMeta, Member};
use crate::shape::Shape;
use event_grammar::fingerprint::version;
use event_grammar::same;

/// What is asked of every part of a published version: one constant, which each assertion is given.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    /// Whether the fingerprint is the published one: then nothing need be compared.
    pub is_unchanged: bool,
    /// What was published.
    pub locked: Locked<'static>,
    /// What is declared.
    pub event: &'static EventMeta,
}

/// One of the event's own fields is still what it was: in each revision that is asked, the members that it reads.
///
/// # Panics
///
/// When it is not, while compiling.
#[track_caller]
pub const fn assert_field_kept(kept: &Kept, name: &str, revisions: &[&str]) {
    if kept.is_unchanged {
        return;
    }
    let Kept { locked, event, .. } = kept;
    let mut at = 0;
    while at < event.members.len() {
        if let Member::Field(field) = &event.members[at]
            && same(field.name, name)
        {
            let mut revision = 0;
            while revision < revisions.len() {
                if let Some(found) = field_break(locked, revisions[revision], field, Place::Payload) {
                    report(locked, event, &found);
                }
                revision += 1;
            }
        }
        at += 1;
    }
}

/// The fields of one of the event's groups are still what they were.
///
/// # Panics
///
/// When one is not, while compiling.
#[track_caller]
pub const fn assert_group_kept(kept: &Kept, group: &'static GroupMeta, place: Place) {
    if kept.is_unchanged {
        return;
    }
    if let Some(found) = group_break(&kept.locked, group, place) {
        report(&kept.locked, kept.event, &found);
    }
}

/// The event as a whole breaks in fewer than `nth + 1` ways: by its name, aliases and level, and by fields that are gone.
///
/// # Panics
///
/// For the `nth` way, while compiling.
#[track_caller]
pub const fn assert_event_kept(kept: &Kept, nth: usize) {
    if kept.is_unchanged {
        return;
    }
    let Kept { locked, event, .. } = kept;
    if let Some(found) = event_break(locked, event, nth) {
        report(locked, event, &found);
    }
}

/// A published version: its key, its name and its number. The key is what it is looked up by; a name would cost the interpreter a step for each byte.
pub type Published = (u64, &'static str, u32);

/// Which of `published`, which are sorted by key, no part declares.
pub const fn undeclared<const SIZE: usize>(parts: &[&'static PartMeta], published: &[Published; SIZE]) -> [bool; SIZE] {
    let mut missing = [true; SIZE];
    let mut part = 0;
    while part < parts.len() {
        let mut at = 0;
        while at < parts[part].events.len() {
            let event = parts[part].events[at];
            if let Some(place) = find(published, version(event.name.snake, event.version)) {
                missing[place] = false;
            }
            at += 1;
        }
        part += 1;
    }
    missing
}

/// Binary search: a catalog may have thousands.
const fn find(published: &[Published], key: u64) -> Option<usize> {
    let (mut low, mut high) = (0, published.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let found = published[middle].0;
        if found == key {
            return Some(middle);
        }
        if found < key {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    None
}

/// Fewer than `nth + 1` published versions are not declared.
///
/// # Panics
///
/// For the `nth` one, while compiling.
#[track_caller]
pub const fn assert_published(missing: &[bool], published: &[Published], nth: usize, command: &str) {
    let (mut seen, mut at) = (0, 0);
    while at < missing.len() {
        if missing[at] {
            if seen == nth {
                let (_, event, version) = published[at];
                let rule = LockRule::VersionDeleted.text();
                let text = heading(event, version, LockRule::VersionDeleted).and(" and ").and(rule.what);
                let text = text.and("\nhelp: ").and(rule.help);
                let text = text
                    .and("\nhelp: to retire it: `EVENTS_LOCK=off ")
                    .and(command)
                    .and(" lock --retire ")
                    .and(event)
                    .and("@");
                panic!("{}", text.and_number(version).and("`").as_str());
            }
            seen += 1;
        }
        at += 1;
    }
}

const fn heading(event: &str, version: u32, rule: LockRule) -> Text {
    let text = Text::new().and("[").and(rule.code()).and("] `").and(event).and("` v").and_number(version);
    text.and(" is published")
}

#[track_caller]
const fn report(locked: &Locked<'_>, event: &'static EventMeta, found: &Break<'_>) -> ! {
    let rule = found.rule.text();
    let mut text = heading(locked.event, locked.version, found.rule);
    text = match found.path.part(0) {
        Some(_) => path(text.and(", and `"), found, "'").and("` "),
        None => text.and(", and "),
    };
    text = match (found.rule, found.old) {
        (LockRule::AliasDropped, alias) if !alias.is_empty() => {
            text.and("is not read under `").and(alias).and("` any more")
        }
        _ if is_null_of_a_float(found) => text.and(rule.what),
        _ => values(text.and(rule.what), found),
    };
    text = match found.breaks {
        BACKWARD => text.and("\nnew readers refuse what was written as v").and_number(locked.version),
        FORWARD => text.and("\nreaders of v").and_number(locked.version).and(" refuse what is written now"),
        0 => text,
        _ => {
            let text = text.and("\nreaders of v").and_number(locked.version);
            text.and(" and new ones do not understand each other")
        }
    };
    if is_null_of_a_float(found) && found.breaks == FORWARD {
        text = text.and("\nhelp: a float that is not finite is written as `null`: mark it `#[field(finite)]`");
    } else if !rule.help.is_empty() {
        text = text.and("\nhelp: ").and(rule.help);
    }
    text = text.and("\nhelp: undo the change");
    text = if event.latest {
        let text = text.and(", or declare v").and_number(locked.version + 1).and(" and keep this one as `");
        text.and(event.type_name).and("V").and_number(locked.version).and("`")
    } else {
        text.and(": it is kept so that what is stored stays readable")
    };
    text = text.and("\nhelp: to accept it: `EVENTS_LOCK=off ").and(locked.command).and(" accept ").and(locked.event);
    text = text.and("@").and_number(locked.version).and(" ").and(rule.id);
    if found.path.part(0).is_some() {
        // Quotes: a shell reads `[]` as a pattern. One in the path ends them, stands for itself, and begins them again.
        text = path(text.and(" '"), found, "'\\''").and("'");
    }
    let text = text.and(" --reason '..' --until YYYY-MM-DD`");
    panic!("{}", text.as_str())
}

/// Whether it is about the `null` of a float that is not an `Option`, which no form shows.
const fn is_null_of_a_float(found: &Break<'_>) -> bool {
    matches!(found.rule, LockRule::FieldMadeOptional | LockRule::FieldMadeRequired)
        && match found.new {
            Now::Shape(shape) => matches!(forms::bare(shape), (Shape::Float, false)),
            _ => false,
        }
}

/// The path to what changed; `quote` is how a `'` in it is written.
const fn path(mut text: Text, found: &Break<'_>, quote: &str) -> Text {
    let mut nth = 0;
    while let Some((point, step)) = found.path.part(nth) {
        text = text.and(point);
        let bytes = step.as_bytes();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            if bytes[at] == b'\'' {
                text = text.and(step.split_at(at).0.split_at(from).1).and(quote);
                from = at + 1;
            }
            at += 1;
        }
        text = text.and(step.split_at(from).1);
        nth += 1;
    }
    text
}

/// The form that it had, and the one that it has.
const fn values(text: Text, found: &Break<'_>) -> Text {
    let text = match (found.old.is_empty(), found.new) {
        (true, Now::Gone) => return text,
        (true, _) if matches!(found.rule, LockRule::VariantAdded) => return text,
        (true, _) => text.and(": `"),
        (false, Now::Gone) => return short(text.and(": it was `"), found.old).and("`"),
        (false, _) => short(text.and(": `"), found.old).and("` → `"),
    };
    let text = match found.new {
        Now::Shape(shape) => form(text, shape),
        Now::Word(word) => text.and(word),
        Now::Gone => text,
    };
    text.and("`")
}

/// A shape as a form, a type with fields or variants by its name.
const fn form(text: Text, shape: &'static Shape) -> Text {
    let (bare, is_optional) = forms::bare(shape);
    let text = match bare {
        Shape::List(item) => form(text.and("["), item).and("]"),
        Shape::Map(value) => form(text.and("map("), value).and(")"),
        Shape::Array { item, len } => {
            let text = form(text.and("["), item).and(";");
            #[expect(clippy::cast_possible_truncation, reason = "an array of a serialised event is short")]
            text.and_number(*len as u32).and("]")
        }
        Shape::Tuple(items) => {
            let (mut text, mut at) = (text.and("("), 0);
            while at < items.len() {
                text = form(if at == 0 { text } else { text.and(",") }, items[at]);
                at += 1;
            }
            text.and(")")
        }
        other => text.and(forms::words(other)),
    };
    if is_optional { text.and("?") } else { text }
}

/// A form, cut where it would fill the screen.
const fn short(text: Text, form: &str) -> Text {
    const SHOWN: usize = 60;
    if form.len() <= SHOWN {
        return text.and(form);
    }
    let mut end = SHOWN;
    while !form.is_char_boundary(end) {
        end -= 1;
    }
    text.and(form.split_at(end).0).and("…")
}
