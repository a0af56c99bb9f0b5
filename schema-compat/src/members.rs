//! The assertions about members that hold at once, as one table by the names of members.

use crate::arena::{Arena, Atom, Id, Node};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a conjunction asserts about the members of an object, so that one walk over the members
/// answers it.
#[derive(Debug, Default)]
pub(crate) struct MemberTable {
    /// Sorted by name.
    named: Vec<Named>,
    /// How many names are required.
    pub(crate) required: usize,
    /// What a member matches that the table does not name.
    pub(crate) others: Vec<Id>,
    /// The other parts of the conjunction.
    pub(crate) rest: Vec<Id>,
}

/// A member that the table names.
#[derive(Debug)]
pub(crate) struct Named {
    name: Arc<str>,
    pub(crate) is_required: bool,
    /// What the member matches.
    pub(crate) matches: Vec<Id>,
}

impl MemberTable {
    /// The table of a conjunction; `None` if it asserts too little about members.
    pub(crate) fn of(arena: &Arena, node: &Node) -> Option<Self> {
        let Node::And(parts) = node else { return None };
        let mut named: BTreeMap<&Arc<str>, (bool, Vec<Id>)> = BTreeMap::new();
        let mut table = Self::default();
        let mut additional = Vec::new();
        for id in parts.iter() {
            let Node::Atom(atom) = arena.node(*id) else {
                table.rest.push(*id);
                continue;
            };
            match &**atom {
                Atom::Required(name) => named.entry(name).or_default().0 = true,
                Atom::Property(name, id) => named.entry(name).or_default().1.push(*id),
                Atom::Additional(listed, patterns, id) if patterns.is_empty() => {
                    for name in listed.iter() {
                        named.entry(name).or_default();
                    }
                    additional.push((listed, *id));
                }
                _ => table.rest.push(*id),
            }
        }
        if parts.len() - table.rest.len() < 2 {
            return None;
        }
        for (listed, id) in additional {
            table.others.push(id);
            let unnamed = named.iter_mut().filter(|(name, _)| listed.binary_search(name).is_err());
            unnamed.for_each(|(_, (_, matches))| matches.push(id));
        }
        table.required = named.values().filter(|(is_required, _)| *is_required).count();
        let row = |(name, (is_required, matches)): (&Arc<str>, _)| Named {
            name: name.clone(),
            is_required,
            matches,
        };
        table.named = named.into_iter().map(row).collect();
        Some(table)
    }

    /// The row of a member. `next` is the likely one, and becomes the one behind.
    pub(crate) fn row(&self, name: &str, next: &mut usize) -> Option<&Named> {
        let is_next = self.named.get(*next).is_some_and(|row| &*row.name == name);
        if !is_next {
            let found = self.named.binary_search_by(|row| (*row.name).cmp(name));
            *next = found.unwrap_or_else(|at| at);
            found.ok()?;
        }
        *next += 1;
        self.named.get(*next - 1)
    }
}
