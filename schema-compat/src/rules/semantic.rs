//! The semantic rules, and the notes.

use super::definition::{REFUSED, Rule, rule_of};

/// The rules of [`Rules::Semantic`](crate::Rules::Semantic), and the notes of every rule set. The
/// wire rules come in pairs: one for new readers, one for old readers.
pub const RULES: &[Rule] = &[
    rule_of!(
        Wire,
        Error,
        "type-narrowed",
        "the new schema no longer accepts a type that old writers wrote",
        "Keep reading the old type beside the new one: `{\"type\": [\"string\", \"null\"]}`. To change the type, add a field with another name."
    ),
    rule_of!(
        Wire,
        Error,
        "type-widened",
        "new writers write a type that old readers do not accept",
        "Write the old type until every reader knows the new one, or write the new type in a field with another name."
    ),
    rule_of!(
        Wire,
        Error,
        "value-removed",
        "the new schema no longer lists a value that old writers wrote",
        "Keep the value in the read contract, and stop writing it. An extra value breaks no reader."
    ),
    rule_of!(
        Wire,
        Error,
        "value-added",
        "new writers write a value that old readers do not list",
        "First let readers accept unknown values (`#[serde(other)]`, or `{\"type\": \"string\"}` in place of the list). Then write the new value."
    ),
    rule_of!(
        Wire,
        Error,
        "minimum-raised",
        "old writers wrote numbers below the new minimum",
        "Read down to the old minimum, and enforce the new minimum in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "minimum-lowered",
        "new writers write numbers below the minimum of old readers",
        "Let readers read the lower numbers first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "maximum-lowered",
        "old writers wrote numbers above the new maximum",
        "Read up to the old maximum, and enforce the new maximum in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "maximum-raised",
        "new writers write numbers above the maximum of old readers",
        "Let readers read the higher numbers first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "multiple-narrowed",
        "old writers wrote numbers that are not multiples of the new step",
        "Read every multiple of the old step, and round in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "multiple-widened",
        "new writers write numbers that are not multiples of the step of old readers",
        "Let readers read the finer step first, and write it one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "number-format-narrowed",
        "old writers wrote numbers outside the range of the new format",
        "Keep the wider format in the read contract: a `u64` reads every `u32`."
    ),
    rule_of!(
        Wire,
        Error,
        "number-format-widened",
        "new writers write numbers outside the range of the format of old readers",
        "Let readers read the wider format first, or write the larger numbers in a field with another name."
    ),
    rule_of!(
        Wire,
        Error,
        "min-length-raised",
        "old writers wrote texts that are shorter than the new minimum length",
        "Read the shorter texts, and enforce the new length in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "min-length-lowered",
        "new writers write texts that are shorter than the minimum length of old readers",
        "Let readers read the shorter texts first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-length-lowered",
        "old writers wrote texts that are longer than the new maximum length",
        "Read the longer texts, and enforce the new length in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "max-length-raised",
        "new writers write texts that are longer than the maximum length of old readers",
        "Let readers read the longer texts first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "pattern-narrowed",
        "old writers wrote texts that do not match the new pattern",
        "Read the old pattern, and enforce the new pattern in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "pattern-widened",
        "new writers write texts that do not match the pattern of old readers",
        "Let readers accept the wider pattern first, and write such texts one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "format-narrowed",
        "old writers wrote texts that do not have the new format",
        "Keep reading any text, and parse it where you use it; or add a field with the new format: keep `id`, and add `id_uuid`."
    ),
    rule_of!(
        Wire,
        Error,
        "format-widened",
        "new writers write texts that do not have the format of old readers",
        "Write texts with the old format until every reader accepts any text, or write other texts in a field with another name."
    ),
    rule_of!(
        Wire,
        Error,
        "property-made-required",
        "the new schema requires a property that old writers could leave out",
        "Keep the property optional for readers, with a default: `#[serde(default)]`."
    ),
    rule_of!(
        Wire,
        Error,
        "property-made-optional",
        "new writers may leave out a property that old readers require",
        "Always write the property, with `null` or a default if needed, until no reader requires it."
    ),
    rule_of!(
        Wire,
        Error,
        "property-removed",
        "the new schema is closed and refuses a property that old writers wrote",
        "Let readers ignore unknown properties (no `deny_unknown_fields`, no `additionalProperties: false`), or keep the property and ignore it."
    ),
    rule_of!(
        Wire,
        Error,
        "property-added",
        "the schema of old readers is closed and refuses a property that new writers write",
        "Compare the write contract (closed) with the read contract (open): `check_contracts`. If old readers really are closed, open them first."
    ),
    rule_of!(
        Wire,
        Error,
        "property-names-narrowed",
        "the new schema refuses property names that old writers wrote",
        "Read the old names, and enforce the new rule in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "property-names-widened",
        "old readers refuse property names that new writers write",
        "Let readers read the new names first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "min-properties-raised",
        "old writers wrote objects with fewer properties than the new minimum",
        "Read objects with fewer properties, and enforce the new minimum in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "min-properties-lowered",
        "new writers write objects with fewer properties than the minimum of old readers",
        "Let readers read smaller objects first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-properties-lowered",
        "old writers wrote objects with more properties than the new maximum",
        "Read objects with more properties, and enforce the new maximum in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "max-properties-raised",
        "new writers write objects with more properties than the maximum of old readers",
        "Let readers read larger objects first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "dependency-added",
        "the new schema requires another property beside a property",
        "Keep the other property optional for readers, and let writers write both."
    ),
    rule_of!(
        Wire,
        Error,
        "dependency-removed",
        "old readers require another property beside a property",
        "Keep writing both properties until no reader requires the pair."
    ),
    rule_of!(
        Wire,
        Error,
        "min-items-raised",
        "old writers wrote lists that are shorter than the new minimum length",
        "Read shorter lists, and enforce the new length in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "min-items-lowered",
        "new writers write lists that are shorter than the minimum length of old readers",
        "Let readers read shorter lists first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-items-lowered",
        "old writers wrote lists that are longer than the new maximum length",
        "Read longer lists, and enforce the new length in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "max-items-raised",
        "new writers write lists that are longer than the maximum length of old readers",
        "Let readers read longer lists first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "items-made-unique",
        "the new schema refuses repeated items, which old writers could write",
        "Read lists with repeated items, and remove the repetitions in writers."
    ),
    rule_of!(
        Wire,
        Error,
        "items-made-repeatable",
        "new writers may write repeated items, which old readers refuse",
        "Keep writing every item once until readers accept repeated items."
    ),
    rule_of!(
        Wire,
        Error,
        "item-removed",
        "the new list is closed and refuses an item that old writers wrote",
        "Keep the item in the read contract, or write an object: a list cannot leave out an item, because items have no names."
    ),
    rule_of!(
        Wire,
        Error,
        "item-added",
        "the list of old readers is closed and refuses an item that new writers write",
        "Let readers ignore further items first, or write an object: you can add properties to it."
    ),
    rule_of!(
        Wire,
        Error,
        "contains-narrowed",
        "old writers wrote lists with too few or too many items that match the new `contains`",
        "Read lists without those items, and let writers write them."
    ),
    rule_of!(
        Wire,
        Error,
        "contains-widened",
        "new writers write lists with too few or too many items that match the `contains` of old readers",
        "Keep writing those items until no reader requires them."
    ),
    rule_of!(
        Wire,
        Error,
        "alternative-removed",
        "old writers wrote values that match no new alternative, or more than one of a `oneOf`",
        "Keep the alternative in the read contract, and stop writing it. In a `oneOf`, give each alternative a tag (`const`), so that a value matches only one."
    ),
    rule_of!(
        Wire,
        Error,
        "alternative-added",
        "new writers write values that match no alternative of old readers, or more than one of a `oneOf`",
        "First give readers an alternative for unknown values (`#[serde(other)]`), or push the new alternative as another event."
    ),
    rule_of!(
        Wire,
        Error,
        "exclusion-added",
        "the new schema excludes values that old writers wrote",
        "Read the excluded values, and stop writing them."
    ),
    rule_of!(
        Wire,
        Error,
        "exclusion-removed",
        "old readers exclude values that new writers write",
        "Let readers read these values first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "value-forbidden",
        "the new schema forbids a value that old writers wrote",
        "Leave the property out of the new schema instead of forbidding it: an open reader ignores it."
    ),
    rule_of!(
        Wire,
        Error,
        "value-allowed",
        "old readers forbid a value that new writers write",
        "Let old readers ignore the property first, or write it under another name."
    ),
    REFUSED,
    rule_of!(
        Wire,
        Warning,
        "dialect-not-named",
        "a schema names no dialect, and readers of another dialect refuse a payload",
        "Name the dialect of the readers: `\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"`."
    ),
    rule_of!(
        Source,
        Warning,
        "definition-removed",
        "a named definition was removed: types that are generated from it are renamed or removed",
        "Keep the name of the definition, so that the generated type keeps its name."
    ),
    rule_of!(
        Docs,
        Info,
        "title-changed",
        "the title changed",
        "Nothing: no reader sees it. A generator that names types after titles renames them."
    ),
    rule_of!(
        Docs,
        Info,
        "description-changed",
        "the description changed",
        "Nothing: it is written for people."
    ),
    rule_of!(
        Docs,
        Info,
        "default-changed",
        "the default changed, which does not change what a schema accepts",
        "Nothing for readers of JSON Schema, which do not fill in defaults. A reader that does fill them in reads another value for a missing property."
    ),
    rule_of!(
        Docs,
        Info,
        "examples-changed",
        "the examples changed",
        "Nothing: they are written for people."
    ),
    rule_of!(
        Docs,
        Info,
        "deprecation-changed",
        "the deprecation changed",
        "Say in the description what to use instead, and until when."
    ),
];
