//! Reads named fields one by one, so that a broken field does not affect the others.

use super::args;
use super::docs::Docs;
use super::item::StructBody;
use super::misplaced::{self, On};
use super::sensitive::sensitive;
use super::tokens::{brief, chunks, nothing_follows};
use super::transition;
use crate::ast::{Field, Head, Mask, Role};
use crate::diag::Errors;
use crate::words::Place;
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Lit, Token, Type, Visibility};

/// The item that has the field: it decides which attributes the field may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Event,
    Group,
    Value,
}

/// The fields between the braces of a struct.
pub(super) fn fields(
    input: ParseStream<'_>,
    owner: Owner,
    has_helpers: bool,
    errors: &Errors,
) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    while !input.is_empty() {
        let before = input.cursor();
        match field(input, owner, has_helpers, errors) {
            Ok(field) => fields.push(field),
            Err(error) => {
                errors.push(error);
                if input.cursor() == before {
                    let _ = input.parse::<proc_macro2::TokenTree>();
                }
                skip(input);
            }
        }
    }
    fields
}

/// The named fields of an item.
pub(super) fn named_fields(
    head: &Head,
    body: StructBody,
    owner: Owner,
    what: &str,
    errors: &Errors,
) -> Option<Vec<Field>> {
    match body {
        StructBody::Unit => Some(Vec::new()),
        StructBody::Named(tokens) => {
            let parser =
                |input: ParseStream<'_>| Ok(fields(input, owner, head.has_helpers, errors));
            Some(parser.parse2(tokens).unwrap_or_default())
        }
        StructBody::Tuple(_) => {
            errors.on(
                &head.ident,
                format!(
                    "`{}` has fields without names: {what} names its fields\nhelp: write `{{ name: Type }}`",
                    head.ident
                ),
            );
            None
        }
    }
}

/// Skips to the probable start of the next field: `#`, `pub`, or `name:` after a comma.
fn skip(input: ParseStream<'_>) {
    while !input.is_empty() {
        if input.peek(Token![#]) || input.peek(Token![pub]) || starts_field(input) {
            return;
        }
        let _ = input.parse::<proc_macro2::TokenTree>();
    }
}

fn starts_field(input: ParseStream<'_>) -> bool {
    input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::])
}

fn field(
    input: ParseStream<'_>,
    owner: Owner,
    has_helpers: bool,
    errors: &Errors,
) -> syn::Result<Field> {
    let mut attrs = Attribute::parse_outer(input)?;
    let vis: Visibility = input.parse()?;
    if input.is_empty() {
        return Err(nothing_follows(&attrs, &vis, "a field", "`name: Type`"));
    }
    let ident = name(input)?;
    colon(input, &ident, errors)?;
    let ahead = input.fork();
    let ty: Type = ahead.parse().map_err(|_: syn::Error| {
        let _ = input.parse::<proc_macro2::TokenTree>();
        let message =
            format!("expected the type of the field `{ident}`\nhelp: write `{ident}: Type`");
        // At the end of the input there is no token to point at.
        syn::Error::new(if ahead.is_empty() { ident.span() } else { ahead.span() }, message)
    })?;
    input.advance_to(&ahead);
    if input.peek(Token![=]) {
        errors.push(input.error(format!("the field `{ident}` has a value, which a declaration cannot give\nhelp: give it where the event is emitted; a reader fills in what is missing with `#[field(default)]`")));
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
    }
    if input.parse::<Option<Token![,]>>()?.is_none() && !input.is_empty() {
        let message =
            format!("expected `,` after the field `{ident}`\nhelp: fields are separated by commas");
        // The field itself is complete.
        errors.push(input.error(message));
        skip(input);
    }
    misplaced::refuse(&mut attrs, On::Field, has_helpers, errors);
    Ok(complete(attrs, vis, ident, ty, owner, errors))
}

/// Keywords that begin an item: without a `:` behind them they are not a field.
const ITEMS: &[&str] =
    &["fn", "const", "async", "static", "type", "impl", "struct", "enum", "mod", "trait", "let"];

/// The field's name.
fn name(input: ParseStream<'_>) -> syn::Result<Ident> {
    if input.peek(syn::Ident) {
        return input.parse();
    }
    if !input.peek(Ident::peek_any) {
        let found = input.parse::<proc_macro2::TokenTree>()?;
        let message =
            format!("expected a field, found `{}`\nhelp: write `name: Type`", brief(&found));
        return Err(syn::Error::new(found.span(), message));
    }
    let keyword = Ident::parse_any(input)?;
    let message = if !input.peek(Token![:]) && ITEMS.iter().any(|item| keyword == item) {
        format!(
            "expected a field, found `{keyword}`\nhelp: write it outside of the block, in an `impl` of the type for example"
        )
    } else {
        format!(
            "`{keyword}` is a keyword of Rust\nhelp: write `r#{keyword}`; its key stays `{keyword}`"
        )
    };
    Err(syn::Error::new(keyword.span(), message))
}

/// The `:` after the field's name. If another token is in its place, that token is reported and the
/// type is still read.
fn colon(input: ParseStream<'_>, ident: &Ident, errors: &Errors) -> syn::Result<()> {
    let no_type = || {
        syn::Error::new(
            ident.span(),
            format!("field `{ident}` has no type\nhelp: write `{ident}: Type`"),
        )
    };
    let ends = |input: ParseStream<'_>| {
        input.is_empty()
            || input.peek(Token![,])
            || input.peek(Token![#])
            || input.peek(Token![pub])
            || starts_field(input)
    };
    if input.peek(Token![:]) && !input.peek(Token![::]) {
        input.parse::<Token![:]>()?;
    } else if ends(input) {
        return Err(no_type());
    } else {
        let message = |found: &str| {
            format!(
                "expected `:` after the field `{ident}`, found `{found}`\nhelp: write `{ident}: Type`"
            )
        };
        let ahead = input.fork();
        let found: proc_macro2::TokenTree = ahead.parse()?;
        errors.push(syn::Error::new(found.span(), message(&brief(&found))));
        if input.peek(Token![::]) {
            input.parse::<Token![::]>()?;
        } else if matches!(found, proc_macro2::TokenTree::Punct(_)) {
            input.parse::<proc_macro2::TokenTree>()?;
        }
    }
    if ends(input) {
        // The comma belongs to the half-written field.
        let _ = input.parse::<Option<Token![,]>>();
        return Err(no_type());
    }
    Ok(())
}

/// Reads the field's attributes.
fn complete(
    attrs: Vec<Attribute>,
    vis: Visibility,
    ident: Ident,
    ty: Type,
    owner: Owner,
    errors: &Errors,
) -> Field {
    let mut field = bare(Docs::of(&attrs), vis, ident, ty);
    let mut seen = Vec::new();
    for attr in attrs {
        meant(&mut field, &attr, owner);
        match attr.path().get_ident().cloned() {
            Some(word) => attribute(&mut field, attr, &word, owner, &mut seen, errors),
            None => field.attrs.push(attr),
        }
    }
    if let Some(renamed) = &field.renamed {
        field.name = renamed.value();
    }
    field
}

/// A field with default words.
fn bare(docs: Docs, vis: Visibility, ident: Ident, ty: Type) -> Field {
    Field {
        attrs: Vec::new(),
        docs,
        vis,
        name: ident.unraw().to_string(),
        ident,
        ty,
        renamed: None,
        role: Role::Plain,
        mask: None,
        public: None,
        unit: None,
        finite: false,
        aliases: Vec::new(),
        default: false,
        skip_none: false,
        example: None,
        dictionary: None,
        label: false,
        opaque: false,
        recursive: false,
        own: None,
        within: None,
    }
}

/// Reads the attribute `word`; attributes of others stay on the field.
fn attribute(
    field: &mut Field,
    attr: Attribute,
    word: &Ident,
    owner: Owner,
    seen: &mut Vec<Ident>,
    errors: &Errors,
) {
    match word.to_string().as_str() {
        "field" => {
            for arg in args::read(&attr, Place::Field, seen, errors) {
                field_word(field, &arg, errors);
            }
        }
        "sensitive" => {
            let what = format!("field `{}`", field.name);
            sensitive(&what, &field.name, &mut field.mask, &attr, errors);
        }
        "entity" => {
            let kind = entity_kind(&attr, &field.name, errors);
            set_role(field, Role::Entity { kind }, word, owner, errors);
        }
        "entity_version" => set_role(field, Role::EntityVersion, word, owner, errors),
        "elapsed" => set_role(field, Role::Elapsed(None), word, owner, errors),
        "group" => set_role(field, Role::Group, word, owner, errors),
        "transition" => {
            let table = transition::table(&attr, errors);
            set_role(field, Role::Transition(table), word, owner, errors);
        }
        "serde" | "schemars" => {
            let why = "the field's JSON form would no longer be the one that its schema describes";
            let help = misplaced::instead_of_serde(&attr, Place::Field);
            let help =
                help.as_deref().unwrap_or("use `#[field(rename, alias, default, skip_none)]`");
            errors.on(
                word,
                format!("`#[{word}(..)]` has no effect on an event's field: {why}\nhelp: {help}"),
            );
        }
        _ => field.attrs.push(attr),
    }
}

/// Sets the role that the user probably meant with a wrong attribute. The attribute is already
/// reported; without the role, a second error would follow from the same mistake.
fn meant(field: &mut Field, attr: &Attribute, owner: Owner) {
    let syn::Meta::List(list) = &attr.meta else { return };
    if !list.path.is_ident("field") && !list.path.is_ident("serde") {
        return;
    }
    for chunk in chunks(list.tokens.clone()) {
        let Some(proc_macro2::TokenTree::Ident(word)) = chunk.first() else { continue };
        match word.to_string().as_str() {
            "flatten" | "group" if owner != Owner::Value => field.role = Role::Group,
            "entity" if owner != Owner::Value => {
                field.role = Role::Entity { kind: field.name.clone() }
            }
            "sensitive" | "mask" => field.mask = Some(Mask::Redact),
            _ => {}
        }
    }
}

fn entity_kind(attr: &Attribute, name: &str, errors: &Errors) -> String {
    let default = name.strip_suffix("_id").unwrap_or(name).to_owned();
    if matches!(attr.meta, syn::Meta::Path(_)) {
        return default;
    }
    match attr.parse_args::<Ident>() {
        Ok(kind) => kind.to_string(),
        Err(_) => {
            errors.on(
                attr,
                "`#[entity(..)]` takes the entity's type\nhelp: write `#[entity(order)]`, or `#[entity]` alone",
            );
            default
        }
    }
}

fn set_role(field: &mut Field, role: Role, word: &Ident, owner: Owner, errors: &Errors) {
    let allowed = match role {
        Role::Transition(_) => owner == Owner::Event,
        _ => owner != Owner::Value,
    };
    if !allowed {
        let places =
            if matches!(role, Role::Transition(_)) { "events" } else { "events and groups" };
        errors
            .on(word, format!("`#[{word}]` is only valid on a field of {places}\nhelp: remove it"));
        return;
    }
    match &field.role {
        Role::Plain => field.role = role,
        _ => errors.on(
            word,
            "a field has one role: `#[entity]`, `#[elapsed]`, `#[group]` or `#[transition]`\nhelp: keep one of them",
        ),
    }
}

fn field_word(field: &mut Field, arg: &args::Arg, errors: &Errors) {
    match arg.word.to_string().as_str() {
        "public" => field.public = arg.bare(errors).then(|| arg.word.clone()),
        "unit" => field.unit = arg.text(errors),
        "finite" => field.finite = arg.bare(errors),
        "rename" => field.renamed = arg.text(errors),
        "alias" => field.aliases = arg.texts(errors),
        "default" => field.default = arg.bare(errors),
        "skip_none" => field.skip_none = arg.bare(errors),
        "example" => field.example = arg.value::<Lit>("a literal", errors),
        "dictionary" => field.dictionary = arg.text(errors),
        "label" => field.label = arg.bare(errors),
        "opaque" => field.opaque = arg.bare(errors),
        "recursive" => field.recursive = arg.bare(errors),
        // The table of words excludes all other words.
        _ => {}
    }
}
