//! Which schema registry a subcommand uses, and how its subjects are named.

use super::secret::secret;
use clap::{Args, ValueEnum};
use event_core::Secret;
use event_schema::{Contract, Rendering};

/// The schema registry to compare with, and how its subjects are named.
#[derive(Debug, Args)]
pub(crate) struct RegistryArgs {
    /// Also compare with the schemas that `push` registered at this URL; a user in the URL,
    /// `NAME:PASSWORD@`, is never printed
    #[arg(long, value_name = "URL", value_parser = secret)]
    pub(crate) baseline_registry: Option<Secret<String>>,
    /// Registry credentials; overrides the URL's user and `EVENTS_REGISTRY_USER_INFO`
    #[arg(long, value_name = "NAME:PASSWORD", value_parser = secret, requires = "baseline_registry")]
    pub(crate) user: Option<Secret<String>>,
    /// The rendering that was pushed, as in `push`
    #[arg(long, value_enum, default_value_t = RenderingArg::Envelope, requires = "baseline_registry")]
    pub(crate) rendering: RenderingArg,
    /// What the subjects are named after, as in `push`
    #[arg(long, value_enum, default_value_t = StrategyArg::Topic, requires = "baseline_registry")]
    pub(crate) subject_strategy: StrategyArg,
    /// The topic that the events are sent to, as in `push`
    #[arg(long, value_name = "NAME", value_parser = topic, requires = "baseline_registry")]
    pub(crate) topic: Option<Topic>,
    /// Timeout for one response of the registry, in seconds
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = clap::value_parser!(u32).range(1..=3600),
        requires = "baseline_registry"
    )]
    pub(crate) timeout: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StrategyArg {
    /// TOPIC-value: `payment_process_failed.v1-value`, or the name in `--topic`
    Topic,
    /// RECORD: `payment_process_failed.v1`
    Record,
    /// TOPIC-RECORD: `shop-payment_process_failed.v1`
    TopicRecord,
}

/// The name of a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic(pub(crate) String);

pub(crate) fn topic(name: &str) -> Result<Topic, &'static str> {
    if is_topic(name) {
        Ok(Topic(name.to_owned()))
    } else {
        Err("a topic is 1 to 249 of `a-z A-Z 0-9 . _ -`")
    }
}

/// Kafka's rule for topic names.
fn is_topic(name: &str) -> bool {
    let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=249).contains(&name.len()) && name.bytes().all(is_legal) && name != "." && name != ".."
}

#[cfg(test)]
mod tests {
    use super::is_topic;

    #[test]
    fn topics_are_kafkas() {
        for topic in ["shop", "shop.payment_v1-value", &"a".repeat(249)] {
            assert!(is_topic(topic), "{topic}");
        }
        for other in ["", ".", "..", "a b", "a/b", "é", &"a".repeat(250)] {
            assert!(!is_topic(other), "{other}");
        }
    }
}

/// Which contract the schemas state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ContractArg {
    /// What writers promise: closed
    Write,
    /// What readers accept: open
    Read,
    /// The read contract, closed: the form for a schema registry
    Registry,
}

impl ContractArg {
    pub(crate) const fn contract(self) -> Contract {
        match self {
            Self::Write => Contract::Write,
            Self::Read => Contract::Read,
            Self::Registry => Contract::Registry,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RenderingArg {
    /// The whole flat line
    Line,
    /// The event's own fields
    Payload,
    /// The nested envelope
    Envelope,
}

impl RenderingArg {
    pub(crate) const fn rendering(self) -> Rendering {
        match self {
            Self::Line => Rendering::Line,
            Self::Payload => Rendering::Payload,
            Self::Envelope => Rendering::Envelope,
        }
    }
}
