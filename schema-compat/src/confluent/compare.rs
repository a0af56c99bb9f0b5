//! Compares two schemas one level deep: finds their differences, and the inner pairs to compare.

use super::comparison::{Comparison, Pair, Step};
use super::kind::Kind;
use super::known::Known;
use super::schemas::{Class, Criterion, Numbers, Texts};
use super::{combined, lists, objects};

/// Matching a name with a pattern takes steps; this many steps count as one question.
const WORK_OF_A_QUESTION: usize = 16;

/// The result of a comparison, and its cost besides the questions that it asked.
pub(super) struct Compared {
    pub(super) steps: Vec<Step>,
    pub(super) work: usize,
}

/// Compares two schemas; asks about inner pairs if a difference depends on them.
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
    /// A plain schema against a combination: a compatible member, if one is enough.
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
            // A circle of references means nothing, for the registry too.
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
            // The registry considers the classes of Connect's bytes equal, and then compares
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
}
