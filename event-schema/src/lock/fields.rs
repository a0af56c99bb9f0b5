//! The fields of a revision, with the fields of its groups: as text to show and as fingerprints.

use event_grammar::form::parts_of;
use event_grammar::lock::{Lock, Revision, TypesOf};
use std::collections::BTreeMap;

/// The maximum length of a form that is shown with its named types written out, in bytes.
const SHOWN: usize = 200;

/// The fields of a revision, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldForms {
    /// The forms as text to show: short named types are written out.
    pub forms: BTreeMap<String, String>,
    /// The fingerprint of each field: equal if the field is equal, with all the types in it.
    numbers: BTreeMap<String, u64>,
}

impl FieldForms {
    /// The fields of a revision in a lock.
    pub fn of(lock: &Lock, revision: &Revision) -> Self {
        let types = TypesOf::of(lock, revision);
        let mut fields = Self::default();
        for (name, form) in types.fields(revision) {
            fields.numbers.insert(name.clone(), types.whole_field(&name, &form));
            fields.forms.insert(name, types.written_out(&form, SHOWN));
        }
        fields
    }

    /// Whether a field is equal in both: its values, its marks and its place.
    pub fn are_same(&self, name: &str, other: &Self, other_name: &str) -> bool {
        let place = |fields: &Self, name: &str| {
            let form = fields.forms.get(name).map(String::as_str).unwrap_or_default();
            let (_, marks) = parts_of(form);
            marks
                .iter()
                .find(|(mark, _)| matches!(*mark, "context" | "wide"))
                .map(|(mark, _)| (*mark).to_owned())
        };
        self.numbers.get(name) == other.numbers.get(other_name)
            && self.numbers.contains_key(name)
            && place(self, name) == place(other, other_name)
    }
}

/// Whether two revisions, each of its own lock, have the same contract, whatever their fingerprints
/// are and whatever their types are called.
pub(super) fn is_same_contract(
    (a, a_lock): (&Revision, &Lock),
    (b, b_lock): (&Revision, &Lock),
) -> bool {
    if (&a.level, &a.transitions, &a.write, &a.read)
        != (&b.level, &b.transitions, &b.write, &b.read)
    {
        return false;
    }
    let (a, b) = (FieldForms::of(a_lock, a), FieldForms::of(b_lock, b));
    a.forms.len() == b.forms.len() && a.forms.keys().all(|name| a.are_same(name, &b, name))
}
