//! Finds equivalent nodes, also recursive ones.
//!
//! Nodes are assumed equal until they differ: first by their form, then by the classes of the nodes
//! that they refer to, until nothing changes. When a class is split, its largest part keeps the
//! class (Hopcroft 1971), so each node is visited at most a logarithmic number of times.

use crate::arena::{Id, Node};
use std::collections::{BTreeMap, HashMap};

/// The class of every node, and a node for each class, whose references are classes.
pub(crate) fn classes(nodes: &[Node]) -> (Vec<Id>, Vec<Node>) {
    let nodes = &crate::fold::folded(nodes);
    let meant = meant(nodes);
    let mut partition = Partition::new(nodes, &meant);
    let mut changed = partition.by_form();
    while !changed.is_empty() {
        changed = partition.split(&changed);
    }
    let class = |id: Id| partition.class[meant[id as usize] as usize];
    let classes = (0..).take(nodes.len()).map(class).collect();
    let of_class =
        partition.members.iter().map(|members| nodes[members[0] as usize].map(class)).collect();
    (classes, of_class)
}

/// The target of a node that only forwards to another node; the node itself for others and for
/// circles.
fn meant(nodes: &[Node]) -> Vec<Id> {
    let next = |id: Id| match &nodes[id as usize] {
        Node::And(ids) | Node::Or(ids) | Node::One(ids) if ids.len() == 1 => Some(ids[0]),
        _ => None,
    };
    let mut meant: Vec<Option<Id>> = vec![None; nodes.len()];
    for start in (0..).take(nodes.len()) {
        let (mut way, mut at) = (Vec::new(), start);
        let end = loop {
            if let Some(known) = meant[at as usize] {
                break known;
            }
            // A node that is reached again is in a circle.
            meant[at as usize] = Some(at);
            way.push(at);
            match next(at) {
                Some(next) => at = next,
                None => break at,
            }
        };
        for id in way {
            meant[id as usize] = Some(end);
        }
    }
    (0..).zip(meant).map(|(id, meant)| meant.unwrap_or(id)).collect()
}

struct Partition<'a> {
    nodes: &'a [Node],
    meant: &'a [Id],
    class: Vec<Id>,
    members: Vec<Vec<Id>>,
    /// The index of a node among the members of its class.
    position: Vec<usize>,
    /// The nodes that refer to a node.
    parents: Vec<Vec<Id>>,
}

impl<'a> Partition<'a> {
    /// One class with all nodes.
    fn new(nodes: &'a [Node], meant: &'a [Id]) -> Self {
        let mut parents = vec![Vec::new(); nodes.len()];
        let ids: Vec<Id> =
            (0..).take(nodes.len()).filter(|id| meant[*id as usize] == *id).collect();
        for id in &ids {
            nodes[*id as usize].map(|child| {
                parents[meant[child as usize] as usize].push(*id);
                child
            });
        }
        let mut all = Self {
            nodes,
            meant,
            class: vec![0; nodes.len()],
            members: vec![Vec::new()],
            position: vec![0; nodes.len()],
            parents,
        };
        for id in ids {
            all.put(id, 0);
        }
        all
    }

    fn put(&mut self, id: Id, class: Id) {
        self.class[id as usize] = class;
        self.position[id as usize] = self.members[class as usize].len();
        self.members[class as usize].push(id);
    }

    fn take(&mut self, id: Id) {
        let members = &mut self.members[self.class[id as usize] as usize];
        members.swap_remove(self.position[id as usize]);
        if let Some(moved) = members.get(self.position[id as usize]) {
            self.position[*moved as usize] = self.position[id as usize];
        }
    }

    /// Splits by the form of nodes; returns the classes whose parents must be visited.
    fn by_form(&mut self) -> Vec<Id> {
        let all = self.members[0].clone();
        self.regroup(0, &all);
        all
    }

    /// Splits the classes of nodes that refer to changed classes; returns the classes that changed.
    fn split(&mut self, changed: &[Id]) -> Vec<Id> {
        let mut dirty: Vec<Id> =
            changed.iter().flat_map(|id| self.parents[*id as usize].iter().copied()).collect();
        dirty.sort_unstable();
        dirty.dedup();
        let mut by_class: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for id in dirty {
            by_class.entry(self.class[id as usize]).or_default().push(id);
        }
        by_class.into_iter().flat_map(|(class, dirty)| self.regroup(class, &dirty)).collect()
    }

    /// Groups the changed nodes of a class by their form, apart from the rest of the class, whose
    /// form is unchanged. Returns the nodes that are in another class now.
    ///
    /// Nodes with equal forms always refer to the same classes, so changes during the split of one
    /// class do not separate them.
    fn regroup(&mut self, class: Id, dirty: &[Id]) -> Vec<Id> {
        let mut found: HashMap<Node, usize> = HashMap::new();
        let mut groups: Vec<Vec<Id>> = Vec::new();
        for id in dirty {
            self.take(*id);
            let says = self.nodes[*id as usize]
                .map(|child| self.class[self.meant[child as usize] as usize]);
            let group = *found.entry(says).or_insert(groups.len());
            if group == groups.len() {
                groups.push(Vec::new());
            }
            groups[group].push(*id);
        }
        let rest = self.members[class as usize].len();
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        let mut kept = None;
        if groups.first().is_some_and(|largest| largest.len() > rest) {
            kept = Some(groups.remove(0));
            groups.push(std::mem::take(&mut self.members[class as usize]));
        }
        for id in kept.into_iter().flatten() {
            self.put(id, class);
        }
        let mut changed = Vec::new();
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            let own = Id::try_from(self.members.len()).unwrap_or(Id::MAX);
            self.members.push(Vec::new());
            changed.extend(&group);
            for id in group {
                self.put(id, own);
            }
        }
        changed
    }
}
