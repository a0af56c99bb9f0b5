//! A pair of schemas while it is compared, and the differences that are found in it.

use super::kind::Kind;
use super::known::Known;
use super::schemas::{Class, Id, Range, Schema};
use crate::decimal::Decimal;
use std::cmp::Ordering;

/// What was written under, and what it is read under. `not` turns them round.
pub(super) type Pair = (Id, Id);

/// A difference, and the places that differ.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) original: String,
    pub(super) update: String,
}

/// What a pair comes to.
#[derive(Debug)]
pub(super) enum Step {
    Differs(Difference),
    /// Another pair has to be compatible.
    Inner(Pair),
    /// Cannot be known.
    Open(String),
}

/// A pair while it is compared.
pub(super) struct Comparison<'a, 's> {
    pub(super) schemas: &'a Known<'s>,
    pub(super) original: &'a Schema<'s>,
    pub(super) update: &'a Schema<'s>,
    /// Whether another pair is compatible.
    pub(super) ask: &'a mut dyn FnMut(Pair) -> bool,
    pub(super) steps: Vec<Step>,
    /// What matching names with patterns took.
    pub(super) work: usize,
}

impl Comparison<'_, '_> {
    /// A least of something: that it is new, and that it is more.
    pub(super) fn minimum(
        &mut self,
        original: Range,
        update: Range,
        kinds: [Kind; 2],
        keyword: &str,
    ) {
        self.bound(original.min, update.min, Ordering::Less, kinds, keyword);
    }

    /// A most of something: that it is new, and that it is less.
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

    /// The keyword makes a difference.
    pub(super) fn differs(&mut self, kind: Kind, keyword: &str) {
        self.differs_at(kind, self.original.place(keyword), self.update.place(keyword));
    }

    /// An entry of the keyword makes a difference.
    pub(super) fn entry_differs(&mut self, kind: Kind, keyword: &str, name: &str) {
        self.differs_at(kind, self.original.entry(keyword, name), self.update.entry(keyword, name));
    }

    pub(super) fn differs_at(&mut self, kind: Kind, original: String, update: String) {
        self.steps.push(Step::Differs(Difference { kind, original, update }));
    }

    pub(super) fn inner(&mut self, original: Id, update: Id) {
        self.steps.push(Step::Inner((original, update)));
    }

    /// Compares a property or a place with the schema that a content model has for it, and says
    /// whether they are compatible. The registry reports what differs between them beside the
    /// difference that says so.
    pub(super) fn is_covered(&mut self, original: Id, update: Id) -> bool {
        self.inner(original, update);
        (self.ask)((original, update))
    }

    pub(super) fn is(&self, id: Id, is: fn(&Class) -> bool) -> bool {
        is(self.schemas.class(id))
    }
}
