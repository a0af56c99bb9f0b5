//! Whether the variants of one enum can be read as the variants of another.

use super::forms::{self, Asked};
use super::named::Types;
use super::path::Step;
use super::{BACKWARD, Break, FORWARD, LockRule, Now, fields, found};
use crate::model::shape::{EnumShape, Tagging, VariantContent, VariantShape};
use event_grammar::form::{self, FormMember, mark};

/// Whether the written tagging equals `tagging`. External tagging is written as nothing, the others
/// as `<tag>`, `<tag,content>` and `<>`.
pub(super) const fn is_tagged(written: &[u8], tagging: Tagging) -> bool {
    match (written, tagging) {
        ([], Tagging::External) => true,
        (_, Tagging::Untagged) => form::equal(written, form::UNTAGGED),
        ([b'<', tag @ .., b'>'], Tagging::Internal { tag: new }) => form::is_named(tag, new),
        ([b'<', names @ .., b'>'], Tagging::Adjacent { tag, content }) => {
            let to = form::end(names, 0, false);
            to < names.len()
                && form::is_named(form::part(names, 0, to), tag)
                && form::is_named(form::part(names, to + 1, names.len()), content)
        }
        _ => false,
    }
}

/// The old tagging and the new one: the key that differs if the kind is the same, otherwise both
/// kinds.
pub(super) const fn taggings(written: &[u8], tagging: Tagging) -> (&[u8], &'static str) {
    let keys = match written {
        [b'<', keys @ .., b'>'] => keys,
        _ => &[],
    };
    let to = form::end(keys, 0, false);
    let (tag, content) = (form::part(keys, 0, to), form::part(keys, to + 1, keys.len()));
    let was: &[u8] = match (tag, content) {
        _ if form::equal(written, form::UNTAGGED) => b"untagged",
        ([], _) => b"external",
        (_, []) => b"internal",
        _ => b"adjacent",
    };
    match tagging {
        Tagging::Internal { tag: new } if content.is_empty() && !tag.is_empty() => (tag, new),
        Tagging::Adjacent { tag: new, content: new_content } if !content.is_empty() => {
            if form::is_named(tag, new) {
                (content, new_content)
            } else {
                (tag, new)
            }
        }
        Tagging::External => (was, "external"),
        Tagging::Internal { .. } => (was, "internal"),
        Tagging::Adjacent { .. } => (was, "adjacent"),
        Tagging::Untagged => (was, "untagged"),
    }
}

/// Whether all variants of a form are units.
pub(super) const fn are_units(variants: &[u8]) -> bool {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        if !variant.form.is_empty() {
            return false;
        }
        at = variant.next;
    }
    true
}

/// Whether all variants of a shape are units.
pub(super) const fn has_units_only(shape: &'static EnumShape) -> bool {
    let mut at = 0;
    while at < shape.variants.len() {
        if !matches!(shape.variants[at].content, VariantContent::Unit) {
            return false;
        }
        at += 1;
    }
    matches!(shape.tagging, Tagging::External)
}

/// The breaks between the variants of a form and the variants of a shape.
///
/// A variant marked `other` reads unknown variants. But if all variants are units, the schema
/// requires a text, and such a reader refuses an object.
pub(super) const fn compare<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if let Some(found) = of_old(variants, new, mode, types, skip) {
        return Some(found);
    }
    added(variants, new, mode, skip)
}

/// The breaks of added variants that old readers do not know.
const fn added<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let mut at = 0;
    while at < new.variants.len() && mode & FORWARD != 0 {
        let variant = &new.variants[at];
        if is_added(variants, new, variant) {
            let added = Break::new(LockRule::VariantAdded, b"", Now::Word(variant.name), FORWARD);
            if let Some(added) = found(skip, added) {
                return Some(added.below(Step::Name(variant.name.as_bytes())));
            }
        }
        at += 1;
    }
    None
}

/// Whether old readers do not know a variant. If all old variants are units, the schema requires a
/// text, and an object is refused although any text is read.
const fn is_added(
    variants: &[u8],
    new: &'static EnumShape,
    variant: &'static VariantShape,
) -> bool {
    let are_words = matches!(new.tagging, Tagging::External) && are_units(variants);
    let is_read =
        has_other(variants) && (!are_words || matches!(variant.content, VariantContent::Unit));
    !is_read && !reads(variants, variant.name)
}

/// The breaks of old variants.
const fn of_old<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        let found = match reader(new, variant.name) {
            Some(reader) => match content(variant, reader, mode, types, skip) {
                None => dropped_alias(variant, new, mode, skip),
                found => found,
            },
            None => unread(variant, new, mode, skip),
        };
        if let Some(found) = found {
            return Some(found.below(Step::Name(variant.name)));
        }
        at = variant.next;
    }
    None
}

/// The breaks of old variants that no variant reads any more.
pub(super) const fn removed<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        if reader(new, variant.name).is_none()
            && let Some(found) = unread(variant, new, mode, skip)
        {
            return Some(found.below(Step::Name(variant.name)));
        }
        at = variant.next;
    }
    None
}

const fn unread<'a>(
    variant: FormMember<'a>,
    new: &'static EnumShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if mode & BACKWARD != 0 && (!is_open(new) || !variant.form.is_empty() && has_units_only(new)) {
        return found(
            skip,
            Break::new(LockRule::VariantRemoved, variant.form, Now::Gone, BACKWARD),
        );
    }
    None
}

/// The breaks of one variant, without its remaining fields: the variant is new, its content
/// changed, or it lost a name.
pub(super) const fn of_one<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    name: &str,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    let Some(variant) = named(new.variants, name) else { return None };
    if let Some(old) = was(variants, variant) {
        let found = match (old.form, &variant.content) {
            ([b'{', members @ .., b'}'], VariantContent::Struct(shape)) => {
                fields::gone(members, shape, mode, types, skip)
            }
            _ => content(old, variant, mode, types, skip),
        };
        let found = match found {
            None => dropped_alias(old, new, mode, skip),
            found => found,
        };
        if let Some(found) = found {
            return Some(found.below(Step::Name(old.name)));
        }
    }
    if is_added(variants, new, variant) && mode & FORWARD != 0 {
        let added = Break::new(LockRule::VariantAdded, b"", Now::Word(variant.name), FORWARD);
        if let Some(added) = found(skip, added) {
            return Some(added.below(Step::Name(variant.name.as_bytes())));
        }
    }
    None
}

/// The variant called `name`.
pub(super) const fn named(
    new: &'static [VariantShape],
    name: &str,
) -> Option<&'static VariantShape> {
    let mut at = 0;
    while at < new.len() {
        if event_grammar::same(new[at].name, name) {
            return Some(&new[at]);
        }
        at += 1;
    }
    None
}

/// The old variant that this variant reads.
pub(super) const fn was<'a>(
    variants: &'a [u8],
    new: &'static VariantShape,
) -> Option<FormMember<'a>> {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        if is_read_as(variant.name, new) {
            return Some(variant);
        }
        at = variant.next;
    }
    None
}

pub(super) const fn is_read_as(name: &[u8], new: &'static VariantShape) -> bool {
    form::is_one_of(name, new.name, new.aliases)
}

/// The variant that reads an old name.
const fn reader(new: &'static EnumShape, name: &[u8]) -> Option<&'static VariantShape> {
    let mut at = 0;
    while at < new.variants.len() {
        if is_read_as(name, &new.variants[at]) {
            return Some(&new.variants[at]);
        }
        at += 1;
    }
    None
}

/// Whether readers of the new enum read unknown variants.
const fn is_open(new: &'static EnumShape) -> bool {
    let mut at = 0;
    while at < new.variants.len() {
        if new.variants[at].other {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether readers of the old enum read unknown variants.
const fn has_other(variants: &[u8]) -> bool {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        if mark(variant.marks, "other").is_some() {
            return true;
        }
        at = variant.next;
    }
    false
}

/// Whether readers of the old enum know a name.
const fn reads(variants: &[u8], name: &str) -> bool {
    let mut at = 0;
    while let Some(variant) = form::variant(variants, at) {
        if form::is_named(variant.name, name) {
            return true;
        }
        if let Some(aliases) = mark(variant.marks, "alias")
            && form::lists(aliases, name)
        {
            return true;
        }
        at = variant.next;
    }
    false
}

/// The breaks of a variant's content.
const fn content<'a>(
    variant: FormMember<'a>,
    new: &'static VariantShape,
    mode: u8,
    types: Types<'a>,
    skip: &mut usize,
) -> Option<Break<'a>> {
    match (variant.form, &new.content) {
        ([], VariantContent::Unit) => None,
        ([b'(', form @ .., b')'], VariantContent::Newtype(shape)) => {
            forms::compare(form, shape, Asked::of(mode, types), skip)
        }
        ([b'{', members @ .., b'}'], VariantContent::Struct(shape)) => {
            fields::of_struct(members, shape, mode, types, skip)
        }
        (form, content) => {
            let now = match content {
                VariantContent::Unit => "nothing",
                VariantContent::Newtype(_) => "one value",
                VariantContent::Struct(_) => "fields",
            };
            let was = if form.is_empty() { b"nothing" } else { form };
            found(skip, Break::new(LockRule::TypeChanged, was, Now::Word(now), mode))
        }
    }
}

/// The breaks of an old variant's aliases that no variant reads any more.
const fn dropped_alias<'a>(
    variant: FormMember<'a>,
    new: &'static EnumShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if mode & BACKWARD == 0 || is_open(new) {
        return None;
    }
    let Some(aliases) = mark(variant.marks, "alias") else { return None };
    let mut at = 0;
    while at < aliases.len() {
        let to = form::end(aliases, at, false);
        let alias = form::part(aliases, at, to);
        if reader(new, alias).is_none() {
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
