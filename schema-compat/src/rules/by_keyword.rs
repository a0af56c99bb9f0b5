//! The rule for each keyword.

use super::definition::Rule;
use super::semantic::RULES;
use crate::report::Reader;

/// Keywords, with their rules for new readers and for old readers.
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
    (
        &["dependentRequired", "dependentSchemas", "dependencies"],
        "dependency-added",
        "dependency-removed",
    ),
    (&["minItems"], "min-items-raised", "min-items-lowered"),
    (&["maxItems"], "max-items-lowered", "max-items-raised"),
    (&["uniqueItems"], "items-made-unique", "items-made-repeatable"),
    (&["items", "additionalItems", "unevaluatedItems"], "item-removed", "item-added"),
    (&["contains"], "contains-narrowed", "contains-widened"),
    (&["anyOf", "oneOf"], "alternative-removed", "alternative-added"),
    (&["not"], "exclusion-added", "exclusion-removed"),
    (&["false"], "value-forbidden", "value-allowed"),
];

/// The rule with this name. Every name used in this crate has a rule.
pub(crate) fn named(id: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.id == id).unwrap_or(&RULES[0])
}

/// The rule for a keyword that refuses a payload.
pub(crate) fn of_keyword(keyword: &str, who: Reader) -> &'static Rule {
    let found = BY_KEYWORD.iter().find(|(keywords, ..)| keywords.contains(&keyword));
    named(match (found, who) {
        (Some((_, id, _)), Reader::New) | (Some((_, _, id)), Reader::Old) => id,
        (None, _) => "refused",
    })
}
