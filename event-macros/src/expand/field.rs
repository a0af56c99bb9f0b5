//! What one field expands to: its declaration, its descriptor, how it is written and read.

use super::through::Through;
use super::{Krate, assertion, json_text, names, option, page, recursion};
use crate::ast::{Field, Mask, Role};
use crate::check::{may_be_missing, option_of, presence_of};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Lit;
use syn::ext::IdentExt;

/// The field as it is declared.
pub(super) fn declaration(field: &Field) -> TokenStream {
    let Field { attrs, vis, ident, ty, .. } = field;
    let page = page::field(field);
    quote!(#(#attrs)* #page #vis #ident: #ty)
}

/// The shape, as a `&'static Shape`.
pub(super) fn shape_tokens(field: &Field, krate: &Krate) -> TokenStream {
    let shape = quote!(#krate::shape::Shape);
    if field.is_dropped() {
        return quote!(&#shape::Optional(&#shape::Any));
    }
    if field.recursive {
        let own = field.own.as_ref();
        return match (option_of(&field.ty), presence_of(&field.ty)) {
            (Some(inner), _) => {
                let inner = recursion(inner, own, krate);
                quote!(&#shape::Optional(#inner))
            }
            (None, Some(inner)) => {
                let inner = recursion(inner, own, krate);
                quote!(&#shape::Optional(&#shape::Optional(#inner)))
            }
            (None, None) => recursion(&field.ty, own, krate),
        };
    }
    Through::field(field, krate).to("SHAPE")
}

/// The number for the form of the field's type, or of the group's fields.
pub(super) fn fingerprint(field: &Field, krate: &Krate) -> TokenStream {
    let ty = &field.ty;
    if field.is_flattened() {
        quote!(<#ty as #krate::Group>::FINGERPRINT)
    } else if !field.is_masked() && !field.opaque && !field.recursive {
        Through::value(ty, krate).to("FINGERPRINT")
    } else {
        let (private, shape) = (krate.private(), shape_tokens(field, krate));
        quote!(#private::of_shape(#shape))
    }
}

/// The number for what is said of the field beside its type.
pub(super) fn words(field: &Field) -> u64 {
    let (role, argument) = match &field.role {
        Role::Entity { kind } => ("entity", kind.as_str()),
        Role::EntityVersion => ("entity_version", ""),
        Role::Elapsed(_) | Role::Plain | Role::Group | Role::Transition(_) => ("", ""),
    };
    let aliases: Vec<String> = field.aliases.iter().map(syn::LitStr::value).collect();
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    let unit = field.unit.as_ref().map(syn::LitStr::value).unwrap_or_default();
    event_grammar::fingerprint::words(&event_grammar::fingerprint::FieldWords {
        name: &field.name,
        role,
        argument,
        unit: &unit,
        mask: field.mask.as_ref().map_or("", Mask::as_str),
        aliases: &aliases,
        default: field.default,
        finite: field.finite,
    })
}

/// The number of the field, as an event's lock check puts it together.
pub(super) fn number(field: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let (private, said, skips) = (krate.private(), words(field), field.skip_none || skip_none);
    let number = fingerprint(field, krate);
    if skips {
        let shape = shape_tokens(field, krate);
        quote!(#private::of_declared_field(#said, #number, #shape))
    } else {
        quote!(#private::of_plain_field(#said, #number))
    }
}

/// The form of a type of the language's own, of text, or of what is put together of them; nothing
/// for any other.
pub(super) fn plain_form(ty: &syn::Type) -> Option<String> {
    const PLAIN: &[(&str, &str)] = &[
        ("bool", "bool"),
        ("char", "char"),
        ("u8", "u8"),
        ("u16", "u16"),
        ("u32", "u32"),
        ("u64", "u64"),
        ("i8", "i8"),
        ("i16", "i16"),
        ("i32", "i32"),
        ("i64", "i64"),
        ("f32", "f64"),
        ("f64", "f64"),
        ("String", "text"),
        ("Str", "text"),
    ];
    let syn::Type::Path(path) = ty else { return None };
    let segment = path
        .path
        .segments
        .first()
        .filter(|_| path.qself.is_none() && path.path.segments.len() == 1)?;
    let argument = match &segment.arguments {
        syn::PathArguments::None => None,
        syn::PathArguments::AngleBracketed(list) => match list.args.first()? {
            syn::GenericArgument::Type(ty) if list.args.len() == 1 => Some(ty),
            // `Str<'a>`
            syn::GenericArgument::Lifetime(_) if segment.ident == "Str" => None,
            _ => return None,
        },
        syn::PathArguments::Parenthesized(_) => return None,
    };
    match argument {
        None => {
            PLAIN.iter().find(|(name, _)| segment.ident == name).map(|(_, form)| (*form).to_owned())
        }
        Some(inner) if segment.ident == "Option" => {
            let inner = plain_form(inner)?;
            Some(if inner.ends_with('?') { inner } else { inner + "?" })
        }
        Some(inner) if segment.ident == "Vec" => Some(format!("[{}]", plain_form(inner)?)),
        Some(_) => None,
    }
}

/// The number that a field has if its type is what it is called; nothing where the macro cannot
/// tell.
pub(super) fn plain_number(field: &Field, skip_none: bool) -> Option<u64> {
    let form = plain_form(&field.ty).filter(|_| is_asked_itself(field))?;
    let is_optional = form.ends_with('?');
    let skips = is_optional && (field.skip_none || skip_none);
    let of_type = event_grammar::fingerprint::of_form(&form, &|_| {
        event_grammar::fingerprint::Named::default()
    });
    Some(event_grammar::fingerprint::field(words(field), skips, of_type))
}

/// The sums over fields: of those that are as they are said, and of those that skip `None`.
pub(super) fn sums(fields: &[Field], skip_none: bool, krate: &Krate) -> TokenStream {
    let private = krate.private();
    let (skipping, plain): (Vec<&Field>, Vec<&Field>) =
        fields.iter().partition(|field| field.skip_none || skip_none);
    let plain = plain.into_iter().map(|field| {
        let (cfgs, said, number) = (field.cfgs(), words(field), fingerprint(field, krate));
        quote!(#(#cfgs)* (#said, #number))
    });
    let skipping = skipping.into_iter().map(|field| {
        let (cfgs, said, number) = (field.cfgs(), words(field), fingerprint(field, krate));
        let shape = shape_tokens(field, krate);
        quote!(#(#cfgs)* (#said, #number, #shape))
    });
    quote!(#private::of_said(&[#(#plain),*]), #private::of_skipping(&[#(#skipping),*]))
}

/// Whether its type may have named types in it that are asked themselves: a masked or a foreign
/// value has none, and one that contains its own type is asked already.
pub(super) fn is_asked_itself(field: &Field) -> bool {
    !field.is_masked() && !field.opaque && !field.recursive && !field.finite
}

/// The field's `FieldMeta`.
pub(super) fn meta(field: &Field, skip_none: bool, krate: &Krate) -> TokenStream {
    let (name, docs) = (&field.name, krate.docs(&field.docs));
    let shape = shape_tokens(field, krate);
    let new = quote!(#krate::meta::FieldMeta::new(#name, #docs, #shape));
    let mut set = Vec::new();
    if field.mask.is_some() {
        let sensitivity = sensitivity(field.mask.as_ref(), krate);
        set.push(quote!(sensitivity: #sensitivity));
    }
    if field.public.is_some() {
        set.push(quote!(public: true));
    }
    if let Some(unit) = &field.unit {
        let unit = option(krate, Some(unit));
        set.push(quote!(unit: #unit));
    }
    if field.finite {
        set.push(quote!(finite: true));
    }
    match &field.role {
        Role::Entity { kind } => set.push(quote!(role: #krate::meta::Role::Entity { kind: #kind })),
        Role::EntityVersion => set.push(quote!(role: #krate::meta::Role::EntityVersion)),
        Role::Elapsed(_) => set.push(quote!(role: #krate::meta::Role::Elapsed)),
        Role::Plain | Role::Group | Role::Transition(_) => {}
    }
    if field.skip_none || skip_none {
        set.push(quote!(skip_none: true));
    }
    if field.default {
        set.push(quote!(default: true));
    }
    if !field.aliases.is_empty() {
        let aliases = &field.aliases;
        set.push(quote!(aliases: &[#(#aliases),*]));
    }
    if let Some(example) = &field.example {
        let json = option(krate, Some(json_literal(example)));
        set.push(quote!(example: #json));
    }
    if let Some(reason) = &field.dictionary {
        let reason = option(krate, Some(reason));
        set.push(quote!(dictionary: #reason));
    }
    if field.label {
        set.push(quote!(label: true));
    }
    if set.is_empty() { new } else { quote!(#krate::meta::FieldMeta { #(#set,)* ..#new }) }
}

/// A Rust literal as JSON.
pub(super) fn json_literal(literal: &Lit) -> String {
    match literal {
        Lit::Str(text) => json_text(&text.value()),
        Lit::Char(c) => json_text(&c.value().to_string()),
        Lit::Int(number) => number.base10_digits().to_owned(),
        Lit::Float(number) => number.base10_digits().to_owned(),
        Lit::Bool(truth) => truth.value.to_string(),
        _ => "null".to_owned(),
    }
}

/// Whether serde reads and writes the whole member: an opaque field that is always there, and not
/// masked.
fn is_read_by_serde(field: &Field) -> bool {
    field.opaque && !field.is_masked() && !may_be_missing(&field.ty)
}

/// The statement that writes the field; `value` is a reference to it.
pub(super) fn encode(
    field: &Field,
    value: &TokenStream,
    skip_none: bool,
    krate: &Krate,
) -> TokenStream {
    let cfgs = field.cfgs();
    let ty = &field.ty;
    if field.is_dropped() {
        return TokenStream::new();
    }
    if field.is_flattened() {
        return quote!(#(#cfgs)* <#ty as #krate::Group>::encode_group(#value, out););
    }
    let key = format!(",{}:", json_text(&field.name));
    let through = Through::field(field, krate);
    if is_read_by_serde(field) {
        let encode = through.to("encode_opaque");
        return quote!(#(#cfgs)* #encode(#value, #key, out););
    }
    // Whether the type is an `Option` is for the type to say: it may stand behind an alias.
    let encode =
        through.to(if field.skip_none || skip_none { "encode_some" } else { "encode_field" });
    quote!(#(#cfgs)* #encode(#value, #key, out);)
}

/// `Result<Self, ReadError>`: every field read from `object` and put into `constructor`, or the
/// first error. One way out, and not one for each field: that is what the compiler checks.
pub(super) fn read_all(constructor: &TokenStream, fields: &[Field], krate: &Krate) -> TokenStream {
    let core = krate.core();
    let (ok, some, none) = (
        quote!(#core::result::Result::Ok),
        quote!(#core::option::Option::Some),
        quote!(#core::option::Option::None),
    );
    let error = quote!(#core::result::Result::Err(object.error()));
    let mut read = Vec::new();
    let mut bound = Vec::new();
    let members = fields.iter().enumerate().map(|(at, field)| {
        let (cfgs, ident) = (field.cfgs(), &field.ident);
        if field.is_dropped() {
            return quote!(#(#cfgs)* #ident: #core::default::Default::default());
        }
        let value = read_one(field, krate);
        if cfgs.is_empty() {
            let name = format_ident!("field_{at}");
            read.push(value);
            bound.push(quote!(#some(#name)));
            return quote!(#ident: #name);
        }
        // A pattern has no place for a `cfg`.
        quote!(#(#cfgs)* #ident: match #value { #some(value) => value, #none => return #error })
    });
    let members: Vec<TokenStream> = members.collect();
    if read.is_empty() {
        return quote!(#ok(#constructor { #(#members),* }));
    }
    quote! {{
        let (#(#bound,)*) = (#(#read,)*) else { return #error };
        #ok(#constructor { #(#members),* })
    }}
}

/// `Option<Type>`, read from `object`, which keeps the error.
fn read_one(field: &Field, krate: &Krate) -> TokenStream {
    let (ty, name, aliases) = (&field.ty, &field.name, names(&field.aliases, krate));
    if field.is_flattened() {
        return quote!(<#ty as #krate::Group>::read_group(object));
    }
    let read = Through::field(field, krate).to(if is_read_by_serde(field) {
        "read_opaque"
    } else if field.default {
        "read_field_or_default"
    } else {
        "read_field"
    });
    if matches!(field.mask, Some(Mask::Clear { .. })) {
        return quote!(object.sealed(#name, #aliases, #read));
    }
    quote!(#read(object, #name, #aliases))
}

/// What can only be asserted about the type itself. An elapsed time that is filled in goes through
/// a trait, which says more.
pub(super) fn assertions(field: &Field, is_filled_in: bool, krate: &Krate) -> TokenStream {
    let cfgs = field.cfgs();
    let name = &field.name;
    let shape = shape_tokens(field, krate);
    let mut assertions = TokenStream::new();
    let mut assert = |function: &str, word: &str| {
        assertions.extend(assertion(
            &cfgs,
            &field.ty,
            krate,
            function,
            &quote!(#name, #word, #shape),
        ));
    };
    if field.is_flattened() || field.is_dropped() {
        return TokenStream::new();
    }
    if matches!(field.role, Role::Entity { .. }) {
        assert("assert_entity", "entity");
    }
    if matches!(field.role, Role::Elapsed(_)) {
        if !is_filled_in {
            assert("assert_number", "elapsed");
        }
    } else if field.unit.is_some() {
        assert("assert_number", "unit");
    } else if matches!(field.role, Role::EntityVersion) {
        assert("assert_number", "entity_version");
    }
    if field.label {
        assert("assert_bounded", "label");
    }
    if field.skip_none {
        assert("assert_optional", "skip_none");
    }
    assertions
}

/// `Option<Sensitivity>`: what is decided about a value.
pub(super) fn sensitivity(mask: Option<&Mask>, krate: &Krate) -> TokenStream {
    let decided = mask.map(|mask| {
        let variant = mask_ident(mask);
        match mask {
            Mask::Custom { name } => {
                let last = name.segments.last().map(|last| last.ident.unraw().to_string());
                let name = last.unwrap_or_default();
                quote!(#variant { name: #name })
            }
            Mask::Clear { reason } => quote!(#variant { reason: #reason }),
            _ => variant.to_token_stream(),
        }
    });
    option(krate, decided.map(|decided| quote!(#krate::meta::Sensitivity::#decided)))
}

/// What a mask is called at run time: the variant of `Sensitivity`, and the type that writes it.
pub(super) fn mask_ident(mask: &Mask) -> Ident {
    format_ident!("{}", event_grammar::name::camel(mask.as_str()))
}
