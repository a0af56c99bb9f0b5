//! The expansion of an enum's variants: their shape, and the code that writes and reads them.

use super::parts::{Parts, metas, prepared, type_name};
use crate::ast::{Field, Held, Value, Variant, VariantBody};
use crate::expand::field;
use crate::expand::krate::Krate;
use crate::expand::literal::json_text;
use crate::expand::recursion::recursion;
use crate::expand::sensitivity::sensitivity;
use crate::expand::through::Through;
use crate::lock::Contract;
use crate::parse::mentions;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;
use syn::ext::IdentExt;

pub(super) fn enumeration(
    value: &Value,
    variants: &[Variant],
    contract: &Contract,
    krate: &Krate,
) -> Parts {
    let shape = quote!(#krate::__private::shape);
    let name = type_name(value, contract, krate);
    let tagging = match (&value.tag, &value.content) {
        (Some(tag), Some(content)) => {
            quote!(#shape::Tagging::Adjacent { tag: #tag, content: #content })
        }
        (Some(tag), None) => quote!(#shape::Tagging::Internal { tag: #tag }),
        (None, _) if value.untagged.is_some() => quote!(#shape::Tagging::Untagged),
        (None, _) => quote!(#shape::Tagging::External),
    };
    let shapes = variants.iter().map(|variant| variant_shape(value, variant, krate));
    let writes = variants.iter().map(|variant| variant_encode(value, variant, krate));
    Parts {
        shape: quote! {
            #shape::Shape::Enum(&#shape::EnumShape::new(#name, #tagging, &[#(#shapes),*]))
        },
        encode: quote!(match self { #(#writes)* }),
        read: match value.untagged {
            Some(_) => untagged_read(value, variants, krate),
            None => enum_read(value, variants, krate),
        },
        presence: TokenStream::new(),
        variants: names(variants, krate),
        extra: TokenStream::new(),
    }
}

/// The Rust names of the variants, in the order of the shape's variants: declarations use these
/// names.
fn names(variants: &[Variant], krate: &Krate) -> TokenStream {
    let core = krate.core();
    let names = variants.iter().map(|variant| {
        let (cfgs, name) = (crate::ast::cfgs(&variant.attrs), variant.ident.unraw().to_string());
        quote!(#(#cfgs)* #name)
    });
    quote!(const VARIANTS: &'static [&'static #core::primitive::str] = &[#(#names),*];)
}

/// The shape of a value from its type; cut off if the type contains itself.
fn inner_shape(ty: &Type, held: &Held, value: &Value, krate: &Krate) -> TokenStream {
    if mentions(ty, &value.head.ident) && !held.is_masked() {
        recursion(ty, Some(&value.head.ident), krate)
    } else {
        let shape = Through::held(ty, held, krate).to("SHAPE");
        quote!(#shape.without_a_key())
    }
}

fn variant_shape(value: &Value, variant: &Variant, krate: &Krate) -> TokenStream {
    let shape = quote!(#krate::__private::shape);
    let cfgs = crate::ast::cfgs(&variant.attrs);
    let (name, aliases, docs) = (&variant.name, &variant.aliases, krate.docs(&variant.docs));
    let aliases = (!aliases.is_empty()).then(|| quote!(.aliases(&[#(#aliases),*])));
    let other = variant.other.then(|| quote!(.other(true)));
    let content = match &variant.body {
        VariantBody::Unit => quote!(#shape::VariantContent::Unit),
        VariantBody::Newtype(ty) => {
            let inner = inner_shape(ty, &variant.held, value, krate);
            quote!(#shape::VariantContent::Newtype(#inner))
        }
        VariantBody::Struct(fields) => {
            let metas = metas(&prepared(fields, value), value.skip_none, krate);
            quote!(#shape::VariantContent::Struct(#metas))
        }
    };
    let sensitivity = sensitivity(variant.held.mask.as_ref(), krate);
    quote!(#(#cfgs)* #shape::VariantShape::new(#name, #docs, #content) #aliases #other #sensitivity)
}

fn variant_encode(value: &Value, variant: &Variant, krate: &Krate) -> TokenStream {
    let cfgs = crate::ast::cfgs(&variant.attrs);
    let ident = &variant.ident;
    let name = json_text(&variant.name);
    let (pattern, write) = match (&variant.body, &value.tag, &value.content) {
        (VariantBody::Unit, None, _) => (quote!(Self::#ident), quote!(out.json(#name);)),
        (VariantBody::Unit, Some(tag), _) => {
            let json = format!("{{{}:{name}}}", json_text(&tag.value()));
            (quote!(Self::#ident), quote!(out.nested(|out| out.json(#json));))
        }
        (VariantBody::Newtype(ty), ..) if value.untagged.is_some() => {
            let encode = Through::alternative(ty, &variant.held, krate).to("encode");
            (quote!(Self::#ident(content)), quote!(#encode(content, out);))
        }
        (VariantBody::Newtype(ty), ..) => {
            let encode = Through::held(ty, &variant.held, krate).to("encode");
            let write = under_name(value, &name, &quote!(#encode(content, out);));
            (quote!(Self::#ident(content)), write)
        }
        (VariantBody::Struct(fields), tag, content) => {
            let (bindings, writes) = fields_encode(fields, value, krate);
            let object = quote!(out.object_with(|out| { #writes }););
            let write = match (tag, content) {
                _ if value.untagged.is_some() => object,
                (Some(tag), None) => {
                    let tagged = format!(",{}:{name}", json_text(&tag.value()));
                    quote!(out.object_with(|out| { out.json(#tagged); #writes });)
                }
                _ => under_name(value, &name, &object),
            };
            (quote!(Self::#ident { #(#bindings),* }), write)
        }
    };
    quote!(#(#cfgs)* #pattern => { #write })
}

/// A pattern that binds the fields, and the statements that write them.
fn fields_encode(
    fields: &[Field],
    value: &Value,
    krate: &Krate,
) -> (Vec<TokenStream>, TokenStream) {
    let bindings = fields.iter().map(|own| {
        let (cfgs, ident) = (own.cfgs(), &own.ident);
        quote!(#(#cfgs)* #ident)
    });
    let writes = fields.iter().map(|own| {
        let ident = &own.ident;
        field::encode(own, &quote!(#ident), value.skip_none, krate)
    });
    (bindings.collect(), writes.collect())
}

/// The output of `write`, in an object with the variant's name: as the only key, or under the tag
/// beside the content.
fn under_name(value: &Value, name: &str, write: &TokenStream) -> TokenStream {
    let open = match (&value.tag, &value.content) {
        (Some(tag), Some(content)) => {
            format!("{{{}:{name},{}:", json_text(&tag.value()), json_text(&content.value()))
        }
        _ => format!("{{{name}:"),
    };
    quote! {
        out.nested(|out| {
            out.json(#open);
            #write
            out.json("}");
        });
    }
}

fn enum_read(value: &Value, variants: &[Variant], krate: &Krate) -> TokenStream {
    let (core, private) = (krate.core(), krate.private());
    let is_internal = value.tag.is_some() && value.content.is_none();
    let split = match (&value.tag, &value.content) {
        (Some(tag), Some(content)) => {
            quote!((name, mut content) = #private::adjacent(input, #tag, #content)?)
        }
        (Some(tag), None) => quote!((name, mut content) = #private::internal(input, #tag)?),
        // An enum of words is always text.
        (None, _) if variants.iter().all(is_unit) => quote!(name = input.text()?),
        (None, _) => quote!((name, mut content) = #private::external(input)?),
    };
    let arms = variants.iter().map(|variant| {
        let cfgs = crate::ast::cfgs(&variant.attrs);
        let (ident, name, aliases) = (&variant.ident, &variant.name, &variant.aliases);
        let read = match &variant.body {
            VariantBody::Unit => unit_read(value, variant, variants, krate),
            VariantBody::Newtype(ty) => {
                let read = Through::held(ty, &variant.held, krate).to("read");
                quote! {
                    #core::result::Result::map(#read(#private::content(content, #name)?), Self::#ident)
                }
            }
            VariantBody::Struct(fields) => {
                let read = field::read_all(&quote!(Self::#ident), &prepared(fields, value), krate);
                let object = if is_internal {
                    quote!(&mut content)
                } else {
                    quote!(&mut #private::content(content, #name)?.object()?)
                };
                quote!({ let object = #object; #read })
            }
        };
        quote!(#(#cfgs)* #name #(| #aliases)* => #read,)
    });
    let other = variants.iter().find(|variant| variant.other).map_or_else(
        || quote!(#core::result::Result::Err(#krate::read::ReadError::new(#krate::read::ReadErrorKind::UnknownVariant))),
        |variant| unit_read(value, variant, variants, krate),
    );
    quote! {
        #[allow(unused_mut, unused_variables)]
        let #split;
        match &*name { #(#arms)* _ => #other }
    }
}

/// Reads the first variant that can hold the value.
fn untagged_read(value: &Value, variants: &[Variant], krate: &Krate) -> TokenStream {
    let core = krate.core();
    let attempts = variants.iter().map(|variant| {
        let cfgs = crate::ast::cfgs(&variant.attrs);
        let ident = &variant.ident;
        let read = match &variant.body {
            // Already reported by the check.
            VariantBody::Unit => return TokenStream::new(),
            VariantBody::Newtype(ty) => {
                let read = Through::alternative(ty, &variant.held, krate).to("read");
                quote!(#core::result::Result::map(#read(input), Self::#ident))
            }
            VariantBody::Struct(fields) => {
                let read = field::read_all(&quote!(Self::#ident), &prepared(fields, value), krate);
                quote! {
                    #core::result::Result::and_then(#krate::read::Input::object(&input), |mut object| {
                        let object = &mut object;
                        #read
                    })
                }
            }
        };
        quote! {
            #(#cfgs)*
            #krate::read::Input::attempt(&input)?;
            #(#cfgs)*
            if let #core::result::Result::Ok(value) = #read {
                return #core::result::Result::Ok(value);
            }
        }
    });
    quote! {
        #(#attempts)*
        #core::result::Result::Err(#krate::read::ReadError::new(#krate::read::ReadErrorKind::NoAlternative))
    }
}

/// Reads a variant without content. The read schema refuses the same content: see
/// `event-schema/src/enums.rs`.
fn unit_read(value: &Value, variant: &Variant, variants: &[Variant], krate: &Krate) -> TokenStream {
    let (core, private, ident) = (krate.core(), krate.private(), &variant.ident);
    let check = match (&value.tag, &value.content) {
        (Some(_), Some(content)) if !variant.other => {
            quote!(#private::without_content(content, #content)?;)
        }
        (None, _) if !variants.iter().all(is_unit) => {
            let holding = variants.iter().filter(|variant| !is_unit(variant)).map(|variant| {
                let cfgs = crate::ast::cfgs(&variant.attrs);
                quote!(#(#cfgs)* true)
            });
            if variant.other {
                quote!(#private::unknown(content, &[#(#holding),*])?;)
            } else {
                quote!(#private::without_key(content, &name)?;)
            }
        }
        // A word has no content, and fields beside a tag are ignored, as in any object.
        _ => TokenStream::new(),
    };
    quote!({ #check #core::result::Result::Ok(Self::#ident) })
}

const fn is_unit(variant: &Variant) -> bool {
    matches!(variant.body, VariantBody::Unit)
}
