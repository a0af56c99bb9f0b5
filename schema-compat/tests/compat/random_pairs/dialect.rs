//! The drafts, and which keywords each has.

/// A draft; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    V4,
    V6,
    V7,
    V2019,
    V2020,
}

impl Draft {
    pub(crate) const ALL: [Self; 5] = [Self::V4, Self::V6, Self::V7, Self::V2019, Self::V2020];

    /// What `$schema` says.
    pub(crate) const fn uri(self) -> &'static str {
        match self {
            Self::V4 => "http://json-schema.org/draft-04/schema#",
            Self::V6 => "http://json-schema.org/draft-06/schema#",
            Self::V7 => "http://json-schema.org/draft-07/schema#",
            Self::V2019 => "https://json-schema.org/draft/2019-09/schema",
            Self::V2020 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    pub(crate) const fn definitions(self) -> &'static str {
        if matches!(self, Self::V2019 | Self::V2020) { "$defs" } else { "definitions" }
    }

    /// The keyword, and its value's prefix, that give a definition a name of its own.
    pub(crate) const fn anchor(self) -> (&'static str, &'static str) {
        match self {
            Self::V4 => ("id", "#"),
            Self::V6 | Self::V7 => ("$id", "#"),
            Self::V2019 | Self::V2020 => ("$anchor", ""),
        }
    }

    pub(crate) const fn has_boolean_schemas(self) -> bool {
        !matches!(self, Self::V4)
    }
}

/// What is described; the keywords of one theme have a meaning together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Objects,
    Lists,
    Texts,
    Numbers,
    /// Of values of every type.
    Any,
}

/// What the value of a keyword is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Number,
    /// A number, or in draft 04 whether the bound itself is out.
    Exclusive,
    Step,
    Count,
    Pattern,
    Bool,
    Names,
    Scalars,
    Constant,
    Schema,
    /// `false` as often as a schema.
    Others,
    Schemas,
    ByName,
    ByPattern,
    NamesByName,
    /// Of names, or of a schema.
    Dependencies,
    /// A schema, or one for each place.
    SchemaOrTuple,
    Reference,
}

pub(crate) struct Keyword {
    pub(crate) name: &'static str,
    pub(crate) theme: Theme,
    pub(crate) sort: Sort,
    /// How often, beside others of the theme.
    pub(crate) weight: usize,
    since: Draft,
    until: Draft,
}

impl Keyword {
    const fn new(theme: Theme, weight: usize, name: &'static str, sort: Sort) -> Self {
        Self { name, theme, sort, weight, since: Draft::V4, until: Draft::V2020 }
    }

    const fn since(mut self, since: Draft) -> Self {
        self.since = since;
        self
    }

    const fn until(mut self, until: Draft) -> Self {
        self.until = until;
        self
    }

    pub(crate) fn is_in(&self, draft: Draft) -> bool {
        (self.since..=self.until).contains(&draft)
    }
}

const fn objects(weight: usize, name: &'static str, sort: Sort) -> Keyword {
    Keyword::new(Theme::Objects, weight, name, sort)
}

const fn lists(weight: usize, name: &'static str, sort: Sort) -> Keyword {
    Keyword::new(Theme::Lists, weight, name, sort)
}

const fn texts(weight: usize, name: &'static str, sort: Sort) -> Keyword {
    Keyword::new(Theme::Texts, weight, name, sort)
}

const fn numbers(weight: usize, name: &'static str, sort: Sort) -> Keyword {
    Keyword::new(Theme::Numbers, weight, name, sort)
}

const fn any(weight: usize, name: &'static str, sort: Sort) -> Keyword {
    Keyword::new(Theme::Any, weight, name, sort)
}

pub(crate) const KEYWORDS: &[Keyword] = &[
    objects(8, "properties", Sort::ByName),
    objects(5, "required", Sort::Names),
    objects(4, "additionalProperties", Sort::Others),
    objects(2, "patternProperties", Sort::ByPattern),
    objects(1, "minProperties", Sort::Count),
    objects(1, "maxProperties", Sort::Count),
    objects(1, "propertyNames", Sort::Schema).since(Draft::V6),
    objects(2, "dependencies", Sort::Dependencies).until(Draft::V7),
    objects(1, "dependentRequired", Sort::NamesByName).since(Draft::V2019),
    objects(1, "dependentSchemas", Sort::ByName).since(Draft::V2019),
    objects(2, "unevaluatedProperties", Sort::Others).since(Draft::V2019),
    lists(4, "items", Sort::SchemaOrTuple).until(Draft::V2019),
    lists(2, "additionalItems", Sort::Others).until(Draft::V2019),
    lists(2, "prefixItems", Sort::Schemas).since(Draft::V2020),
    lists(4, "items", Sort::Others).since(Draft::V2020),
    lists(2, "minItems", Sort::Count),
    lists(2, "maxItems", Sort::Count),
    lists(1, "uniqueItems", Sort::Bool),
    lists(2, "contains", Sort::Schema).since(Draft::V6),
    lists(1, "minContains", Sort::Count).since(Draft::V2019),
    lists(1, "maxContains", Sort::Count).since(Draft::V2019),
    lists(1, "unevaluatedItems", Sort::Others).since(Draft::V2019),
    texts(2, "minLength", Sort::Count),
    texts(2, "maxLength", Sort::Count),
    texts(2, "pattern", Sort::Pattern),
    numbers(3, "minimum", Sort::Number),
    numbers(3, "maximum", Sort::Number),
    numbers(1, "exclusiveMinimum", Sort::Exclusive),
    numbers(1, "exclusiveMaximum", Sort::Exclusive),
    numbers(1, "multipleOf", Sort::Step),
    any(3, "enum", Sort::Scalars),
    any(2, "const", Sort::Constant).since(Draft::V6),
    any(2, "allOf", Sort::Schemas),
    any(3, "anyOf", Sort::Schemas),
    any(3, "oneOf", Sort::Schemas),
    any(2, "not", Sort::Schema),
    any(2, "if", Sort::Schema).since(Draft::V7),
    any(4, "$ref", Sort::Reference),
];
