//! Derives on types with masked fields: only derives that write no field are allowed.

use crate::ast::{Field, Head, Masked, Value, ValueBody};
use crate::diag::Errors;
use crate::parse::derived_words;
use proc_macro2::Ident;
use syn::ext::IdentExt;

/// The derives that are allowed beside a masked field. The list is an allow-list, because a macro
/// cannot know what an unknown derive writes.
const ALLOWED: &[&str] = &[
    "Clone",
    "Copy",
    "Default",
    "PartialEq",
    "Eq",
    "PartialOrd",
    "Ord",
    "Hash",
    "Deserialize",
    "JsonSchema",
];

/// Derives with rules of their own: `Debug` is generated, so a second `Debug` is refused or
/// conflicts.
const HAS_OTHER_RULES: &[&str] = &["Debug", "DomainEvent", "EventValue"];

/// Refuses the derives that may write a masked field in the clear. Notes the masked field for the
/// assertion about traits that the macro does not see.
pub(super) fn check(head: &mut Head, fields: &[Field], errors: &Errors) {
    let first = fields.iter().find_map(masked_field);
    refuse(head, first, errors);
}

/// As [`check`], for a value type: its newtype or variants may hold a masked value without a name.
pub(super) fn of_value(value: &mut Value, errors: &Errors) {
    let first = match &value.body {
        ValueBody::Struct(fields) => fields.iter().find_map(masked_field),
        ValueBody::Newtype { held, .. } => {
            held.is_masked().then(|| masked_value(&value.head.ident))
        }
        ValueBody::Enum(variants) => variants.iter().find_map(|variant| {
            let of_fields = || variant.body.fields().iter().find_map(masked_field);
            if variant.held.is_masked() { Some(masked_value(&variant.ident)) } else { of_fields() }
        }),
    };
    refuse(&mut value.head, first, errors);
}

fn masked_field(field: &Field) -> Option<Masked> {
    field.is_masked().then(|| Masked {
        what: format!("field `{}`", field.ident.unraw()),
        at: field.ident.span(),
    })
}

fn masked_value(of: &Ident) -> Masked {
    Masked { what: format!("the value of `{}`", of.unraw()), at: of.span() }
}

fn refuse(head: &mut Head, masked: Option<Masked>, errors: &Errors) {
    let Some(masked) = masked else { return };
    let words = derived_words(&head.attrs);
    let refused: Vec<_> = words.iter().filter(|word| !is_allowed(word)).collect();
    for derived in &refused {
        let allowed: Vec<String> = ALLOWED.iter().map(|name| format!("`{name}`")).collect();
        errors.on(
            derived,
            format!(
                "the derive `{derived}` may write {} unmasked\nhelp: remove it; if other code needs the values themselves, declare a second struct for it\nhelp: beside a mask these can be derived: {}",
                masked.what,
                allowed.join(", ")
            ),
        );
    }
    // One mistake is one error: a reported derive of serde's gets no assertion.
    head.masked = refused.is_empty().then_some(masked);
}

fn is_allowed(derived: &Ident) -> bool {
    ALLOWED.iter().chain(HAS_OTHER_RULES).any(|name| derived == name)
}
