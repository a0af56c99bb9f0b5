//! The expansion of a free event: a block of its own.

use super::assertion::assertion;
use super::event::implementation;
use super::krate::Krate;
use super::quiet::quiet;
use super::{dictionary, lock, page};
use crate::ast::Event;
use crate::lock::Contract;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The code for the event, without its struct, which the user declares.
pub(super) fn event(event: &Event, contract: &Contract, krate: &Krate) -> TokenStream {
    let mut tokens = implementation(event, &[], None, &TokenStream::new(), krate);
    tokens.extend(lock::kept(event, &[event], &[], contract, krate));
    tokens.extend(lock::watch(contract, krate));
    let cfgs = event.head.cfgs();
    let owned = event.head.owned();
    let attrs = krate.impl_attrs();
    let core = krate.core();
    let dictionary = dictionary::entries([event].into_iter(), &[], krate);
    let page = page::free(
        event,
        &page::Around { versions: &[event], context: &[], owner: None, operations: &[] },
    );
    tokens.extend(event.domain_path.as_ref().map(|path| in_domain(event, path, krate)));
    let is_whole = event.poisoned.then(|| quote!(const IS_WHOLE: #core::primitive::bool = false;));
    tokens.extend(quiet(
        &cfgs,
        &quote! {
            #page
            #attrs
            impl #krate::__private::BlockEvent for #owned {
                fn any(&self) -> #krate::__private::AnyEvent<'_> {
                    #krate::__private::AnyEvent::of(self)
                }
            }
            #attrs
            impl #krate::__private::EmitAny for #owned {
                #[inline]
                fn call(&self) -> #krate::__private::Call<'_> {
                    #krate::__private::Call::of(self)
                }
            }
            #attrs
            impl #krate::__private::Block for #owned {
                const BLOCK: &'static #krate::__private::BlockMeta = {
                    static BLOCK: #krate::__private::BlockMeta = #krate::__private::BlockMeta::new(&[<#owned as #krate::Event>::META])
                        .dictionary(&[#dictionary]);
                    &BLOCK
                };
                type Event = Self;
                #is_whole

                fn read(
                    place: #core::primitive::usize,
                    object: &mut #krate::read::Object<'_>,
                ) -> #core::option::Option<#core::result::Result<Self, #krate::read::ReadError>> {
                    match place {
                        0 => #core::option::Option::Some(<Self as #krate::Event>::read(object)),
                        _ => #core::option::Option::None,
                    }
                }
            }
        },
    ));
    tokens
}

/// Asserts that the event's name belongs to the domain that it names.
fn in_domain(event: &Event, path: &Path, krate: &Krate) -> TokenStream {
    let cfgs = event.head.cfgs();
    let block = quote!(<#path as #krate::__private::Block>::BLOCK);
    if event.poisoned {
        // Use the path anyway: the user may have imported it only for this attribute.
        return quote!(#(#cfgs)* const _: &#krate::__private::BlockMeta = #block;);
    }
    let (domain, snake) = (&event.name.domain, event.name.snake());
    let action = event.name.action.as_deref().unwrap_or_default();
    let has_status = event.name.status.is_some();
    let arguments = quote!(#block, #domain, #snake, #action, #has_status);
    assertion(&cfgs, &event.head.ident, krate, "assert_domain", &arguments)
}
