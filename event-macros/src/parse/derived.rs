//! The derives of an item, from every attribute.

use super::tokens::chunks;
use proc_macro2::{Delimiter, Ident, TokenTree};
use syn::{Attribute, Meta};

/// The last segment of each derived path: of `derive` under any path, also within `cfg_attr`,
/// whether its condition is true or not.
pub(crate) fn derived_words(attrs: &[Attribute]) -> Vec<Ident> {
    let mut words = Vec::new();
    for attr in attrs {
        if let (Meta::List(list), Some(name)) = (&attr.meta, attr.path().segments.last()) {
            of_attribute(&name.ident, chunks(list.tokens.clone()), &mut words);
        }
    }
    words
}

fn of_attribute(name: &Ident, arguments: Vec<Vec<TokenTree>>, words: &mut Vec<Ident>) {
    if name == "derive" {
        words.extend(arguments.into_iter().filter_map(|path| match path.into_iter().next_back() {
            Some(TokenTree::Ident(word)) => Some(word),
            _ => None,
        }));
    } else if name == "cfg_attr" {
        for attribute in arguments.iter().skip(1) {
            if let [.., TokenTree::Ident(name), TokenTree::Group(list)] = attribute.as_slice()
                && list.delimiter() == Delimiter::Parenthesis
            {
                of_attribute(name, chunks(list.stream()), words);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::derived_words;
    use syn::parse_quote;

    #[test]
    fn every_way_to_write_a_derive_is_seen() {
        let item: syn::ItemStruct = parse_quote! {
            #[doc = "derive(Nothing)"]
            #[derive(A, b::B, ::c::C,)]
            #[::core::prelude::v1::derive(D)]
            #[cfg_attr(feature = "x", doc(hidden), derive(E, f::F), serde(rename = "derive(G)"))]
            #[cfg_attr(all(a, b), cfg_attr(c, core::prelude::v1::derive(H)))]
            #[derive]
            #[other(derive(I))]
            struct S;
        };
        let words: Vec<String> =
            derived_words(&item.attrs).iter().map(ToString::to_string).collect();
        assert_eq!(words, ["A", "B", "C", "D", "E", "F", "H"]);
    }
}
