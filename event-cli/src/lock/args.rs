//! The arguments of `lock`, `check`, `accept`, `diff` and `changelog`.

use crate::args::{EventArg, ModeArg, Reporting};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;
#[cfg(feature = "registry")]
use {
    crate::args::RenderingArg,
    crate::push::args::{StrategyArg, secret, topic},
    crate::push::subject::Topic,
    event_core::Secret,
};

/// Where the lock is.
#[derive(Debug, Args)]
pub(crate) struct LockPlace {
    /// The lock [default: where the package's Cargo.toml says, else `events.lock` beside it]
    #[arg(long, value_name = "PATH")]
    pub(crate) lock: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = LOCK_EXAMPLES)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word of the command line, said or not said"
)]
pub(crate) struct LockArgs {
    /// Only these; every draft and every locked version unless some are given
    #[arg(value_name = "EVENT[@VERSION]")]
    pub(crate) events: Vec<EventArg>,
    /// Who has to be able to read what: of those that are named, else of drafts [default:
    /// full-transitive]
    #[arg(long, value_enum)]
    pub(crate) mode: Option<ModeArg>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Write nothing; exit 100 if something would be
    #[arg(long)]
    pub(crate) check: bool,
    /// Sum anew what was merged or edited, and write missing files that the declarations still give
    #[arg(long, conflicts_with_all = ["events", "mode", "retire", "check"])]
    pub(crate) repair: bool,
    /// Convert a lock of an older format: no revision, acceptance or sample is lost
    #[arg(long, conflicts_with_all = ["events", "mode", "retire", "check", "repair"])]
    pub(crate) upgrade: bool,
    /// A version that is gone for good: its name stays taken, its files stay
    #[arg(long, value_name = "EVENT@VERSION")]
    pub(crate) retire: Vec<EventArg>,
    /// Write also where `CI` is set
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

const LOCK_EXAMPLES: &str = "Examples:
  lock
  lock payment_process_failed --mode backward
  lock --retire payment_process_failed@1
  lock --repair
  lock --upgrade

Where the lock keeps the catalog from building: EVENTS_LOCK=off cargo run -p shop-command -- lock \
                             --repair

Exits with 100, and writes nothing, if a locked version breaks somebody.";

#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct CheckArgs {
    /// Also hold it against the lock as a git revision has it
    #[arg(long, value_name = "REV", group = "baseline")]
    pub(crate) baseline_rev: Option<String>,
    /// Also hold it against the lock in a directory
    #[arg(long, value_name = "DIR", group = "baseline")]
    pub(crate) baseline_dir: Option<PathBuf>,
    /// Path of the lock in the revision, from the root of the repository, or in the directory
    /// [default: found by the package's name]
    #[arg(long, value_name = "PATH", requires = "baseline")]
    pub(crate) baseline_lock: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) registry: RegistryArgs,
    /// From which findings on to exit with 100
    #[arg(long, value_enum, default_value_t = FailOn::Error)]
    pub(crate) fail_on: FailOn,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

const CHECK_EXAMPLES: &str = "Examples:
  check
  check --baseline-rev origin/main --fail-on warning
  check --baseline-rev v1.2.0 --baseline-lock old/events.lock
  check --format sarif

Exits with 100 if there is no lock, or the baseline has none: then nothing was compared.";

/// Which schema registry it is held against, and what its subjects are called.
#[cfg(feature = "registry")]
#[derive(Debug, Args)]
pub(crate) struct RegistryArgs {
    /// Also hold it against what `push` has registered here; a user in it, `NAME:PASSWORD@`, is
    /// never shown
    #[arg(long, value_name = "URL", value_parser = secret)]
    pub(crate) baseline_registry: Option<Secret<String>>,
    /// As whom, instead of the URL's user or the environment's `EVENTS_REGISTRY_USER_INFO`
    #[arg(long, value_name = "NAME:PASSWORD", value_parser = secret, requires = "baseline_registry")]
    pub(crate) user: Option<Secret<String>>,
    /// What was registered, as `push` was told
    #[arg(long, value_enum, default_value_t = RenderingArg::Envelope, requires = "baseline_registry")]
    pub(crate) rendering: RenderingArg,
    /// What a schema's subject is called after, as `push` was told
    #[arg(long, value_enum, default_value_t = StrategyArg::Topic, requires = "baseline_registry")]
    pub(crate) subject_strategy: StrategyArg,
    /// The topic that the events are sent to, as `push` was told
    #[arg(long, value_name = "NAME", value_parser = topic, requires = "baseline_registry")]
    pub(crate) topic: Option<Topic>,
    /// How long one answer of the registry may take
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = clap::value_parser!(u32).range(1..=3600),
        requires = "baseline_registry"
    )]
    pub(crate) timeout: u32,
}

/// A command that was built without registries says so.
#[cfg(not(feature = "registry"))]
#[derive(Debug, Args)]
pub(crate) struct RegistryArgs {
    #[arg(long, value_name = "URL", hide = true)]
    pub(crate) baseline_registry: Option<std::ffi::OsString>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What must be mended
    Error,
    /// What should be looked at, too
    Warning,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// From one state to another: git revisions, `lock`, `declarations` [default:
    /// lock..declarations]
    #[arg(value_name = "A..B")]
    pub(crate) range: Option<String>,
    /// Only this event
    #[arg(long, value_name = "NAME")]
    pub(crate) event: Option<EventArg>,
    /// Output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub(crate) format: DiffFormat,
    /// Exit 100 if anything changed
    #[arg(long)]
    pub(crate) exit_code: bool,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Text to read
    Human,
    /// JSON
    Json,
    /// For a comment
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct ChangelogArgs {
    /// Only what is new in B: git revisions, `lock`, `declarations` [default: all that the lock
    /// holds]
    #[arg(value_name = "A..B")]
    pub(crate) range: Option<String>,
    /// Only this event, or this version of it
    #[arg(long, value_name = "NAME")]
    pub(crate) event: Option<EventArg>,
    /// Output format
    #[arg(long, value_enum, default_value_t = ChangelogFormat::Markdown)]
    pub(crate) format: ChangelogFormat,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangelogFormat {
    /// To read, and to keep beside the catalog
    Markdown,
    /// JSON
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = ACCEPT_EXAMPLES)]
pub(crate) struct AcceptArgs {
    /// The locked version; or a named type, by its path: every locked version in which it breaks
    #[arg(value_name = "EVENT@VERSION|TYPE", required_unless_present = "list")]
    pub(crate) event: Option<Broken>,
    /// The rule, as `check` names it: type-changed
    #[arg(required_unless_present = "list")]
    pub(crate) rule: Option<String>,
    /// Where, as `check` names it: address.street; nothing for the event as a whole
    pub(crate) path: Option<String>,
    /// Why it is right
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["list", "remove"])]
    pub(crate) reason: Option<String>,
    /// Who accepts it [default: git's `user.name`, else `USER`]
    #[arg(long, value_name = "NAME")]
    pub(crate) who: Option<String>,
    /// The last day on which it holds [default: 90 days from today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<String>,
    /// List what is accepted
    #[arg(long, conflicts_with_all = ["event", "rule", "path", "reason", "who", "until", "remove"])]
    pub(crate) list: bool,
    /// Remove an acceptance
    #[arg(long, conflicts_with_all = ["reason", "who", "until"])]
    pub(crate) remove: bool,
    /// Write also where `CI` is set
    #[arg(long)]
    pub(crate) force: bool,
    #[command(flatten)]
    pub(crate) place: LockPlace,
}

/// What an acceptance is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// One version of an event.
    Event(EventArg),
    /// A named type, by its path: every locked version in which it breaks.
    Type(String),
}

impl FromStr for Broken {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // In the lock, a path begins with `&`.
        let path = text.strip_prefix('&').unwrap_or(text);
        if path.contains("::") {
            Ok(Self::Type(path.to_owned()))
        } else {
            text.parse().map(Self::Event)
        }
    }
}

const ACCEPT_EXAMPLES: &str = "Examples:
  accept payment_process_failed@1 type-changed amount --reason 'nobody reads it yet'
  accept payment_process_failed@1 field-removed 'lines[].sku' --reason 'PAY-12' --until 2027-03-31
  accept shop::model::User field-added note --reason 'PAY-13'
  accept --list
  accept --remove payment_process_failed@1 type-changed amount";
