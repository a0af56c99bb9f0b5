//! The impact of a change on readers, and the version bump that it requires.

use event_core::lock::{BACKWARD, FORWARD};
use event_grammar::lock::Mode;
use schema_compat::{Reader, Report, Verdict as Answer};

/// The impact of a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each flag is independent")]
pub struct Impact {
    /// New readers cannot read what was written.
    pub new_readers: bool,
    /// Old readers cannot read what is written.
    pub old_readers: bool,
    /// No reader breaks, but a promise does: a mask, a unit, a level.
    pub promise: bool,
    /// The engine cannot decide.
    pub undecided: bool,
    /// The engine cannot decide, and a person accepted that.
    pub accepted: bool,
}

/// The rule that accepts a change for which the engine cannot decide whether it breaks a reader. It
/// is not a rule of the engine, because no finding of the engine has it.
pub const UNDECIDED: &str = "undecided";

/// The version bump that a change requires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// No bump.
    #[default]
    None,
    /// A new revision of the version.
    Revision,
    /// A revision or the next version: a person must decide, because the engine cannot.
    Undecided,
    /// The next version.
    Major,
}

impl Bump {
    /// The word for the bump.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Revision => "revision",
            Self::Undecided => UNDECIDED,
            Self::Major => "major",
        }
    }
}

impl Impact {
    /// No reader breaks.
    pub const COMPATIBLE: Self = Self {
        new_readers: false,
        old_readers: false,
        promise: false,
        undecided: false,
        accepted: false,
    };
    /// A promise is broken.
    pub const PROMISE: Self = Self { promise: true, ..Self::COMPATIBLE };
    /// New readers break.
    pub const NEW_READERS: Self = Self { new_readers: true, ..Self::COMPATIBLE };
    /// Old and new readers break.
    pub const BOTH: Self = Self { old_readers: true, ..Self::NEW_READERS };

    /// The impact by the compiler's rules.
    pub(super) const fn of_bits(breaks: u8) -> Self {
        Self {
            new_readers: breaks & BACKWARD != 0,
            old_readers: breaks & FORWARD != 0,
            promise: breaks == 0,
            ..Self::COMPATIBLE
        }
    }

    /// The impact by the engine.
    pub(super) fn of_report(report: &Report) -> Self {
        let breaks = |who| report.findings.iter().any(|finding| finding.reader == Some(who));
        Self {
            new_readers: breaks(Reader::New),
            old_readers: breaks(Reader::Old),
            undecided: report.verdict == Answer::Undecided,
            ..Self::COMPATIBLE
        }
    }

    /// The union of two impacts.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            new_readers: self.new_readers || other.new_readers,
            old_readers: self.old_readers || other.old_readers,
            promise: self.promise || other.promise,
            undecided: self.undecided || other.undecided,
            accepted: self.accepted || other.accepted,
        }
    }

    /// Whether the change breaks a promise or a reader that the mode protects.
    pub const fn breaks(self, mode: Mode) -> bool {
        self.promise
            || self.new_readers && mode.is_backward()
            || self.old_readers && mode.is_forward()
    }

    /// Whether the change may break a reader that the mode protects: the engine cannot decide, and
    /// no person accepted that.
    pub const fn may_break(self, mode: Mode) -> bool {
        self.undecided && !self.accepted && mode.readers() != 0
    }

    /// The impact in words.
    pub const fn as_str(self) -> &'static str {
        match (self.new_readers, self.old_readers, self.promise, self.undecided) {
            (true, true, ..) => "breaks old and new readers",
            (true, false, ..) => "breaks new readers",
            (false, true, ..) => "breaks old readers",
            (false, false, true, _) => "breaks a promise",
            (false, false, false, true) if self.accepted => "undecided, accepted",
            (false, false, false, true) => UNDECIDED,
            (false, false, false, false) => "compatible",
        }
    }
}
