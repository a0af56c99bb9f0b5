//! Derives beside masked fields: only those that write no field.

use crate::ast::{Field, Head, Mask};
use crate::diag::Errors;
use crate::parse::derived_words;

/// What may be derived beside a masked field. The list says what is allowed, since a macro cannot know what an unknown derive writes.
const ALLOWED: &[&str] =
    &["Clone", "Copy", "Default", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash", "Deserialize", "JsonSchema"];

/// What the macros have rules of their own for: `Debug` is generated, so that a second one is refused by them or conflicts.
const HAS_OTHER_RULES: &[&str] = &["Debug", "DomainEvent", "EventValue"];

/// Refuses the derives that may write a masked field as it is, and notes that field for the comparison with the traits that a macro does not see.
pub(super) fn check<'a>(head: &mut Head, fields: impl IntoIterator<Item = &'a Field>, errors: &Errors) {
    let Some(masked) = fields.into_iter().find(|field| is_masked(field)) else { return };
    let words = derived_words(&head.attrs);
    let refused: Vec<_> = words.iter().filter(|word| !is_allowed(word)).collect();
    for derived in &refused {
        let allowed: Vec<String> = ALLOWED.iter().map(|name| format!("`{name}`")).collect();
        errors.on(
            derived,
            format!(
                "the derive `{derived}` may write field `{}` unmasked\nhelp: remove it; where other code needs the values themselves, declare a second struct for it\nhelp: beside a masked field these can be derived: {}",
                masked.ident,
                allowed.join(", ")
            ),
        );
    }
    // One mistake, one error: a reported derive of serde's is not compared again.
    head.masked = refused.is_empty().then(|| masked.ident.clone());
}

fn is_allowed(derived: &proc_macro2::Ident) -> bool {
    ALLOWED.iter().chain(HAS_OTHER_RULES).any(|name| derived == name)
}

fn is_masked(field: &Field) -> bool {
    !matches!(field.mask, None | Some(Mask::Clear(_)))
}
