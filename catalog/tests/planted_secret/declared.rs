//! A catalog with a secret in every possible place: every mask, nested values, variants, newtypes,
//! maps, foreign types, states, groups, context.

use event_core::mask::{Mask, MaskWriter};
use event_core::{Change, EventValue, Secret, Str, catalog, events};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A foreign type, which has no masks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Login {
    pub(crate) user: String,
    pub(crate) answers: BTreeMap<String, String>,
}

/// A mask of the catalog's own.
pub(crate) enum Length {}

impl Mask for Length {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        out.show(if text.is_empty() { "empty" } else { "not empty" });
    }
}

/// Declared outside the block.
#[derive(Clone, PartialEq, EventValue)]
#[value(tag = "kind")]
pub(crate) enum State {
    Open,
    Held {
        #[sensitive(redact)]
        by: String,
    },
    Closed {
        #[sensitive(hash)]
        by: Option<Secret<String>>,
    },
}

events!(
    #[domain]
    pub(crate) enum Plant {
        Grow,
        Move,
    }

    #[value]
    #[derive(Clone)]
    pub(crate) struct Leaf {
        #[sensitive(redact)]
        pub(crate) word: String,
        #[sensitive(custom = Length)]
        pub(crate) own: Option<String>,
    }

    /// A newtype around a masked value.
    #[value]
    #[derive(Clone)]
    pub(crate) struct Twig(pub(crate) Leaf);

    /// A newtype that masks its content.
    #[value]
    #[derive(Clone)]
    pub(crate) struct Password(#[sensitive(redact)] pub(crate) Secret<String>);

    #[value]
    #[derive(Clone)]
    pub(crate) enum Branch {
        Bare,
        Leafed(Twig),
        Locked(Password),
        Reserved(#[sensitive(hash)] Vec<String>),
        Flowering {
            #[sensitive(hash)]
            colour: Secret<String>,
            #[sensitive(redact)]
            names: Vec<String>,
        },
    }

    #[value(untagged)]
    #[derive(Clone)]
    pub(crate) enum Root {
        Text {
            #[sensitive(redact)]
            text: String,
        },
        Leaf(Leaf),
        Password(#[sensitive(custom = Length)] String),
    }

    #[group(context)]
    pub(crate) struct Gardener<'a> {
        #[sensitive(hash)]
        pub(crate) gardener: Str<'a>,
        #[sensitive(redact)]
        pub(crate) tools: Option<BTreeMap<String, String>>,
    }

    #[group]
    pub(crate) struct Soil<'a> {
        #[sensitive(redact)]
        pub(crate) ground: Str<'a>,
        pub(crate) leaf: Option<Leaf>,
    }

    #[group]
    pub(crate) struct Weather<'a> {
        #[sensitive(redact)]
        pub(crate) rain: Option<Str<'a>>,
        #[field(opaque)]
        #[sensitive(redact)]
        pub(crate) storm: Option<Login>,
        pub(crate) branch: Option<Branch>,
    }

    #[event(info, context(Gardener), wide(Weather))]
    pub(crate) struct PlantGrowCompleted<'a> {
        #[sensitive(redact)]
        pub(crate) redacted: Str<'a>,
        #[sensitive(drop)]
        pub(crate) dropped: Option<String>,
        #[sensitive(hash)]
        pub(crate) hashed: Secret<Str<'a>>,
        #[sensitive(custom = Length)]
        pub(crate) own: Vec<String>,
        #[sensitive(redact)]
        pub(crate) by_name: BTreeMap<String, Secret<String>>,
        #[field(opaque)]
        #[sensitive(redact)]
        pub(crate) login: Login,
        #[field(opaque)]
        #[sensitive(hash)]
        pub(crate) earlier: Option<Login>,
        #[field(opaque)]
        #[sensitive(drop)]
        pub(crate) later: Option<Login>,
        pub(crate) leaves: Vec<Leaf>,
        pub(crate) twigs: BTreeMap<String, Twig>,
        pub(crate) branches: Vec<Branch>,
        pub(crate) roots: (Root, Root),
        #[field(public)]
        pub(crate) passwords: Vec<Password>,
        #[group]
        pub(crate) soil: Soil<'a>,
    }

    #[event(info)]
    pub(crate) struct PlantMoveCompleted {
        #[transition(Open -> Held, Held -> Closed)]
        pub(crate) change: Change<State>,
    }
);

catalog!(
    pub(crate) enum Garden {
        Plant(Plant),
    }
);

/// A value with `text` in every place.
pub(crate) fn grown(text: &str) -> PlantGrowCompleted<'_> {
    let owned = || text.to_owned();
    let branches = vec![
        Branch::Bare,
        Branch::Leafed(Twig(leaf(text))),
        Branch::Flowering { colour: owned().into(), names: vec![owned(), owned()] },
        Branch::Locked(Password(owned().into())),
        Branch::Reserved(vec![owned()]),
    ];
    PlantGrowCompleted {
        redacted: text.into(),
        dropped: Some(owned()),
        hashed: Secret::new(text.into()),
        own: vec![owned()],
        by_name: BTreeMap::from([("a".to_owned(), owned().into())]),
        login: login(text),
        earlier: Some(login(text)),
        later: Some(login(text)),
        leaves: vec![leaf(text)],
        twigs: BTreeMap::from([("a".to_owned(), Twig(leaf(text)))]),
        branches,
        roots: (Root::Text { text: owned() }, Root::Password(owned())),
        passwords: vec![Password(owned().into())],
        soil: soil(text),
    }
}

pub(crate) fn leaf(text: &str) -> Leaf {
    Leaf { word: text.to_owned(), own: Some(text.to_owned()) }
}

pub(crate) fn login(text: &str) -> Login {
    Login { user: text.to_owned(), answers: BTreeMap::from([(text.to_owned(), text.to_owned())]) }
}

pub(crate) fn soil(text: &str) -> Soil<'_> {
    Soil { ground: text.into(), leaf: Some(leaf(text)) }
}

pub(crate) fn weather(text: &str) -> Weather<'_> {
    let branch = Branch::Leafed(Twig(leaf(text)));
    Weather { rain: Some(text.into()), storm: Some(login(text)), branch: Some(branch) }
}

pub(crate) fn gardener(text: &str) -> Gardener<'_> {
    let tools = BTreeMap::from([("a".to_owned(), text.to_owned())]);
    Gardener { gardener: text.into(), tools: Some(tools) }
}

/// A legal transition, and one that is refused.
pub(crate) fn moves(text: &str) -> [PlantMoveCompleted; 2] {
    let held = State::Held { by: text.to_owned() };
    let closed = State::Closed { by: Some(Secret::new(text.to_owned())) };
    [
        PlantMoveCompleted { change: Change { before: held.clone(), after: closed.clone() } },
        PlantMoveCompleted { change: Change { before: closed, after: held } },
    ]
}
