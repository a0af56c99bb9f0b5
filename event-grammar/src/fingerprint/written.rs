//! The fingerprint of a form that is written in a lock.

use super::{
    ANY, BOOL, FLOAT, FieldWords, OPAQUE, UNTAGGED, field, of_array, of_enum, of_integer, of_list,
    of_map, of_members, of_name, of_object, of_one, of_optional, of_presence, of_recursive,
    of_tagging, of_text, of_tuple, of_variant, variant_words, words,
};
use crate::form::{self, FormMember, Kind, SPREAD, items, members, variants};
use crate::hash;

/// The fingerprint of a form in a lock. `named` gets the path of a named type. It returns the
/// fingerprint of that type (the whole fingerprint of its form, or [`of_path`]) and whether the
/// type may itself be `null`.
pub fn of_form(form: &str, named: &dyn Fn(&str) -> Named) -> u64 {
    Reading { named }.form(form.as_bytes()).number
}

/// The result for a form, or for a named type in a form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named {
    /// The fingerprint.
    pub number: u64,
    /// Whether the form holds an `Option`. Another `Option` around it adds nothing.
    pub is_optional: bool,
}

/// The fingerprint of a named type that is taken by its name.
pub fn of_path(path: &str) -> u64 {
    let (name, arguments) = path.split_once('<').unwrap_or((path, ""));
    let (module, ident) = name.rsplit_once("::").unwrap_or(("", name));
    let arguments = arguments.strip_suffix('>').unwrap_or_default();
    let by_name = |path: &str| Named { number: of_path(path), is_optional: false };
    let items: Vec<u64> =
        items(arguments.as_bytes()).map(|item| of_form(text(item), &by_name)).collect();
    of_name(module, ident, if items.is_empty() { 0 } else { of_tuple(&items) })
}

/// The fingerprint of a member of a form, `name:form marks`, without the mark of its place.
pub fn of_member(member: &FormMember<'_>, named: &dyn Fn(&str) -> Named) -> u64 {
    Reading { named }.member(member)
}

struct Reading<'n> {
    named: &'n dyn Fn(&str) -> Named,
}

impl Reading<'_> {
    fn form(&self, written: &[u8]) -> Named {
        let (bare, is_optional) = form::bare(written);
        let of = |number| Named { number, is_optional: false };
        let inner = match form::kind(bare) {
            Kind::Bool => of(BOOL),
            Kind::Integer(min, max) => of(of_integer(
                i64::try_from(min).unwrap_or(i64::MIN),
                u64::try_from(max).unwrap_or(u64::MAX),
            )),
            Kind::Float => of(FLOAT),
            Kind::Text(format) => of(of_text(format as u64)),
            Kind::List(item) => of(of_list(self.form(item).number)),
            Kind::Array(item, len) => {
                of(of_array(self.form(item).number, text(len).parse().unwrap_or_default()))
            }
            Kind::Map(value) => of(of_map(self.form(value).number)),
            Kind::Tuple(list) => {
                let numbers: Vec<u64> = items(list).map(|item| self.form(item).number).collect();
                of(of_tuple(&numbers))
            }
            Kind::Object(list) => of(of_object(self.fields(list))),
            Kind::Group(list) => of(self.fields(list)),
            Kind::Enum(tagging, list) => of(self.variants(tagging, list)),
            Kind::Any => of(ANY),
            Kind::Opaque => of(OPAQUE),
            Kind::Recursive(name) => of(of_recursive(text(name))),
            Kind::Named(path) => (self.named)(text(path)),
            Kind::Unknown => of(hash(text(bare))),
        };
        if form::is_presence(written) {
            return Named { number: of_presence(of_optional(inner.number)), is_optional: true };
        }
        if is_optional && !inner.is_optional {
            return Named { number: of_optional(inner.number), is_optional: true };
        }
        inner
    }

    /// The sum over the members of an object; a group adds the sum of its own members.
    fn fields(&self, list: &[u8]) -> u64 {
        members(list).fold(0, |sum, member| sum.wrapping_add(self.member(&member)))
    }

    fn member(&self, member: &FormMember<'_>) -> u64 {
        let of_type = self.form(member.form);
        if member.name == SPREAD.as_bytes() {
            return of_type.number;
        }
        let of = |word| form::mark(member.marks, word);
        let has = |word| of(word).is_some();
        let argument =
            |word| of(word).map(|list| form::names_in(text(list)).concat()).unwrap_or_default();
        let role = ["entity", "entity_version", "before", "after"]
            .into_iter()
            .find(|role| has(role))
            .unwrap_or_default();
        let aliases = form::names_in(of("alias").map(text).unwrap_or_default());
        let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
        let said = words(&FieldWords {
            name: &form::unquoted(text(member.name)),
            role,
            argument: &argument(role),
            unit: &argument("unit"),
            mask: of("masked").map(text).unwrap_or_default(),
            aliases: &aliases,
            default: has("default"),
            finite: has("finite"),
        });
        field(said, has("skip"), of_type.number)
    }

    fn variants(&self, tagging: &[u8], list: &[u8]) -> u64 {
        let keys = match tagging {
            [b'<', keys @ .., b'>'] => form::names_in(text(keys)),
            _ => Vec::new(),
        };
        let key = |at: usize| keys.get(at).map(String::as_str).unwrap_or_default();
        let mut sum = if tagging == form::UNTAGGED { UNTAGGED } else { of_tagging(key(0), key(1)) };
        for variant in variants(list) {
            let content = match variant.form {
                [] => 0,
                [b'(', one @ .., b')'] => of_one(self.form(one).number),
                [b'{', list @ .., b'}'] => of_members(self.fields(list)),
                other => hash(text(other)),
            };
            let aliases =
                form::names_in(form::mark(variant.marks, "alias").map(text).unwrap_or_default());
            let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
            let is_other = form::mark(variant.marks, "other").is_some();
            let name = form::unquoted(text(variant.name));
            sum = sum.wrapping_add(of_variant(variant_words(&name, &aliases, is_other), content));
        }
        of_enum(sum)
    }
}

/// A part of a form as text; empty if the part is cut within a character, which no form of a lock
/// is.
fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
