//! The codes of findings. A code is never reused for another finding, so a search for it stays
//! correct. The folder `explanations` explains each code.

use super::kind::Kind;
use super::severity::Severity;
use event_core::lock::LockRule;
use std::borrow::Cow;

/// A code with its explanation and its severity: `varies` if the severity depends on the run, or
/// the rule of the lock that finds it.
macro_rules! code {
    ($id:literal, rule $rule:ident, $title:literal) => {
        code!($id, Some(LockRule::$rule.id()), Some(Severity::Error), $title)
    };
    ($id:literal, varies, $title:literal) => {
        code!($id, None, None, $title)
    };
    ($id:literal, $severity:ident, $title:literal) => {
        code!($id, None, Some(Severity::$severity), $title)
    };
    ($id:literal, $rule:expr, $severity:expr, $title:literal) => {
        Kind {
            id: $id,
            rule: $rule,
            severity: $severity,
            title: $title,
            explanation: Cow::Borrowed(include_str!(concat!("explanations/", $id, ".md"))),
        }
    };
}

/// Every code, in order.
pub(super) const CODES: &[Kind] = &[
    code!("EV0101", Error, "two types of one event have the same name in schemas"),
    code!("EV0102", Error, "exported files are out of date"),
    code!("EV0103", Error, "no event has this name, or not this version"),
    code!("EV0104", Error, "two fields of one event have the same key"),
    code!("EV0105", Error, "an example is not JSON"),
    code!("EV0106", Error, "a tagged variant is not an object"),
    code!("EV0107", Error, "a file looks exported, and no export lists it"),
    code!("EV0108", Error, "an opaque field has names in its schema that look sensitive"),
    code!("EV0109", Error, "a person changed or made a file that an export would write"),
    code!("EV0110", Error, "an exporter cannot express the catalog"),
    code!("EV0201", rule VersionDeleted, "a locked version is not declared any more"),
    code!("EV0202", rule NameChanged, "a locked event has another name on the wire"),
    code!("EV0203", rule FieldRemoved, "a field that old readers need is gone"),
    code!("EV0204", rule FieldRenamed, "a field has another name"),
    code!("EV0205", rule FieldAdded, "a field that readers need is new"),
    code!("EV0206", rule FieldMadeRequired, "a field that could be missing or `null` has to be there"),
    code!("EV0207", rule FieldMadeOptional, "a field that old readers need may be missing or `null`"),
    code!("EV0208", rule TypeChanged, "a field's type changed"),
    code!("EV0209", rule VariantRemoved, "a variant is gone"),
    code!("EV0210", rule VariantAdded, "a variant is new, and old readers do not know it"),
    code!("EV0211", rule TaggingChanged, "an enum's tagging changed"),
    code!("EV0212", rule AliasDropped, "a name that was read is not read any more"),
    code!("EV0213", rule SensitivityLowered, "a sensitive field is protected less"),
    code!("EV0214", rule RoleChanged, "a field's role changed"),
    code!("EV0215", rule UnitChanged, "a number's unit changed"),
    code!("EV0216", rule LevelChanged, "the level changed"),
    code!("EV0217", rule NameRetired, "a name that was retired is used again"),
    code!("EV0221", varies, "the schema of a locked version breaks"),
    code!("EV0222", varies, "a change is not recorded"),
    code!("EV0223", Note, "a version is a draft"),
    code!("EV0224", Error, "an acceptance is not used"),
    code!("EV0225", Error, "an acceptance has expired"),
    code!("EV0226", Error, "the lock cannot be read"),
    code!("EV0227", Error, "a stored file is missing or changed"),
    code!("EV0228", Warning, "an event is past its `expires` day"),
    code!("EV0229", Warning, "it is undecided whether a change breaks a reader"),
    code!("EV0230", Error, "the lock lacks something that a baseline has"),
    code!("EV0231", Note, "the lock allows more than a baseline"),
    code!(
        "EV0232",
        varies,
        "the registry holds a schema that is not compatible with the declaration"
    ),
    code!("EV0233", Note, "the registry has no schema of an event version"),
    code!("EV0234", Error, "the baseline has no lock of this package"),
    code!("EV0235", varies, "there is no lock"),
    code!("EV0301", Error, "the tests emit fewer events than they should"),
    code!("EV0302", Error, "a coverage file is damaged"),
    code!("EV0401", varies, "an emitted event is not in the catalog"),
    code!("EV0402", varies, "an emitted event has a version that the catalog does not have"),
    code!("EV0403", varies, "an emitted event does not match its declaration"),
    code!("EV0404", varies, "a deprecated event is still emitted"),
    code!("EV0405", varies, "a legacy name is still written"),
    code!("EV0406", varies, "a line is not an event"),
    code!("EV0407", varies, "an emitted event has an illegal transition"),
    code!("EV0501", Error, "a schema registry refuses a schema as incompatible"),
    code!("EV0502", Error, "a request to a schema registry failed"),
    code!("EV0503", Error, "two events would share a subject of a schema registry"),
];

#[cfg(test)]
mod tests {
    use super::CODES;
    use event_core::lock::RULES;
    use std::collections::BTreeSet;
    use std::fs;

    #[test]
    fn codes_are_given_once_and_explained() {
        assert!(CODES.is_sorted_by(|a, b| a.id < b.id));
        for code in CODES {
            assert!(code.id.len() == 6 && code.id.starts_with("EV"), "{}", code.id);
            assert!(!code.explanation.trim().is_empty(), "{}", code.id);
            assert!(!code.title.ends_with('.'), "{}", code.id);
        }
    }

    #[test]
    fn every_explanation_is_of_a_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/finding/explanations");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
        let files: BTreeSet<_> = files.map(|name| name.into_string().unwrap()).collect();
        assert_eq!(files, CODES.iter().map(|code| format!("{}.md", code.id)).collect());
    }

    #[test]
    fn every_rule_of_the_lock_has_its_code() {
        for rule in RULES {
            let code = CODES.iter().find(|code| code.id == rule.code);
            assert_eq!(code.and_then(|code| code.rule), Some(rule.id));
        }
    }
}
