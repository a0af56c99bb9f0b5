//! Tests that the macros neither panic nor run forever, for any input tokens.
//!
//! There are two sources: random trees of tokens with the words of the language among them, and a
//! valid block with trees left out, doubled or swapped.

use crate::{Errors, expand_catalog, expand_domain_event, expand_event_value, expand_events};
use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;
use std::str::FromStr;

const WORDS: &[&str] = &[
    "pub",
    "struct",
    "enum",
    "use",
    "crate",
    "self",
    "match",
    "if",
    "else",
    "as",
    "dyn",
    "impl",
    "for",
    "where",
    "fn",
    "mut",
    "event",
    "domain",
    "group",
    "value",
    "statuses",
    "status",
    "action",
    "field",
    "sensitive",
    "entity",
    "transition",
    "elapsed",
    "error",
    "info",
    "level",
    "version",
    "upcast",
    "auto",
    "alias",
    "name",
    "sample",
    "sample_errors",
    "limit",
    "limit_errors",
    "optional_context",
    "context",
    "wide",
    "skip_none",
    "rename",
    "rename_all",
    "tag",
    "content",
    "other",
    "default",
    "label",
    "opaque",
    "recursive",
    "unit",
    "example",
    "optional",
    "require",
    "open_ended",
    "owner",
    "replaced_by",
    "expires",
    "retention",
    "deduplicate",
    "stability",
    "drop",
    "custom",
    "finite",
    "clear",
    "last4",
    "ok",
    "fault",
    "deprecated",
    "note",
    "doc",
    "cfg",
    "derive",
    "Debug",
    "serde",
    "Payment",
    "Process",
    "PaymentProcessFailed",
    "PaymentProcessFailedV1",
    "Option",
    "Vec",
    "Str",
    "Secret",
    "String",
    "password",
    "order_id",
    "_",
    "r#type",
    "é",
];

pub(crate) const BLOCK: &str = r#"
    use event_core::Str;
    /// Taking money.
    #[domain(owner = "payments", optional(action), context(Caller), require(owner), crate = ::ec)]
    pub enum Payment { Process, Refund }
    #[statuses] enum Own { #[status(neutral)] Seen }
    /// Failed.
    #[event(level = match code { Some(400..=499 | 7..) => warning, Some(-5) | None => info, _ => error }, version = 2, upcast = auto, alias("payment.broke"), sample = 1 / 10, sample_errors, limit = "5/m", limit_errors, deduplicate(order_id))]
    #[derive(Clone)]
    pub struct PaymentProcessFailed<'a> {
        /// Order.
        #[entity(order)]
        pub order_id: Str<'a>,
        #[field(unit = "ms", rename = "took", alias("old"), example = 3, default)]
        code: Option<i32>,
        #[sensitive(last4)]
        pub card_number: Option<Vec<Str<'a>>>,
        #[cfg(any())]
        pub r#type: Option<Str<'a>>,
    }
    #[event(info, version = 1)]
    pub struct PaymentProcessFailedV1 { pub order_id: String }
    #[event(info)]
    struct PaymentProcessSeen { #[transition(None -> Card, Card -> Cash | By)] change: Change<Option<Method>> }
    #[event(level = if expected { info } else { error }, name(payment, refund, seen), replaced_by = PaymentProcessFailed)]
    #[deprecated(note = "gone")]
    struct PaymentRefundSeen<'a> { expected: bool, #[group] error: ErrorDetails<'a> }
    #[event(info, expires = "2027-01-01", retention = "90d", stability = beta, wide(ErrorDetails<'_>, other::Part))]
    struct PaymentSeen;
    #[group(context, skip_none)]
    pub struct ErrorDetails<'a> { message: Option<Str<'a>> }
    #[value(tag = "type", content = "data", rename_all = "kebab-case", rename = "M")]
    enum Method { Card, #[value(alias("c"), other)] Cash, By(Vec<(u8, i64)>), In { a: [u8; 3] } }
    #[value] struct Cents(pub i64);
"#;

fn ident(word: &str) -> TokenTree {
    let ident = match word.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(word, Span::call_site()),
    };
    ident.into()
}

fn leaf() -> impl Strategy<Value = TokenTree> {
    prop_oneof![
        6 => proptest::sample::select(WORDS).prop_map(ident),
        3 => proptest::sample::select(vec!['#', ',', ':', '=', '<', '>', '&', '\'', '.', ';', '!', '-', '/', '|', '@', '?'])
            .prop_flat_map(|c| any::<bool>().prop_map(move |joint| {
                Punct::new(c, if joint && c != '\'' { Spacing::Joint } else { Spacing::Alone }).into()
            })),
        1 => ".{0,8}".prop_map(|text| Literal::string(&text).into()),
        1 => any::<u64>().prop_map(|number| Literal::u64_unsuffixed(number).into()),
        1 => (0.0..1e9).prop_map(|number: f64| Literal::f64_suffixed(number).into()),
        1 => any::<char>().prop_map(|c| Literal::character(c).into()),
    ]
}

fn delimiter() -> impl Strategy<Value = Delimiter> {
    proptest::sample::select(vec![
        Delimiter::Parenthesis,
        Delimiter::Brace,
        Delimiter::Bracket,
        Delimiter::None,
    ])
}

fn trees() -> impl Strategy<Value = Vec<TokenTree>> {
    let tree = leaf().prop_recursive(4, 48, 6, |inner| {
        (delimiter(), vec(inner, 0..6)).prop_map(|(delimiter, trees)| {
            Group::new(delimiter, trees.into_iter().collect()).into()
        })
    });
    vec(tree, 0..16)
}

/// A change at one place of a block's tree; places are counted through all of its groups.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(usize),
    Double(usize),
    Swap(usize),
    Replace(usize, TokenTree),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = 0..count(&TokenStream::from_str(BLOCK).expect("the block is tokens"));
    prop_oneof![
        place.clone().prop_map(Mutation::Delete),
        place.clone().prop_map(Mutation::Double),
        place.clone().prop_map(Mutation::Swap),
        (place, leaf()).prop_map(|(place, tree)| Mutation::Replace(place, tree)),
    ]
}

fn count(tokens: &TokenStream) -> usize {
    let inner = |tree: TokenTree| match tree {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    };
    tokens.clone().into_iter().map(inner).sum()
}

/// `at` counts down to the place.
fn mutate(tokens: TokenStream, mutation: &Mutation, at: &mut Option<usize>) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    let mut swap = None;
    for tree in tokens {
        let here = *at == Some(0);
        *at = at.and_then(|at| at.checked_sub(1));
        let tree = match tree {
            TokenTree::Group(group) if !here => {
                let mut inner = Group::new(group.delimiter(), mutate(group.stream(), mutation, at));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            tree => tree,
        };
        match mutation {
            Mutation::Delete(_) if here => continue,
            Mutation::Double(_) if here => trees.push(tree.clone()),
            Mutation::Replace(_, other) if here => {
                trees.push(other.clone());
                continue;
            }
            Mutation::Swap(_) if here => {
                swap = Some(tree);
                continue;
            }
            _ => {}
        }
        trees.push(tree);
        trees.extend(swap.take());
    }
    trees.extend(swap);
    trees.into_iter().collect()
}

fn mutated(mutations: &[Mutation]) -> TokenStream {
    let block = TokenStream::from_str(BLOCK).expect("the block is tokens");
    mutations.iter().fold(block, |tokens, mutation| {
        let (Mutation::Delete(at)
        | Mutation::Double(at)
        | Mutation::Swap(at)
        | Mutation::Replace(at, _)) = mutation;
        mutate(tokens, mutation, &mut Some(*at))
    })
}

/// Checks that every macro accepts the input.
fn expands(tokens: &TokenStream) {
    let expanders: [fn(TokenStream) -> (TokenStream, Errors); 4] =
        [expand_events, expand_catalog, expand_domain_event, expand_event_value];
    for expand in expanders {
        let (_, errors) = expand(tokens.clone());
        errors.into_messages();
    }
}

#[test]
fn the_block_is_valid() {
    let (_, errors) = expand_events(TokenStream::from_str(BLOCK).expect("the block is tokens"));
    assert_eq!(errors.into_messages(), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn tokens_that_mean_nothing(trees in trees()) {
        expands(&trees.into_iter().collect());
    }

    #[test]
    fn an_item_of_tokens_that_mean_nothing(head in trees(), body in trees(), kind in proptest::sample::select(vec!["struct", "enum"])) {
        let mut tokens: Vec<TokenTree> = vec![Punct::new('#', Spacing::Alone).into()];
        let words: TokenStream = [ident("event"), Group::new(Delimiter::Parenthesis, head.into_iter().collect()).into()].into_iter().collect();
        tokens.push(Group::new(Delimiter::Bracket, words).into());
        tokens.extend([ident(kind), ident("PaymentProcessFailed")]);
        tokens.push(Group::new(Delimiter::Brace, body.into_iter().collect()).into());
        expands(&tokens.into_iter().collect());
    }

    #[test]
    fn a_block_with_mistakes(mutations in vec(mutation(), 1..6)) {
        expands(&mutated(&mutations));
    }
}
