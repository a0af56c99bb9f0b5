//! The tree of a block, with the tokens of the declaration.

mod level;
mod transition;
mod value;

pub(crate) use level::{Arm, Around, Case, LevelRule, Pattern};
pub(crate) use transition::{Row, Table, is_none as is_no_state};
pub(crate) use value::{Held, Value, ValueBody, Variant, VariantBody};

use crate::parse::Docs;
use event_grammar::{Sensitivity, Stability, StatusClass, TimeUnit};
use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::{Attribute, Generics, LitStr, Path, Type, Visibility};

/// The last segment of a path, without `r#`.
pub(crate) fn last_name(path: &Path) -> String {
    path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default()
}

/// An `events!` block.
#[derive(Default)]
pub(crate) struct Block {
    pub(crate) domain: Option<Domain>,
    pub(crate) statuses: Vec<Statuses>,
    pub(crate) events: Vec<Event>,
    pub(crate) groups: Vec<Group>,
    pub(crate) values: Vec<Value>,
    /// `use` declarations and reported items: they are expanded unchanged.
    pub(crate) others: Vec<TokenStream>,
    /// `crate = ..`
    pub(crate) krate: Option<Path>,
    /// Set by the checks: declarations that build but deserve a warning.
    pub(crate) warnings: Vec<(Span, String)>,
    /// Whether something was reported: an event may be missing or have another name.
    pub(crate) is_broken: bool,
}

/// The parts that every item has.
#[derive(Clone)]
pub(crate) struct Head {
    /// Attributes of others: docs, `cfg`, `derive`, ..
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: Docs,
    pub(crate) vis: Visibility,
    /// The token `struct` or `enum`, for its span.
    pub(crate) keyword: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    /// The span of the body's delimiter.
    pub(crate) body: Span,
    /// Whether a field's type was reported: the item expands to its shell, which has no fields.
    pub(crate) shell: bool,
    /// Set by the checks if the item's derives are valid: the first masked field or value.
    pub(crate) masked: Option<Masked>,
    /// Whether a derive on the item may have attributes of its own.
    pub(crate) has_helpers: bool,
}

/// `#[domain] enum`
pub(crate) struct Domain {
    pub(crate) head: Head,
    /// The domain's name in the names of its events: the enum's name, or the name in `rename`.
    pub(crate) name: String,
    pub(crate) renamed: Renamed,
    pub(crate) actions: Vec<Action>,
    pub(crate) optional_action: bool,
    pub(crate) optional_status: bool,
    pub(crate) require: Require,
    pub(crate) owner: Option<LitStr>,
    pub(crate) context: Vec<Path>,
    pub(crate) open_ended: Option<Ident>,
}

/// Whether the name of a domain differs from its enum's name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renamed {
    No,
    Yes,
    /// The given name was reported: no name can be read with it.
    Reported,
}

/// The requirements for every event of the block.
#[derive(Clone, Copy, Default)]
pub(crate) struct Require {
    pub(crate) docs: bool,
    pub(crate) entity: bool,
    pub(crate) owner: bool,
}

/// A variant of a domain's enum.
pub(crate) struct Action {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: Docs,
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) open_ended: Option<Ident>,
}

/// `#[statuses] enum`
pub(crate) struct Statuses {
    pub(crate) head: Head,
    pub(crate) words: Vec<StatusWord>,
}

pub(crate) struct StatusWord {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: Docs,
    pub(crate) ident: Ident,
    pub(crate) name: String,
    pub(crate) class: StatusClass,
}

/// `#[event] struct`
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a word of the language, or what a check found"
)]
pub(crate) struct Event {
    pub(crate) head: Head,
    pub(crate) fields: Vec<Field>,
    /// Whether the struct is written `struct X;`.
    pub(crate) unit: bool,
    pub(crate) level: LevelRule,
    pub(crate) version: u32,
    /// The place of the version, if it is written.
    pub(crate) version_span: Option<Span>,
    pub(crate) upcast_auto: Option<Span>,
    pub(crate) name_override: Option<NameOverride>,
    pub(crate) domain_path: Option<Path>,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) context: Vec<Path>,
    /// Context groups that the event carries if they are bound.
    pub(crate) optional_context: Vec<Path>,
    /// The groups that a unit of work may add; `None` if the event is not wide.
    pub(crate) wide: Option<Vec<Path>>,
    pub(crate) skip_none: bool,
    pub(crate) sample: Option<(u32, u32)>,
    /// The maximum number of events, and the number of seconds.
    pub(crate) limit: Option<(u32, u32)>,
    /// The words `sample`, `sample_errors` and `limit_errors`, if they are written.
    pub(crate) sample_word: Option<Ident>,
    pub(crate) sample_errors: Option<Ident>,
    pub(crate) limit_word: Option<Ident>,
    pub(crate) limit_errors: Option<Ident>,
    /// The fields of the deduplication key. A word that is no field of the event itself is the key
    /// in JSON of a field of its groups.
    pub(crate) deduplicate: Vec<Ident>,
    pub(crate) governance: Governance,
    /// Set by the check of fields: the entity that the domain requires must come from a group.
    pub(crate) entity_by_group: bool,
    /// Set by the check of names.
    pub(crate) name: Name,
    /// Whether an error about the event was reported. It expands, so that its uses compile, but no
    /// further error is reported for it.
    pub(crate) poisoned: bool,
}

/// The three resolved parts of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) domain: String,
    pub(crate) action: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) class: Option<StatusClass>,
    /// The identifier without its version suffix.
    pub(crate) base: String,
    /// Whether this is the newest version.
    pub(crate) latest: bool,
}

impl Name {
    fn join(&self, separator: &str) -> String {
        let parts = [Some(self.domain.as_str()), self.action.as_deref(), self.status.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(separator)
    }

    pub(crate) fn snake(&self) -> String {
        self.join("_")
    }

    pub(crate) fn dotted(&self) -> String {
        self.join(".")
    }
}

/// `name(payment, process, failed)`
pub(crate) struct NameOverride {
    pub(crate) span: Span,
    /// `None` is `_`.
    pub(crate) parts: [Option<Ident>; 3],
}

#[derive(Default)]
pub(crate) struct Governance {
    pub(crate) owner: Option<LitStr>,
    pub(crate) stability: Option<Stability>,
    pub(crate) since: Option<LitStr>,
    pub(crate) expires: Option<LitStr>,
    pub(crate) retention: Option<LitStr>,
    pub(crate) replaced_by: Option<Path>,
    pub(crate) deprecated: Option<String>,
}

/// `#[group] struct`
pub(crate) struct Group {
    pub(crate) head: Head,
    pub(crate) fields: Vec<Field>,
    pub(crate) context: bool,
    pub(crate) skip_none: bool,
}

/// A masked field or value, for a message.
#[derive(Clone)]
pub(crate) struct Masked {
    /// The text for the message: "field `email`", "the value of `Password`".
    pub(crate) what: String,
    pub(crate) at: Span,
}

/// A named field.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word of the language")]
pub(crate) struct Field {
    /// Attributes of others.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: Docs,
    pub(crate) vis: Visibility,
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// The key in JSON.
    pub(crate) name: String,
    pub(crate) renamed: Option<LitStr>,
    pub(crate) role: Role,
    pub(crate) mask: Option<Mask>,
    pub(crate) public: Option<Ident>,
    pub(crate) unit: Option<LitStr>,
    pub(crate) finite: bool,
    pub(crate) aliases: Vec<LitStr>,
    pub(crate) default: bool,
    pub(crate) skip_none: bool,
    pub(crate) example: Option<syn::Lit>,
    pub(crate) dictionary: Option<LitStr>,
    pub(crate) label: bool,
    pub(crate) opaque: bool,
    pub(crate) recursive: bool,
    /// The value type that has the field; set when that type is expanded.
    pub(crate) own: Option<Ident>,
    /// The name of the value type or the variant that has the field.
    pub(crate) within: Option<String>,
}

#[derive(Clone)]
pub(crate) enum Role {
    Plain,
    Entity {
        kind: String,
    },
    EntityVersion,
    /// Holds the unit of the time, which the checks set.
    Elapsed(Option<TimeUnit>),
    Group,
    /// Holds the table of legal steps, if there is one.
    Transition(Option<Table>),
}

/// How a sensitive field is written, with the tokens of the declaration.
pub(crate) type Mask = Sensitivity<Path, LitStr>;

impl Domain {
    /// The name of the generated enum over the newest events.
    pub(crate) fn event_enum(&self) -> String {
        let stem = match self.renamed {
            Renamed::Yes => event_grammar::name::camel(&self.name),
            Renamed::No | Renamed::Reported => self.head.ident.unraw().to_string(),
        };
        format!("{stem}Event")
    }
}

impl Event {
    /// The field of the event itself that is called `name`.
    pub(crate) fn own_field(&self, name: &Ident) -> Option<&Field> {
        self.fields.iter().find(|field| field.ident.unraw() == name.unraw())
    }
}

impl Field {
    /// Whether the field is left out or written under a mask.
    pub(crate) fn is_masked(&self) -> bool {
        self.mask.as_ref().is_some_and(Mask::is_masked)
    }

    /// Whether the field is left out.
    pub(crate) const fn is_dropped(&self) -> bool {
        matches!(self.mask, Some(Mask::Drop))
    }

    /// Whether the fields of a group take the place of this field.
    pub(crate) fn is_flattened(&self) -> bool {
        matches!(self.role, Role::Group | Role::Transition(_))
    }

    /// The `#[cfg]`s of the field, for every place to which it expands.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        cfgs(&self.attrs)
    }
}

impl Head {
    /// Whether the item has type or const parameters. They were reported; no code that needs a
    /// single type is generated.
    pub(crate) fn has_parameters(&self) -> bool {
        self.generics
            .params
            .iter()
            .any(|parameter| !matches!(parameter, syn::GenericParam::Lifetime(_)))
    }

    /// The item's `#[cfg]`s, for everything it expands to.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        cfgs(&self.attrs)
    }
}

pub(crate) fn cfgs(attrs: &[Attribute]) -> Vec<&Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("cfg")).collect()
}
