//! The layout of a record: one line, and the values that do not fit into it below.

use super::colour::Palette;
use super::value;
use crate::record::Record;
use crate::record::members::{MemberPlace, TypedMember, TypedValue};

/// The width of the longest level.
const LEVEL: usize = "critical".len();
/// The width of the names that are aligned. A longer name moves its members to the right.
const NAME: usize = 32;
/// The number of characters from which a value gets a line of its own.
const LONG: usize = 80;

/// The text of a record, with its last line break.
pub(super) fn text(record: &Record<'_>, palette: &Palette) -> String {
    let mut layout = Layout { out: String::with_capacity(256), below: String::new(), palette };
    layout.head(record);
    let entity = layout.entity(record);
    let is_own = |member: &TypedMember<'_>| member.place() == MemberPlace::Payload;
    // The entity is written already.
    let is_new = |member: &TypedMember<'_>| !entity.contains(&Some(member.json().as_ptr()));
    let members = record.members().filter(is_new);
    for member in members.clone().filter(is_own) {
        layout.member(member, palette.key);
    }
    for member in members.filter(|member| !is_own(member)) {
        layout.member(member, palette.dim);
    }
    layout.out.truncate(layout.out.trim_end_matches(' ').len());
    layout.out.push('\n');
    layout.out.push_str(&layout.below);
    layout.out
}

struct Layout<'p> {
    out: String,
    /// The lines below the first line.
    below: String,
    palette: &'p Palette,
}

impl Layout<'_> {
    /// Writes the time, the level and the name.
    fn head(&mut self, record: &Record<'_>) {
        let time = record.occurred_at().to_string();
        // Only the time of day with milliseconds: who reads along knows the date.
        let of_day = time.get("2026-11-21T".len().."2026-11-21T14:03:07.123".len());
        self.coloured(self.palette.dim, of_day.unwrap_or(&time));
        self.out.push_str("  ");
        let level = record.level();
        self.coloured(self.palette.level(level), &format!("{:LEVEL$}", level.as_str()));
        self.out.push_str("  ");
        let name = record.meta().name.snake;
        self.coloured(self.palette.name, name);
        let missing = NAME.saturating_sub(name.len());
        self.out.extend(std::iter::repeat_n(' ', missing));
    }

    /// Writes the entity: `order:ord_1`, with the version `order:ord_1@3`. Returns where its values
    /// are in the record.
    fn entity(&mut self, record: &Record<'_>) -> [Option<*const u8>; 2] {
        let Some(entity) = record.entity() else { return [None, None] };
        let value = |json: &str| {
            let is_it = |member: &TypedMember<'_>| member.json().as_ptr() == json.as_ptr();
            let mut text = String::new();
            record
                .members()
                .find(is_it)
                .into_iter()
                .for_each(|m| value::write(m.value(), &mut text));
            text
        };
        let mut text = format!("{}:{}", entity.kind, value(entity.id));
        if let Some(version) = entity.version {
            text.push('@');
            text.push_str(&value(version));
        }
        self.out.push(' ');
        self.coloured(self.palette.entity, &text);
        [Some(entity.id.as_ptr()), entity.version.map(str::as_ptr)]
    }

    fn member(&mut self, member: TypedMember<'_>, colour: &'static str) {
        let mut key = String::new();
        value::word(&member.key(), &mut key);
        let value = member.value();
        if let TypedValue::Text(text) = &value
            && text.trim_end_matches('\n').contains('\n')
        {
            return self.block(&key, colour, text);
        }
        let mut text = String::new();
        value::write(value, &mut text);
        if text.chars().nth(LONG).is_some() {
            return self.block(&key, colour, &text);
        }
        self.out.push(' ');
        key.push('=');
        self.coloured(colour, &key);
        self.out.push_str(&text);
    }

    /// Writes a long value or a text of several lines below the line. Each line of the text has a
    /// mark in front, so that no text can pass for a record.
    fn block(&mut self, key: &str, colour: &'static str, text: &str) {
        let Palette { dim, end, .. } = *self.palette;
        self.below.extend(["    ", colour, key, "=", end, "\n"]);
        for line in text.lines() {
            self.below.extend(["      ", dim, "|", end, " "]);
            // The tabs of a stack trace are what a person expects to see as space.
            value::harmless(&line.replace('\t', "    "), &mut self.below);
            self.below.push('\n');
        }
    }

    fn coloured(&mut self, colour: &'static str, text: &str) {
        self.out.extend([colour, text, self.palette.end]);
    }
}
