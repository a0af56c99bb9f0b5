//! Where the house does not keep its rules.

/// Files of more than 400 lines, each with its reason. At most three.
pub(crate) const EXCEPTED_FILES: &[(&str, &str)] = &[];

/// Functions of more than 60 lines, each with its reason. At most three.
pub(crate) const EXCEPTED_FUNCTIONS: &[(&str, &str)] = &[];

/// Names of two public types, each with its reason.
pub(crate) const TYPES_OF_ONE_NAME: &[(&str, &str)] = &[(
    "Report",
    "of an emitter what became of calls, of a comparison what it has found; no crate has both",
)];

// What is open, by check.

/// See the check that reads it.
pub(crate) const NO_ROOMS: &[&str] = &[];

/// See the check that reads it.
pub(crate) const IMPORTS_THAT_RUN_UP: &[&str] = &[];

/// See the check that reads it.
pub(crate) const LONG_CIRCLES: &[&str] = &[];

/// See the check that reads it.
pub(crate) const LONG_FILES: &[&str] = &[];

/// See the check that reads it.
pub(crate) const LONG_FUNCTIONS: &[&str] = &[];

/// See the check that reads it.
pub(crate) const FOLDERS_OF_ONE_FILE: &[&str] = &[];

/// See the check that reads it.
pub(crate) const NAMES_IN_THE_ROOT: usize = 0;

/// See the check that reads it.
pub(crate) const TYPES_OF_ONE_NAME_TODAY: &[&str] = &[];
