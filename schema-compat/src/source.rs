//! A schema document: its draft, and the targets of its references.

use serde_json::{Map, Value};
use std::collections::HashMap;

/// A draft of JSON Schema; drafts that are read alike are not distinguished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    Four,
    Six,
    Seven,
    Nineteen,
    Twenty,
    /// No draft is named: the keywords of every draft apply.
    Unstated,
}

impl Draft {
    fn of(uri: &str) -> Option<Self> {
        Some(
            match uri
                .trim_end_matches('#')
                .trim_start_matches("http://")
                .trim_start_matches("https://")
            {
                "json-schema.org/draft-04/schema" => Self::Four,
                "json-schema.org/draft-06/schema" => Self::Six,
                "json-schema.org/draft-07/schema" => Self::Seven,
                "json-schema.org/draft/2019-09/schema" => Self::Nineteen,
                "json-schema.org/draft/2020-12/schema" => Self::Twenty,
                _ => return None,
            },
        )
    }

    /// Every draft with a name, the oldest first.
    pub(crate) const ALL: [Self; 5] =
        [Self::Four, Self::Six, Self::Seven, Self::Nineteen, Self::Twenty];

    /// The name of the draft.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Four => "draft 04",
            Self::Six => "draft 06",
            Self::Seven => "draft 07",
            Self::Nineteen => "2019-09",
            Self::Twenty => "2020-12",
            Self::Unstated => "any draft",
        }
    }

    /// Whether the draft has the keyword.
    pub(crate) fn has_keyword(self, keyword: &str) -> bool {
        match keyword {
            "const" | "contains" | "propertyNames" => self >= Self::Six,
            "if" => self >= Self::Seven,
            "dependentRequired"
            | "dependentSchemas"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "minContains"
            | "maxContains" => self >= Self::Nineteen,
            "$recursiveRef" => matches!(self, Self::Nineteen | Self::Unstated),
            "prefixItems" | "$dynamicRef" => self >= Self::Twenty,
            "dependencies" => self <= Self::Seven || self == Self::Unstated,
            _ => true,
        }
    }

    /// Whether a `$ref` makes its neighbours ineffective.
    pub(crate) fn ref_stands_alone(self) -> bool {
        self <= Self::Seven
    }
}

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The version: `old` or `new`.
    pub(crate) side: &'static str,
    pub(crate) pointer: String,
    pub(crate) what: String,
}

/// The maximum depth of a schema.
const DEPTH: usize = 96;
/// The maximum number of values in a document: objects, lists, texts, numbers and so on.
const VALUES: usize = 200_000;

/// A document and its named schemas.
pub(crate) struct Source<'s> {
    pub(crate) root: &'s Value,
    pub(crate) draft: Draft,
    /// The version: `old` or `new`.
    pub(crate) side: &'static str,
    /// Pointers by absolute URI, with and without fragment.
    names: HashMap<String, String>,
    /// The base URI of every object that may hold a `$ref`, if it differs from the document's.
    bases: HashMap<String, String>,
    /// How often each `$dynamicAnchor` is declared.
    dynamic: HashMap<String, usize>,
    resources: usize,
    /// The number of values.
    values: usize,
}

/// The base URI of a document without `$id`.
const BASE: &str = "schema:/";

impl<'s> Source<'s> {
    pub(crate) fn new(root: &'s Value, side: &'static str) -> Result<Self, Unreadable> {
        Self::read_as(root, side, Draft::Unstated)
    }

    /// The document, with a draft to assume if it names none.
    pub(crate) fn read_as(
        root: &'s Value,
        side: &'static str,
        otherwise: Draft,
    ) -> Result<Self, Unreadable> {
        let draft = match root.get("$schema") {
            None => otherwise,
            Some(Value::String(uri)) => Draft::of(uri).ok_or_else(|| Unreadable {
                side,
                pointer: "/$schema".to_owned(),
                what: "is not a draft from 04 to 2020-12".to_owned(),
            })?,
            Some(_) => {
                return Err(Unreadable {
                    side,
                    pointer: "/$schema".to_owned(),
                    what: "is not a text".to_owned(),
                });
            }
        };
        let mut source = Self {
            root,
            draft,
            side,
            names: HashMap::new(),
            bases: HashMap::new(),
            dynamic: HashMap::new(),
            resources: 0,
            values: 0,
        };
        source.names.insert(BASE.to_owned(), String::new());
        source.index(root, String::new(), BASE, 0)?;
        Ok(source)
    }

    fn index(
        &mut self,
        value: &Value,
        pointer: String,
        base: &str,
        depth: usize,
    ) -> Result<(), Unreadable> {
        if let Err(what) = self.count_one(depth) {
            return Err(Unreadable { side: self.side, pointer, what });
        }
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.index(item, format!("{pointer}/{at}"), base, depth + 1)?;
                }
            }
            Value::Object(members) => {
                let base = self.name(members, &pointer, base);
                for (key, member) in members {
                    // Values are not schemas, even if they look like schemas.
                    if !matches!(key.as_str(), "const" | "enum" | "default" | "examples")
                        || is_map(&pointer)
                    {
                        self.index(member, child(&pointer, key), &base, depth + 1)?;
                    } else if let Err(what) = self.count(member, depth + 1) {
                        return Err(Unreadable {
                            side: self.side,
                            pointer: child(&pointer, key),
                            what,
                        });
                    }
                }
                if base != BASE {
                    self.bases.insert(pointer, base);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts a value and its parts.
    fn count(&mut self, value: &Value, depth: usize) -> Result<(), String> {
        self.count_one(depth)?;
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.count(item, depth + 1)),
            Value::Object(members) => {
                members.values().try_for_each(|member| self.count(member, depth + 1))
            }
            _ => Ok(()),
        }
    }

    fn count_one(&mut self, depth: usize) -> Result<(), String> {
        self.values += 1;
        if depth > DEPTH {
            return Err(format!("is more than {DEPTH} levels deep"));
        }
        if self.values > VALUES {
            return Err(format!(
                "is beyond the first {VALUES} values of the document: larger documents are not supported"
            ));
        }
        Ok(())
    }

    /// Records the names of an object; returns the base URI of its parts.
    fn name(&mut self, members: &Map<String, Value>, pointer: &str, base: &str) -> String {
        let mut base = base.to_owned();
        if is_map(pointer) {
            return base;
        }
        let is_alone = self.draft.ref_stands_alone() && members.contains_key("$ref");
        let id = members
            .get(if self.draft == Draft::Four { "id" } else { "$id" })
            .and_then(Value::as_str);
        if let Some(id) = id.filter(|_| !is_alone) {
            let (resource, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !resource.is_empty() {
                base = join(&base, resource);
                self.resources += 1;
                self.names.insert(base.clone(), pointer.to_owned());
            }
            if !fragment.is_empty() {
                self.names.insert(format!("{base}#{fragment}"), pointer.to_owned());
            }
        }
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(anchor) = members.get(key).and_then(Value::as_str) {
                self.names.insert(format!("{base}#{anchor}"), pointer.to_owned());
                if key == "$dynamicAnchor" {
                    *self.dynamic.entry(anchor.to_owned()).or_default() += 1;
                }
            }
        }
        base
    }

    /// The target of a `$ref` at `pointer`; `None` if it is not in this document.
    pub(crate) fn resolve(&self, pointer: &str, reference: &str) -> Option<String> {
        let base = self.bases.get(pointer).map_or(BASE, String::as_str);
        let uri = join(base, reference);
        let (resource, fragment) = uri.split_once('#').unwrap_or((&uri, ""));
        let root = self.names.get(resource)?;
        let fragment = percent_decoded(fragment)?;
        let target = if fragment.is_empty() || fragment.starts_with('/') {
            format!("{root}{fragment}")
        } else {
            self.names.get(&format!("{resource}#{fragment}"))?.clone()
        };
        self.root.pointer(&target).is_some().then_some(target)
    }

    /// Whether a dynamic reference has only one possible target.
    pub(crate) fn is_static(&self, reference: &str) -> bool {
        let anchor = reference.rsplit('#').next().unwrap_or_default();
        self.resources <= 1
            || self.dynamic.get(anchor).copied().unwrap_or(0) <= 1 && !anchor.is_empty()
    }
}

/// Whether the keys of the object at this pointer are names, not keywords.
fn is_map(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    let maps = [
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
        "dependencies",
        "dependentRequired",
    ];
    // A property may itself be called `properties`; then its keywords are taken for names, and only
    // a `$id` there is missed.
    maps.contains(&last)
}

/// Resolves `reference` against `base` (RFC 3986 §5, as far as schemas need it).
fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if reference.starts_with('#') {
        return format!("{}{reference}", base.split('#').next().unwrap_or_default());
    }
    let scheme_ends = reference.find(':');
    if scheme_ends.is_some_and(|end| !reference[..end].contains(['/', '#', '?'])) {
        return reference.trim_end_matches('#').to_owned();
    }
    let base = base.split(['#', '?']).next().unwrap_or_default();
    let authority_ends = base.find("://").map_or_else(
        || base.find(':').map_or(0, |at| at + 1),
        |at| base[at + 3..].find('/').map_or(base.len(), |slash| at + 3 + slash),
    );
    let joined = if reference.starts_with('/') {
        format!("{}{reference}", &base[..authority_ends])
    } else {
        let directory =
            base[authority_ends..].rfind('/').map_or(authority_ends, |at| authority_ends + at + 1);
        format!("{}{reference}", &base[..directory])
    };
    joined.trim_end_matches('#').to_owned()
}

fn percent_decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
        bytes.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(bytes).ok()
}

/// The pointer of a member.
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
