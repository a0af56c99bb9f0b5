//! The arguments of `coverage`.

use crate::args::Reporting;
use clap::Args;
use std::path::PathBuf;
use std::str::FromStr;

/// The arguments of `coverage`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CoverageArgs {
    /// Coverage files, or directories of them [default: `EVENTS_COVERAGE`, else `event-coverage` in
    /// cargo's target directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Exit with 100 if fewer percent of the events were emitted
    #[arg(long, value_name = "PERCENT")]
    pub(crate) fail_under: Option<Percent>,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

const EXAMPLES: &str = "Examples:
  coverage
  coverage target/event-coverage --fail-under 80

Exits with 100 below the limit, 101 if there is no coverage file.";

/// A percentage, from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Percent(pub(crate) f64);

impl FromStr for Percent {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_suffix('%').unwrap_or(text).trim_end().parse() {
            Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Self(percent)),
            _ => Err("expected a number from 0 to 100"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Percent;

    #[test]
    fn a_part_of_all() {
        assert_eq!(
            ["0", "87.5", "100%"].map(str::parse),
            [0.0, 87.5, 100.0].map(|percent| Ok(Percent(percent)))
        );
        for wrong in ["", "-1", "100.1", "NaN", "half"] {
            assert!(wrong.parse::<Percent>().is_err(), "{wrong}");
        }
    }
}
