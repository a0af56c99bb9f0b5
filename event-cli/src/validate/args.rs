//! The command line of `validate`.

use crate::args::Reporting;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

#[derive(Debug, Args)]
pub(crate) struct ValidateArgs {
    /// NDJSON of flat lines, envelopes and `CloudEvents`, in any mix; `-` is standard input
    #[arg(value_name = "FILE", default_value = "-")]
    pub(super) files: Vec<PathBuf>,
    /// The contract to validate against
    #[arg(long, value_enum, default_value_t = Side::Write)]
    pub(super) contract: Side,
    /// What counts as an error, with exit code 100
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [FailOn::Unknown, FailOn::Invalid])]
    pub(super) fail_on: Vec<FailOn>,
    /// How many findings of each kind are shown; all are counted
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub(super) limit: usize,
    /// The longest line, in bytes, `KiB` or `MiB`
    #[arg(long, value_name = "SIZE", default_value = "1MiB")]
    pub(super) max_line: Size,
    #[command(flatten)]
    pub(super) reporting: Reporting,
}

/// Which side of the contract records are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// What writers promise: closed
    Write,
    /// What readers accept: open
    Read,
}

/// What counts as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// An event or a version that the catalog does not have
    Unknown,
    /// A line that is not an event, or does not match its declaration
    Invalid,
    /// A deprecated event
    Deprecated,
    /// None of these
    None,
}

/// A number of bytes, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(super) u64);

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let units = [("KiB", 1_u64 << 10), ("MiB", 1 << 20), ("", 1)];
        let (digits, unit) = units
            .iter()
            .find_map(|(suffix, unit)| Some((text.strip_suffix(suffix)?, *unit)))
            .ok_or("expected a number of bytes")?;
        match digits.trim_end().parse::<u64>().ok().and_then(|number| number.checked_mul(unit)) {
            Some(size) if size > 0 => Ok(Self(size)),
            _ => Err("expected a number of bytes, 1 or more, such as 65536, 64KiB or 1MiB"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Size;

    #[test]
    fn sizes() {
        assert_eq!(
            ["7", "64KiB", "1 MiB"].map(str::parse),
            [7, 65_536, 1 << 20].map(|size| Ok(Size(size)))
        );
        for wrong in ["", "0", "-1", "1GB", "KiB", "18446744073709551615MiB"] {
            assert!(wrong.parse::<Size>().is_err(), "{wrong}");
        }
    }
}
