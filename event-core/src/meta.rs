//! The static descriptors of events: what a declaration says, as constants.

use crate::shape::Shape;
use event_grammar::{Level, Status, StatusClass};

/// Everything that the declaration of one version of an event says.
#[derive(Debug)]
pub struct EventMeta {
    /// The name, in its parts and its renderings.
    pub name: EventName,
    /// How every flat line of it begins, in one copy: `{"event":"..","version":1,"level":"error`, up to where it can differ. A level that follows from a field
    /// is not part of it.
    #[doc(hidden)]
    pub head: &'static str,
    /// The version, from 1.
    pub version: u32,
    /// Whether it is the newest version, the one that is emitted.
    pub latest: bool,
    /// The Rust type that declares it.
    pub type_name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The level, or how it follows from a field.
    pub level: LevelRule,
    /// The fields and groups of fields, as declared.
    pub members: &'static [Member],
    /// The context groups whose fields it carries.
    pub context: &'static [&'static GroupMeta],
    /// The groups that a unit of work may add to it; their fields are there where it did. None, where the event is not wide.
    pub wide: &'static [&'static GroupMeta],
    /// Legacy names that readers accept, as written in the declaration.
    pub aliases: &'static [&'static str],
    /// One in how many is emitted, when it is sampled.
    pub sample: Option<SampleRate>,
    /// How many are emitted at most, when that is limited.
    pub limit: Option<RateLimit>,
    /// Who answers for it, and where it is in its life.
    pub governance: Governance,
    /// Where it is declared.
    pub source: Source,
}

/// The name of an event. `payment_process_failed` and `payment.process.failed` are two renderings of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventName {
    /// `payment_process_failed`: in log lines, and in the name of the emit function.
    pub snake: &'static str,
    /// `payment.process.failed`: the event type on the wire.
    pub dotted: &'static str,
    /// The part of the business.
    pub domain: &'static str,
    /// What is done, unless the domain leaves it out.
    pub action: Option<&'static str>,
    /// How it stands, unless the domain leaves it out.
    pub status: Option<Status>,
}

/// The level of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelRule {
    /// Always the same.
    Fixed(Level),
    /// By an integer field. The first range that holds the value decides.
    ByInteger {
        /// The field.
        field: &'static str,
        /// Ranges, both ends included, in declaration order.
        arms: &'static [(i128, i128, Level)],
        /// The level of every other value.
        otherwise: Level,
    },
    /// By a text or a unit enum.
    ByText {
        /// The field.
        field: &'static str,
        /// Values, in declaration order.
        arms: &'static [(&'static str, Level)],
        /// The level of every other value.
        otherwise: Level,
    },
    /// By a `bool` field.
    ByBool {
        /// The field.
        field: &'static str,
        /// The level when it is `true`.
        yes: Level,
        /// The level when it is `false`.
        no: Level,
    },
}

/// A field, or a group of fields that is flattened in its place.
#[derive(Debug)]
pub enum Member {
    /// A field of the event itself.
    Field(FieldMeta),
    /// The fields of a group.
    Group(&'static GroupMeta),
}

/// One field.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word of a declaration, said or not said")]
pub struct FieldMeta {
    /// Its key.
    pub name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The form of the type as declared, before any mask.
    pub shape: &'static Shape,
    /// How it is classed, when it is sensitive.
    pub sensitivity: Option<Sensitivity>,
    /// Whether a suspicious name was decided not to be sensitive.
    pub public: bool,
    /// The unit, for a number.
    pub unit: Option<&'static str>,
    /// Whether an event with a NaN or an infinity here is refused, where else `null` is written.
    pub finite: bool,
    /// What it is to the event.
    pub role: Role,
    /// Whether a `None` is left out instead of written as `null`.
    pub skip_none: bool,
    /// Whether a missing field is read as the type's default.
    pub default: bool,
    /// Keys that are read as this field.
    pub aliases: &'static [&'static str],
    /// An example, as JSON.
    pub example: Option<&'static str>,
    /// Why its type deviates from the one that its name has in the catalog.
    pub dictionary: Option<&'static str>,
    /// Whether it may label a metric.
    pub label: bool,
}

/// How a sensitive field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sensitivity {
    /// Left out.
    Drop,
    /// As `[redacted]`.
    Redact,
    /// The first letter and the domain: `a***@example.com`.
    Email,
    /// The last four characters: `****4242`.
    Last4,
    /// The first six digits and the last four of a card number: `424242******4242`.
    Card,
    /// As a keyed pseudonym: `h:<key id>:<32 hexadecimal digits>`.
    Hash,
    /// The network, not the host: `203.0.113.0`.
    Ip,
    /// As a mask of the catalog's own writes it.
    Custom {
        /// The type that is the mask: `Iban`.
        name: &'static str,
    },
    /// As it is, by decision.
    Clear {
        /// Why.
        reason: &'static str,
    },
}

/// What a field is to the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// Data.
    Plain,
    /// The identity of what the event is about.
    Entity {
        /// The entity's type: `order`.
        kind: &'static str,
    },
    /// The version of what the event is about.
    EntityVersion,
    /// How long the action took.
    Elapsed,
    /// The state before a transition.
    Before,
    /// The state after a transition.
    After,
}

/// Fields that several events share.
#[derive(Debug)]
pub struct GroupMeta {
    /// The Rust type that declares it.
    pub type_name: &'static str,
    /// The module that declares it.
    pub module: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The fields and groups of fields, as declared.
    pub members: &'static [Member],
    /// Whether it may be bound as context.
    pub context: bool,
}

/// Who answers for an event, and where it is in its life.
#[derive(Clone, Copy, Debug, Default)]
pub struct Governance {
    /// The team that answers for it.
    pub owner: Option<&'static str>,
    /// How settled it is.
    pub stability: Option<Stability>,
    /// The version of the catalog that brought it.
    pub since: Option<&'static str>,
    /// Why it should not be used any more.
    pub deprecated: Option<&'static str>,
    /// The name (in snake case) of the event to use instead.
    pub replaced_by: Option<&'static str>,
    /// The day from which it should be gone, `YYYY-MM-DD`.
    pub expires: Option<&'static str>,
    /// How long records are kept: `90d`.
    pub retention: Option<&'static str>,
}

/// How settled an event is, in OpenTelemetry's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Anything may change.
    Development,
    /// Tried by few.
    Alpha,
    /// Tried by many.
    Beta,
    /// About to be stable.
    ReleaseCandidate,
    /// Changes only compatibly.
    Stable,
}

/// One in how many events is emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleRate {
    /// Of so many ..
    pub of: u32,
    /// .. this many are kept.
    pub keep: u32,
    /// Whether errors and faults are sampled too; else they are all kept.
    pub errors: bool,
}

/// How many events are emitted at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// So many ..
    pub count: u32,
    /// .. in so many seconds.
    pub seconds: u32,
    /// Whether errors and faults count and are limited too; else they all pass.
    pub errors: bool,
}

/// Where something is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The module, which begins with the crate.
    pub module: &'static str,
    /// The file, as rustc was given it.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl EventMeta {
    /// The event's own fields, those of groups in their place.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }

    /// The fields that come from bound context.
    pub fn context_fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        for group in self.context {
            flatten(group.members, &mut fields);
        }
        fields
    }

    /// The fields that a unit of work may add: those of a group are there together, or none of them is.
    pub fn wide_fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        for group in self.wide {
            flatten(group.members, &mut fields);
        }
        fields
    }

    /// Whether it says that something went wrong: by the class of its status, or by `level`.
    pub(crate) fn is_error(&self, level: Level) -> bool {
        let fault = self.name.status.is_some_and(|status| status.class == StatusClass::Fault);
        fault || level >= Level::Error
    }

    /// Whether `name` is this event's, in either rendering or as an alias.
    pub fn answers_to(&self, name: &str) -> bool {
        self.name.snake == name || self.name.dotted == name || self.aliases.contains(&name)
    }
}

impl GroupMeta {
    /// The group's fields, those of groups within it in their place.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }
}

impl GroupMeta {
    /// Whether it has a field of this name, itself or by a group within it.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.members.iter().any(|member| match member {
            Member::Field(field) => field.name == name,
            Member::Group(group) => group.has_field(name),
        })
    }

    /// Whether a reader looks for any of its fields.
    pub(crate) fn needed(&self) -> bool {
        self.members.iter().any(|member| match member {
            Member::Field(field) => field.required() && field.always_written(),
            Member::Group(group) => group.needed(),
        })
    }
}

fn flatten(members: &'static [Member], fields: &mut Vec<&'static FieldMeta>) {
    for member in members {
        match member {
            Member::Field(field) => fields.push(field),
            Member::Group(group) => flatten(group.members, fields),
        }
    }
}

impl FieldMeta {
    /// A plain field, to be completed by struct update.
    pub const fn new(name: &'static str, docs: &'static str, shape: &'static Shape) -> Self {
        Self {
            name,
            docs,
            shape,
            sensitivity: None,
            public: false,
            unit: None,
            finite: false,
            role: Role::Plain,
            skip_none: false,
            default: false,
            aliases: &[],
            example: None,
            dictionary: None,
            label: false,
        }
    }

    /// Whether the key is always written.
    pub fn always_written(&self) -> bool {
        let left_out = self.skip_none && self.shape.is_optional();
        !left_out && !matches!(self.sensitivity, Some(Sensitivity::Drop))
    }

    /// Whether a reader must find the key.
    pub fn required(&self) -> bool {
        !self.shape.is_optional() && !self.default
    }
}

impl Governance {
    /// Nothing said.
    pub const NONE: Self = Self {
        owner: None,
        stability: None,
        since: None,
        deprecated: None,
        replaced_by: None,
        expires: None,
        retention: None,
    };
}

impl Sensitivity {
    /// The word written in declarations and in schemas.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Redact => "redact",
            Self::Email => "email",
            Self::Last4 => "last4",
            Self::Card => "card",
            Self::Hash => "hash",
            Self::Ip => "ip",
            Self::Custom { .. } => "custom",
            Self::Clear { .. } => "clear",
        }
    }
}

impl Stability {
    /// The word written in declarations and in schemas.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::ReleaseCandidate => "release_candidate",
            Self::Stable => "stable",
        }
    }
}

impl LevelRule {
    /// The level, where it is fixed; where it is not, the macro implements the rule itself, and this is what it gives when nothing else applies.
    #[inline]
    pub(crate) const fn fixed(&self) -> Level {
        match *self {
            Self::Fixed(level) => level,
            Self::ByInteger { otherwise, .. } | Self::ByText { otherwise, .. } => otherwise,
            Self::ByBool { no, .. } => no,
        }
    }

    /// Every level that it can give, least severe first.
    pub fn reachable(&self) -> Vec<Level> {
        let mut levels = match *self {
            Self::Fixed(level) => vec![level],
            Self::ByInteger { arms, otherwise, .. } => arms.iter().map(|arm| arm.2).chain([otherwise]).collect(),
            Self::ByText { arms, otherwise, .. } => arms.iter().map(|arm| arm.1).chain([otherwise]).collect(),
            Self::ByBool { yes, no, .. } => vec![yes, no],
        };
        levels.sort_unstable();
        levels.dedup();
        levels
    }
}

impl core::fmt::Display for LevelRule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match *self {
            Self::Fixed(level) => f.pad(level.as_str()),
            Self::ByInteger { field, arms, otherwise } => {
                write!(f, "match {field} {{ ")?;
                for (low, high, level) in arms {
                    if low == high {
                        write!(f, "{low} => {level}, ")?;
                    } else {
                        write!(f, "{low}..={high} => {level}, ")?;
                    }
                }
                write!(f, "_ => {otherwise} }}")
            }
            Self::ByText { field, arms, otherwise } => {
                write!(f, "match {field} {{ ")?;
                for (value, level) in arms {
                    write!(f, "{value:?} => {level}, ")?;
                }
                write!(f, "_ => {otherwise} }}")
            }
            Self::ByBool { field, yes, no } => write!(f, "if {field} {{ {yes} }} else {{ {no} }}"),
        }
    }
}
