//! Types that a field cannot have, as far as their tokens show, and the lifetimes in types.

use super::by_tokens::{inner_of_option, leaf};
use crate::ast::{Block, Field, Head, Role, Value, ValueBody, VariantBody};
use crate::diag::Errors;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, GenericParam, Lifetime, LifetimeParam, PathArguments, Type};

/// The types that a value holds, each with its field if it has a name.
pub(super) fn held(value: &Value) -> Vec<(&Type, Option<&Field>)> {
    fn named(fields: &[Field]) -> Vec<(&Type, Option<&Field>)> {
        fields.iter().map(|field| (&field.ty, Some(field))).collect()
    }
    match &value.body {
        ValueBody::Struct(fields) => named(fields),
        ValueBody::Newtype { ty, .. } => vec![(ty, None)],
        ValueBody::Enum(variants) => variants
            .iter()
            .flat_map(|variant| match &variant.body {
                VariantBody::Unit => Vec::new(),
                VariantBody::Newtype(ty) => vec![(&**ty, None)],
                VariantBody::Struct(fields) => named(fields),
            })
            .collect(),
    }
}

/// A lifetime that fields use but the item does not declare is reported once and then declared.
pub(super) fn lifetimes(block: &mut Block, errors: &Errors) {
    for event in &mut block.events {
        let used = event.fields.iter().flat_map(|field| named(&field.ty)).collect();
        declared(&mut event.head, used, errors);
    }
    for group in &mut block.groups {
        let used = group.fields.iter().flat_map(|field| named(&field.ty)).collect();
        declared(&mut group.head, used, errors);
    }
    for value in &mut block.values {
        let used = held(value).into_iter().flat_map(|(ty, _)| named(ty)).collect();
        declared(&mut value.head, used, errors);
    }
}

fn declared(head: &mut Head, used: Vec<Lifetime>, errors: &Errors) {
    for lifetime in used {
        let is_declared = |parameter: &GenericParam| matches!(parameter, GenericParam::Lifetime(known) if known.lifetime.ident == lifetime.ident);
        if head.generics.params.iter().any(is_declared) {
            continue;
        }
        let (keyword, ident) = (&head.keyword, &head.ident);
        errors.on(
            &lifetime,
            format!(
                "lifetime `{lifetime}` is not declared\nhelp: write `{keyword} {ident}<{lifetime}>`"
            ),
        );
        head.generics.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    }
}

/// The lifetimes that a type names, except `'static`, `'_` and the lifetimes of a `for<..>`.
fn named(ty: &Type) -> Vec<Lifetime> {
    fn within(tokens: TokenStream, found: &mut Vec<Lifetime>) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(word) if word == "for" => return,
                TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                    if let Some(TokenTree::Ident(name)) = tokens.next()
                        && name != "static"
                        && name != "_"
                    {
                        found.push(Lifetime { apostrophe: quote.span(), ident: name });
                    }
                }
                TokenTree::Group(group) => within(group.stream(), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    within(ty.to_token_stream(), &mut found);
    found
}

/// A group cannot be optional: its fields take the place of its field.
pub(super) fn group(head: &mut Head, field: &Field, errors: &Errors) {
    if !matches!(field.role, Role::Group) {
        return;
    }
    let Type::Path(path) = &field.ty else { return };
    let Some(last) = path.path.segments.last() else { return };
    let name = leaf(&field.ty).map_or_else(|| "the group".to_owned(), |leaf| format!("`{leaf}`"));
    let (what, help) = match last.ident.to_string().as_str() {
        "Option" => ("optional", format!("make the fields of {name} `Option`s")),
        "Vec" => ("repeated", "name each group as a field of its own".to_owned()),
        _ => return,
    };
    errors.on(
        &field.ty,
        format!("a group cannot be {what}: its fields are written among the event's\nhelp: {help}, or remove `#[group]` and declare {name} with `#[value]`"),
    );
    head.shell = true;
}

/// Reports a type without a value, and a type that should be `Str`.
pub(super) fn empty_or_cow(head: &mut Head, ty: &Type, errors: &Errors) {
    let inner = inner_of_option(ty);
    let mistake = match inner {
        Type::Tuple(tuple) if tuple.elems.is_empty() => {
            "a field of type `()` holds nothing\nhelp: remove the field".to_owned()
        }
        Type::Path(path) => {
            let Some(last) = path.path.segments.last().filter(|last| last.ident == "Cow") else {
                return;
            };
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return };
            let Some(GenericArgument::Lifetime(lifetime)) = arguments.args.first() else { return };
            match arguments.args.get(1) {
                Some(GenericArgument::Type(Type::Path(text))) if text.path.is_ident("str") => {
                    format!(
                        "a `Cow` of text is not the value of a field\nhelp: write `Str<{lifetime}>`: it borrows when emitted and owns when read back; `cow.into()` makes one"
                    )
                }
                _ => return,
            }
        }
        _ => return,
    };
    errors.on(ty, mistake);
    head.shell = true;
}

/// How to make the type an `Option`. A macro does not see an `Option` behind an alias, so the user
/// must write it out.
pub(super) fn as_option(ty: &Type) -> String {
    let is_plain = matches!(leaf(ty), Some(leaf) if PLAIN.iter().any(|plain| leaf == plain));
    let written = ty
        .to_token_stream()
        .to_string()
        .replace(" < ", "<")
        .replace(" >", ">")
        .replace(" :: ", "::");
    if is_plain {
        format!("write `Option<{written}>`")
    } else {
        format!("write `Option<..>` itself: behind the name `{written}` the macro cannot see one")
    }
}

/// Types that are certainly not an alias of an `Option`.
const PLAIN: &[&str] = &[
    "bool",
    "char",
    "f32",
    "f64",
    "i16",
    "i32",
    "i64",
    "i8",
    "Secret",
    "Str",
    "String",
    "Timestamp",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

/// Names of well-known types that are not value types. For each list, a trait of event-core says
/// what to write instead.
const INSTEAD: &[(&str, &[&str])] = &[
    ("OfSystemTime", &["SystemTime"]),
    ("OfInstant", &["Instant"]),
    ("OfDuration", &["Duration", "TimeDelta", "SignedDuration", "Span"]),
    (
        "OfPointer",
        &["Arc", "Rc", "Cell", "RefCell", "Mutex", "RwLock", "OnceCell", "OnceLock", "Weak"],
    ),
    (
        "OfSet",
        &["HashSet", "BTreeSet", "VecDeque", "LinkedList", "BinaryHeap", "IndexSet", "SmallVec"],
    ),
    ("OfPath", &["PathBuf", "OsString", "OsStr", "Path", "CString"]),
    (
        "OfNonZero",
        &[
            "NonZero",
            "NonZeroI16",
            "NonZeroI32",
            "NonZeroI64",
            "NonZeroI8",
            "NonZeroIsize",
            "NonZeroU16",
            "NonZeroU32",
            "NonZeroU64",
            "NonZeroU8",
            "NonZeroUsize",
            "Wrapping",
            "Saturating",
        ],
    ),
    ("OfWideInteger", &["u128", "i128"]),
    ("OfMap", &["Map"]),
    ("OfError", &["Error", "Report"]),
    (
        "OfFeature",
        &[
            "Uuid",
            "DateTime",
            "NaiveDate",
            "NaiveDateTime",
            "OffsetDateTime",
            "Date",
            "Decimal",
            "Url",
            "Zoned",
        ],
    ),
    ("OfStr", &["str"]),
];

/// The trait that says what to write instead, for the first such name in `ty`.
pub(crate) fn instead(ty: &Type) -> Option<&'static str> {
    fn within(tokens: TokenStream) -> Option<&'static str> {
        // Whether the name before is a map, so that this name is the type of its keys.
        let mut map = false;
        let mut found = None;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    // A map with text keys is a value type if its values are.
                    if map && name != "String" {
                        return Some("OfMap");
                    }
                    map = ["BTreeMap", "HashMap", "IndexMap"].contains(&name.as_str());
                    let known = INSTEAD.iter().find(|(_, names)| names.contains(&name.as_str()));
                    found = known.map(|(instead, _)| *instead).filter(|_| !map);
                }
                TokenTree::Group(group) => found = within(group.stream()),
                _ => {}
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }
    within(ty.to_token_stream())
}
