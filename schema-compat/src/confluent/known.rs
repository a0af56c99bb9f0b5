//! All schemas of both documents, after reading.

use super::alike;
use super::schemas::{Class, Id, Schema, Schemas};

/// The schemas of both documents. References are followed, and equal schemas are collapsed.
#[derive(Debug)]
pub(super) struct Known<'s> {
    schemas: Schemas<'s>,
    meant: Vec<Id>,
    alike: Vec<Id>,
}

impl<'s> Known<'s> {
    /// Builds it from all schemas that were read.
    pub(super) fn new(mut schemas: Schemas<'s>) -> Self {
        let alike = alike::collapse(&mut schemas);
        let meant = followed(schemas.all());
        Self { schemas, meant, alike }
    }

    /// The schema after following references. A reference into a circle gives itself.
    pub(super) fn meant(&self, id: Id) -> Id {
        self.meant[id]
    }

    /// The representative of all schemas that are alike.
    pub(super) fn representative(&self, id: Id) -> Id {
        self.alike[self.meant[id]]
    }

    pub(super) fn get(&self, id: Id) -> &Schema<'s> {
        self.schemas.get(id)
    }

    pub(super) fn class(&self, id: Id) -> &Class {
        &self.get(self.meant(id)).class
    }
}

/// The target of each schema's references. Each reference is followed only once.
fn followed(all: &[Schema<'_>]) -> Vec<Id> {
    let mut meant: Vec<Option<Id>> = vec![None; all.len()];
    for start in 0..all.len() {
        let (mut way, mut id) = (Vec::new(), start);
        let end = loop {
            if let Some(end) = meant[id] {
                break end;
            }
            way.push(id);
            meant[id] = Some(id);
            let Class::Reference(next) = &all[id].class else { break id };
            id = *next;
        };
        for id in way {
            meant[id] = Some(end);
        }
    }
    meant.into_iter().enumerate().map(|(id, meant)| meant.unwrap_or(id)).collect()
}
