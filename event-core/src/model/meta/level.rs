//! The level of an event: fixed, or decided by a field.

use event_grammar::Level;
use std::fmt;

/// The level of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelRule {
    /// One level.
    Fixed(Level),
    /// The value of one field decides. The first case that takes the value gives the level; the
    /// cases together take every value.
    ByField {
        /// The field's key.
        field: &'static str,
        /// The cases, in declaration order.
        arms: &'static [(LevelCase, Level)],
    },
}

/// The values of a field that an arm of a level rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelCase {
    /// The numbers between both bounds, bounds included. `i128::MIN` and `i128::MAX` mean no bound.
    Integers(i128, i128),
    /// One text, or the enum variant that is written under this name.
    Text(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// Every value except a missing one.
    Present,
    /// `null`, or a field that is left out.
    Absent,
    /// Every value.
    Rest,
}

/// A field's value, as a level rule sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelValue<'v> {
    /// `null`, or a field that is left out.
    Absent,
    /// A whole number.
    Integer(i128),
    /// A text, or the name of a variant.
    Text(&'v str),
    /// `true` or `false`.
    Bool(bool),
    /// Any other value.
    Other,
}

impl LevelRule {
    /// The level, if it is fixed. If not, the level of the last arm; the macro implements such a
    /// rule itself.
    #[inline]
    pub(crate) const fn fixed(&self) -> Level {
        match *self {
            Self::Fixed(level) => level,
            Self::ByField { arms, .. } => match arms {
                [.., (_, level)] => *level,
                [] => Level::Info,
            },
        }
    }

    /// The level of an event whose field has this value. `None` if no arm takes the value, because
    /// the value is not of the field's type.
    pub fn of(&self, value: LevelValue<'_>) -> Option<Level> {
        match *self {
            Self::Fixed(level) => Some(level),
            Self::ByField { arms, .. } => {
                arms.iter().find(|(case, _)| case.takes(value)).map(|(_, level)| *level)
            }
        }
    }

    /// Every level that the rule can give, least severe first.
    pub fn reachable(&self) -> Vec<Level> {
        let mut levels = match *self {
            Self::Fixed(level) => vec![level],
            Self::ByField { arms, .. } => arms.iter().map(|(_, level)| *level).collect(),
        };
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

impl LevelCase {
    /// Whether the case takes the value.
    pub fn takes(self, value: LevelValue<'_>) -> bool {
        match (self, value) {
            (Self::Integers(low, high), LevelValue::Integer(number)) => {
                (low..=high).contains(&number)
            }
            (Self::Text(text), LevelValue::Text(other)) => text == other,
            (Self::Bool(truth), LevelValue::Bool(other)) => truth == other,
            (Self::Present, value) => value != LevelValue::Absent,
            (Self::Absent, value) => value == LevelValue::Absent,
            (Self::Rest, _) => true,
            _ => false,
        }
    }
}

/// Writes the rule as it is declared, with the values in their JSON form: a variant as its name in
/// quotes, `None` as `null`.
impl fmt::Display for LevelRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fixed(level) => f.pad(level.as_str()),
            Self::ByField {
                field,
                arms: [(LevelCase::Bool(true), yes), (LevelCase::Bool(false), no)],
            } => {
                write!(f, "if {field} {{ {yes} }} else {{ {no} }}")
            }
            Self::ByField { field, arms } => {
                write!(f, "match {field} {{ ")?;
                for (at, (case, level)) in arms.iter().enumerate() {
                    let next = arms.get(at + 1);
                    // A declaration cannot join `_` to another case with `|`.
                    let joins = next
                        .is_some_and(|(next, other)| other == level && *next != LevelCase::Rest);
                    match (joins, next) {
                        (true, _) => write!(f, "{case} | ")?,
                        (false, Some(_)) => write!(f, "{case} => {level}, ")?,
                        (false, None) => write!(f, "{case} => {level} }}")?,
                    }
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for LevelCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Integers(low, high) if low == high => write!(f, "{low}"),
            Self::Integers(i128::MIN, high) => write!(f, "..={high}"),
            Self::Integers(low, i128::MAX) => write!(f, "{low}.."),
            Self::Integers(low, high) => write!(f, "{low}..={high}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bool(truth) => write!(f, "{truth}"),
            Self::Present => f.write_str("not null"),
            Self::Absent => f.write_str("null"),
            Self::Rest => f.write_str("_"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: LevelRule = LevelRule::ByField {
        field: "code",
        arms: &[
            (LevelCase::Integers(500, i128::MAX), Level::Error),
            (LevelCase::Integers(404, 404), Level::Warning),
            (LevelCase::Integers(410, 419), Level::Warning),
            (LevelCase::Absent, Level::Info),
            (LevelCase::Rest, Level::Info),
        ],
    };

    #[test]
    fn the_first_case_that_takes_the_value_decides() {
        assert_eq!(CODE.of(LevelValue::Integer(503)), Some(Level::Error));
        assert_eq!(CODE.of(LevelValue::Integer(415)), Some(Level::Warning));
        assert_eq!(CODE.of(LevelValue::Integer(-1)), Some(Level::Info));
        assert_eq!(CODE.of(LevelValue::Absent), Some(Level::Info));
        let state = LevelRule::ByField {
            field: "state",
            arms: &[(LevelCase::Text("failed"), Level::Error), (LevelCase::Present, Level::Info)],
        };
        assert_eq!(state.of(LevelValue::Text("failed")), Some(Level::Error));
        assert_eq!(state.of(LevelValue::Text("open")), Some(Level::Info));
        assert_eq!(state.of(LevelValue::Absent), None);
    }

    #[test]
    fn a_rule_is_shown_as_it_is_declared() {
        assert_eq!(
            CODE.to_string(),
            "match code { 500.. => error, 404 | 410..=419 => warning, null => info, _ => info }"
        );
        let expected = LevelRule::ByField {
            field: "expected",
            arms: &[(LevelCase::Bool(true), Level::Info), (LevelCase::Bool(false), Level::Error)],
        };
        assert_eq!(expected.to_string(), "if expected { info } else { error }");
        assert_eq!(LevelRule::Fixed(Level::Info).to_string(), "info");
    }
}
