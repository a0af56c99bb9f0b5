//! The arguments of `push`.

use crate::args::registry::{ContractArg, RenderingArg, StrategyArg, Topic, topic};
use crate::args::secret::secret;
use crate::args::{Reporting, mode};
use clap::Args;
use event_core::Secret;
use event_grammar::lock::Mode;

/// The arguments of `push`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PushArgs {
    /// URL of the registry; a user in it, `NAME:PASSWORD@`, is never printed
    #[arg(long, value_name = "URL", value_parser = secret)]
    pub(crate) registry: Secret<String>,
    /// Events to push; without a version, every version of the event [default: all events]
    // Parsed later, by a parser whose errors do not repeat the text: it may be a URL with a
    // password.
    #[arg(value_name = "EVENT[@VERSION]")]
    pub(crate) events: Vec<String>,
    /// Registry credentials; overrides the URL's user and `EVENTS_REGISTRY_USER_INFO`
    #[arg(long, value_name = "NAME:PASSWORD", value_parser = secret)]
    pub(crate) user: Option<Secret<String>>,
    /// The rendering that the schemas describe
    #[arg(long, value_enum, default_value_t = RenderingArg::Envelope)]
    pub(crate) rendering: RenderingArg,
    /// The contract that the schemas state
    #[arg(long, value_enum, default_value_t = ContractArg::Registry)]
    pub(crate) contract: ContractArg,
    /// What the subjects are named after
    #[arg(long, value_enum, default_value_t = StrategyArg::Topic)]
    pub(crate) subject_strategy: StrategyArg,
    /// The topic that the events are sent to [default: a topic per event version]
    #[arg(long, value_name = "NAME", value_parser = topic)]
    pub(crate) topic: Option<Topic>,
    /// The compatibility level to set for each subject
    #[arg(long, value_parser = mode(), default_value = Mode::BackwardTransitive.as_str())]
    pub(crate) mode: Mode,
    /// Let the registry normalize the schemas
    #[arg(long)]
    pub(crate) normalize: bool,
    /// Check everything, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Timeout for one response, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub(crate) timeout: u32,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

const EXAMPLES: &str = "Examples:
  push --registry http://localhost:8081 --dry-run
  push --registry https://registry.example.com payment_process_failed
  push --registry http://localhost:8081 --subject-strategy topic-record --topic shop

Nothing is registered unless the registry accepts every schema. Exits with 0 if it does, 100 if it
refuses a schema as incompatible, 101 if a request fails. Pushing again changes nothing.";
