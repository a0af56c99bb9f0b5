//! The events of a catalog by their names, so that decoding costs the same for each.

use crate::model::catalog::BlockMeta;
use crate::model::meta::EventMeta;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Finds the events of a catalog. The table is made when the first record is decoded: a constant
/// would cost each `cargo check` of the catalog.
#[derive(Debug)]
pub struct Index {
    blocks: &'static [&'static BlockMeta],
    names: OnceLock<Names>,
}

/// Where one version of an event is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Which block of the catalog.
    pub(super) block: usize,
    /// Which event of the block.
    pub(super) event: usize,
    pub(super) meta: &'static EventMeta,
}

/// Both spellings of each name, and each alias, with the versions of its event. An alias is the
/// event's, whichever of its versions declares it.
#[derive(Debug)]
struct Names {
    /// Where in `versions` those of an event are.
    by_name: HashMap<&'static str, usize>,
    versions: Vec<Vec<Place>>,
}

impl Index {
    /// Of the events of these blocks.
    pub const fn new(blocks: &'static [&'static BlockMeta]) -> Self {
        Self { blocks, names: OnceLock::new() }
    }

    /// One version of the event that `name` names.
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
        // A name of today is nobody's alias.
        for place in places() {
            let at = names.by_name[place.meta.name.snake];
            for alias in place.meta.aliases {
                names.by_name.entry(alias).or_insert(at);
            }
        }
        names
    }
}
