//! The list of the files that exports wrote to a directory, with the digest of each.

use crate::path;
use event_schema::Json;
use event_schema::lock::digest;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The name of the list, in its directory. It begins with a dot, so that `schemas/*.json` matches
/// only exported files.
pub const MANIFEST: &str = ".events-export.json";

/// The format of the list that this crate reads and writes.
const FORMAT: u64 = 1;

/// The files that exports wrote to one directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, Section>);

/// The files that one exporter wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// The options of the export: [`Choices::text`](crate::Choices::text).
    pub(crate) options: String,
    /// The files by path.
    pub(crate) files: BTreeMap<String, Digests>,
}

/// The digests of the texts that an export wrote to a file. Usually there is one. After a killed
/// export there are two: the file has the old text or the new one.
pub(crate) type Digests = BTreeSet<String>;

/// Why a list cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ManifestError {
    /// The list is damaged; the text says how.
    Damaged(String),
    /// A newer version of this crate wrote the list, in this format.
    Newer(u64),
    /// The list has a path that is not below the directory.
    Outside(String),
}

impl Manifest {
    /// Reads the text of [`MANIFEST`].
    ///
    /// # Errors
    ///
    /// See [`ManifestError`]. If a part of the list is wrong, the whole list is refused.
    pub fn parse(text: &[u8]) -> Result<Self, ManifestError> {
        let value: Value = serde_json::from_slice(text)
            .map_err(|error| ManifestError::Damaged(format!("not JSON: {error}")))?;
        match value.get("events_export").and_then(Value::as_u64) {
            None | Some(0) => return Err(damaged("the format (`events_export`) is missing")),
            Some(FORMAT) => {}
            Some(newer) => return Err(ManifestError::Newer(newer)),
        }
        let sections = object(value.get("exporters"), "exporters")?.iter();
        let sections = sections.map(|(name, section)| Ok((name.clone(), Section::parse(section)?)));
        sections.collect::<Result<_, _>>().map(Self)
    }

    /// The text of [`MANIFEST`]: the same list gives the same bytes.
    pub fn text(&self) -> String {
        let sections = self.0.iter().map(|(name, section)| (&**name, section.json()));
        Json::object([("events_export", FORMAT.into()), ("exporters", Json::object(sections))])
            .to_string()
    }

    /// The options with which an exporter wrote to the directory: `--contract read --strict`.
    /// `None` if it did not write.
    pub fn options(&self, exporter: &str) -> Option<&str> {
        self.0.get(exporter).map(|section| &*section.options)
    }

    /// Every file that an exporter wrote, with the exporter's name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .flat_map(|(name, section)| section.files.keys().map(move |path| (&**path, &**name)))
    }

    /// The files of an exporter; empty if it did not write.
    pub(crate) fn section(&self, exporter: &str) -> Section {
        self.0.get(exporter).cloned().unwrap_or_default()
    }

    /// Another exporter that wrote this file.
    pub(crate) fn other_owner(&self, exporter: &str, path: &str) -> Option<&str> {
        let mut others = self.0.iter().filter(|(name, _)| *name != exporter);
        others.find(|(_, section)| section.files.contains_key(path)).map(|(name, _)| &**name)
    }

    /// The same list, with a new section for one exporter.
    pub(crate) fn with(&self, exporter: &str, section: Section) -> Self {
        let mut manifest = self.clone();
        manifest.0.insert(exporter.to_owned(), section);
        manifest
    }
}

impl Section {
    /// Adds a file, with the one text that it will have.
    pub(crate) fn add(&mut self, path: &str, contents: &str) {
        self.files.insert(path.to_owned(), Digests::from([digest(contents)]));
    }

    fn parse(value: &Value) -> Result<Self, ManifestError> {
        let options = value.get("options").and_then(Value::as_str);
        let options = options.ok_or_else(|| damaged("`options` is not a text"))?.to_owned();
        let files = object(value.get("files"), "files")?.iter().map(|(path, digests)| {
            if !path::is_below(path) || path == MANIFEST {
                return Err(ManifestError::Outside(path.clone()));
            }
            let digests = match digests {
                Value::Array(digests) => digests.iter().map(a_digest).collect(),
                digest => a_digest(digest).map(|digest| Digests::from([digest])),
            };
            let wrong = || damaged(&format!("`{}` has no digest", path.escape_debug()));
            Ok((path.clone(), digests.ok_or_else(wrong)?))
        });
        Ok(Self { options, files: files.collect::<Result<_, _>>()? })
    }

    fn json(&self) -> Json {
        let files = self.files.iter().map(|(path, digests)| {
            let mut digests = digests.iter().map(String::as_str);
            let json = match (digests.next(), digests.len()) {
                (Some(only), 0) => only.into(),
                (first, _) => Json::texts(first.into_iter().chain(digests)),
            };
            (&**path, json)
        });
        Json::object([("options", (*self.options).into()), ("files", Json::object(files))])
    }
}

/// The digest of a file's content, if an export could have written it. Line endings do not count:
/// with `core.autocrlf`, git writes `\r\n` on checkout.
pub(crate) fn digest_of(found: &[u8]) -> Option<String> {
    str::from_utf8(found).ok().map(digest)
}

fn a_digest(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let digits = text.strip_prefix("sha256:")?;
    let is_digest = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then(|| text.to_owned())
}

fn object<'v>(
    value: Option<&'v Value>,
    name: &str,
) -> Result<&'v Map<String, Value>, ManifestError> {
    let object = value.and_then(Value::as_object);
    object.ok_or_else(|| damaged(&format!("`{name}` is not an object")))
}

fn damaged(what: &str) -> ManifestError {
    ManifestError::Damaged(what.to_owned())
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(f, "it is damaged: {what}"),
            Self::Newer(format) => write!(
                f,
                "a newer version of this command wrote it: it has format {format}, this command \
                 reads format {FORMAT}"
            ),
            Self::Outside(path) => {
                write!(f, "it lists `{}`, which is not below the directory", path.escape_debug())
            }
        }
    }
}

impl std::error::Error for ManifestError {}

#[cfg(test)]
mod tests {
    use super::{Digests, Manifest, ManifestError, Section};
    use event_schema::lock::digest;

    fn manifest() -> Manifest {
        let one = Digests::from([digest("one")]);
        let two = Digests::from([digest("one"), digest("two")]);
        let files = [("a.json".to_owned(), one), ("b/c.txt".to_owned(), two)];
        let section = Section { options: "--strict".to_owned(), files: files.into() };
        Manifest::default().with("json-schema", section).with("names", Section::default())
    }

    #[test]
    fn what_is_written_reads_back() {
        for manifest in [Manifest::default(), manifest()] {
            assert_eq!(Manifest::parse(manifest.text().as_bytes()), Ok(manifest));
        }
        assert_eq!(
            manifest().files().collect::<Vec<_>>(),
            [("a.json", "json-schema"), ("b/c.txt", "json-schema")]
        );
        assert_eq!(manifest().options("json-schema"), Some("--strict"));
        assert_eq!(manifest().options("other"), None);
    }

    #[test]
    fn each_file_is_a_line() {
        let text = manifest().text();
        let line = format!("        \"a.json\": \"{}\",\n", digest("one"));
        assert!(text.contains(&line), "{text}");
    }

    #[test]
    fn a_damaged_list_is_refused_as_a_whole() {
        let text = manifest().text();
        for (from, to, says) in [
            ("{", "<<<<<<< ours\n{", "it is damaged: not JSON: "),
            ("\"events_export\": 1", "\"events_export\": \"1\"", "the format"),
            ("\"events_export\": 1", "\"events_export\": 0", "the format"),
            ("\"exporters\": {", "\"exporters\": [], \"x\": {", "`exporters` is not an object"),
            ("\"files\": {", "\"files\": 7, \"x\": {", "`files` is not an object"),
            ("\"--strict\"", "[]", "`options` is not a text"),
            ("sha256:", "sha512:", "`a.json` has no digest"),
        ] {
            let error = Manifest::parse(text.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert!(matches!(error, ManifestError::Damaged(_)), "{error:?}");
            assert!(error.to_string().contains(says), "{error}");
        }
        let newer = text.replace("\"events_export\": 1", "\"events_export\": 2");
        assert_eq!(Manifest::parse(newer.as_bytes()), Err(ManifestError::Newer(2)));
        assert!(Manifest::parse(b"").is_err() && Manifest::parse(b"\xff").is_err());
    }

    #[test]
    fn no_path_leads_out_of_the_directory() {
        for path in ["../a.json", "/etc/passwd", "b/../../c", "C:/x", "", ".events-export.json"] {
            let text = manifest().text().replacen("a.json", path, 1);
            let expected = Err(ManifestError::Outside(path.to_owned()));
            assert_eq!(Manifest::parse(text.as_bytes()), expected);
        }
    }
}
