//! Reads `#[sensitive(mask)]`: how a value may be written.

use super::args::{self, Arg, Syntax};
use crate::ast::Mask;
use crate::diag::Errors;
use crate::words::Place;
use event_grammar::Sensitivity;
use proc_macro2::{Ident, Span};
use syn::{Attribute, Meta};

/// Reads exactly one decision. `what` describes the value: "field `email`".
pub(super) fn sensitive(
    what: &str,
    name: &str,
    decided: &mut Option<Mask>,
    attr: &Attribute,
    errors: &Errors,
) {
    let args = args::read(attr, Place::Sensitive, &mut Vec::new(), errors);
    let span = attr.path().get_ident().map_or_else(Span::call_site, Ident::span);
    if decided.is_some() {
        errors.at(span, "the field is classed twice\nhelp: keep one `#[sensitive(..)]`");
        return;
    }
    let wrote_words = matches!(&attr.meta, Meta::List(list) if !list.tokens.is_empty());
    // After an error a mask is assumed, so that no second error about the field follows.
    let [arg] = args.as_slice() else {
        if args.len() > 1 {
            errors.on(&args[1].word, "a field has one mask\nhelp: keep one of them");
        } else if !wrote_words {
            let suggested = event_grammar::fields::suspicion(name)
                .map_or(Sensitivity::Redact, |found| found.mask);
            let masks = Mask::BUILT_IN.map(|mask| format!("`{}`", mask.as_str())).join(", ");
            errors.at(
                span,
                format!(
                    "sensitive {what} has no mask\nhelp: choose how it is written: `#[sensitive({})]`; masks are {masks}, `custom = path`",
                    suggested.as_str()
                ),
            );
        }
        *decided = Some(args.first().and_then(|arg| mask(arg, errors)).unwrap_or(Mask::Redact));
        return;
    };
    *decided = Some(mask(arg, errors).unwrap_or(Mask::Redact));
}

fn mask(arg: &Arg, errors: &Errors) -> Option<Mask> {
    let kind = match arg.word.to_string().as_str() {
        "custom" => {
            let name = arg.value("the path of a type that is a mask", errors)?;
            return Some(Mask::Custom { name });
        }
        "clear" => return arg.text(errors).map(|reason| Mask::Clear { reason }),
        word => Mask::built_in(word).unwrap_or(Mask::Redact),
    };
    if !matches!(arg.syntax, Syntax::Bare) {
        arg.bare(errors);
    }
    Some(kind)
}
