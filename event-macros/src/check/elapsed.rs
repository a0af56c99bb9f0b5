//! An elapsed time must have a unit, by its name or by `unit = ".."`.

use super::types;
use crate::ast::{Field, Head, Role};
use crate::diag::Errors;
use event_grammar::TimeUnit;
use syn::LitStr;
use syn::ext::IdentExt;

const HELP: &str = "help: the units of time are `ns`, `us`, `ms` and `s`";

/// Reads the unit of an `#[elapsed]` field, and sets it if only the name has it.
pub(super) fn unit(head: &mut Head, field: &mut Field, errors: &Errors) {
    let Role::Elapsed(unit) = &mut field.role else { return };
    if types::instead(&field.ty).is_some() {
        errors.on(
            &field.ty,
            "an `#[elapsed]` field is a number of some unit\nhelp: write `u64` or `f64`, or an `Option` of one",
        );
        head.shell = true;
    }
    let ident = field.ident.unraw().to_string();
    let named = by_name(&field.name).or_else(|| by_name(&ident));
    let Some(written) = &field.unit else {
        match named {
            Some(named) => field.unit = Some(LitStr::new(named.as_str(), field.ident.span())),
            None => errors.on(
                &field.ident,
                format!("the unit of the `#[elapsed]` field `{ident}` is not known\nhelp: name it `{ident}_ms`, or write `#[field(unit = \"ms\")]`"),
            ),
        }
        *unit = named;
        return;
    };
    let text = written.value();
    let Some(known) = TimeUnit::from_word(&text) else {
        errors.on(written, format!("an `#[elapsed]` field cannot be counted in `{text}`\n{HELP}"));
        return;
    };
    if let Some(named) = named.filter(|named| *named != known) {
        errors.on(
            written,
            format!(
                "the unit is `{text}`, but the name `{}` says `{}`\nhelp: write `unit = \"{}\"`, or rename the field",
                field.name,
                named.as_str(),
                named.as_str()
            ),
        );
        return;
    }
    *unit = Some(known);
}

/// `duration_ms` is in milliseconds.
fn by_name(name: &str) -> Option<TimeUnit> {
    name.rsplit_once('_').and_then(|(_, suffix)| TimeUnit::from_word(suffix))
}
