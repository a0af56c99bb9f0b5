//! The expansion of a group.

use super::assertion::assertion;
use super::head::made_static;
use super::krate::Krate;
use super::meta::members;
use super::quiet::quiet;
use super::spans::braces;
use super::{debug, field, lock, masked, number};
use crate::ast::{Field, Group};
use crate::lock::Contract;
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn group(group: &Group, contract: &Contract, krate: &Krate) -> TokenStream {
    let head = &group.head;
    let cfgs = head.cfgs();
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let core = krate.core();
    let declaration = declaration(group);
    let (encode, read, members) = if head.shell {
        (TokenStream::new(), field::missing(krate), TokenStream::new())
    } else {
        let encode: TokenStream =
            group.fields.iter().map(|own| field::encode_own(own, group.skip_none, krate)).collect();
        let read = field::read_all(&quote!(Self), &group.fields, krate);
        (encode, read, members(&group.fields, group.skip_none, krate))
    };
    let (name, docs) = (head.name(), krate.docs(&head.docs));
    let is_context = group.context.then(|| quote!(.as_context()));
    let locked = lock::held(&name, contract);
    let kept = lock::group_kept(group, contract, krate);
    let members = made_static(members, head);
    let fingerprint = fingerprint(group, krate);
    let debug = debug::of_fields(head, krate);
    let context = if group.context { context(group, krate) } else { TokenStream::new() };
    let assertions = assertions(group, krate);
    let impls = quote! {
        #attrs
        impl #generics #krate::__private::Fields for #ty #clause {
            fn encode_fields(&self, out: &mut #krate::__private::Encoder) {
                #encode
            }
        }
        #attrs
        impl #generics #krate::Group for #ty #clause {
            const META: &'static #krate::meta::GroupMeta = {
                static META: #krate::meta::GroupMeta =
                    #krate::meta::GroupMeta::new(#name, #core::module_path!(), #docs, &[#members]) #is_context #locked;
                &META
            };
            const FINGERPRINT: #core::primitive::u64 = #fingerprint;
            #kept

            fn read(
                object: &mut #krate::read::Object<'_>,
            ) -> #core::result::Result<Self, #krate::read::ReadError> {
                #read
            }
        }
        #debug
        #context
    };
    let impls = quiet(&cfgs, &impls);
    let unwritten = masked::assertion(head, krate);
    quote! {
        #declaration
        #impls
        #assertions
        #unwritten
    }
}

fn declaration(group: &Group) -> TokenStream {
    let (attrs, declaration) = (&group.head.attrs, group.head.declaration());
    let fields = group.fields.iter().map(field::declaration);
    let body = braces(quote!(#(#fields),*), group.head.body);
    quote!(#(#attrs)* #declaration #body)
}

/// The fingerprint of the group's fields.
fn fingerprint(group: &Group, krate: &Krate) -> TokenStream {
    let private = krate.private();
    if group.head.shell {
        return quote!(#private::of_members_and_groups(0, 0, &[]));
    }
    let (grouped, own): (Vec<Field>, Vec<Field>) =
        group.fields.iter().cloned().partition(Field::is_flattened);
    let sums = number::sums(&own, group.skip_none, krate);
    let grouped = grouped.iter().map(|own| {
        let (cfgs, number) = (own.cfgs(), number::fingerprint(own, krate));
        quote!(#(#cfgs)* #number)
    });
    quote!(#private::of_members_and_groups(#sums, &[#(#grouped),*]))
}

/// Assertions that only the types can decide: units, labels, and the fields of nested groups.
fn assertions(group: &Group, krate: &Krate) -> TokenStream {
    let head = &group.head;
    if head.shell {
        return TokenStream::new();
    }
    let (cfgs, owned) = (head.cfgs(), head.owned());
    let mut assertions: TokenStream =
        group.fields.iter().map(|own| field::assertions(own, false, krate)).collect();
    for (place, own) in group.fields.iter().filter(|own| own.is_flattened()).enumerate() {
        let ty = &own.ty;
        let cfgs: Vec<_> = cfgs.iter().copied().chain(own.cfgs()).collect();
        let arguments =
            quote!(<#owned as #krate::Group>::META, #place, <#ty as #krate::Group>::META);
        assertions.extend(assertion(&cfgs, ty, krate, "assert_inner_group_fits", &arguments));
    }
    made_static(assertions, head)
}

fn context(group: &Group, krate: &Krate) -> TokenStream {
    let head = &group.head;
    let attrs = krate.impl_attrs();
    let (generics, ty, clause) = head.split();
    let (vis, elided, private) = (&head.vis, head.elided(), krate.private());
    quote! {
        #attrs
        impl #generics #krate::ContextGroup for #ty #clause {}
        #attrs
        impl #elided {
            /// Binds the group as context for this thread, until the guard is dropped. In an
            /// `async` function write `.in_context(..)` at the future instead: a guard that is held
            /// over an `.await` stays bound on the thread while the function waits.
            #vis fn enter(&self) -> #krate::__private::ContextGuard {
                #private::enter(self)
            }
        }
    }
}
