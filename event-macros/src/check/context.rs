//! Context groups: each is required or optional, not both.

use crate::ast::Event;
use crate::diag::Errors;
use quote::ToTokens;

pub(super) fn check(event: &mut Event, errors: &Errors) {
    let needed: Vec<String> =
        event.context.iter().map(|path| path.to_token_stream().to_string()).collect();
    event.optional_context.retain(|path| {
        let name = path.to_token_stream().to_string();
        let is_needed = needed.contains(&name);
        if is_needed {
            errors.on(
                path,
                format!(
                    "context group `{name}` is in `context(..)` and in `optional_context(..)`\nhelp: keep it in one of them: `context(..)` if every event carries it"
                ),
            );
        }
        !is_needed
    });
}
