//! Content models: what is said of a property or a place that has no schema of its own.

use super::schemas::{Id, Lists, Objects, Rest};
use crate::pattern::{Language, language_of};

/// What a content model says of one property or place.
pub(super) enum Content {
    /// Nothing.
    Open,
    /// It has to fit a schema: the model is partially open.
    Covered(Id),
    /// It may not be there: the keyword that says so.
    Closed(&'static str),
    /// Not known, because this pattern cannot be matched.
    Unknown(String),
}

/// What two keywords say of the rest. The registry looks for a schema first, and only then whether
/// anything is permitted.
fn of_the_rest(
    (additional, keyword): (Rest, &'static str),
    (unevaluated, other): (Rest, &'static str),
) -> Content {
    match additional.schema.or(unevaluated.schema) {
        Some(schema) => Content::Covered(schema),
        None if !additional.is_permitted => Content::Closed(keyword),
        None if !unevaluated.is_permitted => Content::Closed(other),
        None => Content::Open,
    }
}

/// What a list says of the places after its tuple. `additional` is the keyword that does so in its
/// draft.
pub(super) fn of_places(list: &Lists, additional: &'static str) -> Content {
    of_the_rest((list.additional, additional), (list.unevaluated, "unevaluatedItems"))
}

/// The work that matching names with the patterns of one object may take.
const WORK: usize = 2_000_000;

/// What an object says of properties by their names.
pub(super) struct ByName<'a> {
    object: &'a Objects,
    /// Built when the first name asks for them.
    languages: Vec<Option<Language>>,
    /// What is left of the work.
    left: usize,
}

impl<'a> ByName<'a> {
    pub(super) fn new(object: &'a Objects) -> Self {
        Self { object, languages: Vec::new(), left: WORK }
    }

    pub(super) fn of(&mut self, name: &str) -> Content {
        let object = self.object;
        if self.languages.is_empty() {
            self.languages =
                object.patterns.iter().map(|(pattern, _)| language_of(pattern)).collect();
            self.left -= object
                .patterns
                .iter()
                .map(|(pattern, _)| pattern.len())
                .sum::<usize>()
                .min(self.left);
        }
        for ((pattern, schema), language) in object.patterns.iter().zip(&self.languages) {
            match language.as_ref().and_then(|language| language.has_within(name, &mut self.left)) {
                Some(true) => return Content::Covered(*schema),
                Some(false) => {}
                None => return Content::Unknown(pattern.clone()),
            }
        }
        let rest = of_the_rest(
            (object.additional, "additionalProperties"),
            (object.unevaluated, "unevaluatedProperties"),
        );
        match rest {
            // Beside patterns that do not fit, the registry takes an object for closed that is not.
            Content::Open if !object.patterns.is_empty() => Content::Closed("patternProperties"),
            rest => rest,
        }
    }

    /// The work that it took.
    pub(super) fn work(&self) -> usize {
        WORK - self.left
    }
}
