//! The messages about conflicts between blocks of a catalog: the conflict, both places, and what to
//! write.

use super::conflict::Conflict;
use super::fields::{DICTIONARY_HELP, words};
use super::text::Text;
use crate::model::catalog::BlockMeta;
use crate::model::meta::{EventMeta, Source};
use event_grammar::same;

/// Appends the place of a declaration.
pub(super) const fn place(text: Text, source: &Source) -> Text {
    text.and(source.module).and(" at ").and(source.file).and(":").and_number(source.line)
}

/// Appends both places of a conflict, each on a line of its own.
const fn places(text: Text, first: &Source, again: &Source) -> Text {
    let text = place(text.and("\n  first in "), first);
    place(text.and("\n  again in "), again)
}

/// Panics with the message of the conflict.
#[track_caller]
pub(super) const fn report(conflict: &Conflict) -> ! {
    let text = match conflict {
        Conflict::Block { again } => repeated(again),
        Conflict::Name { first, again } => name_clash(first, again),
        Conflict::Alias { alias, first, again } => {
            let text = Text::new()
                .and("alias `")
                .and(alias)
                .and("` names two events:\n  `")
                .and(first.name.snake);
            let text = place(text.and("` in "), &first.source).and("\n  `").and(again.name.snake);
            place(text.and("` in "), &again.source).and("\nhelp: remove the alias from one of them")
        }
        Conflict::Field { field, first, first_field, again } => {
            let text = Text::new()
                .and("field `")
                .and(field.name)
                .and("` has two types:\n  ")
                .and(words(first_field.shape));
            let text = place(text.and(" in `").and(first.name.snake).and("`, "), &first.source);
            let text = text
                .and("\n  ")
                .and(words(field.shape))
                .and(" in `")
                .and(again.name.snake)
                .and("`, ");
            place(text, &again.source).and(DICTIONARY_HELP)
        }
        Conflict::Status { word, first, again } => {
            let text = Text::new().and("status `").and(word).and("` has two classes:");
            let text = match (first.domain, again.domain) {
                (Some(first), Some(again)) => places(text, &first.source, &again.source),
                _ => text,
            };
            text.and("\nhelp: a status means one thing in a catalog: give both the same class, or rename one")
        }
    };
    panic!("{}", text.as_str());
}

const fn repeated(block: &'static BlockMeta) -> Text {
    let text = match (block.domain, block.events) {
        (Some(domain), _) => Text::new().and("the block of the domain `").and(domain.name),
        (None, [event, ..]) => Text::new().and("the event `").and(event.name.snake),
        (None, []) => Text::new(),
    };
    text.and("` is joined twice\nhelp: remove one of the variants")
}

const fn name_clash(first: &'static EventMeta, again: &'static EventMeta) -> Text {
    if same(first.name.dotted, again.name.dotted) {
        let text =
            Text::new().and("event `").and(again.name.snake).and("` v").and_number(again.version);
        let text = places(text.and(" is declared twice:"), &first.source, &again.source);
        return text.and("\nhelp: rename one of them, or leave one of them out of the catalog");
    }
    let text = Text::new()
        .and("`")
        .and(first.name.dotted)
        .and("` and `")
        .and(again.name.dotted)
        .and("` are both `");
    let text = text.and(again.name.snake).and("` when written with `_`:");
    let text = places(text, &first.source, &again.source);
    text.and("\nhelp: rename one of them: a name has one reading in each spelling")
}
