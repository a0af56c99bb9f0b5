//! Whether the variants of one enum are read as those of another.

use super::forms::{self, Asked};
use super::old::{self, OldMember, mark};
use super::path::Step;
use super::{BACKWARD, Break, FORWARD, LockRule, Now, fields, found};
use crate::shape::{EnumShape, Tagging, VariantContent, VariantShape};

/// Whether variants are told apart as `tagging` says: nothing, `<tag>` or `<tag,content>`.
pub(super) const fn is_tagged(written: &[u8], tagging: Tagging) -> bool {
    match (written, tagging) {
        ([], Tagging::External) => true,
        ([b'<', tag @ .., b'>'], Tagging::Internal { tag: new }) => old::is_named(tag, new),
        ([b'<', names @ .., b'>'], Tagging::Adjacent { tag, content }) => {
            let to = old::end(names, 0, false);
            to < names.len()
                && old::is_named(old::part(names, 0, to), tag)
                && old::is_named(old::part(names, to + 1, names.len()), content)
        }
        _ => false,
    }
}

/// What tells variants apart, before and now: the keys, where only they are others, or how they are used.
pub(super) const fn taggings(written: &[u8], tagging: Tagging) -> (&[u8], &'static str) {
    let keys = match written {
        [b'<', keys @ .., b'>'] => keys,
        _ => &[],
    };
    let to = old::end(keys, 0, false);
    let (tag, content) = (old::part(keys, 0, to), old::part(keys, to + 1, keys.len()));
    let was: &[u8] = match (tag, content) {
        ([], _) => b"external",
        (_, []) => b"internal",
        _ => b"adjacent",
    };
    match tagging {
        Tagging::Internal { tag: new } if content.is_empty() && !tag.is_empty() => (tag, new),
        Tagging::Adjacent { tag: new, content: new_content } if !content.is_empty() => {
            if old::is_named(tag, new) {
                (content, new_content)
            } else {
                (tag, new)
            }
        }
        Tagging::External => (was, "external"),
        Tagging::Internal { .. } => (was, "internal"),
        Tagging::Adjacent { .. } => (was, "adjacent"),
    }
}

/// Whether all the variants of a form hold nothing.
pub(super) const fn are_units(variants: &[u8]) -> bool {
    let mut at = 0;
    while let Some(variant) = old::variant(variants, at) {
        if !variant.form.is_empty() {
            return false;
        }
        at = variant.next;
    }
    true
}

/// Whether all the variants of a shape hold nothing.
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

/// What breaks between the variants of a form and those of a shape.
///
/// A variant marked `other` takes what is not known; but where all variants are words, the schema says that there is a word, and who reads by it refuses an object.
pub(super) const fn compare<'a>(
    variants: &'a [u8],
    new: &'static EnumShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    if let Some(found) = of_old(variants, new, mode, skip) {
        return Some(found);
    }
    if mode & FORWARD == 0 {
        return None;
    }
    let (is_open, are_words) = (has_other(variants), matches!(new.tagging, Tagging::External) && are_units(variants));
    let mut at = 0;
    while at < new.variants.len() {
        let variant = &new.variants[at];
        let is_read = is_open && (!are_words || matches!(variant.content, VariantContent::Unit));
        if !is_read && !reads(variants, variant.name) {
            let added = Break::new(LockRule::VariantAdded, b"", Now::Word(variant.name), FORWARD);
            if let Some(added) = found(skip, added) {
                return Some(added.below(Step::Name(variant.name.as_bytes())));
            }
        }
        at += 1;
    }
    None
}

/// What old variants have become.
const fn of_old<'a>(variants: &'a [u8], new: &'static EnumShape, mode: u8, skip: &mut usize) -> Option<Break<'a>> {
    let mut at = 0;
    while let Some(variant) = old::variant(variants, at) {
        let found = match reader(new, variant.name) {
            Some(reader) => match content(variant, reader, mode, skip) {
                None => dropped_alias(variant, new, mode, skip),
                found => found,
            },
            None if mode & BACKWARD != 0 && (!is_open(new) || !variant.form.is_empty() && has_units_only(new)) => {
                found(skip, Break::new(LockRule::VariantRemoved, variant.form, Now::Gone, BACKWARD))
            }
            None => None,
        };
        if let Some(found) = found {
            return Some(found.below(Step::Name(variant.name)));
        }
        at = variant.next;
    }
    None
}

/// The variant that an old name is read as.
const fn reader(new: &'static EnumShape, name: &[u8]) -> Option<&'static VariantShape> {
    let mut at = 0;
    while at < new.variants.len() {
        let variant = &new.variants[at];
        if old::is_named(name, variant.name) {
            return Some(variant);
        }
        let mut alias = 0;
        while alias < variant.aliases.len() {
            if old::is_named(name, variant.aliases[alias]) {
                return Some(variant);
            }
            alias += 1;
        }
        at += 1;
    }
    None
}

/// Whether readers of the new enum read a variant that they do not know.
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

/// Whether readers of the old enum read a variant that they do not know.
const fn has_other(variants: &[u8]) -> bool {
    let mut at = 0;
    while let Some(variant) = old::variant(variants, at) {
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
    while let Some(variant) = old::variant(variants, at) {
        if old::is_named(variant.name, name) {
            return true;
        }
        if let Some(aliases) = mark(variant.marks, "alias")
            && old::lists(aliases, name)
        {
            return true;
        }
        at = variant.next;
    }
    false
}

/// What a variant holds.
const fn content<'a>(
    variant: OldMember<'a>,
    new: &'static VariantShape,
    mode: u8,
    skip: &mut usize,
) -> Option<Break<'a>> {
    match (variant.form, &new.content) {
        ([], VariantContent::Unit) => None,
        ([b'(', form @ .., b')'], VariantContent::Newtype(shape)) => forms::compare(form, shape, Asked::of(mode), skip),
        ([b'{', members @ .., b'}'], VariantContent::Struct(shape)) => fields::of_struct(members, shape, mode, skip),
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

/// An alias of an old variant that nothing is read as any more.
const fn dropped_alias<'a>(
    variant: OldMember<'a>,
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
        let to = old::end(aliases, at, false);
        let alias = old::part(aliases, at, to);
        if reader(new, alias).is_none() {
            let dropped = found(skip, Break::new(LockRule::AliasDropped, alias, Now::Gone, BACKWARD));
            if dropped.is_some() {
                return dropped;
            }
        }
        at = to + 1;
    }
    None
}
