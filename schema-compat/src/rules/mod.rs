//! The rules, as data.

mod by_keyword;
pub(crate) mod definition;
mod semantic;

pub(crate) use by_keyword::{named, of_keyword};
pub use definition::{Category, Example, Rule, Severity};
pub use semantic::RULES;

use super::confluent::CONFLUENT_RULES;

/// The rule with this name, from any rule set.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().chain(CONFLUENT_RULES).find(|rule| rule.id == id)
}
