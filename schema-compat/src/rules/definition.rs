//! The definition of a rule.

/// The category of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Payloads: a reader cannot read one.
    Wire,
    /// Code that is generated from schemas: it no longer builds.
    Source,
    /// Texts for people.
    Docs,
}

impl Category {
    /// The category as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Source => "source",
            Self::Docs => "docs",
        }
    }
}

/// The severity of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It breaks readers: the verdict is "incompatible".
    Error,
    /// It may surprise; it does not change the verdict.
    Warning,
    /// Worth a line in a changelog.
    Info,
}

impl Severity {
    /// The severity as a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name of the rule and of its fixture.
    pub id: &'static str,
    /// The category.
    pub category: Category,
    /// The severity.
    pub severity: Severity,
    /// One sentence that says what is found.
    pub explanation: &'static str,
    /// How to fix it.
    pub remedy: &'static str,
    /// A minimal change that the rule finds; `None` if no such change is known.
    pub example: Option<Example>,
}

impl Rule {
    /// The file of its fixture, from the root of the workspace: an old and a new schema, and the
    /// findings in both directions.
    pub fn fixture(&self) -> String {
        format!("schema-compat/tests/compat/rules/{}.txt", self.id)
    }
}

/// Two schemas, as JSON. They are the rule's fixture, so that the documented example is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The old schema.
    pub old: &'static str,
    /// The new schema.
    pub new: &'static str,
}

impl Example {
    /// The first two paragraphs of a fixture: `old` and `new`, each on the line above its schema.
    ///
    /// # Panics
    ///
    /// If the text does not begin with two such paragraphs.
    pub(crate) const fn of_fixture(text: &'static str) -> Self {
        let (old, rest) = paragraph(text);
        let (new, _) = paragraph(rest);
        Self { old: old.split_at("old\n".len()).1, new: new.split_at("new\n".len()).1 }
    }
}

/// A text up to its first empty line, and the rest.
const fn paragraph(text: &'static str) -> (&'static str, &'static str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while bytes[at] != b'\n' || bytes[at + 1] != b'\n' {
        at += 1;
    }
    (text.split_at(at).0, text.split_at(at + 2).1)
}

/// Builds a rule with its fixture.
macro_rules! rule_of {
    ($category:ident, $severity:ident, $id:literal, $explanation:literal, $remedy:literal) => {
        $crate::rules::definition::Rule {
            id: $id,
            category: $crate::rules::definition::Category::$category,
            severity: $crate::rules::definition::Severity::$severity,
            explanation: $explanation,
            remedy: $remedy,
            example: Some($crate::rules::definition::Example::of_fixture(include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/compat/rules/",
                $id,
                ".txt"
            )))),
        }
    };
}
pub(crate) use rule_of;

/// The rule for a payload that no keyword refuses. No example is known, so it has no fixture.
pub(super) const REFUSED: Rule = Rule {
    id: "refused",
    category: Category::Wire,
    severity: Severity::Error,
    explanation: "a reader refuses a payload, and no keyword explains why",
    remedy: "Look at the witness, which is the refused payload, and let the reader accept it.",
    example: None,
};
