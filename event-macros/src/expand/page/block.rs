//! The pages of a block and of a catalog, with links to their events.

use super::level::level_text;
use super::markdown::{code, table};
use super::{after, allowing, link_to, link_to_type, linking};
use crate::ast::{Block, Domain, Event};
use crate::parse::Docs;
use proc_macro2::TokenStream;
use syn::Type;

/// The events of a block, as an attribute of its domain's enum.
pub(crate) fn domain(block: &Block, domain: &Domain) -> TokenStream {
    let told = block.events.iter().filter(|event| !event.poisoned && !event.head.shell);
    let rows: Vec<_> = told
        .map(|event| {
            [
                link_to(&event.head),
                code(&event.name.snake()),
                event.version.to_string(),
                level_text(event),
            ]
        })
        .collect();
    linking(&table(["event", "in log lines", "version", "level"], &rows), &domain.head.docs)
}

/// The docs of an event's variant in its block's enum.
pub(crate) fn variant(event: &Event) -> String {
    // The name comes first, because `[X]: y` defines a link and is not shown.
    format!("{}: [`{}`]", code(&event.name.snake()), event.head.ident)
}

/// The docs of an event's function.
pub(crate) fn function(event: &Event) -> String {
    format!("Emits [`{}`]: {}.", event.head.ident, code(&event.name.dotted()))
}

/// The docs of a block's enum over its newest events.
pub(crate) fn block_enum(domain: &Domain) -> String {
    format!("The newest events of the domain [`{}`].", domain.head.ident)
}

/// The block that a catalog's variant joins, as an attribute after the user's docs.
pub(crate) fn block(ty: &Type, docs: &Docs) -> TokenStream {
    let text = format!("The events of {}.", link_to_type(ty));
    allowing(&text, after(&text, docs))
}
