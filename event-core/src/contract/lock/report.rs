//! The message about a break: the locked version, the change, who breaks, what to write, how to
//! accept.

use super::event::Locked;
use super::types::{Declared, LockedForm, Piece};
use super::{BACKWARD, Break, FORWARD, LockRule, Now, forms};
use crate::contract::check::text::Text;
use crate::model::meta::EventMeta;
use crate::model::shape::Shape;
use event_grammar::form;
use event_grammar::same;

const fn heading(event: &str, version: u32, rule: LockRule) -> Text {
    let text =
        Text::new().and("[").and(rule.code()).and("] `").and(event).and("` v").and_number(version);
    text.and(" is locked")
}

/// Reports a locked version that no block declares.
#[track_caller]
pub(super) const fn undeclared_version(event: &str, version: u32, command: &str) -> ! {
    let rule = LockRule::VersionDeleted.text();
    let text = heading(event, version, LockRule::VersionDeleted).and(" and ").and(rule.what);
    let text = text.and("\nhelp: ").and(rule.help).and("\nhelp: to retire it: `EVENTS_LOCK=off ");
    let text =
        text.and(command).and(" lock --retire ").and(event).and("@").and_number(version).and("`");
    panic!("{}", text.as_str())
}

/// Reports a break of an event.
#[track_caller]
pub(super) const fn report(locked: &Locked<'_>, event: &'static EventMeta, found: &Break<'_>) -> ! {
    let mut text = heading(locked.event, locked.version, found.rule);
    text = what(text, found, 0);
    text = match found.breaks {
        BACKWARD => text.and("\nnew readers refuse records of v").and_number(locked.version),
        FORWARD => text.and("\nreaders of v").and_number(locked.version).and(" refuse new records"),
        0 => text,
        _ => {
            let text = text.and("\nreaders of v").and_number(locked.version);
            text.and(" refuse new records, and new readers refuse old ones")
        }
    };
    text = help(text, found).and("\nhelp: undo the change");
    text = if event.latest {
        let text = text
            .and(", or declare v")
            .and_number(locked.version + 1)
            .and(" and keep this one as `");
        text.and(event.type_name).and("V").and_number(locked.version).and("`")
    } else {
        text.and(": this version is kept so that stored records stay readable")
    };
    text = text
        .and("\nhelp: to accept it: `EVENTS_LOCK=off ")
        .and(locked.command)
        .and(" accept ")
        .and(locked.event);
    text = text.and("@").and_number(locked.version).and(" ");
    let text = acceptance(text, found, 0);
    panic!("{}", text.as_str())
}

/// The maximum number of versions that a message names. It gives only the number of the others.
const NAMED: u32 = 5;

/// Reports a break of a named type. The break is reported only here, so the message lists the
/// locked versions that break.
#[track_caller]
pub(super) const fn report_type(
    forms: &[LockedForm<'_>],
    declared: Declared,
    part: Piece<'_>,
    found: &Break<'_>,
    command: &str,
) -> ! {
    let ty = match found.path.part(0) {
        Some((_, path)) => path,
        None => "",
    };
    let text = Text::new().and("[").and(found.rule.code()).and("] `").and(ty).and("` is locked");
    let mut text = what(text, found, 1).and("\nit breaks ");
    let (mut count, mut form) = (0, 0);
    while form < forms.len() {
        let one = &forms[form];
        let mut user = 0;
        while user < one.users.len() && same(one.path, ty) {
            let users = &one.users[user];
            if one.is_broken_for(declared, part, users, found) {
                (text, count) = versions(
                    text,
                    count,
                    users.versions,
                    &Told { forms, form, user, declared, part, found },
                );
            }
            user += 1;
        }
        form += 1;
    }
    if count > NAMED {
        text = text.and(" and ").and_number(count - NAMED).and(" more");
    }
    text = match found.breaks {
        BACKWARD => text.and(": new readers refuse old records"),
        FORWARD => text.and(": old readers refuse new records"),
        0 => text,
        _ => text.and(": old readers refuse new records, and new readers refuse old ones"),
    };
    text = help(text, found).and(
        "\nhelp: undo the change, or keep the old type under another name for the locked versions",
    );
    text = text
        .and("\nhelp: to accept it for these versions: `EVENTS_LOCK=off ")
        .and(command)
        .and(" accept '")
        .and(ty)
        .and("' ");
    let text = acceptance(text, found, 1);
    panic!("{}", text.as_str())
}

/// The position in the list of versions: all earlier versions are in the message.
struct Told<'t> {
    forms: &'t [LockedForm<'t>],
    form: usize,
    user: usize,
    declared: Declared,
    part: Piece<'t>,
    found: &'t Break<'t>,
}

impl Told<'_> {
    /// Whether a version is already in the message. A version may have locked several forms of a
    /// type.
    const fn has(&self, version: &[u8]) -> bool {
        let mut form = 0;
        while form <= self.form {
            let one = &self.forms[form];
            let mut user = 0;
            while user < one.users.len() && (form < self.form || user < self.user) {
                let users = &one.users[user];
                if same(one.path, self.forms[self.form].path)
                    && has_word(users.versions.as_bytes(), version)
                    && one.is_broken_for(self.declared, self.part, users, self.found)
                {
                    return true;
                }
                user += 1;
            }
            form += 1;
        }
        false
    }
}

/// Whether a list of words contains a word.
const fn has_word(list: &[u8], word: &[u8]) -> bool {
    let mut from = 0;
    while from < list.len() {
        let to = word_end(list, from);
        if form::equal(form::part(list, from, to), word) {
            return true;
        }
        from = to + 1;
    }
    false
}

const fn word_end(list: &[u8], from: usize) -> usize {
    let mut to = from;
    while to < list.len() && list[to] != b' ' {
        to += 1;
    }
    to
}

/// Names the first versions of a list, and counts all of them.
const fn versions(mut text: Text, mut count: u32, list: &str, told: &Told<'_>) -> (Text, u32) {
    let list = list.as_bytes();
    let mut from = 0;
    while from < list.len() {
        let to = word_end(list, from);
        let version = form::part(list, from, to);
        if !told.has(version) {
            if count < NAMED {
                text = text.and(if count == 0 { "`" } else { ", `" });
                if let Ok(version) = str::from_utf8(version) {
                    text = text.and(version).and("`");
                }
            }
            count += 1;
        }
        from = to + 1;
    }
    (text, count)
}

/// Appends the change and its path. The path begins at step `from`.
const fn what(text: Text, found: &Break<'_>, from: usize) -> Text {
    let rule = found.rule.text();
    let text = match found.path.part(from) {
        Some(_) => path(text.and(", and `"), found, from, "'").and("` "),
        None => text.and(", and "),
    };
    match (found.rule, found.old) {
        (LockRule::AliasDropped, alias) if !alias.is_empty() => {
            text.and("is not read under `").and(alias).and("` any more")
        }
        _ if is_null_of_a_float(found) => text.and(rule.what),
        _ => values(text.and(rule.what), found),
    }
}

/// Appends the help texts of the rule.
const fn help(text: Text, found: &Break<'_>) -> Text {
    let rule = found.rule.text();
    if is_null_of_a_float(found) && found.breaks == FORWARD {
        text.and(
            "\nhelp: a float that is not finite is written as `null`: mark it `#[field(finite)]`",
        )
    } else if rule.help.is_empty() {
        text
    } else {
        text.and("\nhelp: ").and(rule.help)
    }
}

/// Appends the end of the command that accepts the break: the rule, the path from step `from`, and
/// the options.
const fn acceptance(text: Text, found: &Break<'_>, from: usize) -> Text {
    let mut text = text.and(found.rule.id());
    if found.path.part(from).is_some() {
        // The quotes are necessary, because a shell reads `[]` as a pattern. A quote in the path
        // ends the quoted text, is escaped, and begins the quoted text again.
        text = path(text.and(" '"), found, from, "'\\''").and("'");
    }
    text.and(" --reason '..' --until YYYY-MM-DD`")
}

/// Whether the break is about the `null` of a float that is not an `Option`. No form shows this
/// `null`.
const fn is_null_of_a_float(found: &Break<'_>) -> bool {
    matches!(found.rule, LockRule::FieldMadeOptional | LockRule::FieldMadeRequired)
        && match found.new {
            Now::Shape(shape) => matches!(forms::bare(shape), (Shape::Float, false)),
            _ => false,
        }
}

/// Appends the path from step `from`. `quote` replaces each `'` in the path.
const fn path(mut text: Text, found: &Break<'_>, from: usize, quote: &str) -> Text {
    let mut nth = from;
    while let Some((point, step)) = found.path.part(nth) {
        text = text.and(if nth == from { "" } else { point });
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

/// Appends the locked form and the current form.
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

/// Appends a shape as a form. A struct or an enum is its name.
const fn form(text: Text, shape: &'static Shape) -> Text {
    let (bare, is_optional) = forms::bare(shape);
    let text = match bare {
        Shape::List(item) => form(text.and("["), item).and("]"),
        Shape::Map(value) => form(text.and("map("), value).and(")"),
        Shape::Array { item, len } => {
            let text = form(text.and("["), item).and(";");
            #[expect(
                clippy::cast_possible_truncation,
                reason = "an array of a serialised event is short"
            )]
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
    match (is_optional, shape.is_presence()) {
        (_, true) => text.and("??"),
        (true, false) => text.and("?"),
        (false, false) => text,
    }
}

/// Appends a form. A long form is cut.
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
