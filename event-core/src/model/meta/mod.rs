//! The static descriptors of events: what a declaration says, as constants.

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

/// Everything that the declaration of one version of an event says.
///
/// Only a declaration makes a descriptor: a new word of the language is a new field of one, and
/// breaks nobody who reads them.
///
/// ```compile_fail,E0639
/// let _ = event_core::meta::Source { module: "shop", file: "src/lib.rs", line: 1, column: 1 };
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EventMeta {
    /// The name, in its parts and its spellings.
    pub name: EventName,
    /// How every flat line of it begins, in one copy: `{"event":"..","version":1,"level":"error`,
    /// up to where it can differ. A level that follows from a field is not part of it.
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
    /// How many of those it needs: the first so many. The others it carries where they are bound,
    /// and does not miss where they are not.
    pub needed_context: usize,
    /// The groups that a unit of work may add to it; their fields are there where it did. None,
    /// where the event is not wide.
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

/// The name of an event. `payment_process_failed` and `payment.process.failed` are two spellings
/// of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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

/// A field, or a group of fields that is flattened in its place.
#[derive(Debug)]
pub enum Member {
    /// A field of the event itself.
    Field(FieldMeta),
    /// The fields of a group.
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
    /// Whether it may be bound as context.
    pub context: bool,
    /// Of a `Change` with a table, the steps that are legal; none where every step is.
    pub steps: &'static [Transition],
    /// Whether a lock takes it by its name: `Change` is its fields.
    pub(crate) named: bool,
    /// The lock that its own declaration is held against; none where it is 0.
    pub(crate) lock: u64,
    /// The groups in that lock that have its name in Rust, by path: it is one of them.
    pub(crate) locked: &'static [&'static str],
}

/// Where something is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
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
    /// The newest version of an event, which is its first.
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
        members: &'static [Member],
        context: &'static [&'static GroupMeta],
        needed_context: usize,
        wide: &'static [&'static GroupMeta],
        aliases: &'static [&'static str],
        sample: Some(SampleRate),
        limit: Some(RateLimit),
        governance: Governance,
    }

    /// The event's own fields, those of groups in their place.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }

    /// The steps from state to state that are legal; none where it declares no table.
    pub fn transitions(&self) -> &'static [Transition] {
        let tables = self.members.iter().filter_map(|member| match member {
            Member::Group(group) => Some(group.steps),
            Member::Field(_) => None,
        });
        tables.into_iter().find(|steps| !steps.is_empty()).unwrap_or_default()
    }

    /// The context groups that it carries, and whether it needs each.
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

    /// The fields that a unit of work may add: those of a group are there together, or none of them
    /// is.
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

    /// Whether both describe one declaration: the compiler may keep more than one copy of a
    /// descriptor.
    #[doc(hidden)]
    pub fn is(&'static self, other: &'static Self) -> bool {
        std::ptr::eq(self, other) || (self.name == other.name && self.source == other.source)
    }

    /// Whether `name` is this event's, in either spelling or as an alias.
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
    /// A group of these members, which is not bound as context.
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

    /// The same, with the steps that are legal.
    #[must_use]
    pub(crate) const fn with_steps(&self, steps: &'static [Transition]) -> Self {
        Self { steps, ..*self }
    }

    /// The same, which may be bound as context.
    #[doc(hidden)]
    #[must_use]
    pub const fn as_context(mut self) -> Self {
        self.context = true;
        self
    }

    /// The same, which a lock takes for its fields.
    #[must_use]
    pub(crate) const fn unnamed(mut self) -> Self {
        self.named = false;
        self
    }

    /// The same, held against the lock of its own package.
    #[doc(hidden)]
    #[must_use]
    pub const fn held(mut self, lock: u64, locked: &'static [&'static str]) -> Self {
        self.lock = lock;
        self.locked = locked;
        self
    }

    /// Whether a lock takes it by its name.
    pub(crate) const fn is_named(&self) -> bool {
        self.named
    }

    /// The group's fields, those of groups within it in their place.
    pub fn fields(&self) -> Vec<&'static FieldMeta> {
        let mut fields = Vec::new();
        flatten(self.members, &mut fields);
        fields
    }
}

impl GroupMeta {
    /// Its field of this name, its own or that of a group within it.
    pub(crate) fn field(&self, name: &str) -> Option<&'static FieldMeta> {
        self.members.iter().find_map(|member| match member {
            Member::Field(field) => (field.name == name).then_some(field),
            Member::Group(group) => group.field(name),
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
