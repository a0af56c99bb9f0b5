//! The rules, as data.

/// What a change to a locked version breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockRule {
    /// A locked version is not declared any more.
    VersionDeleted,
    /// The name on the wire is another one.
    NameChanged,
    /// A field that old readers need is gone.
    FieldRemoved,
    /// A field has another name, and is read under the old one too.
    FieldRenamed,
    /// A field that readers need is new.
    FieldAdded,
    /// A field that could be missing or `null` has to be there.
    FieldMadeRequired,
    /// A field that old readers need may be missing or `null`.
    FieldMadeOptional,
    /// A value has another form.
    TypeChanged,
    /// A variant is gone.
    VariantRemoved,
    /// A variant is new, and old readers know no other.
    VariantAdded,
    /// The variants of an enum are told apart in another way.
    TaggingChanged,
    /// A name that was read is not read any more.
    AliasDropped,
    /// A sensitive field is protected less.
    SensitivityLowered,
    /// A field is something else to the event.
    RoleChanged,
    /// A number counts something else.
    UnitChanged,
    /// The event asks for another kind of attention.
    LevelChanged,
    /// A retired name is used again.
    NameRetired,
}

/// What is said about a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The rule.
    pub rule: LockRule,
    /// The code that `explain` explains.
    pub code: &'static str,
    /// Its name, as in acceptances.
    pub id: &'static str,
    /// What changed, after the path.
    pub what: &'static str,
    /// What to do, where there is more to say than for any break.
    pub help: &'static str,
}

/// Every rule, by code.
pub const RULES: &[RuleText] = &[
    text(
        LockRule::VersionDeleted,
        "EV0201",
        "version-deleted",
        "is not declared any more",
        "declare it again, beside the newer one if there is one: what is stored must stay readable",
    ),
    text(LockRule::NameChanged, "EV0202", "name-changed", "has another name on the wire", ""),
    text(
        LockRule::FieldRemoved,
        "EV0203",
        "field-removed",
        "is gone",
        "if it has another name in Rust now, `#[field(rename = \"..\")]` keeps this one on the wire",
    ),
    text(
        LockRule::FieldRenamed,
        "EV0204",
        "field-renamed",
        "has another name",
        "`#[field(rename = \"..\")]` keeps the old one on the wire",
    ),
    text(
        LockRule::FieldAdded,
        "EV0205",
        "field-added",
        "is new, and readers need it",
        "make it an `Option`, or mark it `#[field(default)]`",
    ),
    text(
        LockRule::FieldMadeRequired,
        "EV0206",
        "field-made-required",
        "may not be missing or `null` any more",
        "",
    ),
    text(
        LockRule::FieldMadeOptional,
        "EV0207",
        "field-made-optional",
        "may be missing or `null` now",
        "",
    ),
    text(LockRule::TypeChanged, "EV0208", "type-changed", "changed its form", ""),
    text(
        LockRule::VariantRemoved,
        "EV0209",
        "variant-removed",
        "is gone",
        "keep the variant; if it has another name in Rust now, `#[value(rename = \"..\")]` keeps this one on the wire",
    ),
    text(
        LockRule::VariantAdded,
        "EV0210",
        "variant-added",
        "is new, and old readers know no other",
        "in the next version, give the enum a variant marked `other`: then it can grow",
    ),
    text(LockRule::TaggingChanged, "EV0211", "tagging-changed", "is tagged in another way", ""),
    text(
        LockRule::AliasDropped,
        "EV0212",
        "alias-dropped",
        "is not read any more",
        "keep the alias: what was written under it is stored",
    ),
    text(LockRule::SensitivityLowered, "EV0213", "sensitivity-lowered", "is protected less", ""),
    text(LockRule::RoleChanged, "EV0214", "role-changed", "is something else to the event", ""),
    text(
        LockRule::UnitChanged,
        "EV0215",
        "unit-changed",
        "has another unit",
        "give the field that has the new unit a name of its own",
    ),
    text(
        LockRule::LevelChanged,
        "EV0216",
        "level-changed",
        "asks for another kind of attention",
        "within a kind a level may change: `trace` and `debug` are one, `error` and `critical` \
         another",
    ),
    text(
        LockRule::NameRetired,
        "EV0217",
        "name-retired",
        "was retired",
        "take another name: what was written under this one meant something else",
    ),
];

const fn text(
    rule: LockRule,
    code: &'static str,
    id: &'static str,
    what: &'static str,
    help: &'static str,
) -> RuleText {
    RuleText { rule, code, id, what, help }
}

impl LockRule {
    /// What is said about it.
    pub const fn text(self) -> &'static RuleText {
        &RULES[self as usize]
    }

    /// Its name, as in acceptances.
    pub const fn id(self) -> &'static str {
        self.text().id
    }

    /// The code that `explain` explains.
    pub const fn code(self) -> &'static str {
        self.text().code
    }

    /// The rule of that name.
    pub fn named(id: &str) -> Option<Self> {
        RULES.iter().find(|text| text.id == id).map(|text| text.rule)
    }
}
