//! A lock and the files beside it, independent of where they were read from.

use super::contracts::RevisionSchemas;
use super::digest;
use crate::file::File;
use crate::options::Contract;
use event_grammar::lock::{Lock, Stage, Version, VersionKey};
use std::collections::BTreeMap;

/// A lock and its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The lock.
    pub lock: Lock,
    /// The files beside the lock, by path below [`DIRECTORY`](super::DIRECTORY). A missing file is
    /// not in the map.
    pub files: BTreeMap<String, String>,
}

/// A stored file that is missing or does not match its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DamagedFile {
    /// The version of the file.
    pub key: VersionKey,
    /// The path below [`DIRECTORY`](super::DIRECTORY).
    pub path: String,
    /// Whether the file exists.
    pub is_there: bool,
}

/// `payment_process_failed@2/r0.write.json`
pub fn schema_file(key: &VersionKey, revision: usize, contract: Contract) -> String {
    event_grammar::lock::schema_file(key, revision, contract.as_str())
}

/// `payment_process_failed@2/samples.ndjson`
pub fn samples_file(key: &VersionKey) -> String {
    format!("{key}/samples.ndjson")
}

/// Every file of a version, and its digest.
fn files_of<'v>(
    key: &'v VersionKey,
    version: &'v Version,
) -> impl Iterator<Item = (String, &'v str)> {
    let schemas = version.revisions.iter().enumerate().flat_map(move |(number, revision)| {
        let digests = [(Contract::Write, &revision.write), (Contract::Read, &revision.read)];
        digests.map(|(contract, digest)| (schema_file(key, number, contract), digest.as_str()))
    });
    schemas.chain([(samples_file(key), version.samples.as_str())])
}

/// Every file that a lock refers to, by path below [`DIRECTORY`](super::DIRECTORY).
pub fn stored_files(lock: &Lock) -> Vec<String> {
    lock.versions
        .iter()
        .flat_map(|(key, version)| files_of(key, version))
        .map(|(path, _)| path)
        .collect()
}

impl State {
    /// The files that are missing or do not match their digests.
    pub fn damaged(&self) -> Vec<DamagedFile> {
        let all = self.lock.versions.iter().flat_map(|(key, version)| {
            files_of(key, version).map(move |(path, expected)| (key, path, expected))
        });
        let wrong = all.filter_map(|(key, path, expected)| {
            let found = self.files.get(&path);
            let fits = found.is_some_and(|contents| digest(contents) == expected);
            (!fits).then(|| DamagedFile { key: key.clone(), path, is_there: found.is_some() })
        });
        wrong.collect()
    }

    /// The schemas of a revision; `None` if a file is missing or damaged, which [`State::damaged`]
    /// reports.
    pub fn contracts(&self, key: &VersionKey, revision: usize) -> Option<RevisionSchemas> {
        let recorded = self.lock.versions.get(key)?.revisions.get(revision)?;
        let of = |contract, expected: &str| {
            let text = self.files.get(&schema_file(key, revision, contract))?;
            (digest(text) == expected).then(|| serde_json::from_str(text).ok()).flatten()
        };
        Some(RevisionSchemas {
            write: of(Contract::Write, &recorded.write)?,
            read: of(Contract::Read, &recorded.read)?,
        })
    }

    /// The golden samples of a version.
    pub fn samples(&self, key: &VersionKey) -> impl Iterator<Item = &str> {
        self.files.get(&samples_file(key)).map(String::as_str).unwrap_or_default().lines()
    }

    /// The locked versions that are not retired.
    pub fn locked(&self) -> impl Iterator<Item = (&VersionKey, &Version)> {
        self.lock.versions.iter().filter(|(_, version)| version.stage != Stage::Retired)
    }

    /// Adds a file.
    pub(super) fn put(&mut self, file: &File) {
        self.files.insert(file.path.clone(), file.contents.clone());
    }
}
