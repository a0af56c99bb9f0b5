//! A number for what a declaration says of a field: the part of a form's fingerprint that a macro can work out, so that a constant need not.

use crate::hash;

/// What a declaration says of a field, beside its type.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word of a declaration, said or not said")]
pub struct FieldWords<'a> {
    /// Its key.
    pub name: &'a str,
    /// What it is to the event: `entity`; empty for data.
    pub role: &'a str,
    /// What kind of it: `order`.
    pub argument: &'a str,
    /// The unit, or nothing.
    pub unit: &'a str,
    /// The mask, or nothing.
    pub mask: &'a str,
    /// Keys that are read as it.
    pub aliases: &'a [&'a str],
    /// Whether a missing field is read as the default.
    pub default: bool,
    /// Whether a `None` is left out.
    pub skip_none: bool,
    /// Whether it is refused where it is not finite.
    pub finite: bool,
}

/// Joins two numbers; their order counts.
pub const fn mix(a: u64, b: u64) -> u64 {
    (a.rotate_left(23) ^ b).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (a >> 31)
}

/// Of names, whatever their order.
pub const fn names(names: &[&str]) -> u64 {
    let (mut sum, mut at) = (0_u64, 0);
    while at < names.len() {
        sum = sum.wrapping_add(hash(names[at]));
        at += 1;
    }
    sum
}

/// Of what is said of a field.
pub const fn field(words: &FieldWords<'_>) -> u64 {
    let flags = words.default as u64 | (words.skip_none as u64) << 1 | (words.finite as u64) << 2;
    let said = mix(mix(mix(hash(words.role), hash(words.argument)), hash(words.unit)), hash(words.mask));
    mix(mix(hash(words.name), said), mix(names(words.aliases), flags))
}

/// Of a version of an event: what it is looked up by while compiling.
pub const fn version(event: &str, version: u32) -> u64 {
    mix(hash(event), version as u64)
}

/// Of an event, beside its fields: its name on the wire, the names that are read as it, and a bit for each level that it can have.
pub const fn event(event_type: &str, aliases: &[&str], levels: u8) -> u64 {
    mix(mix(hash(event_type), names(aliases)), levels as u64)
}
