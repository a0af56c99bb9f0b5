//! The rules of the lock check, as data.

/// A kind of breaking change to a locked version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockRule {
    /// A locked version is not declared any more.
    VersionDeleted,
    /// The name on the wire changed.
    NameChanged,
    /// A field that old readers need was removed.
    FieldRemoved,
    /// A field was renamed. It is still read under its old name.
    FieldRenamed,
    /// A field that readers need was added.
    FieldAdded,
    /// A field that could be missing or `null` is now required.
    FieldMadeRequired,
    /// A field that old readers need may now be missing or `null`.
    FieldMadeOptional,
    /// A field's type changed.
    TypeChanged,
    /// A variant was removed.
    VariantRemoved,
    /// A variant was added, and old readers have no `other` variant that reads it.
    VariantAdded,
    /// The tagging of an enum changed.
    TaggingChanged,
    /// A name is not read any more.
    AliasDropped,
    /// A sensitive field has a weaker mask.
    SensitivityLowered,
    /// A field's role in the event changed.
    RoleChanged,
    /// A number's unit changed.
    UnitChanged,
    /// The class of the event's level changed.
    LevelChanged,
    /// A retired name is used again.
    NameRetired,
}

/// The texts of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// The rule.
    pub rule: LockRule,
    /// The code that `explain` explains.
    pub code: &'static str,
    /// Its name, as in acceptances.
    pub id: &'static str,
    /// The change, as the end of a sentence that begins with the path.
    pub what: &'static str,
    /// A help text for this rule only. Empty if the general help is enough.
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
        "if only its Rust name changed, `#[field(rename = \"..\")]` keeps this name on the wire",
    ),
    text(
        LockRule::FieldRenamed,
        "EV0204",
        "field-renamed",
        "has another name",
        "`#[field(rename = \"..\")]` keeps the old name on the wire",
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
    text(LockRule::TypeChanged, "EV0208", "type-changed", "changed its type", ""),
    text(
        LockRule::VariantRemoved,
        "EV0209",
        "variant-removed",
        "is gone",
        "keep the variant; if only its Rust name changed, `#[value(rename = \"..\")]` keeps this name on the wire",
    ),
    text(
        LockRule::VariantAdded,
        "EV0210",
        "variant-added",
        "is new, and old readers do not know it",
        "in the next version, give the enum a variant marked `other`, which reads unknown variants",
    ),
    text(LockRule::TaggingChanged, "EV0211", "tagging-changed", "changed its tagging", ""),
    text(
        LockRule::AliasDropped,
        "EV0212",
        "alias-dropped",
        "is not read any more",
        "keep the alias: stored records have this name",
    ),
    text(LockRule::SensitivityLowered, "EV0213", "sensitivity-lowered", "has a weaker mask", ""),
    text(LockRule::RoleChanged, "EV0214", "role-changed", "changed its role", ""),
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
        "changed its level",
        "a level may change within a class: `trace` and `debug` are one class, `error` and \
         `critical` another, `info` and `warning` are each a class of their own",
    ),
    text(
        LockRule::NameRetired,
        "EV0217",
        "name-retired",
        "was retired",
        "choose another name: stored records use this name with another meaning",
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
    /// The texts of the rule.
    pub const fn text(self) -> &'static RuleText {
        &RULES[self as usize]
    }

    /// The rule's name, as in acceptances.
    pub const fn id(self) -> &'static str {
        self.text().id
    }

    /// The code that `explain` explains.
    pub const fn code(self) -> &'static str {
        self.text().code
    }

    /// The rule called `id`.
    pub fn named(id: &str) -> Option<Self> {
        RULES.iter().find(|text| text.id == id).map(|text| text.rule)
    }
}
