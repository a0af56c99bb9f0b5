//! Translates a schema document to formulas.

mod coverage;
mod keyword;
mod read;

use super::arena::{Arena, Atom, Id, Node};
use super::source::{Source, Unreadable, child};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What is ignored: keywords and entries, by pointer; properties that a closed schema lets pass, by
/// pointer and name.
#[derive(Clone, Debug, Default)]
pub(super) struct Excused {
    pub(super) pointers: HashSet<String>,
    pub(super) properties: HashSet<(String, String)>,
}

/// A document as formulas.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub(super) root: Id,
    /// The nodes of schemas, by pointer.
    pub(super) schemas: HashMap<String, Id>,
    /// The nodes of keywords and their entries, by pointer.
    pub(super) keywords: HashMap<String, Id>,
    /// The parts that cannot be decided.
    pub(super) opaque: Vec<Opaque>,
}

/// A part that cannot be decided.
#[derive(Clone, Debug)]
pub(super) struct Opaque {
    pub(super) id: Id,
    /// Its place.
    pub(super) pointer: String,
    /// Why it is not decided.
    pub(super) why: &'static str,
    /// What to write instead.
    pub(super) instead: &'static str,
}

impl Lowered {
    /// Replaces node ids after nodes were merged.
    pub(super) fn map(&mut self, to: &[Id]) {
        let opaque = self.opaque.iter_mut().map(|opaque| &mut opaque.id);
        let ids = self
            .schemas
            .values_mut()
            .chain(self.keywords.values_mut())
            .chain([&mut self.root])
            .chain(opaque);
        ids.for_each(|id| *id = to[*id as usize]);
    }
}

/// Translates a document.
pub(super) fn lower(
    arena: &mut Arena,
    source: &Source<'_>,
    excused: &Excused,
) -> Result<Lowered, Unreadable> {
    let mut lowering =
        Lowering { arena, source, excused, lowered: Lowered::default(), waiting: Vec::new() };
    lowering.run()?;
    Ok(lowering.lowered)
}

struct Lowering<'a, 's> {
    arena: &'a mut Arena,
    source: &'a Source<'s>,
    excused: &'a Excused,
    lowered: Lowered,
    waiting: Vec<(String, Id)>,
}

/// A schema object and its place.
#[derive(Clone, Copy)]
struct Place<'p, 's> {
    pointer: &'p str,
    members: &'s Map<String, Value>,
}

impl<'s> Place<'_, 's> {
    fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.members.get(keyword)
    }
}

impl<'s> Lowering<'_, 's> {
    fn run(&mut self) -> Result<(), Unreadable> {
        self.lowered.root = self.schema("")?;
        // One after the other, because schemas may refer to each other.
        while let Some((pointer, id)) = self.waiting.pop() {
            let node = self.node(&pointer)?;
            self.arena.fill(id, node);
        }
        Ok(())
    }

    /// The node of the schema at a pointer.
    fn schema(&mut self, pointer: &str) -> Result<Id, Unreadable> {
        if let Some(id) = self.lowered.schemas.get(pointer) {
            return Ok(*id);
        }
        let id = match self.source.root.pointer(pointer) {
            Some(Value::Bool(true)) => self.arena.everything(),
            Some(Value::Bool(false)) if self.excused.pointers.contains(pointer) => {
                self.arena.everything()
            }
            Some(Value::Bool(false)) => self.arena.nothing(),
            Some(Value::Object(_)) => {
                let id = self.arena.reserve();
                self.waiting.push((pointer.to_owned(), id));
                id
            }
            _ => return Err(unreadable(self.source.side, pointer, "is not a schema")),
        };
        self.lowered.schemas.insert(pointer.to_owned(), id);
        Ok(id)
    }

    fn place<'p>(&self, pointer: &'p str) -> Option<Place<'p, 's>> {
        self.source
            .root
            .pointer(pointer)
            .and_then(Value::as_object)
            .map(|members| Place { pointer, members })
    }

    fn node(&mut self, pointer: &str) -> Result<Node, Unreadable> {
        let Some(place) = self.place(pointer) else { return Ok(Node::And(Arc::new([]))) };
        let mut parts = Vec::new();
        let is_alone = self.source.draft.ref_stands_alone() && place.members.contains_key("$ref");
        for keyword in place.members.keys() {
            let at = child(pointer, keyword);
            if (is_alone && keyword != "$ref")
                || self.excused.pointers.contains(&at)
                || !self.has_keyword(keyword)
            {
                continue;
            }
            if let Some(id) = self.keyword(place, keyword, &at)? {
                self.lowered.keywords.insert(at, id);
                parts.push(id);
            }
        }
        Ok(Node::And(parts.into()))
    }

    /// An undecided part. Parts with equal words and nodes are the same.
    fn opaque(
        &mut self,
        words: &str,
        about: Vec<Id>,
        at: &str,
        why: &'static str,
        instead: &'static str,
    ) -> Id {
        let id = self.arena.atom(Atom::Opaque(Arc::from(words), about));
        self.lowered.opaque.push(Opaque { id, pointer: at.to_owned(), why, instead });
        id
    }
}

fn unreadable(side: &'static str, pointer: &str, what: &str) -> Unreadable {
    Unreadable { side, pointer: pointer.to_owned(), what: what.to_owned() }
}
