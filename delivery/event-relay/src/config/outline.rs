//! What commands beside `run` need of a configuration.

use super::error::ConfigError;
use super::input::Input;
use super::read::{find, parse, read_retention_of, unknown_variables};
use super::section::Section;
use super::{Config, RetentionConfig, database};
use crate::database::DatabaseLocation;
use std::path::Path;

/// The part of a configuration that no secret of a target is needed for: a person who asks for the
/// status has none of them.
#[derive(Clone, Debug)]
pub struct Outline {
    /// Where the database is.
    pub database: DatabaseLocation,
    /// The names of the targets.
    pub targets: Vec<String>,
    /// How long events are kept.
    pub retention: RetentionConfig,
}

impl Outline {
    /// Reads a part of a configuration. As [`Config::load`]; what is in the other parts is not
    /// judged.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, something in this part is wrong, or a variable overrides nothing:
    /// it may have been meant for this part.
    pub fn load(path: Option<&Path>) -> Result<Self, ConfigError> {
        let environment = Config::environment().collect();
        let (file, text) = find(path, &environment)?;
        let mut input = Input::new(&file, &text, &environment);
        let document = parse(&text, &mut input)?;
        let mut top = Section::of_file(document.get_ref());
        let database = database::read(&mut top, &mut input);
        let retention = read_retention_of(&mut top, &mut input);
        let targets = top.section(&mut input, "targets").map(|section| section.keys());
        top.give_up(&mut input);
        let written = (text.as_str(), document.get_ref());
        input.problems.extend(unknown_variables(&file, written, &environment));
        match database {
            Some(database) if input.problems.is_empty() => {
                let targets = targets.into_iter().flatten().map(|name| name.value).collect();
                Ok(Self { database, targets, retention })
            }
            _ => Err(ConfigError::new(input.problems)),
        }
    }
}
