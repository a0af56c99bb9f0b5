//! Secrets: the configuration says where one is, never what it is.

use super::input::{Refused, beside};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read as a secret. A token is far smaller; another file was meant.
const MOST_BYTES: usize = 64 << 10;

/// What to do with a secret that is written in the file.
pub(super) const ELSEWHERE: &str = "secrets are not written in the file: put it in a variable or a \
                                    file of its own, and write `env:NAME` or `file:PATH`";

/// A secret that was read from a variable or a file. `Debug` and `Display` show where it is from:
/// `env:BILLING_TOKEN`.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText {
    from: SecretPlace,
    value: Box<str>,
}

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum SecretPlace {
    Variable(String),
    File(PathBuf),
}

impl SecretText {
    /// The value: one line, not empty; a file of credentials may have several. Do not log it.
    pub fn expose(&self) -> &str {
        &self.value
    }

    /// Reads the secret that `env:NAME` or `file:PATH` names in the file `config`.
    pub(super) fn read(
        reference: &str,
        config: &Path,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, Refused> {
        let Self { from, value } = Self::read_lines(reference, config, environment)?;
        // A header of one line is made of it, and what is cut off silently would be refused by the
        // target without a word about why.
        if value.contains(|c: char| c.is_control()) {
            let what = "has more than one line, or a control character";
            return Err(Refused::new(format!("names {from}, which {what}")));
        }
        Ok(Self { from, value })
    }

    /// As [`SecretText::read`], of a secret that may have several lines.
    pub(super) fn read_lines(
        reference: &str,
        config: &Path,
        environment: &BTreeMap<String, String>,
    ) -> Result<Self, Refused> {
        let (from, value) = if let Some(name) = reference.strip_prefix("env:") {
            let value = environment.get(name).cloned();
            let from = SecretPlace::Variable(name.to_owned());
            (from, value.ok_or_else(|| not_set(name))?)
        } else if let Some(path) = reference.strip_prefix("file:") {
            let path = beside(config, path);
            let value = of_file(&path)?;
            (SecretPlace::File(path), value)
        } else {
            return Err(Refused::new("is not `env:NAME` or `file:PATH`").help(ELSEWHERE));
        };
        if value.is_empty() {
            return Err(Refused::new(format!("names {from}, which is empty")));
        }
        Ok(Self { from, value: value.into() })
    }
}

/// Whether a text names a secret.
pub(super) fn is_reference(text: &str) -> bool {
    text.starts_with("env:") || text.starts_with("file:")
}

fn not_set(name: &str) -> Refused {
    // A literal behind `env:` is a mistake that must not be printed: the name of a variable is not
    // secret, what is no name may be.
    let is_name = !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name {
        Refused::new(format!("names the variable {name}, which is not set"))
            .help(format!("set {name} in the environment of the relay"))
    } else {
        Refused::new("has no name of a variable behind `env:`")
            .help("write `env:` and a name of letters, digits and `_`")
    }
}

/// A file's text without the line break at its end.
fn of_file(path: &Path) -> Result<String, Refused> {
    let unreadable =
        |why: String| Refused::new(format!("names the file {}, {why}", path.display()));
    let io = |error: std::io::Error| unreadable(format!("which cannot be read: {error}"));
    // Opening a pipe waits for a writer, so the kind is asked first.
    if !std::fs::metadata(path).map_err(io)?.is_file() {
        return Err(unreadable("which is not a file".to_owned()));
    }
    let mut text = String::new();
    let limit = MOST_BYTES as u64 + 1;
    match File::open(path).map_err(io)?.take(limit).read_to_string(&mut text) {
        Ok(bytes) if bytes > MOST_BYTES => {
            Err(unreadable("which is larger than 64 KiB".to_owned()))
        }
        Ok(_) => {
            let line = text.strip_suffix('\n').unwrap_or(&text);
            Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
        }
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            Err(unreadable("which is not UTF-8".to_owned()))
        }
        Err(error) => Err(io(error)),
    }
}

impl fmt::Display for SecretPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
        }
    }
}

impl fmt::Display for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.from.fmt(f)
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretText({})", self.from)
    }
}
