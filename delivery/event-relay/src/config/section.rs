//! One table of the file, with the variables that override its keys.

use super::input::{Input, Located, Place, Refused, SHOWN};
use super::secret::SecretText;
use event_grammar::{harmless, suggest};
use toml::de::{DeTable, DeValue};

/// One table of the file. Each key that is asked for is known; [`Section::finish`] reports the
/// others.
pub(super) struct Section<'a> {
    /// With dots; empty for the file itself.
    path: String,
    table: Option<&'a DeTable<'a>>,
    place: Place,
    known: Vec<String>,
    /// The keys that must be there and are not, and what to write.
    missing: Vec<(String, String)>,
}

/// How a scalar is written in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In quotes.
    Text,
    /// In digits.
    Number,
}

impl<'a> Section<'a> {
    /// The file itself.
    pub(super) fn of_file(table: &'a DeTable<'a>) -> Self {
        Self::new(String::new(), Some(table), Place::File)
    }

    fn new(path: String, table: Option<&'a DeTable<'a>>, place: Place) -> Self {
        Self { path, table, place, known: Vec::new(), missing: Vec::new() }
    }

    /// The path of a key, with dots.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The keys of the table as it is in the file, with their places.
    pub(super) fn keys(&self) -> Vec<Located<String>> {
        let keys = self.table.into_iter().flat_map(|table| table.keys());
        let located = |key: &toml::Spanned<toml::de::DeString<'_>>| Located {
            value: key.get_ref().clone().into_owned(),
            place: Place::At(key.span().start),
        };
        keys.map(located).collect()
    }

    /// Takes a key for known whose name is refused, so that it is reported once.
    pub(super) fn skip(&mut self, key: &str) {
        self.known.push(key.to_owned());
    }

    /// Whether a key is a table in the file.
    pub(super) fn has_table(&self, key: &str) -> bool {
        let value = self.table.and_then(|table| table.get(key));
        value.is_some_and(|value| matches!(value.get_ref(), DeValue::Table(_)))
    }

    /// A table within this one, if it is in the file or a variable overrides a key of it.
    pub(super) fn section(&mut self, input: &mut Input<'_>, key: &str) -> Option<Section<'a>> {
        self.known.push(key.to_owned());
        let path = self.path_of(key);
        let Some(value) = self.table.and_then(|table| table.get(key)) else {
            let has_variables = input.has_variables_within(&path);
            return has_variables.then(|| Self::new(path, None, Place::File));
        };
        let place = Place::At(value.span().start);
        let DeValue::Table(table) = value.get_ref() else {
            input.refuse(&place, Refused::new(format!("`{path}` is a value, not a table")));
            input.leave_variables_within(&path);
            return None;
        };
        Some(Self::new(path, Some(table), place))
    }

    /// The value of a key, as `parse` reads it. `None` if the key is absent, or its value refused.
    pub(super) fn value<T>(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
        written: Written,
        parse: impl Fn(&str) -> Result<T, Refused>,
    ) -> Option<Located<T>> {
        let (Located { value, place }, mistyped) = self.scalar(input, key, written)?;
        // What is wrong with the value comes first: `10` for a duration lacks a unit, and in quotes
        // it would still lack one.
        let refused = match (parse(&value), mistyped) {
            (Ok(value), None) => return Some(Located { value, place }),
            (Ok(_), Some(refused)) | (Err(refused), _) => refused,
        };
        self.refuse_value(input, key, &place, refused);
        None
    }

    fn refuse_value(&self, input: &mut Input<'_>, key: &str, place: &Place, refused: Refused) {
        let message = format!("`{}` {}", self.path_of(key), refused.message);
        input.refuse(place, Refused { message, help: refused.help });
    }

    /// A text.
    pub(super) fn text(&mut self, input: &mut Input<'_>, key: &str) -> Option<Located<String>> {
        self.value(input, key, Written::Text, |text| {
            if text.is_empty() { Err(Refused::new("is empty")) } else { Ok(text.to_owned()) }
        })
    }

    /// One of a few words.
    pub(super) fn word<T: Copy>(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
        words: &[(&str, T)],
    ) -> Option<Located<T>> {
        self.value(input, key, Written::Text, |text| {
            let found = words.iter().find(|(word, _)| *word == text);
            found.map(|(_, value)| *value).ok_or_else(|| {
                let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
                let near = suggest::closest(text, words.iter().map(|(word, _)| *word));
                let hint = near.map_or(String::new(), |near| format!(", did you mean `{near}`?"));
                Refused::new(format!("has an unknown value{hint}"))
                    .help(format!("write one of {}", all.join(", ")))
            })
        })
    }

    /// A whole number from 1 to `most`.
    pub(super) fn count(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
        most: u32,
    ) -> Option<Located<u32>> {
        self.value(input, key, Written::Number, |text| {
            let number = text.parse().ok().filter(|number| (1..=most).contains(number));
            number.ok_or_else(|| Refused::new(format!("must be a whole number from 1 to {most}")))
        })
    }

    /// A text that must be there. If it is not, `help` says what to write.
    pub(super) fn required_text(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
        help: &str,
    ) -> Option<String> {
        let text = self.text(input, key);
        if text.is_none() {
            self.missing_unless_refused(input, key, help);
        }
        text.map(|text| text.value)
    }

    /// A secret, which is named as `env:NAME` or `file:PATH`.
    pub(super) fn secret(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
    ) -> Option<Located<SecretText>> {
        let (file, environment) = (input.file(), input.environment());
        self.value(input, key, Written::Text, |text| SecretText::read(text, file, environment))
    }

    /// Whether a key has a value, in the file or in a variable.
    pub(super) fn is_set(&self, input: &mut Input<'_>, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
            || input.variable(&self.path_of(key)).is_some()
    }

    /// Reports that a key is missing, if it has no value. A value that was refused is reported
    /// already.
    pub(super) fn missing_unless_refused(&mut self, input: &mut Input<'_>, key: &str, help: &str) {
        if !self.is_set(input, key) {
            self.missing(key, help);
        }
    }

    /// Reports, at the end, that a key is missing.
    pub(super) fn missing(&mut self, key: &str, help: &str) {
        self.missing.push((key.to_owned(), help.to_owned()));
    }

    /// Reports the keys that are not known, and those that are missing.
    pub(super) fn finish(self, input: &mut Input<'_>) {
        self.end(input, |_| true);
    }

    /// Reports what is missing. Other keys are not judged, as they depend on it.
    pub(super) fn give_up(self, input: &mut Input<'_>) {
        input.leave_variables_within(&self.path);
        self.end(input, |means_missing| means_missing);
    }

    /// A misspelt key is one mistake: it is reported as unknown, and what it means not as missing.
    fn end(mut self, input: &mut Input<'_>, reports: impl Fn(bool) -> bool) {
        for key in self.keys() {
            if self.known.contains(&key.value) {
                continue;
            }
            let known = || self.known.iter().map(String::as_str);
            let means = suggest::closest(&key.value, known()).map(str::to_owned);
            let is_meant = |(missing, _): &(String, String)| Some(missing) == means.as_ref();
            if !reports(self.missing.iter().any(is_meant)) {
                continue;
            }
            let path = self.path_of(&key.value);
            let all: Vec<&str> = known().collect();
            let hint = suggest::hint(&key.value, all);
            let message = format!("unknown key `{}`{hint}", harmless(&path, SHOWN));
            input.refuse(&key.place, Refused::new(message));
            self.missing.retain(|missing| !is_meant(missing));
        }
        for (key, help) in &self.missing {
            let message = format!("`{}` is missing", self.path_of(key));
            input.refuse(&self.place, Refused::new(message).help(help));
        }
    }

    /// The text of a key, from its variable or from the file; with an error if it is written as the
    /// other kind of scalar.
    fn scalar(
        &mut self,
        input: &mut Input<'_>,
        key: &str,
        written: Written,
    ) -> Option<(Located<String>, Option<Refused>)> {
        self.known.push(key.to_owned());
        if let Some(Located { value, place }) = input.variable(&self.path_of(key)) {
            return Some((Located { value: value.to_owned(), place }, None));
        }
        let value = self.table.and_then(|table| table.get(key))?;
        let place = Place::At(value.span().start);
        let (text, is) = match value.get_ref() {
            DeValue::String(text) => (text.clone().into_owned(), Written::Text),
            DeValue::Integer(number) if number.radix() == 10 => {
                (number.as_str().to_owned(), Written::Number)
            }
            _ => {
                self.refuse_value(input, key, &place, written.mistyped());
                return None;
            }
        };
        let mistyped = (is != written).then(|| written.mistyped());
        Some((Located { value: text, place }, mistyped))
    }
}

impl Written {
    fn mistyped(self) -> Refused {
        match self {
            Self::Text => Refused::new("must be a text").help("write it in quotes"),
            Self::Number => {
                Refused::new("must be a whole number").help("write digits, without quotes")
            }
        }
    }
}
