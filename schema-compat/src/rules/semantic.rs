//! The rules of meaning, and the notes.

use super::definition::{REFUSED, Rule, rule_of};

/// Every rule of [`Rules::Semantic`](crate::Rules::Semantic), and the notes that every set makes.
/// Those about the wire come in pairs: what new and what old readers refuse.
pub const RULES: &[Rule] = &[
    rule_of!(
        Wire,
        Error,
        "type-narrowed",
        "values of a type that was written are no longer read",
        "Keep reading the old types beside the new one: `{\"type\": [\"string\", \"null\"]}`. A field of another type is a field of another name."
    ),
    rule_of!(
        Wire,
        Error,
        "type-widened",
        "values of a type that was not written before are written to old readers",
        "Write the old type until every reader knows the new one, or write the new type in a field of another name."
    ),
    rule_of!(
        Wire,
        Error,
        "value-removed",
        "a listed value that was written is no longer read",
        "Keep the value in what is read, and stop writing it: a reader that knows one value more harms nobody."
    ),
    rule_of!(
        Wire,
        Error,
        "value-added",
        "a value that is written is in no list of old readers",
        "Give readers a place for values they do not know first (`#[serde(other)]`, or `{\"type\": \"string\"}` in place of the list), then write the new one."
    ),
    rule_of!(
        Wire,
        Error,
        "minimum-raised",
        "numbers that were written are below the new minimum",
        "Read from the old minimum on, and hold writers to the new one."
    ),
    rule_of!(
        Wire,
        Error,
        "minimum-lowered",
        "numbers that are written are below the minimum of old readers",
        "Let readers read the lower numbers first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "maximum-lowered",
        "numbers that were written are above the new maximum",
        "Read up to the old maximum, and hold writers to the new one."
    ),
    rule_of!(
        Wire,
        Error,
        "maximum-raised",
        "numbers that are written are above the maximum of old readers",
        "Let readers read the higher numbers first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "multiple-narrowed",
        "numbers that were written are no multiples of the new step",
        "Read every multiple of the old step, and round where numbers are written."
    ),
    rule_of!(
        Wire,
        Error,
        "multiple-widened",
        "numbers that are written are no multiples of the step of old readers",
        "Let readers read the finer step first, and write it one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "number-format-narrowed",
        "numbers that were written are out of the range of the new format",
        "Keep the wider format in what is read: a `u64` reads every `u32`."
    ),
    rule_of!(
        Wire,
        Error,
        "number-format-widened",
        "numbers that are written are out of the range of the format of old readers",
        "Let readers read the wider format first, or write the larger numbers in a field of another name."
    ),
    rule_of!(
        Wire,
        Error,
        "min-length-raised",
        "texts that were written are shorter than is read",
        "Read the shorter texts, and hold writers to the new length."
    ),
    rule_of!(
        Wire,
        Error,
        "min-length-lowered",
        "texts that are written are shorter than old readers read",
        "Let readers read the shorter texts first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-length-lowered",
        "texts that were written are longer than is read",
        "Read the longer texts, and hold writers to the new length."
    ),
    rule_of!(
        Wire,
        Error,
        "max-length-raised",
        "texts that are written are longer than old readers read",
        "Let readers read the longer texts first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "pattern-narrowed",
        "texts that were written do not match the new pattern",
        "Read the old pattern, and hold writers to the new one."
    ),
    rule_of!(
        Wire,
        Error,
        "pattern-widened",
        "texts that are written do not match the pattern of old readers",
        "Let readers read the wider pattern first, and write by it one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "format-narrowed",
        "texts that were written are not of the new format",
        "Keep reading any text, and parse it where it is used; or add a field of the new format: `id` stays, `id_uuid` comes."
    ),
    rule_of!(
        Wire,
        Error,
        "format-widened",
        "texts that are written are not of the format of old readers",
        "Write texts of the old format until every reader takes any, or write others in a field of another name."
    ),
    rule_of!(
        Wire,
        Error,
        "property-made-required",
        "a property that could be missing has to be there",
        "Leave it optional for readers, with a default: `#[serde(default)]`."
    ),
    rule_of!(
        Wire,
        Error,
        "property-made-optional",
        "a property that old readers need may be missing",
        "Write it always, `null` or a default included, until no reader needs it."
    ),
    rule_of!(
        Wire,
        Error,
        "property-removed",
        "a property that was written is refused: the new schema is closed",
        "Let readers read over what they do not know (no `deny_unknown_fields`, no `additionalProperties: false`), or keep the property and ignore it."
    ),
    rule_of!(
        Wire,
        Error,
        "property-added",
        "a property that is written is refused: the schema of old readers is closed",
        "Compare what is written (closed) with what is read (open): `check_contracts`. If old readers really are closed, open them first."
    ),
    rule_of!(
        Wire,
        Error,
        "property-names-narrowed",
        "names of properties that were written are refused",
        "Read the old names, and hold writers to the new rule."
    ),
    rule_of!(
        Wire,
        Error,
        "property-names-widened",
        "names of properties that are written are refused by old readers",
        "Let readers read the new names first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "min-properties-raised",
        "objects that were written have fewer properties than is read",
        "Read objects with fewer properties, and hold writers to the new number."
    ),
    rule_of!(
        Wire,
        Error,
        "min-properties-lowered",
        "objects that are written have fewer properties than old readers read",
        "Let readers read smaller objects first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-properties-lowered",
        "objects that were written have more properties than is read",
        "Read objects with more properties, and hold writers to the new number."
    ),
    rule_of!(
        Wire,
        Error,
        "max-properties-raised",
        "objects that are written have more properties than old readers read",
        "Let readers read larger objects first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "dependency-added",
        "a property needs another one now",
        "Leave the other property optional for readers, and have writers write both."
    ),
    rule_of!(
        Wire,
        Error,
        "dependency-removed",
        "a property needs another one for old readers",
        "Go on writing both until no reader needs the one with the other."
    ),
    rule_of!(
        Wire,
        Error,
        "min-items-raised",
        "lists that were written are shorter than is read",
        "Read shorter lists, and hold writers to the new number."
    ),
    rule_of!(
        Wire,
        Error,
        "min-items-lowered",
        "lists that are written are shorter than old readers read",
        "Let readers read shorter lists first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "max-items-lowered",
        "lists that were written are longer than is read",
        "Read longer lists, and hold writers to the new number."
    ),
    rule_of!(
        Wire,
        Error,
        "max-items-raised",
        "lists that are written are longer than old readers read",
        "Let readers read longer lists first, and write them one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "items-made-unique",
        "lists that were written may hold an item twice",
        "Read lists with repetitions, and remove them where lists are written."
    ),
    rule_of!(
        Wire,
        Error,
        "items-made-repeatable",
        "lists that are written may hold an item twice, which old readers refuse",
        "Go on writing every item once until readers take repetitions."
    ),
    rule_of!(
        Wire,
        Error,
        "item-removed",
        "a place of a list that was written is refused: the new list is closed",
        "Keep the place in what is read, or write an object: places have no names, so none can be left out."
    ),
    rule_of!(
        Wire,
        Error,
        "item-added",
        "a place of a list that is written is refused: the list of old readers is closed",
        "Let readers read over further places first, or write an object: its properties can be added."
    ),
    rule_of!(
        Wire,
        Error,
        "contains-narrowed",
        "lists that were written hold too few or too many of certain items",
        "Read lists without those items, and have writers write them."
    ),
    rule_of!(
        Wire,
        Error,
        "contains-widened",
        "lists that are written hold too few or too many of certain items for old readers",
        "Go on writing those items until no reader looks for them."
    ),
    rule_of!(
        Wire,
        Error,
        "alternative-removed",
        "what was written fits none of the alternatives, or more than one where one is allowed",
        "Keep the alternative in what is read, and stop writing it. In a `oneOf`, tell the alternatives apart by a tag (`const`), so that one payload fits one."
    ),
    rule_of!(
        Wire,
        Error,
        "alternative-added",
        "what is written fits none of old readers' alternatives, or more than one where one is allowed",
        "Give readers an alternative for what they do not know first (`#[serde(other)]`), or push the new one as another event."
    ),
    rule_of!(
        Wire,
        Error,
        "exclusion-added",
        "what was written is excluded now",
        "Read what is excluded, and stop writing it."
    ),
    rule_of!(
        Wire,
        Error,
        "exclusion-removed",
        "what is written is excluded by old readers",
        "Let readers read it first, and write it one release later."
    ),
    rule_of!(
        Wire,
        Error,
        "value-forbidden",
        "what was written may not be there at all now",
        "Leave the property out of the new schema instead of forbidding it: an open reader reads over it."
    ),
    rule_of!(
        Wire,
        Error,
        "value-allowed",
        "what is written may not be there at all for old readers",
        "Let old readers read over the property first, or write it under another name."
    ),
    REFUSED,
    rule_of!(
        Wire,
        Warning,
        "dialect-not-named",
        "a schema names no dialect, and readers of another dialect refuse what is written",
        "Name the dialect that readers read it in: `\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"`."
    ),
    rule_of!(
        Source,
        Warning,
        "definition-removed",
        "a named definition is gone: types that are generated from it are renamed or gone",
        "Keep the definition's name; a type that is generated from it then keeps its own."
    ),
    rule_of!(
        Docs,
        Info,
        "title-changed",
        "the title is another one",
        "Nothing: no reader sees it. A generator that names types after titles renames them."
    ),
    rule_of!(
        Docs,
        Info,
        "description-changed",
        "the description is another one",
        "Nothing: it is written for people."
    ),
    rule_of!(
        Docs,
        Info,
        "default-changed",
        "the default is another one; it says nothing about what is read",
        "Nothing for readers of JSON Schema, which fill no defaults in. Who fills them in reads another value where it is missing."
    ),
    rule_of!(
        Docs,
        Info,
        "examples-changed",
        "the examples are others",
        "Nothing: they are written for people."
    ),
    rule_of!(
        Docs,
        Info,
        "deprecation-changed",
        "it is deprecated now, or no longer",
        "Say in the description what to use instead, and until when."
    ),
];
