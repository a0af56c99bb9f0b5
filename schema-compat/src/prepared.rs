//! What makes it cheap to evaluate many values, for one root.

use crate::arena::{Arena, Atom, Id, Node};
use crate::format::{self, Format};
use crate::members::MemberTable;
use crate::pattern::Table;
use std::collections::HashMap;

/// Tables of an arena that takes no more nodes.
#[derive(Debug)]
pub(crate) struct Prepared {
    /// For each node: whether one value may reach it in several ways, so that its answer is worth
    /// remembering. Every circle that the root reaches has such a node.
    shared: Vec<bool>,
    /// The patterns with languages that are small enough.
    tables: HashMap<String, Table>,
    /// For each node: the members of objects, if the node asserts much about them.
    members: Vec<Option<MemberTable>>,
}

impl Prepared {
    /// Prepares what the root reaches.
    pub(crate) fn new(arena: &Arena, root: Id) -> Self {
        let nodes = (0..).take(arena.len()).map(|id| arena.node(id));
        let mut ways = vec![0_u32; arena.len()];
        ways[root as usize] += 1;
        let mut has_parts = vec![false; arena.len()];
        let mut tables = HashMap::new();
        for (node, has_parts) in nodes.zip(&mut has_parts) {
            node.map(|id| {
                *has_parts = true;
                ways[id as usize] += 1;
                id
            });
            for pattern in patterns(node) {
                if !tables.contains_key(pattern)
                    && let Some(table) = arena.language(pattern).and_then(Table::of)
                {
                    tables.insert(pattern.to_owned(), table);
                }
            }
        }
        let shared =
            ways.iter().zip(has_parts).map(|(ways, has_parts)| *ways > 1 && has_parts).collect();
        let nodes = (0..).take(arena.len()).map(|id| arena.node(id));
        let members = nodes.map(|node| MemberTable::of(arena, node)).collect();
        Self { shared, tables, members }
    }

    /// Whether one value may reach the node in several ways.
    pub(crate) fn is_shared(&self, id: Id) -> bool {
        self.shared[id as usize]
    }

    /// What the node asserts about members, if that is much.
    pub(crate) fn members(&self, id: Id) -> Option<&MemberTable> {
        self.members[id as usize].as_ref()
    }

    /// The table of the pattern, if its language is small enough.
    pub(crate) fn table(&self, pattern: &str) -> Option<&Table> {
        self.tables.get(pattern)
    }
}

/// The patterns that a node matches with texts.
fn patterns(node: &Node) -> Vec<&str> {
    let Node::Atom(atom) = node else { return Vec::new() };
    match &**atom {
        Atom::Pattern(pattern) | Atom::PatternProperty(pattern, _) => vec![pattern],
        Atom::Additional(_, patterns, _) => patterns.iter().map(|pattern| &**pattern).collect(),
        Atom::Format(name) => format::named(name).map_or_else(Vec::new, Format::matched),
        _ => Vec::new(),
    }
}
