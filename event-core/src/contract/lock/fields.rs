//! Whether the fields of one object can be read as the fields of another.

use super::forms::{self, Asked, Says};
use super::members::Members;
use super::named::Types;
use super::path::Step;
use super::{BACKWARD, Break, FORWARD, LockRule, Now, found};
use crate::model::meta::{FieldMeta, Role, Sensitivity};
use event_grammar::fingerprint::Place;
use event_grammar::form::{self, FormMember, mark};
use event_grammar::sensitivity::protection;

/// The breaks between the members of a form and the fields of a struct.
pub(super) const fn of_struct<'a>(
    members: &'a [u8],
    new: &'static [FieldMeta],
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let old = Members::indexed(members, Place::Payload);
    let mut at = 0;
    while at < new.len() {
        if let Some(found) = of_field(&old, &new[at], Place::Payload, mode, types, skip) {
            return Some(found);
        }
        at += 1;
    }
    gone(members, new, mode, types, skip)
}

/// The breaks of locked members that no field of a struct reads any more.
pub(super) const fn gone<'a>(
    members: &'a [u8],
    new: &'static [FieldMeta],
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let mut at = 0;
    while let Some(member) = form::member(members, at) {
        if find_reader(member.name, new).is_none()
            && let Some(found) = removed(member, Place::Payload, mode, types, skip)
        {
            return Some(found);
        }
        at = member.next;
    }
    None
}

/// The field that reads an old name.
const fn find_reader(name: &[u8], new: &'static [FieldMeta]) -> Option<&'static FieldMeta> {
    let mut at = 0;
    while at < new.len() {
        if is_read_as(name, &new[at]) {
            return Some(&new[at]);
        }
        at += 1;
    }
    None
}

/// Whether a field reads an old name.
pub(super) const fn is_read_as(name: &[u8], field: &'static FieldMeta) -> bool {
    form::is_one_of(name, field.name, field.aliases)
}

/// The break of a removed field.
pub(super) const fn removed<'a>(
    member: FormMember<'a>,
    place: Place,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if mode & FORWARD == 0 || !needed(member, place, types) {
        return None;
    }
    let gone = Break::new(LockRule::FieldRemoved, member.form, Now::Gone, FORWARD);
    found(skip, gone.below(Step::Name(member.name)))
}

/// Whether old readers need a member that came from `place`.
const fn needed(member: FormMember<'_>, place: Place, types: Types<'_>) -> bool {
    matches!(place, Place::Payload)
        && !forms::is_optional(member.form, types)
        && mark(member.marks, "default").is_none()
        && mark(member.marks, "context").is_none()
        && mark(member.marks, "wide").is_none()
}

/// The breaks between the members of a form and one field. The field is compared with the members
/// of its name and its aliases; without such a member, the field is new.
pub(super) const fn of_field<'a>(
    members: &Members<'a>,
    field: &'static FieldMeta,
    place: Place,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let own = members.find(field.name);
    let mut is_known = own.is_some();
    if let Some(member) = own
        && let Some(found) = changed((member, members.place), field, place, mode, types, skip)
    {
        return Some(below(found, field));
    }
    let mut at = 0;
    while at < field.aliases.len() {
        let alias = field.aliases[at];
        at += 1;
        if event_grammar::same(alias, field.name) {
            continue;
        }
        let Some(member) = members.find(alias) else { continue };
        is_known = true;
        let broken = match own {
            // Two fields became one. The field whose name stayed is read, and old readers miss the
            // other.
            Some(_) => None,
            None => changed((member, members.place), field, place, mode, types, skip),
        };
        let broken = match broken {
            None => was_renamed((member, members.place), field, mode, types, skip),
            found => found,
        };
        if let Some(found) = broken {
            return Some(below(found, field));
        }
    }
    if !is_known && mode & BACKWARD != 0 && matches!(place, Place::Payload) && requires(field) {
        let added = Break::new(LockRule::FieldAdded, b"", Now::Shape(field.shape), BACKWARD);
        if let Some(found) = found(skip, added) {
            return Some(below(found, field));
        }
    }
    None
}

const fn below<'a>(found: Break<'a>, field: &'static FieldMeta) -> Break<'a> {
    found.below(Step::Name(field.name.as_bytes()))
}

/// Whether readers need the field.
const fn requires(field: &'static FieldMeta) -> bool {
    !field.shape.is_optional() && !field.default
}

/// The break of a renamed field: old readers look for the old name.
const fn was_renamed<'a>(
    (member, was): (FormMember<'a>, Place),
    field: &'static FieldMeta,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if let Some(aliases) = mark(member.marks, "alias")
        && form::lists(aliases, field.name)
    {
        return None;
    }
    if mode & FORWARD == 0 || !needed(member, was, types) {
        return None;
    }
    found(skip, Break::new(LockRule::FieldRenamed, member.name, Now::Word(field.name), FORWARD))
}

/// The breaks between a member and the field that replaced it.
const fn changed<'a>(
    (member, was): (FormMember<'a>, Place),
    field: &'static FieldMeta,
    place: Place,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if let Some(found) = sensitivity(member, field, skip) {
        return Some(found);
    }
    if mode == 0 {
        return None;
    }
    // A dropped field has no value, because it is never written.
    if !was_dropped(member) && !is_dropped(field) {
        let old = Says {
            finite: mark(member.marks, "finite").is_some(),
            skips: mark(member.marks, "skip").is_some(),
        };
        let new =
            Says { finite: field.finite, skips: leaves_out(field) && !field.shape.is_presence() };
        let asked = Asked { mode, old, new, types };
        if let Some(found) = forms::compare(member.form, field.shape, asked, skip) {
            return Some(found);
        }
    }
    if let Some(found) = presence((member, was), field, place, mode, types, skip) {
        return Some(found);
    }
    if let Some(found) = role((member, was), field, place, mode, skip) {
        return Some(found);
    }
    dropped_alias(member, field, mode, skip)
}

/// The break of a key that may be missing although a reader needs it.
const fn presence<'a>(
    (member, was): (FormMember<'a>, Place),
    field: &'static FieldMeta,
    place: Place,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let was_left_out = was_dropped(member)
        || mark(member.marks, "skip").is_some()
        || form::is_presence(member.form);
    let is_left_out = is_dropped(field) || leaves_out(field) || matches!(place, Place::Wide);
    let reads = matches!(place, Place::Payload) && requires(field);
    if mode & BACKWARD != 0 && was_left_out && reads {
        return found(
            skip,
            Break::new(LockRule::FieldMadeRequired, member.form, Now::Shape(field.shape), BACKWARD),
        );
    }
    if mode & FORWARD != 0 && is_left_out && needed(member, was, types) {
        let now = if leaves_out(field) { Now::Shape(field.shape) } else { Now::Word("left out") };
        return found(skip, Break::new(LockRule::FieldMadeOptional, member.form, now, FORWARD));
    }
    None
}

/// Whether a `None` of the field is left out.
pub(super) const fn leaves_out(field: &FieldMeta) -> bool {
    field.skip_none && field.shape.is_optional()
}

const fn is_dropped(field: &'static FieldMeta) -> bool {
    matches!(field.sensitivity, Some(Sensitivity::Drop))
}

const fn was_dropped(member: FormMember<'_>) -> bool {
    matches!(mark(member.marks, "masked"), Some(b"drop"))
}

/// Whether `mask` hides less than `than`. Masks are given by their names in a form; the empty name
/// is no mask.
pub const fn shows_more(mask: &str, than: &str) -> bool {
    protection(mask.as_bytes()) < protection(than.as_bytes())
}

/// The break of a field with a weaker mask. It breaks in every mode.
const fn sensitivity<'a>(
    member: FormMember<'a>,
    field: &'static FieldMeta,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let was = match mark(member.marks, "masked") {
        Some(mask) => mask,
        None => b"",
    };
    let is = mask_of(field);
    if protection(is.as_bytes()) < protection(was) {
        let is = if is.is_empty() { "none" } else { is };
        return found(skip, Break::new(LockRule::SensitivityLowered, was, Now::Word(is), 0));
    }
    None
}

/// The mask of a field. Empty for none.
pub(super) const fn mask_of(field: &FieldMeta) -> &'static str {
    match field.sensitivity {
        Some(sensitivity) => sensitivity.as_str(),
        None => "",
    }
}

/// The field's role as a mark and its argument. Empty for plain data.
pub(super) const fn role_of(field: &FieldMeta, place: Place) -> (&'static str, &'static str) {
    match (place, field.role) {
        (Place::Context, _) => ("context", ""),
        (Place::Wide, _) => ("wide", ""),
        (Place::Payload, Role::Entity { kind }) => ("entity", kind),
        (Place::Payload, Role::EntityVersion) => ("entity_version", ""),
        (Place::Payload, Role::Before) => ("before", ""),
        (Place::Payload, Role::After) => ("after", ""),
        (Place::Payload, Role::Plain | Role::Elapsed) => ("", ""),
    }
}

/// The breaks of a field's role and unit: a field that the envelope has at a special place must
/// stay there, and a number must keep its unit.
const fn role<'a>(
    (member, was): (FormMember<'a>, Place),
    field: &'static FieldMeta,
    place: Place,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    const ROLES: &[&str] = &["context", "wide", "entity", "entity_version", "before", "after"];
    let (word, argument) = role_of(field, place);
    if !matches!(was, Place::Payload) && was as u8 != place as u8 {
        let now = if word.is_empty() { "data" } else { word };
        return found(
            skip,
            Break::new(LockRule::RoleChanged, was.as_str().as_bytes(), Now::Word(now), mode),
        );
    }
    let mut at = 0;
    while at < ROLES.len() && matches!(was, Place::Payload) {
        if let Some(was) = mark(member.marks, ROLES[at])
            && !(event_grammar::same(ROLES[at], word) && form::is_named(was, argument))
        {
            let (was, now) = if event_grammar::same(ROLES[at], word) {
                // The same role with another kind of entity.
                (was, argument)
            } else {
                (ROLES[at].as_bytes(), if word.is_empty() { "data" } else { word })
            };
            return found(skip, Break::new(LockRule::RoleChanged, was, Now::Word(now), mode));
        }
        at += 1;
    }
    // Context is at another place in the envelope than data. An entity is in the payload too, so
    // data that becomes the entity is no break.
    if matches!((was, place), (Place::Payload, Place::Context))
        && mark(member.marks, "context").is_none()
    {
        return found(skip, Break::new(LockRule::RoleChanged, b"data", Now::Word("context"), mode));
    }
    let unit = match field.unit {
        Some(unit) => unit,
        None => "",
    };
    if let Some(was) = mark(member.marks, "unit")
        && !form::is_named(was, unit)
    {
        let now = if unit.is_empty() { "none" } else { unit };
        return found(skip, Break::new(LockRule::UnitChanged, was, Now::Word(now), mode));
    }
    None
}

/// The break of a name that the field does not read any more.
const fn dropped_alias<'a>(
    member: FormMember<'a>,
    field: &'static FieldMeta,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if mode & BACKWARD == 0 {
        return None;
    }
    let Some(aliases) = mark(member.marks, "alias") else { return None };
    let mut at = 0;
    while at < aliases.len() {
        let to = form::end(aliases, at, false);
        let alias = form::part(aliases, at, to);
        if !is_read_as(alias, field) {
            let dropped =
                found(skip, Break::new(LockRule::AliasDropped, alias, Now::Gone, BACKWARD));
            if dropped.is_some() {
                return dropped;
            }
        }
        at = to + 1;
    }
    None
}
