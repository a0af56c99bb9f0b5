//! The variables of the environment by which OpenTelemetry is configured.

use std::ffi::OsString;
use std::fmt;

/// A variable of the environment that is not valid. The message names the variable and says what it
/// may be. It never has the value, because there may be a secret in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidVariable {
    variable: String,
    why: String,
}

impl InvalidVariable {
    pub(crate) fn new(variable: &str, why: impl Into<String>) -> Self {
        Self { variable: variable.to_owned(), why: why.into() }
    }

    /// The name of the variable.
    pub fn variable(&self) -> &str {
        &self.variable
    }
}

impl fmt::Display for InvalidVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the variable `{}` {}", self.variable, self.why)
    }
}

impl std::error::Error for InvalidVariable {}

/// Where variables are read from: the environment, or what a test says.
pub(crate) struct Variables<'a>(pub(crate) &'a dyn Fn(&str) -> Option<OsString>);

impl Variables<'_> {
    /// The value of a variable. An empty one counts as not set (OpenTelemetry specification,
    /// environment variables).
    pub(crate) fn get(&self, name: &str) -> Result<Option<String>, InvalidVariable> {
        let value = (self.0)(name).map(OsString::into_string).transpose();
        let value = value.map_err(|_| InvalidVariable::new(name, "is not UTF-8"))?;
        Ok(value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()))
    }
}

/// Parses `key=value,key=value`, with percent-encoded keys and values. The format is that of W3C
/// Baggage without properties.
pub(crate) fn pairs(variable: &str, text: &str) -> Result<Vec<(String, String)>, InvalidVariable> {
    let invalid = |at: usize| {
        let why = format!(
            "is not valid in its member {}\nhelp: write `key=value,key=value`; a comma in a value \
             is `%2C`, a percent sign `%25`",
            at + 1
        );
        InvalidVariable::new(variable, why)
    };
    let mut pairs = Vec::new();
    for (at, member) in text.split(',').enumerate() {
        if member.trim().is_empty() {
            continue;
        }
        let (key, value) = member.split_once('=').ok_or_else(|| invalid(at))?;
        let (key, value) = (percent_decoded(key.trim()), percent_decoded(value.trim()));
        match key.zip(value) {
            Some((key, value)) if !key.is_empty() => pairs.push((key, value)),
            _ => return Err(invalid(at)),
        }
    }
    Ok(pairs)
}

/// Decodes `%20`. `None` if a percent sign has no two hex digits after it, or the text is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        decoded.push(u8::try_from(high << 4 | low).ok()?);
    }
    String::from_utf8(decoded).ok()
}
