//! A schema object under construction. Its keywords have one fixed order, independent of the order
//! in which they are set.

use crate::json::Json;

/// The order of keywords in a file: identity, type and constraints, parts, annotations.
const ORDER: &[&str] = &[
    "$schema",
    "$id",
    "title",
    "description",
    "deprecated",
    "$ref",
    "type",
    "const",
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
    "prefixItems",
    "items",
    "additionalItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "propertyNames",
    "properties",
    "patternProperties",
    "required",
    "additionalProperties",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "default",
    "examples",
    "x-event",
    "definitions",
    "$defs",
];

/// A schema object under construction.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Keywords(Vec<(String, Json)>);

impl Keywords {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A schema with only a type.
    pub(crate) fn of_type(name: &str) -> Self {
        Self::new().with("type", name)
    }

    /// Sets a keyword; replaces an earlier value.
    pub(crate) fn with(mut self, keyword: &str, value: impl Into<Json>) -> Self {
        self.set(keyword, value);
        self
    }

    /// Sets a keyword if there is a value.
    pub(crate) fn with_some(self, keyword: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(keyword, value),
            None => self,
        }
    }

    /// Sets a keyword to a text, unless the text is empty.
    pub(crate) fn with_text(self, keyword: &str, text: &str) -> Self {
        self.with_some(keyword, Some(text.trim()).filter(|text| !text.is_empty()))
    }

    /// Sets a keyword to a list of texts, for `enum`.
    pub(crate) fn with_texts<'a>(
        self,
        keyword: &str,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        self.with(keyword, Json::texts(texts))
    }

    pub(crate) fn set(&mut self, keyword: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.0.iter_mut().find(|(key, _)| key == keyword) {
            Some(member) => member.1 = value,
            None => self.0.push((keyword.to_owned(), value)),
        }
    }

    pub(crate) fn get(&self, keyword: &str) -> Option<&Json> {
        self.0.iter().find(|(key, _)| key == keyword).map(|(_, value)| value)
    }

    pub(crate) fn take(&mut self, keyword: &str) -> Option<Json> {
        let at = self.0.iter().position(|(key, _)| key == keyword)?;
        Some(self.0.remove(at).1)
    }

    /// The keywords that are set.
    pub(crate) fn names(&self) -> Vec<String> {
        self.0.iter().map(|(keyword, _)| keyword.clone()).collect()
    }

    /// Sets a keyword to a list of schemas, for `oneOf` and similar keywords.
    pub(crate) fn with_schemas(
        self,
        keyword: &str,
        schemas: impl IntoIterator<Item = Self>,
    ) -> Self {
        self.with(keyword, Json::List(schemas.into_iter().map(Json::from).collect()))
    }

    /// A schema that accepts the same values and `null`.
    pub(crate) fn or_null(mut self) -> Self {
        if self.accepts_null() {
            return self;
        }
        if let [(keyword, Json::List(branches))] = &mut self.0[..]
            && keyword == "anyOf"
        {
            branches.push(Self::of_type("null").into());
            return self;
        }
        // These keywords decide about `null`, whatever the type is.
        let decides = |(keyword, _): &(String, Json)| {
            matches!(
                keyword.as_str(),
                "const" | "enum" | "oneOf" | "anyOf" | "allOf" | "not" | "$ref"
            )
        };
        if let Some(Json::Text(name)) = self.get("type")
            && !self.0.iter().any(decides)
        {
            let names = Json::texts([name.as_str(), "null"]);
            return self.with("type", names);
        }
        Self::new().with_schemas("anyOf", [self, Self::of_type("null")])
    }

    /// Whether `null` is certainly accepted.
    fn accepts_null(&self) -> bool {
        match self.0.as_slice() {
            [] => true,
            [(keyword, Json::List(branches))] if keyword == "anyOf" => {
                branches.contains(&Self::of_type("null").into())
            }
            [(keyword, Json::List(names))] if keyword == "type" => names.contains(&"null".into()),
            _ => false,
        }
    }

    /// Moves a bare `$ref` into an `allOf`, so that other keywords can be beside it. Draft-07
    /// ignores keywords beside a `$ref`, and generators of types would make a second type of it.
    pub(crate) fn without_bare_ref(mut self) -> Self {
        if let Some(target) = self.take("$ref") {
            let reference = Json::object([("$ref", target)]);
            match self.take("allOf") {
                Some(Json::List(mut all)) => {
                    all.push(reference);
                    self.set("allOf", Json::List(all));
                }
                _ => self.set("allOf", Json::List(vec![reference])),
            }
        }
        self
    }
}

impl From<Keywords> for Json {
    fn from(mut keywords: Keywords) -> Self {
        let rank = |key: &str| ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len());
        keywords.0.sort_by(|a, b| (rank(&a.0), &a.0).cmp(&(rank(&b.0), &b.0)));
        Self::Object(keywords.0)
    }
}
