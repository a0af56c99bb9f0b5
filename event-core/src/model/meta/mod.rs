//! The static descriptors of events: declarations as constants.

mod field;
mod governance;
mod key;
mod level;
mod rate;
mod transition;

pub use super::catalog::{BlockMeta, DictionaryEntry, DomainMeta};
pub use super::shape;
pub use event_grammar::{STATUSES, Sensitivity, Stability, Status, StatusClass};
pub use field::{FieldMeta, Role};
pub use governance::Governance;
pub use key::{EntityField, Occurrence};
pub use level::{LevelCase, LevelRule, LevelValue};
pub use rate::{RateLimit, SampleRate};
pub use transition::Transition;

use crate::model::setters::setters;
use event_grammar::Level;

/// The declaration of one version of an event.
///
/// Only a declaration creates a descriptor. A new word of the language adds a field to a
/// descriptor, and code that reads descriptors still compiles.
///
/// ```compile_fail,E0639
/// let _ = event_core::meta::Source { module: "shop", file: "src/lib.rs", line: 1, column: 1 };
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EventMeta {
    /// The name: its parts and its spellings.
    pub name: EventName,
    /// The constant beginning of every flat line of the event:
    /// `{"event":"..","version":1,"level":"error`. A level that follows from a field is not part of
    /// it.
    #[doc(hidden)]
    pub head: &'static str,
    /// The version, from 1.
    pub version: u32,
    /// Whether this is the newest version. Only the newest version is emitted.
    pub latest: bool,
    /// Whether `upcast = auto` reads the version before as this one. If not, a person wrote that
    /// step, or there is no version before.
    pub upcast_auto: bool,
    /// The Rust type that declares it.
    pub type_name: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The level, or how it follows from a field.
    pub level: LevelRule,
    /// The fields and groups of fields, as declared.
    pub members: &'static [Member],
    /// The context groups whose fields the event carries.
    pub context: &'static [&'static GroupMeta],
    /// The number of context groups that the event needs; they come first in `context`. The event
    /// carries the others only if they are bound.
    pub needed_context: usize,
    /// The groups that a unit of work may add to the event. A group's fields are present if the
    /// group was added. Empty if the event is not wide.
    pub wide: &'static [&'static GroupMeta],
    /// Legacy names that readers accept.
    pub aliases: &'static [&'static str],
    /// The sample rate, if the event is sampled.
    pub sample: Option<SampleRate>,
    /// The rate limit, if the event has a limit.
    pub limit: Option<RateLimit>,
    /// The keys of the fields that make one fact, as declared: for an outbox, two records with
    /// equal values of these fields are one event. Empty if the event does not say.
    /// [`Record::deduplication_key`](crate::record::Record::deduplication_key) is made of them.
    pub deduplicate: &'static [&'static str],
    /// The owner, and the event's place in its life cycle.
    pub governance: Governance,
    /// Where the event is declared.
    pub source: Source,
}

/// The name of an event. `payment_process_failed` and `payment.process.failed` are two spellings
/// of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EventName {
    /// `payment_process_failed`: in log lines, and in the name of the emit function.
    pub snake: &'static str,
    /// `payment.process.failed`: the event type on the wire.
    pub dotted: &'static str,
    /// The domain: a part of the business.
    pub domain: &'static str,
    /// The action. `None` if the domain leaves the action out.
    pub action: Option<&'static str>,
    /// The status. `None` if the domain leaves the status out.
    pub status: Option<Status>,
}

/// A field, or a group whose fields are flattened into the event.
#[derive(Debug)]
pub enum Member {
    /// A field of the event itself.
    Field(FieldMeta),
    /// A group of fields.
    Group(&'static GroupMeta),
}

/// Fields that several events share.
#[derive(Debug)]
#[non_exhaustive]
pub struct GroupMeta {
    /// The Rust type that declares it.
    pub type_name: &'static str,
    /// The module that declares it.
    pub module: &'static str,
    /// The documentation.
    pub docs: &'static str,
    /// The fields and groups of fields, as declared.
    pub members: &'static [Member],
    /// Whether the group may be bound as context.
    pub context: bool,
    /// The legal steps of a `Change` that has a table. Empty if every step is legal.
    pub steps: &'static [Transition],
    /// Whether a lock records the group by its name. `Change` is recorded by its fields.
    pub(crate) named: bool,
    /// The id of the lock that the group's own declaration is compared with; 0 for no lock.
    pub(crate) lock: u64,
    /// The paths of all groups in that lock that have this group's name in Rust. This group is one
    /// of them.
    pub(crate) locked: &'static [&'static str],
}

/// Where something is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The module path, with the crate as its first part.
    pub module: &'static str,
    /// The file, as the path given to rustc.
    pub file: &'static str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
}

impl EventMeta {
    /// An event with one version.
    #[doc(hidden)]
    pub const fn new(
        name: EventName,
        type_name: &'static str,
        docs: &'static str,
        level: LevelRule,
        source: Source,
    ) -> Self {
        Self {
            name,
            head: "",
            version: 1,
            latest: true,
            upcast_auto: false,
            type_name,
            docs,
            level,
            members: &[],
            context: &[],
            needed_context: 0,
            wide: &[],
            aliases: &[],
            sample: None,
            limit: None,
            deduplicate: &[],
            governance: Governance::NONE,
            source,
        }
    }

    setters! {
        name: EventName,
        type_name: &'static str,
        docs: &'static str,
        level: LevelRule,
        head: &'static str,
        version: u32,
        latest: bool,
        upcast_auto: bool,
        members: &'static [Member],
        context: &'static [&'static GroupMeta],
        needed_context: usize,
        wide: &'static [&'static GroupMeta],
        aliases: &'static [&'static str],
        sample: Some(SampleRate),
        limit: Some(RateLimit),
        deduplicate: &'static [&'static str],
        governance: Governance,
    }

    /// The event's own fields. The fields of a group are at the group's position.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }

    /// The legal steps between states. Empty if the event declares no table.
    pub fn transitions(&self) -> &'static [Transition] {
        let tables = self.members.iter().filter_map(|member| match member {
            Member::Group(group) => Some(group.steps),
            Member::Field(_) => None,
        });
        tables.into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
    }

    /// The context groups that the event carries. The `bool` is whether the event needs the group.
    pub fn context_groups(&self) -> impl Iterator<Item = (&'static GroupMeta, bool)> {
        let needed = self.needed_context;
        self.context.iter().enumerate().map(move |(place, group)| (*group, place < needed))
    }

    /// The fields that come from bound context.
    pub fn context_fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        for group in self.context {
            flatten(group.members, &mut fields);
        }
        fields
    }

    /// The fields that a unit of work may add. A record has all fields of a group or none of them.
    pub fn wide_fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        for group in self.wide {
            flatten(group.members, &mut fields);
        }
        fields
    }

    /// Whether the event reports an error: the class of its status is a fault, or `level` is at
    /// least `error`.
    pub(crate) fn is_error(&self, level: Level) -> bool {
        let fault = self.name.status.is_some_and(|status| status.class == StatusClass::Fault);
        fault || level >= Level::Error
    }

    /// Whether both describe one declaration. Comparing pointers is not enough: the compiler may
    /// keep several copies of a descriptor.
    #[doc(hidden)]
    pub fn is(&'static self, other: &'static Self) -> bool {
        std::ptr::eq(self, other) || (self.name == other.name && self.source == other.source)
    }

    /// Whether `name` is this event's name in either spelling, or one of its aliases.
    pub fn answers_to(&self, name: &str) -> bool {
        self.name.snake == name || self.name.dotted == name || self.aliases.contains(&name)
    }
}

impl EventName {
    #[doc(hidden)]
    pub const fn new(snake: &'static str, dotted: &'static str, domain: &'static str) -> Self {
        Self { snake, dotted, domain, action: None, status: None }
    }

    setters! {
        snake: &'static str,
        dotted: &'static str,
        action: Some(&'static str),
        status: Some(Status),
    }
}

impl Source {
    #[doc(hidden)]
    pub const fn new(module: &'static str, file: &'static str, line: u32, column: u32) -> Self {
        Self { module, file, line, column }
    }
}

impl GroupMeta {
    /// A group with these members that may not be bound as context.
    #[doc(hidden)]
    pub const fn new(
        type_name: &'static str,
        module: &'static str,
        docs: &'static str,
        members: &'static [Member],
    ) -> Self {
        Self {
            type_name,
            module,
            docs,
            members,
            context: false,
            steps: &[],
            named: true,
            lock: 0,
            locked: &[],
        }
    }

    /// A copy with these legal steps.
    #[must_use]
    pub(crate) const fn with_steps(&self, steps: &'static [Transition]) -> Self {
        Self { steps, ..*self }
    }

    /// Allows binding the group as context.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_context(mut self) -> Self {
        self.context = true;
        self
    }

    /// Makes the lock record the group by its fields.
    #[must_use]
    pub(crate) const fn unnamed(mut self) -> Self {
        self.named = false;
        self
    }

    /// Sets the lock of the group's own package.
    #[doc(hidden)]
    #[must_use]
    pub const fn held(mut self, lock: u64, locked: &'static [&'static str]) -> Self {
        self.lock = lock;
        self.locked = locked;
        self
    }

    /// Whether a lock records the group by its name.
    pub(crate) const fn is_named(&self) -> bool {
        self.named
    }

    /// The group's fields. The fields of a group within it are at that group's position.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }
}

impl GroupMeta {
    /// The field called `name`, of this group or of a group within it.
    pub(crate) fn field(&self, name: &str) -> Option<&'static FieldMeta> {
        self.members.iter().find_map(|member| match member {
            Member::Field(field) => (field.name == name).then_some(field),
            Member::Group(group) => group.field(name),
        })
    }

    /// Whether a reader needs any field of the group.
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
