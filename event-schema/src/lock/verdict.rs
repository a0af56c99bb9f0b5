//! Whether a change breaks somebody, and what it makes of a version.

use event_core::lock::{BACKWARD, FORWARD};
use event_grammar::lock::Mode;
use schema_compat::{Reader, Report, Verdict as Answer};

/// Whom a change breaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub struct Impact {
    /// New readers, on what was written.
    pub new_readers: bool,
    /// Old readers, on what is written.
    pub old_readers: bool,
    /// Nobody's reading, but what was promised: a mask, a unit, a level.
    pub promise: bool,
    /// It could not be decided.
    pub undecided: bool,
    /// It could not be decided, and a person has accepted that.
    pub accepted: bool,
}

/// The rule that accepts a change if the engine cannot tell whether it breaks a reader. It is no
/// rule of the engine itself, since no finding has it.
pub const UNDECIDED: &str = "undecided";

/// What a change makes of a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Nothing.
    #[default]
    None,
    /// A revision of the version.
    Revision,
    /// A revision or the next version: a person has to decide, because the engine cannot.
    Undecided,
    /// The next version.
    Major,
}

impl Bump {
    /// In a word.
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
    /// Nobody breaks.
    pub const COMPATIBLE: Self = Self {
        new_readers: false,
        old_readers: false,
        promise: false,
        undecided: false,
        accepted: false,
    };
    /// What was promised is not kept.
    pub const PROMISE: Self = Self { promise: true, ..Self::COMPATIBLE };
    /// New readers break.
    pub const NEW_READERS: Self = Self { new_readers: true, ..Self::COMPATIBLE };
    /// Old and new readers do not understand each other.
    pub const BOTH: Self = Self { old_readers: true, ..Self::NEW_READERS };

    /// By whom the compiler's rules say that it breaks.
    pub(super) const fn of_bits(breaks: u8) -> Self {
        Self {
            new_readers: breaks & BACKWARD != 0,
            old_readers: breaks & FORWARD != 0,
            promise: breaks == 0,
            ..Self::COMPATIBLE
        }
    }

    /// What the engine says.
    pub(super) fn of_report(report: &Report) -> Self {
        let breaks = |who| report.findings.iter().any(|finding| finding.reader == Some(who));
        Self {
            new_readers: breaks(Reader::New),
            old_readers: breaks(Reader::Old),
            undecided: report.verdict == Answer::Undecided,
            ..Self::COMPATIBLE
        }
    }

    /// Whoever breaks by either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self {
            new_readers: self.new_readers || other.new_readers,
            old_readers: self.old_readers || other.old_readers,
            promise: self.promise || other.promise,
            undecided: self.undecided || other.undecided,
            accepted: self.accepted || other.accepted,
        }
    }

    /// Whether it breaks a reader that the mode protects, or a promise.
    pub const fn breaks(self, mode: Mode) -> bool {
        self.promise
            || self.new_readers && mode.is_backward()
            || self.old_readers && mode.is_forward()
    }

    /// Whether it may break a reader that the mode protects: it could not be decided, and no person
    /// has done so.
    pub const fn may_break(self, mode: Mode) -> bool {
        self.undecided && !self.accepted && mode.readers() != 0
    }

    /// In words.
    pub const fn as_str(self) -> &'static str {
        match (self.new_readers, self.old_readers, self.promise, self.undecided) {
            (true, true, ..) => "breaks old and new readers",
            (true, false, ..) => "breaks new readers",
            (false, true, ..) => "breaks old readers",
            (false, false, true, _) => "breaks what was promised",
            (false, false, false, true) if self.accepted => "undecided, accepted",
            (false, false, false, true) => UNDECIDED,
            (false, false, false, false) => "compatible",
        }
    }
}
