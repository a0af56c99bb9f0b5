//! Content models: the rules for a property or an item without a schema of its own.

use super::schemas::{Id, Lists, Objects, Rest};
use crate::pattern::{Language, language_of};

/// The rule of a content model for one property or item.
pub(super) enum Content {
    /// Anything is allowed.
    Open,
    /// It must match a schema: the model is partially open.
    Covered(Id),
    /// It is forbidden; this keyword forbids it.
    Closed(&'static str),
    /// Unknown, because this pattern cannot be matched.
    Unknown(String),
}

/// The rule of two keywords for the rest. The registry looks for a schema first, and only then
/// whether the rest is permitted.
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

/// The rule of a list for the items after its tuple. `additional` is the keyword for them in the
/// list's draft.
pub(super) fn of_places(list: &Lists, additional: &'static str) -> Content {
    of_the_rest((list.additional, additional), (list.unevaluated, "unevaluatedItems"))
}

/// How much work it may take to match names with the patterns of one object.
const WORK: usize = 2_000_000;

/// The rules of an object for properties, by name.
pub(super) struct ByName<'a> {
    object: &'a Objects,
    /// Built when the first name needs them.
    languages: Vec<Option<Language>>,
    /// The remaining work.
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
            // If no pattern matches, the registry treats an open object as closed.
            Content::Open if !object.patterns.is_empty() => Content::Closed("patternProperties"),
            rest => rest,
        }
    }

    /// The work that was used.
    pub(super) fn work(&self) -> usize {
        WORK - self.left
    }
}
