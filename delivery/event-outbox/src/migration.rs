//! The versions of the outbox's tables.

use std::fmt;

/// One step of the tables' history. Steps are never changed, only added.
#[derive(Clone, Copy, Debug)]
pub struct MigrationStep {
    /// The version of the tables after this step. The first is 1.
    pub version: u32,
    /// What the step does, in a few words.
    pub name: &'static str,
    /// The statements. Run them in one transaction, under a lock, and add a row to
    /// `outbox_schema` in the same transaction.
    pub sql: &'static str,
}

/// What a migration has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The version of the tables before. 0 if there were none.
    pub from: u32,
    /// The version of the tables now.
    pub to: u32,
}

/// The tables are newer than this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewerSchema {
    /// The version of the tables.
    pub found: u32,
    /// The newest version that this program knows.
    pub known: u32,
}

impl fmt::Display for NewerSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, known } = self;
        write!(
            f,
            "the outbox's tables have version {found}, and this program knows versions up to \
             {known}\nhelp: update this program; it changed nothing"
        )
    }
}

impl std::error::Error for NewerSchema {}

/// The steps of `migrations` that tables of version `found` lack. 0 is a database without the
/// tables.
///
/// # Errors
///
/// If `found` is newer than the newest step.
pub fn pending(migrations: &[MigrationStep], found: u32) -> Result<&[MigrationStep], NewerSchema> {
    let known = migrations.last().map_or(0, |migration| migration.version);
    let done = migrations.iter().take_while(|migration| migration.version <= found).count();
    if found > known { Err(NewerSchema { found, known }) } else { Ok(&migrations[done..]) }
}

#[cfg(test)]
mod tests {
    use super::{MigrationStep, NewerSchema, pending};

    #[test]
    fn steps_that_are_done_are_left_out() {
        let step = |version| MigrationStep { version, name: "", sql: "" };
        let steps = [step(1), step(2), step(3)];
        let after = |found| {
            pending(&steps, found).map(|left| left.iter().map(|step| step.version).collect())
        };
        assert_eq!(after(0), Ok(vec![1, 2, 3]));
        assert_eq!(after(2), Ok(vec![3]));
        assert_eq!(after(3), Ok(vec![]));
        assert_eq!(after(4), Err(NewerSchema { found: 4, known: 3 }));
    }
}
