//! The index of a catalog's events by name, so that decoding costs the same for every event.

use crate::model::catalog::BlockMeta;
use crate::model::meta::EventMeta;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Finds the events of a catalog. The table is built when the first record is decoded: a constant
/// would slow down each `cargo check` of the catalog.
#[derive(Debug)]
pub struct Index {
    blocks: &'static [&'static BlockMeta],
    names: OnceLock<Names>,
}

/// The place of one version of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The index of the block in the catalog.
    pub(super) block: usize,
    /// The index of the event in the block.
    pub(super) event: usize,
    pub(super) meta: &'static EventMeta,
}

/// Both spellings of each name, and each alias, with the versions of the event. An alias belongs to
/// the event, whichever version declares it.
#[derive(Debug)]
struct Names {
    /// The index in `versions` of the event's versions.
    by_name: HashMap<&'static str, usize>,
    versions: Vec<Vec<Place>>,
}

impl Index {
    /// An index of the events of these blocks.
    pub const fn new(blocks: &'static [&'static BlockMeta]) -> Self {
        Self { blocks, names: OnceLock::new() }
    }

    /// One version of the event called `name`.
    pub(super) fn find(&self, name: &str, version: u32) -> Option<Place> {
        let names = self.names.get_or_init(|| Names::new(self.blocks));
        let versions = names.versions.get(*names.by_name.get(name)?)?;
        versions.iter().find(|place| place.meta.version == version).copied()
    }
}

impl Names {
    fn new(blocks: &'static [&'static BlockMeta]) -> Self {
        let mut names = Self { by_name: HashMap::new(), versions: Vec::new() };
        let places = || {
            blocks.iter().enumerate().flat_map(|(block, meta)| {
                meta.events.iter().enumerate().map(move |(event, meta)| Place {
                    block,
                    event,
                    meta,
                })
            })
        };
        for place in places() {
            let next = names.versions.len();
            let at = *names.by_name.entry(place.meta.name.snake).or_insert(next);
            if at == next {
                names.by_name.insert(place.meta.name.dotted, next);
                names.versions.push(Vec::new());
            }
            names.versions[at].push(place);
        }
        // A current name takes precedence over an alias.
        for place in places() {
            let at = names.by_name[place.meta.name.snake];
            for alias in place.meta.aliases {
                names.by_name.entry(alias).or_insert(at);
            }
        }
        names
    }
}
