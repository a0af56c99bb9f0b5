//! The level of an event, or how it follows from a field.

use event_grammar::Level;

/// The level of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelRule {
    /// Always the same.
    Fixed(Level),
    /// By an integer field. The first range that holds the value decides.
    ByInteger {
        /// The field.
        field: &'static str,
        /// Ranges, both ends included, in declaration order.
        arms: &'static [(i128, i128, Level)],
        /// The level of every other value.
        otherwise: Level,
    },
    /// By a text or a unit enum.
    ByText {
        /// The field.
        field: &'static str,
        /// Values, in declaration order.
        arms: &'static [(&'static str, Level)],
        /// The level of every other value.
        otherwise: Level,
    },
    /// By a `bool` field.
    ByBool {
        /// The field.
        field: &'static str,
        /// The level when it is `true`.
        yes: Level,
        /// The level when it is `false`.
        no: Level,
    },
}

impl LevelRule {
    /// The level, where it is fixed; where it is not, the macro implements the rule itself, and this is what it gives when nothing else applies.
    #[inline]
    pub(crate) const fn fixed(&self) -> Level {
        match *self {
            Self::Fixed(level) => level,
            Self::ByInteger { otherwise, .. } | Self::ByText { otherwise, .. } => otherwise,
            Self::ByBool { no, .. } => no,
        }
    }

    /// Every level that it can give, least severe first.
    pub fn reachable(&self) -> Vec<Level> {
        let mut levels = match *self {
            Self::Fixed(level) => vec![level],
            Self::ByInteger { arms, otherwise, .. } => arms.iter().map(|arm| arm.2).chain([otherwise]).collect(),
            Self::ByText { arms, otherwise, .. } => arms.iter().map(|arm| arm.1).chain([otherwise]).collect(),
            Self::ByBool { yes, no, .. } => vec![yes, no],
        };
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

impl core::fmt::Display for LevelRule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match *self {
            Self::Fixed(level) => f.pad(level.as_str()),
            Self::ByInteger { field, arms, otherwise } => {
                write!(f, "match {field} {{ ")?;
                for (low, high, level) in arms {
                    if low == high {
                        write!(f, "{low} => {level}, ")?;
                    } else {
                        write!(f, "{low}..={high} => {level}, ")?;
                    }
                }
                write!(f, "_ => {otherwise} }}")
            }
            Self::ByText { field, arms, otherwise } => {
                write!(f, "match {field} {{ ")?;
                for (value, level) in arms {
                    write!(f, "{value:?} => {level}, ")?;
                }
                write!(f, "_ => {otherwise} }}")
            }
            Self::ByBool { field, yes, no } => write!(f, "if {field} {{ {yes} }} else {{ {no} }}"),
        }
    }
}
