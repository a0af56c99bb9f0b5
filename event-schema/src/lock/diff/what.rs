//! The kinds of changes.

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// An event was added.
    EventAdded,
    /// An event was removed, with all its versions.
    EventRemoved,
    /// A version of an event was added.
    VersionAdded,
    /// A version of an event was removed.
    VersionRemoved,
    /// The name on the wire changed.
    NameChanged,
    /// An alias was added.
    AliasAdded,
    /// An alias was removed.
    AliasRemoved,
    /// The levels changed.
    LevelChanged,
    /// The legal transitions changed.
    TransitionsChanged,
    /// The stage changed.
    StageChanged,
    /// The compatibility mode changed.
    ModeChanged,
    /// A field was added.
    FieldAdded,
    /// A field was removed.
    FieldRemoved,
    /// A field was renamed.
    FieldRenamed,
    /// The type of a field's values changed.
    FieldRetyped,
    /// A mark was added to a field.
    MarkAdded,
    /// A mark was removed from a field.
    MarkRemoved,
    /// The argument of a field's mark changed.
    MarkChanged,
    /// The schema changed, but the form did not.
    SchemaChanged,
    /// A break was accepted.
    BreakAccepted,
    /// An acceptance was removed or changed.
    AcceptanceRemoved,
    /// A name was retired: it may not be used again.
    NameRetired,
    /// A retired name was freed.
    NameFreed,
}

impl What {
    /// The name of the kind.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EventAdded => "event-added",
            Self::EventRemoved => "event-removed",
            Self::VersionAdded => "version-added",
            Self::VersionRemoved => "version-removed",
            Self::NameChanged => "name-changed",
            Self::AliasAdded => "alias-added",
            Self::AliasRemoved => "alias-removed",
            Self::LevelChanged => "level-changed",
            Self::TransitionsChanged => "transitions-changed",
            Self::StageChanged => "stage-changed",
            Self::ModeChanged => "mode-changed",
            Self::FieldAdded => "field-added",
            Self::FieldRemoved => "field-removed",
            Self::FieldRenamed => "field-renamed",
            Self::FieldRetyped => "field-retyped",
            Self::MarkAdded => "mark-added",
            Self::MarkRemoved => "mark-removed",
            Self::MarkChanged => "mark-changed",
            Self::SchemaChanged => "schema-changed",
            Self::BreakAccepted => "break-accepted",
            Self::AcceptanceRemoved => "acceptance-removed",
            Self::NameRetired => "name-retired",
            Self::NameFreed => "name-freed",
        }
    }

    /// Whether the change is about what is written and read. Else it is about the version's stage,
    /// mode, acceptances or retired names.
    pub(in crate::lock) const fn is_of_form(self) -> bool {
        !matches!(
            self,
            Self::StageChanged
                | Self::ModeChanged
                | Self::BreakAccepted
                | Self::AcceptanceRemoved
                | Self::NameRetired
                | Self::NameFreed
                | Self::EventAdded
                | Self::EventRemoved
                | Self::VersionAdded
                | Self::VersionRemoved
        )
    }
}
