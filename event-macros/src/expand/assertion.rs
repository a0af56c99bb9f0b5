//! Calls of event-core's assertions. Each failure is reported at the tokens that it is about.

use super::krate::Krate;
use super::spans;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Attribute;

/// A constant that calls an assertion of event-core's. The call spans from the first of `tokens` to
/// the last, so rustc reports a failure there.
pub(super) fn assertion(
    cfgs: &[&Attribute],
    tokens: &impl ToTokens,
    krate: &Krate,
    function: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let call = call(tokens, None, krate, function, arguments);
    quote!(#(#cfgs)* const _: () = #call;)
}

/// A constant that calls a generic assertion of event-core's, with a span from the first of
/// `tokens` to the last.
pub(super) fn assertion_of(
    cfgs: &[&Attribute],
    tokens: &impl ToTokens,
    of_type: &TokenStream,
    krate: &Krate,
    function: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let call = call(tokens, Some(of_type), krate, function, arguments);
    quote!(#(#cfgs)* #[allow(long_running_const_eval)] const _: () = #call;)
}

/// The call of an assertion, of a type if it is generic, with a span from the first of `tokens` to
/// the last.
pub(super) fn call(
    tokens: &impl ToTokens,
    of_type: Option<&TokenStream>,
    krate: &Krate,
    function: &str,
    arguments: &TokenStream,
) -> TokenStream {
    let (private, function) = (krate.private(), Ident::new(function, Span::call_site()));
    let of_type = of_type.map(|of_type| quote!(::<#of_type>));
    spans::call(quote!(#private::#function #of_type), arguments.clone(), spans::ends(tokens))
}
