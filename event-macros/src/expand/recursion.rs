//! The shape of a type that contains itself.

use super::krate::Krate;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The shape of a type within its own description: behind a function, under the type's name in
/// constants.
pub(super) fn recursion(ty: &syn::Type, own: Option<&Ident>, krate: &Krate) -> TokenStream {
    fn written(tokens: TokenStream, own: Option<&Ident>, name: &mut String) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                // Skip a lifetime and the comma after it: borrowing is not part of a type's form.
                TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                    tokens.next();
                    tokens.next_if(
                        |next| matches!(next, TokenTree::Punct(comma) if comma.as_char() == ','),
                    );
                }
                TokenTree::Ident(ident) if Some(&ident) == own => name.push_str("Self"),
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::None => ("", ""),
                    };
                    name.push_str(open);
                    written(group.stream(), own, name);
                    name.push_str(close);
                }
                token => name.push_str(&token.to_string()),
            }
        }
    }
    let mut name = String::new();
    written(ty.to_token_stream(), own, &mut name);
    let name = name.replace("<>", "");
    let private = krate.private();
    quote! {
        &#krate::__private::shape::Shape::Recursive(#krate::__private::shape::Recursion::new(#name, #private::shape_of::<#ty>))
    }
}
