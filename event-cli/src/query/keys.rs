//! What duplicates have in common.

use super::events::entity_type;
use crate::console::{Console, Ending};
use event_core::Catalog;
use event_core::meta::{EventMeta, Sensitivity};
use event_grammar::suggest::hint;
use event_store::DuplicateKey;

/// The keys of `--by`.
pub(super) fn keys(
    catalog: &'static Catalog,
    event: &'static EventMeta,
    words: &[String],
    console: &mut Console<'_>,
) -> Result<Vec<DuplicateKey>, Ending> {
    words.iter().map(|word| key(catalog, event, word, console)).collect()
}

fn key(
    catalog: &'static Catalog,
    event: &'static EventMeta,
    word: &str,
    console: &mut Console<'_>,
) -> Result<DuplicateKey, Ending> {
    match word {
        "entity" => return entity_type(catalog, event).map(|_| DuplicateKey::Entity),
        "correlation_id" => return Ok(DuplicateKey::CorrelationId),
        _ => {}
    }
    let (fields, name) = (event.fields(), event.name.snake);
    let Some(field) = fields.iter().find(|field| field.name == word) else {
        let names = fields.iter().map(|field| field.name);
        let hint = hint(word, names.chain(["entity", "correlation_id"]));
        return Err(Ending::could_not_run(
            format!("`{name}` has no field `{word}`{hint}"),
            format!("`show {name}` lists the fields"),
        ));
    };
    match field.sensitivity {
        None | Some(Sensitivity::Clear { .. } | Sensitivity::Hash) => {}
        Some(Sensitivity::Drop) => {
            return Err(Ending::could_not_run(
                format!(
                    "`{word}` of `{name}` is never written, so no two events have it in common"
                ),
                "leave it out of `--by`".to_owned(),
            ));
        }
        Some(_) => console.note(&format!(
            "note: the store has `{word}` masked, and different values may have one mask"
        )),
    }
    Ok(DuplicateKey::Field(field.name))
}
