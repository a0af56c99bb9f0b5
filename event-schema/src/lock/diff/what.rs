//! The kinds of changes.

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum What {
    /// An event is new.
    EventAdded,
    /// An event is gone, with all its versions.
    EventRemoved,
    /// A version of an event is new.
    VersionAdded,
    /// A version of an event is gone.
    VersionRemoved,
    /// It has another name on the wire.
    NameChanged,
    /// It is read under one more name.
    AliasAdded,
    /// It is read under one name less.
    AliasRemoved,
    /// It has other levels.
    LevelChanged,
    /// Other transitions are legal.
    TransitionsChanged,
    /// It is elsewhere in its life.
    StageChanged,
    /// Others have to be able to read it.
    ModeChanged,
    /// A field is new.
    FieldAdded,
    /// A field is gone.
    FieldRemoved,
    /// A field has another name.
    FieldRenamed,
    /// The values of a field have another form.
    FieldRetyped,
    /// A field has one mark more.
    MarkAdded,
    /// A field has one mark less.
    MarkRemoved,
    /// A mark of a field says something else.
    MarkChanged,
    /// The form is the same, and the schema is not.
    SchemaChanged,
    /// A break is accepted.
    BreakAccepted,
    /// An acceptance is gone, or says something else.
    AcceptanceRemoved,
    /// A name may not come back.
    NameRetired,
    /// A name that was retired is free again.
    NameFreed,
}

impl What {
    /// Its name.
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

    /// Whether it is about what is written and read; else it is about the version's life.
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
