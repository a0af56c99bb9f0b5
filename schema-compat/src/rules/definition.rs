//! What a rule is.

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// What is on the wire: somebody cannot read it.
    Wire,
    /// What is generated from schemas: somebody's source does not build.
    Source,
    /// What is written for people.
    Docs,
}

impl Category {
    /// In a word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Source => "source",
            Self::Docs => "docs",
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It breaks: the verdict is "incompatible".
    Error,
    /// It may surprise; the verdict does not depend on it.
    Warning,
    /// Worth a line in a changelog.
    Info,
}

impl Severity {
    /// In a word.
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
    /// Its name, and the name of its fixtures.
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in a sentence.
    pub explanation: &'static str,
    /// What to do instead.
    pub remedy: &'static str,
    /// The least change that is found by it; none where nothing known is.
    pub example: Option<Example>,
}

impl Rule {
    /// The file of its fixture, from the root of the workspace: an old and a new schema, and what
    /// is found between them, there and back.
    pub fn fixture(&self) -> String {
        format!("schema-compat/tests/compat/rules/{}.txt", self.id)
    }
}

/// Two schemas, as JSON: the rule's own fixture, so that what is shown is what is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The old one.
    pub old: &'static str,
    /// The new one.
    pub new: &'static str,
}

impl Example {
    /// The first two paragraphs of a fixture: `old` and `new`, each in a line above its schema.
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

/// A text up to its first empty line, and what is behind that.
const fn paragraph(text: &'static str) -> (&'static str, &'static str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while bytes[at] != b'\n' || bytes[at + 1] != b'\n' {
        at += 1;
    }
    (text.split_at(at).0, text.split_at(at + 2).1)
}

/// A rule with its fixture.
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

/// The rule of what no keyword refuses. Nothing that is known comes to it, so it has no fixture.
pub(super) const REFUSED: Rule = Rule {
    id: "refused",
    category: Category::Wire,
    severity: Severity::Error,
    explanation: "what is written is refused, for a reason that has no keyword of its own",
    remedy: "Look at the witness: it is a payload that is written and refused. Make the reader read it.",
    example: None,
};
