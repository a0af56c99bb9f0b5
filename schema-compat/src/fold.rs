//! Simplifies nodes that are always true or always false: `{"properties": {"a": {}}}` is always
//! true.

use crate::arena::{Atom, Id, Kind, Node};
use std::collections::VecDeque;
use std::sync::Arc;

/// The nodes, with constant nodes replaced by true or false.
pub(crate) fn folded(nodes: &[Node]) -> Vec<Node> {
    let truths = truths(nodes);
    let fold = |(node, truth): (&Node, &Option<bool>)| match (truth, node) {
        (Some(true), _) => Node::And(Arc::new([])),
        (Some(false), _) => Node::Or(Arc::new([])),
        (None, Node::And(ids)) => Node::And(without(ids, &truths, true)),
        (None, Node::Or(ids)) => Node::Or(without(ids, &truths, false)),
        (None, Node::One(ids)) => Node::One(without(ids, &truths, false)),
        (None, node) => node.clone(),
    };
    nodes.iter().zip(&truths).map(fold).collect()
}

fn without(ids: &Arc<[Id]>, truths: &[Option<bool>], truth: bool) -> Arc<[Id]> {
    if ids.iter().all(|id| truths[*id as usize] != Some(truth)) {
        return Arc::clone(ids);
    }
    ids.iter().copied().filter(|id| truths[*id as usize] != Some(truth)).collect()
}

/// Whether each node is always true or always false, as far as that follows from its parts.
fn truths(nodes: &[Node]) -> Vec<Option<bool>> {
    let mut parents: Vec<Vec<Id>> = vec![Vec::new(); nodes.len()];
    for (id, node) in (0..).zip(nodes) {
        node.map(|child| {
            parents[child as usize].push(id);
            child
        });
    }
    let mut truths = vec![None; nodes.len()];
    // First in, first out, without duplicates: a node is visited after most of its parts.
    let mut waiting: VecDeque<Id> = (0..).take(nodes.len()).collect();
    let mut is_waiting = vec![true; nodes.len()];
    while let Some(id) = waiting.pop_front() {
        is_waiting[id as usize] = false;
        if truths[id as usize].is_some() {
            continue;
        }
        truths[id as usize] = truth(&nodes[id as usize], &truths);
        if truths[id as usize].is_some() {
            for parent in &parents[id as usize] {
                if !std::mem::replace(&mut is_waiting[*parent as usize], true) {
                    waiting.push_back(*parent);
                }
            }
        }
    }
    truths
}

fn truth(node: &Node, truths: &[Option<bool>]) -> Option<bool> {
    let of = |id: &Id| truths[*id as usize];
    match node {
        Node::And(ids) if ids.iter().any(|id| of(id) == Some(false)) => Some(false),
        Node::And(ids) => ids.iter().all(|id| of(id) == Some(true)).then_some(true),
        Node::Or(ids) if ids.iter().any(|id| of(id) == Some(true)) => Some(true),
        Node::Or(ids) => ids.iter().all(|id| of(id) == Some(false)).then_some(false),
        Node::One(ids) if ids.iter().filter(|id| of(id) == Some(true)).count() > 1 => Some(false),
        Node::One(ids) => ids.iter().all(|id| of(id) == Some(false)).then_some(false),
        Node::Not(id) => of(id).map(|truth| !truth),
        Node::Atom(atom) => match &**atom {
            Atom::Property(_, id)
            | Atom::PatternProperty(_, id)
            | Atom::Additional(_, _, id)
            | Atom::PropertyNames(id)
            | Atom::Item(_, id)
            | Atom::ItemsFrom(_, id) => of(id).filter(|truth| *truth),
            Atom::MinItems(0)
            | Atom::MinLength(0)
            | Atom::MinProperties(0)
            | Atom::Contains(_, 0) => Some(true),
            Atom::Kinds(kinds) if kinds.is_empty() => Some(false),
            Atom::Kinds(kinds) => Kind::ALL.iter().all(|kind| kinds.contains(kind)).then_some(true),
            Atom::Enum(values) => values.is_empty().then_some(false),
            _ => None,
        },
    }
}
