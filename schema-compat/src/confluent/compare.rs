//! Two schemas, one step deep: what differs between them, and which smaller pairs have to be looked
//! at.

use super::kind::Kind;
use super::known::Known;
use super::schemas::{Class, Criterion, Id, Numbers, Range, Schema, Texts};
use super::{combined, lists, objects};
use crate::decimal::Decimal;
use std::cmp::Ordering;

/// Matching a name with a pattern takes steps; so many take as long as a question.
const WORK_OF_A_QUESTION: usize = 16;

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

/// What a comparison comes to, and what it took beside the questions that it asked.
pub(super) struct Compared {
    pub(super) steps: Vec<Step>,
    pub(super) work: usize,
}

/// Compares two schemas; asks about pairs where it depends on them which differences there are.
pub(super) fn compare(
    schemas: &Known<'_>,
    pair: Pair,
    ask: &mut dyn FnMut(Pair) -> bool,
) -> Compared {
    let ids = (schemas.meant(pair.0), schemas.meant(pair.1));
    let (original, update) = (schemas.get(ids.0), schemas.get(ids.1));
    let mut comparison = Comparison { schemas, original, update, ask, steps: Vec::new(), work: 0 };
    match comparison.one_of_several(ids) {
        Some(inner) => comparison.steps.push(Step::Inner(inner)),
        None => comparison.classes(),
    }
    let sizes = original.class.size() + update.class.size();
    Compared { steps: comparison.steps, work: sizes + comparison.work / WORK_OF_A_QUESTION }
}

impl Comparison<'_, '_> {
    /// A plain schema against several: one that it is compatible with, where one is enough.
    fn one_of_several(&mut self, (original, update): Pair) -> Option<Pair> {
        let (is_enough, pairs): (bool, Vec<Pair>) = match (&self.original.class, &self.update.class)
        {
            (Class::Combined(..), Class::Combined(..)) => return None,
            (_, Class::Combined(criterion, parts)) => (
                *criterion != Criterion::All || parts.len() == 1,
                parts.iter().map(|part| (original, *part)).collect(),
            ),
            (Class::Combined(criterion, parts), _) => (
                *criterion == Criterion::All || parts.len() == 1,
                parts.iter().map(|part| (*part, update)).collect(),
            ),
            _ => return None,
        };
        if is_enough { pairs.into_iter().find(|pair| (self.ask)(*pair)) } else { None }
    }

    fn classes(&mut self) {
        let (original, update) = (self.original, self.update);
        match (&original.class, &update.class) {
            (Class::Elsewhere(one), Class::Elsewhere(other)) if one == other => {}
            (_, Class::Empty)
            | (Class::False, _)
            | (Class::Null, Class::Null)
            | (Class::Boolean, Class::Boolean)
            | (Class::Conditional, Class::Conditional) => {}
            // Circles of references say nothing, to the registry either.
            (Class::Elsewhere(what), _) | (_, Class::Elsewhere(what)) => {
                self.steps.push(Step::Open(format!("`{what}` is not in the document")));
            }
            (Class::Reference(_), _) | (_, Class::Reference(_)) => {
                self.steps.push(Step::Open(format!(
                    "the references at `{}` run in a circle",
                    if original.pointer.is_empty() { "#" } else { &original.pointer }
                )));
            }
            (Class::Numbers(original), Class::Numbers(update)) => self.numbers(original, update),
            (Class::Texts(original), Class::Texts(update)) => self.texts(original, update),
            (Class::Lists(original), Class::Lists(update)) => {
                lists::compare(self, original, update);
            }
            (Class::Objects(original), Class::Objects(update)) => {
                objects::compare(self, original, update);
            }
            (Class::Enum(original), Class::Enum(update)) => {
                if !original.is_subset(update) {
                    let is_narrowed = update.is_subset(original);
                    self.differs(
                        if is_narrowed { Kind::EnumArrayNarrowed } else { Kind::EnumArrayChanged },
                        "enum",
                    );
                }
            }
            (Class::Const(original), Class::Const(update)) => {
                if original != update {
                    self.differs(Kind::ConstChanged, "const");
                }
            }
            (Class::Not(original), Class::Not(update)) => {
                if !(self.ask)((*update, *original)) {
                    self.differs(Kind::NotTypeExtended, "not");
                }
            }
            (Class::Combined(original, parts), Class::Combined(update, others)) => {
                combined::compare(self, (*original, parts), (*update, others));
            }
            // Of Connect's bytes, the registry takes the classes for equal, and then compares
            // nothing.
            _ if original.is_bytes && update.is_bytes => {}
            _ => self.differs(Kind::TypeChanged, "type"),
        }
    }

    fn numbers(&mut self, original: &Numbers, update: &Numbers) {
        self.minimum(
            original.range,
            update.range,
            [Kind::MinimumAdded, Kind::MinimumIncreased],
            "minimum",
        );
        self.maximum(
            original.range,
            update.range,
            [Kind::MaximumAdded, Kind::MaximumDecreased],
            "maximum",
        );
        let kinds = [Kind::ExclusiveMinimumAdded, Kind::ExclusiveMinimumIncreased];
        self.minimum(original.exclusive, update.exclusive, kinds, "exclusiveMinimum");
        let kinds = [Kind::ExclusiveMaximumAdded, Kind::ExclusiveMaximumDecreased];
        self.maximum(original.exclusive, update.exclusive, kinds, "exclusiveMaximum");
        match (original.multiple_of, update.multiple_of) {
            (None, Some(_)) => self.differs(Kind::MultipleOfAdded, "multipleOf"),
            (Some(original), Some(update)) if original != update => {
                if update.is_multiple_of(original) == Some(true) {
                    self.differs(Kind::MultipleOfExpanded, "multipleOf");
                } else if original.is_multiple_of(update) != Some(true) {
                    self.differs(Kind::MultipleOfChanged, "multipleOf");
                }
            }
            _ => {}
        }
        if update.is_integer && !original.is_integer {
            self.differs(Kind::TypeNarrowed, "type");
        }
    }

    fn texts(&mut self, original: &Texts, update: &Texts) {
        self.minimum(
            original.length,
            update.length,
            [Kind::MinLengthAdded, Kind::MinLengthIncreased],
            "minLength",
        );
        self.maximum(
            original.length,
            update.length,
            [Kind::MaxLengthAdded, Kind::MaxLengthDecreased],
            "maxLength",
        );
        match (&original.pattern, &update.pattern) {
            (None, Some(_)) => self.differs(Kind::PatternAdded, "pattern"),
            (Some(original), Some(update)) if original != update => {
                self.differs(Kind::PatternChanged, "pattern");
            }
            _ => {}
        }
    }

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
