//! The severity of a finding.

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The run exits with 100.
    Error,
    /// A person should look at it.
    Warning,
    /// For information.
    Note,
}

impl Severity {
    /// The word in every format. rustc, GitHub (except `notice`) and SARIF use the same words.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl From<schema_compat::Severity> for Severity {
    fn from(severity: schema_compat::Severity) -> Self {
        match severity {
            schema_compat::Severity::Error => Self::Error,
            schema_compat::Severity::Warning => Self::Warning,
            schema_compat::Severity::Info => Self::Note,
        }
    }
}
