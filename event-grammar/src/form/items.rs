//! Iterators over the items of a form.

use super::{FormMember, end, member, part, variant};

/// The members of an object.
pub fn members(list: &[u8]) -> impl Iterator<Item = FormMember<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let member = member(list, at)?;
        at = member.next;
        Some(member)
    })
}

/// The variants of an enum.
pub fn variants(list: &[u8]) -> impl Iterator<Item = FormMember<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let variant = variant(list, at)?;
        at = variant.next;
        Some(variant)
    })
}

/// The items of a list of forms.
pub fn items(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= list.len() {
            return None;
        }
        let to = end(list, at, false);
        let item = part(list, at, to);
        at = to + 1;
        Some(item)
    })
}
