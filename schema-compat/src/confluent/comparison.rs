//! A pair of schemas during its comparison, and its differences.

use super::kind::Kind;
use super::known::Known;
use super::schemas::{Class, Id, Range, Schema};
use crate::decimal::Decimal;
use std::cmp::Ordering;

/// The writer's schema and the reader's schema. `not` swaps them.
pub(super) type Pair = (Id, Id);

/// A difference, and its places in both schemas.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) original: String,
    pub(super) update: String,
}

/// The result for a pair.
#[derive(Debug)]
pub(super) enum Step {
    Differs(Difference),
    /// The pair is compatible only if this inner pair is.
    Inner(Pair),
    /// Cannot be decided; the text says why.
    Open(String),
}

/// A pair during its comparison.
pub(super) struct Comparison<'a, 's> {
    pub(super) schemas: &'a Known<'s>,
    pub(super) original: &'a Schema<'s>,
    pub(super) update: &'a Schema<'s>,
    /// Asks whether another pair is compatible.
    pub(super) ask: &'a mut dyn FnMut(Pair) -> bool,
    pub(super) steps: Vec<Step>,
    /// The cost of matching names with patterns.
    pub(super) work: usize,
}

impl Comparison<'_, '_> {
    /// Compares a minimum: reports one difference if it is new, another if it is higher.
    pub(super) fn minimum(
        &mut self,
        original: Range,
        update: Range,
        kinds: [Kind; 2],
        keyword: &str,
    ) {
        self.bound(original.min, update.min, Ordering::Less, kinds, keyword);
    }

    /// Compares a maximum: reports one difference if it is new, another if it is lower.
    pub(super) fn maximum(
        &mut self,
        original: Range,
        update: Range,
        kinds: [Kind; 2],
        keyword: &str,
    ) {
        self.bound(original.max, update.max, Ordering::Greater, kinds, keyword);
    }

    fn bound(
        &mut self,
        original: Option<Decimal>,
        update: Option<Decimal>,
        is_tighter: Ordering,
        [added, tightened]: [Kind; 2],
        keyword: &str,
    ) {
        match (original, update) {
            (None, Some(_)) => self.differs(added, keyword),
            (Some(original), Some(update)) if original.compare(update) == is_tighter => {
                self.differs(tightened, keyword);
            }
            _ => {}
        }
    }

    /// Reports a difference at a keyword.
    pub(super) fn differs(&mut self, kind: Kind, keyword: &str) {
        self.differs_at(kind, self.original.place(keyword), self.update.place(keyword));
    }

    /// Reports a difference at an entry of a keyword.
    pub(super) fn entry_differs(&mut self, kind: Kind, keyword: &str, name: &str) {
        self.differs_at(kind, self.original.entry(keyword, name), self.update.entry(keyword, name));
    }

    pub(super) fn differs_at(&mut self, kind: Kind, original: String, update: String) {
        self.steps.push(Step::Differs(Difference { kind, original, update }));
    }

    pub(super) fn inner(&mut self, original: Id, update: Id) {
        self.steps.push(Step::Inner((original, update)));
    }

    /// Compares a property or an item with the schema that a content model gives it, and returns
    /// whether they are compatible. The registry reports their differences in addition to the
    /// difference that they are not compatible.
    pub(super) fn is_covered(&mut self, original: Id, update: Id) -> bool {
        self.inner(original, update);
        (self.ask)((original, update))
    }

    pub(super) fn is(&self, id: Id, is: fn(&Class) -> bool) -> bool {
        is(self.schemas.class(id))
    }
}
