//! Why an operation ended without being finished.

use std::fmt;

/// Why an operation ended without being finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupted {
    /// The operation was dropped: by an early return, or with the future or the task that held it.
    Dropped,
    /// A panic unwound the stack that held the operation.
    Panicked,
}

impl Interrupted {
    /// `dropped` or `panicked`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Panicked => "panicked",
        }
    }
}

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
