//! The rules, as data.

use super::report::Breaks;

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// What is on the wire: somebody cannot read it.
    Wire,
    /// What is generated from schemas: somebody's source does not build.
    Source,
    /// What is written for people.
    Docs,
}

impl Category {
    /// In a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Source => "source",
            Self::Docs => "docs",
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It breaks: the verdict is "incompatible".
    Error,
    /// It may surprise; the verdict does not depend on it.
    Warning,
    /// Worth a line in a changelog.
    Info,
}

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, and the name of its fixtures.
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in a sentence.
    pub explanation: &'static str,
}

const fn wire(id: &'static str, explanation: &'static str) -> Rule {
    Rule { id, category: Category::Wire, severity: Severity::Error, explanation }
}

const fn docs(id: &'static str, explanation: &'static str) -> Rule {
    Rule { id, category: Category::Docs, severity: Severity::Info, explanation }
}

/// Every rule. Those about the wire come in pairs: what new readers refuse of the old, and what old readers refuse of the new.
pub const RULES: &[Rule] = &[
    wire("type-narrowed", "values of a type that was written are no longer read"),
    wire("type-widened", "values of a type that was not written before are written to old readers"),
    wire("value-removed", "a listed value that was written is no longer read"),
    wire("value-added", "a value that is written is in no list of old readers"),
    wire("minimum-raised", "numbers that were written are below the new minimum"),
    wire("minimum-lowered", "numbers that are written are below the minimum of old readers"),
    wire("maximum-lowered", "numbers that were written are above the new maximum"),
    wire("maximum-raised", "numbers that are written are above the maximum of old readers"),
    wire("multiple-narrowed", "numbers that were written are no multiples of the new step"),
    wire("multiple-widened", "numbers that are written are no multiples of the step of old readers"),
    wire("number-format-narrowed", "numbers that were written are out of the range of the new format"),
    wire("number-format-widened", "numbers that are written are out of the range of the format of old readers"),
    wire("min-length-raised", "texts that were written are shorter than is read"),
    wire("min-length-lowered", "texts that are written are shorter than old readers read"),
    wire("max-length-lowered", "texts that were written are longer than is read"),
    wire("max-length-raised", "texts that are written are longer than old readers read"),
    wire("pattern-narrowed", "texts that were written do not match the new pattern"),
    wire("pattern-widened", "texts that are written do not match the pattern of old readers"),
    wire("format-narrowed", "texts that were written are not of the new format"),
    wire("format-widened", "texts that are written are not of the format of old readers"),
    wire("property-made-required", "a property that could be missing has to be there"),
    wire("property-made-optional", "a property that old readers need may be missing"),
    wire("property-removed", "a property that was written is refused: the new schema is closed"),
    wire("property-added", "a property that is written is refused: the schema of old readers is closed"),
    wire("property-names-narrowed", "names of properties that were written are refused"),
    wire("property-names-widened", "names of properties that are written are refused by old readers"),
    wire("min-properties-raised", "objects that were written have fewer properties than is read"),
    wire("min-properties-lowered", "objects that are written have fewer properties than old readers read"),
    wire("max-properties-lowered", "objects that were written have more properties than is read"),
    wire("max-properties-raised", "objects that are written have more properties than old readers read"),
    wire("dependency-added", "a property needs another one now"),
    wire("dependency-removed", "a property needs another one for old readers"),
    wire("min-items-raised", "lists that were written are shorter than is read"),
    wire("min-items-lowered", "lists that are written are shorter than old readers read"),
    wire("max-items-lowered", "lists that were written are longer than is read"),
    wire("max-items-raised", "lists that are written are longer than old readers read"),
    wire("items-made-unique", "lists that were written may hold an item twice"),
    wire("items-made-repeatable", "lists that are written may hold an item twice, which old readers refuse"),
    wire("item-removed", "a place of a list that was written is refused: the new list is closed"),
    wire("item-added", "a place of a list that is written is refused: the list of old readers is closed"),
    wire("contains-narrowed", "lists that were written hold too few or too many of certain items"),
    wire("contains-widened", "lists that are written hold too few or too many of certain items for old readers"),
    wire(
        "alternative-removed",
        "what was written fits none of the alternatives, or more than one where one is allowed",
    ),
    wire(
        "alternative-added",
        "what is written fits none of old readers' alternatives, or more than one where one is allowed",
    ),
    wire("exclusion-added", "what was written is excluded now"),
    wire("exclusion-removed", "what is written is excluded by old readers"),
    wire("value-forbidden", "what was written may not be there at all now"),
    wire("value-allowed", "what is written may not be there at all for old readers"),
    wire("refused", "what is written is refused, for a reason that has no keyword of its own"),
    Rule {
        id: "definition-removed",
        category: Category::Source,
        severity: Severity::Warning,
        explanation: "a named definition is gone: types that are generated from it are renamed or gone",
    },
    docs("title-changed", "the title is another one"),
    docs("description-changed", "the description is another one"),
    docs("default-changed", "the default is another one; it says nothing about what is read"),
    docs("examples-changed", "the examples are others"),
    docs("deprecation-changed", "it is deprecated now, or no longer"),
];

/// Which rules a keyword's refusal is about: of new readers, and of old ones.
const BY_KEYWORD: &[(&[&str], &str, &str)] = &[
    (&["type"], "type-narrowed", "type-widened"),
    (&["enum", "const"], "value-removed", "value-added"),
    (&["minimum", "exclusiveMinimum"], "minimum-raised", "minimum-lowered"),
    (&["maximum", "exclusiveMaximum"], "maximum-lowered", "maximum-raised"),
    (&["multipleOf"], "multiple-narrowed", "multiple-widened"),
    (&["number-format"], "number-format-narrowed", "number-format-widened"),
    (&["minLength"], "min-length-raised", "min-length-lowered"),
    (&["maxLength"], "max-length-lowered", "max-length-raised"),
    (&["pattern"], "pattern-narrowed", "pattern-widened"),
    (&["format"], "format-narrowed", "format-widened"),
    (&["required"], "property-made-required", "property-made-optional"),
    (&["additionalProperties", "unevaluatedProperties"], "property-removed", "property-added"),
    (&["propertyNames"], "property-names-narrowed", "property-names-widened"),
    (&["minProperties"], "min-properties-raised", "min-properties-lowered"),
    (&["maxProperties"], "max-properties-lowered", "max-properties-raised"),
    (&["dependentRequired", "dependentSchemas", "dependencies"], "dependency-added", "dependency-removed"),
    (&["minItems"], "min-items-raised", "min-items-lowered"),
    (&["maxItems"], "max-items-lowered", "max-items-raised"),
    (&["uniqueItems"], "items-made-unique", "items-made-repeatable"),
    (&["items", "additionalItems", "unevaluatedItems"], "item-removed", "item-added"),
    (&["contains"], "contains-narrowed", "contains-widened"),
    (&["anyOf", "oneOf"], "alternative-removed", "alternative-added"),
    (&["not"], "exclusion-added", "exclusion-removed"),
    (&["false"], "value-forbidden", "value-allowed"),
];

/// The rule by its name. There is one for everything that can be found.
pub(super) fn named(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).unwrap_or(&RULES[0])
}

/// The rule that a keyword's refusal is about.
pub(super) fn of_keyword(keyword: &str, breaks: Breaks) -> &'static Rule {
    let found = BY_KEYWORD.iter().find(|(keywords, ..)| keywords.contains(&keyword));
    named(match (found, breaks) {
        (Some((_, id, _)), Breaks::NewReaders) | (Some((_, _, id)), Breaks::OldReaders) => id,
        (None, _) => "refused",
    })
}
