//! The cases as they are written: an event as it was locked, as it is declared now, and what the
//! compiler says where.
//!
//! ```text
//! # an integer is widened
//! mode: full
//! --- before
//! pub amount: i32,
//! --- after
//! pub amount: i64,
//! //          ^^^ EV0208 amount
//! ```
//!
//! The carets stand below what the compiler points at; after them come the rule's code and the path
//! to what changed, `-` where there is none. No carets: it builds. A part that declares no event is
//! the fields of one, and `//^event` stands for carets below its name. What stands before a line
//! `//-` is outside of `events!`. `Xxx` is a name of three letters that no other case has. Several
//! parts `before` are revisions of one version.
//!
//! | header | says |
//! | --- | --- |
//! | `mode` | the compatibility mode, `full-transitive` when left out |
//! | `stage` | `locked` when left out |
//! | `accepted` | the rule and the path of an accepted break |
//! | `retired` | a field that was retired, and its form |
//! | `domain` | the domain and its actions: `Payment { Charge }` |
//! | `free` | there is no block: the parts stand as they are |
//! | `dictionary` | a group's field that has another type in the next version |
//! | `beside` | why the change cannot be the next version |

use std::ops::Range;

#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) title: String,
    headers: Vec<(String, String)>,
    /// One for each revision.
    pub(crate) before: Vec<String>,
    pub(crate) after: String,
    /// What replaces `Xxx` and `xxx`.
    letters: String,
}

/// What the compiler has to say of a case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    /// From 1.
    pub(crate) line: usize,
    /// In bytes, from 0.
    pub(crate) columns: Range<usize>,
    pub(crate) code: String,
    /// `-` for none.
    pub(crate) path: String,
}

/// Names are made of these and a Z: no word of a message has one of them in it.
const CONSONANTS: &[u8] = b"bcdfghjklmnpqrstvwxz";

impl Case {
    /// The cases of a file; `first` is the number of the first one.
    pub(crate) fn parse(text: &str, first: usize) -> Vec<Self> {
        let mut cases: Vec<Self> = text
            .split("\n# ")
            .skip(1)
            .enumerate()
            .map(|(at, text)| {
                let (head, parts) = text.split_once("\n--- ").expect("a case has parts");
                let mut head = head.lines();
                let title = head.next().expect("a case has a title").to_owned();
                let headers = head.filter(|line| !line.is_empty()).map(|line| {
                    let (key, value) = line.split_once(": ").expect("a header is `key: value`");
                    (key.to_owned(), value.to_owned())
                });
                let letter = |at: usize| char::from(CONSONANTS[at]);
                let number = first + at;
                let letters =
                    ['Z', letter(number / CONSONANTS.len()), letter(number % CONSONANTS.len())];
                let letters = letters.iter().collect();
                let headers = headers.collect();
                let mut case =
                    Self { title, headers, before: Vec::new(), after: String::new(), letters };
                for part in parts.split("\n--- ") {
                    let (name, body) = part.split_once('\n').expect("a part has a body");
                    let body = case.named(body.trim_end());
                    match name {
                        "before" => case.before.push(body),
                        "after" => case.after = body,
                        name => panic!("a part is `before` or `after`, not `{name}`"),
                    }
                }
                case
            })
            .collect();
        let first = cases[0].before.clone();
        for case in cases.iter_mut().filter(|case| case.before.is_empty()) {
            case.before.clone_from(&first);
        }
        cases
    }

    /// The declaration as it is now, without what is expected of it.
    pub(crate) fn shown(&self) -> String {
        let is_shown = |line: &&str| !line.trim_start().starts_with("//-") && !is_expectation(line);
        self.after.lines().filter(is_shown).collect::<Vec<_>>().join("\n")
    }

    fn named(&self, text: &str) -> String {
        text.replace("Xxx", &self.letters).replace("xxx", &self.letters.to_ascii_lowercase())
    }

    /// The other way round: what is said of a case is the same wherever it stands.
    pub(crate) fn unnamed(&self, text: &str) -> String {
        text.replace(&self.letters, "Xxx").replace(&self.letters.to_ascii_lowercase(), "xxx")
    }

    /// The name of its module.
    pub(crate) fn module(&self) -> String {
        let letters = self
            .title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
        format!("c_{}", letters.collect::<String>())
    }

    pub(crate) fn header(&self, key: &str) -> Option<String> {
        self.headers.iter().find(|(known, _)| known == key).map(|(_, value)| self.named(value))
    }

    /// The module of the declaration as it was, and its events.
    pub(crate) fn source_before(&self, revision: usize) -> String {
        self.source(&self.before[revision])
    }

    /// The module of the declaration as it is now.
    pub(crate) fn source_after(&self) -> String {
        self.source(&self.after)
    }

    /// The module in which what is declared now is the next version, and what was locked is kept
    /// beside it.
    pub(crate) fn source_beside(&self) -> String {
        let last = self.before.last().expect("a case was locked");
        let (outside_before, before) = parts(last);
        let (outside, after) = parts(&self.after);
        let mut old = format!("{outside_before}\n//-\n{}", self.event(before));
        for name in types(&old) {
            let version = if names(&events(&old)).contains(&name.as_str()) { "V1" } else { "Old" };
            old = replaced(&old, &name, &format!("{name}{version}"));
        }
        old =
            old.replace("shared::", "shared_before::").replace("#[event(", "#[event(version = 1, ");
        if let Some(field) = self.header("dictionary") {
            // Only groups share their fields' names with the next version's.
            old = old.replace(
                &format!("pub {field}:"),
                &format!("#[field(dictionary = \"as it was\")] pub {field}:"),
            );
        }
        let new = self.event(after).replace("#[event(", "#[event(version = 2, ");
        let (outside_old, inside_old) = parts(&old);
        let upcasts = events(&new).into_iter().filter(|event| old.contains(&format!("{event}V1"))).map(|event| {
            format!(
                "impl event_core::UpcastFrom<{event}V1> for {event} {{ fn upcast(_: {event}V1) -> Self {{ loop {{}} }} }}\n"
            )
        });
        let upcasts: String = upcasts.collect();
        self.source(&format!("{outside_old}\n{outside}\n{upcasts}\n//-\n{new}\n{inside_old}"))
    }

    fn source(&self, body: &str) -> String {
        const PRELUDE: &str = "#![allow(warnings)] use event_core::*; use event_core::value::*; use std::collections::BTreeMap;";
        let (outside, inside) = parts(body);
        let inside = self.event(inside);
        if self.header("free").is_some() {
            return format!("{PRELUDE}\n{outside}\n{inside}\n");
        }
        let domain = self.header("domain").unwrap_or_else(|| format!("{} {{ Run }}", self.letters));
        let domain = format!("#[domain] pub enum {domain}\n");
        format!("{PRELUDE}\n{outside}\nevents!(\n{domain}{inside}\n);\n")
    }

    /// A part that declares an event; fields become one.
    fn event(&self, part: &str) -> String {
        if part.contains("#[event(") {
            return part.to_owned();
        }
        let name = format!("{}RunFailed", self.letters);
        let (at_event, fields): (Vec<&str>, Vec<&str>) =
            part.lines().partition(|line| line.starts_with("//^event "));
        let at_event: String = at_event
            .iter()
            .map(|line| line.replace("//^event", "//         ^^^^^^^^^^^^") + "\n")
            .collect();
        format!("#[event(error)]\npub struct {name} {{\n{at_event}{}\n}}", fields.join("\n"))
    }

    /// What has to be said of a source that [`Case::source_after`] gave.
    pub(crate) fn expected(source: &str) -> Vec<Expected> {
        let mut line_of_code = 0;
        let mut expected = Vec::new();
        for (at, line) in source.lines().enumerate() {
            if !is_expectation(line) {
                line_of_code = at + 1;
                continue;
            }
            let start = line.find('^').expect("it begins with a caret");
            let carets = line[start..].find(|c| c != '^').expect("a code follows");
            let mut words = line[start + carets..].split_whitespace();
            expected.push(Expected {
                line: line_of_code,
                columns: start..start + carets,
                code: words.next().expect("a code follows").to_owned(),
                path: words.next().expect("a path follows, or `-`").to_owned(),
            });
        }
        expected
    }
}

/// Whether a line says what the compiler says of the one before it.
fn is_expectation(line: &str) -> bool {
    line.trim_start().strip_prefix("//").is_some_and(|rest| rest.trim_start().starts_with('^'))
}

/// What stands outside of the block, and in it.
fn parts(body: &str) -> (&str, &str) {
    body.split_once("//-\n").unwrap_or(("", body))
}

/// The names of the structs that are events.
pub(crate) fn events(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut is_event = false;
    for line in source.lines() {
        is_event |= line.contains("#[event(");
        if let Some(name) = line.split("struct ").nth(1).filter(|_| is_event) {
            found.push(name.chars().take_while(|c| c.is_alphanumeric()).collect());
            is_event = false;
        }
    }
    found
}

fn names(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// The names of the types that are declared.
fn types(source: &str) -> Vec<String> {
    let words: Vec<&str> = source
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty())
        .collect();
    let is_type = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let declared = words
        .windows(2)
        .filter(|pair| matches!(pair[0], "struct" | "enum" | "type" | "trait") && is_type(pair[1]));
    let mut found: Vec<String> = declared.map(|pair| pair[1].to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

/// `text` with a whole word replaced.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(word) {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let is_whole =
            !rest[..at].ends_with(is_part) && !rest[at + word.len()..].starts_with(is_part);
        out.push_str(&rest[..at]);
        out.push_str(if is_whole { with } else { word });
        rest = &rest[at + word.len()..];
    }
    out + rest
}
