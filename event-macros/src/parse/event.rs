//! Reads `#[event(..)]`.

use super::args::{self, Arg, Syntax};
use super::tokens::chunks;
use super::{level, words_of};
use crate::ast::{Event, Field, Governance, Head, LevelRule, Name, NameOverride};
use crate::diag::Errors;
use crate::rename::spell;
use crate::words::Place;
use event_grammar::{Level, Stability, suggest};
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Lit, LitInt, Meta, Path};

pub(super) fn event(
    mut head: Head,
    fields: Vec<Field>,
    unit: bool,
    krate: &mut Option<Path>,
    errors: &Errors,
) -> Event {
    let before = errors.count();
    words_of::refuse_serde(
        &mut head.attrs,
        "an event",
        Some(Place::Event),
        "use `#[event(skip_none)]`, and `#[field(rename, alias, default)]` on its fields",
        errors,
    );
    let attrs = words_of::take(&mut head, "event");
    let mut event = bare(head, fields, unit);
    let mut levels = Levels::default();
    let mut seen = Vec::new();
    for attr in &attrs {
        for arg in args::read(attr, Place::Event, &mut seen, errors) {
            if !levels.take(&arg, errors) {
                word(&mut event, &arg, krate, errors);
            }
        }
    }
    // If another word was wrong, it may have been the level.
    let is_missing = levels.words == 0 && errors.count() == before;
    match levels.one(errors) {
        Some(level) => event.level = level,
        None if is_missing => {
            let ident = &event.head.ident;
            errors.on(ident, format!("event `{ident}` has no level\nhelp: write `#[event(info)]`, or another of `trace`, `debug`, `warning`, `error`, `critical`"));
        }
        None => {}
    }
    event.poisoned = errors.count() != before;
    event
}

/// An event with default words.
fn bare(head: Head, fields: Vec<Field>, unit: bool) -> Event {
    Event {
        fields,
        unit,
        level: LevelRule::Fixed(Level::Info),
        version: 1,
        version_span: None,
        upcast_auto: None,
        name_override: None,
        domain_path: None,
        aliases: Vec::new(),
        context: Vec::new(),
        optional_context: Vec::new(),
        wide: None,
        skip_none: false,
        sample: None,
        limit: None,
        sample_word: None,
        sample_errors: None,
        limit_word: None,
        limit_errors: None,
        deduplicate: Vec::new(),
        governance: Governance { deprecated: deprecation(&head), ..Governance::default() },
        entity_by_group: false,
        name: Name::default(),
        poisoned: false,
        head,
    }
}

/// The levels of an event: exactly one is expected.
#[derive(Default)]
struct Levels {
    /// The number of words that give a level, unreadable ones included.
    words: usize,
    read: Vec<(Ident, LevelRule)>,
}

impl Levels {
    /// Takes the word if it gives a level.
    fn take(&mut self, arg: &Arg, errors: &Errors) -> bool {
        let rule = if let Some(fixed) = Level::from_word(&arg.word.to_string()) {
            arg.bare(errors).then_some(LevelRule::Fixed(fixed))
        } else if arg.word == "level" {
            let tokens = match &arg.syntax {
                Syntax::Equals(tokens) => tokens.clone(),
                _ => TokenStream::new(),
            };
            level::rule(tokens, &arg.word, errors)
        } else {
            return false;
        };
        self.words += 1;
        self.read.extend(rule.map(|rule| (arg.word.clone(), rule)));
        true
    }

    /// The first level; a second one is reported.
    fn one(self, errors: &Errors) -> Option<LevelRule> {
        if let [(first, _), (second, _), ..] = self.read.as_slice() {
            errors.on(
                second,
                format!("the level is given twice, `{first}` before\nhelp: keep one of them"),
            );
        }
        self.read.into_iter().next().map(|(_, rule)| rule)
    }
}

fn word(event: &mut Event, arg: &Arg, krate: &mut Option<Path>, errors: &Errors) {
    match arg.word.to_string().as_str() {
        "version" => version(event, arg, errors),
        "upcast" => event.upcast_auto = upcast(arg, errors),
        "name" => event.name_override = name_override(arg, errors),
        "domain" => event.domain_path = arg.value("the path of a domain's enum", errors),
        "alias" => event.aliases = arg.texts(errors),
        "context" => event.context = arg.paths(errors),
        "optional_context" => event.optional_context = arg.paths(errors),
        "wide" => event.wide = Some(arg.paths(errors)),
        "rename_all" => spell(&mut event.fields, words_of::spelling(arg, errors)),
        "skip_none" => event.skip_none = arg.bare(errors),
        "sample" => {
            (event.sample, event.sample_word) = (sample(arg, errors), Some(arg.word.clone()));
        }
        "sample_errors" => event.sample_errors = arg.bare(errors).then(|| arg.word.clone()),
        "limit" => {
            event.limit = arg.text(errors).and_then(|text| limit(&text, errors));
            event.limit_word = Some(arg.word.clone());
        }
        "limit_errors" => event.limit_errors = arg.bare(errors).then(|| arg.word.clone()),
        "deduplicate" => event.deduplicate = arg.fields(errors),
        "owner" => event.governance.owner = arg.text(errors),
        "since" => event.governance.since = arg.text(errors),
        "expires" => event.governance.expires = arg.text(errors),
        "retention" => event.governance.retention = arg.text(errors),
        "replaced_by" => {
            event.governance.replaced_by = arg.value("the type of another event", errors);
        }
        "stability" => event.governance.stability = stability(arg, errors),
        "crate" => words_of::crate_path(arg, krate, errors),
        // The table of words excludes all other words.
        _ => {}
    }
}

/// `version = 2`
fn version(event: &mut Event, arg: &Arg, errors: &Errors) {
    let value = arg.value::<LitInt>("a whole number", errors);
    event.version_span = Some(value.as_ref().map_or(arg.span(), Spanned::span));
    match value.as_ref().map(LitInt::base10_parse::<u32>) {
        Some(Ok(0)) => errors
            .on(&value, "versions count from 1\nhelp: leave `version` out, or write `version = 1`"),
        Some(Ok(version)) => event.version = version,
        Some(Err(_)) => errors.on(
            &value,
            "a version is a whole number from 1 to 4294967295\nhelp: write `version = 2`",
        ),
        None => {}
    }
}

/// `upcast = auto`
fn upcast(arg: &Arg, errors: &Errors) -> Option<Span> {
    let word = arg.value::<Ident>("`auto`", errors)?;
    if word == "auto" {
        return Some(arg.span());
    }
    errors.on(
        &word,
        format!("unknown upcast `{word}`\nhelp: write `upcast = auto`, or implement `UpcastFrom`"),
    );
    None
}

/// `name(domain, action, status)`, with `_` for a missing part.
fn name_override(arg: &Arg, errors: &Errors) -> Option<NameOverride> {
    let wrong = |tokens: TokenStream| {
        errors.on(
            &tokens,
            "`name` takes the three parts as words: names are declared, never computed\nhelp: write `name(domain, action, status)`, with `_` for a part that is absent",
        );
    };
    let Syntax::List(tokens) = &arg.syntax else {
        wrong(arg.word.to_token_stream());
        return None;
    };
    let mut parts = Vec::new();
    for chunk in chunks(tokens.clone()) {
        match chunk.as_slice() {
            [TokenTree::Ident(part)] if part == "_" => parts.push(None),
            [TokenTree::Ident(part)] => parts.push(Some(part.clone())),
            [TokenTree::Punct(punct)] if punct.as_char() == '_' => parts.push(None),
            other => {
                wrong(other.iter().cloned().collect());
                return None;
            }
        }
    }
    match <[Option<Ident>; 3]>::try_from(parts) {
        Ok(parts) => Some(NameOverride { span: arg.span(), parts }),
        Err(_) => {
            wrong(arg.word.to_token_stream());
            None
        }
    }
}

/// `beta`
fn stability(arg: &Arg, errors: &Errors) -> Option<Stability> {
    let word = arg.value::<Ident>("a word", errors)?;
    let known = Stability::from_word(&word.to_string());
    if known.is_none() {
        let hint = suggest::hint(&word.to_string(), Stability::ALL.map(Stability::as_str));
        errors.on(&word, format!("unknown stability `{word}`{hint}"));
    }
    known
}

/// `1 / 100`, or a rate as a number from 0 to 1.
fn sample(arg: &Arg, errors: &Errors) -> Option<(u32, u32)> {
    let help = "help: write `sample = 1 / 100`";
    let Syntax::Equals(tokens) = &arg.syntax else {
        errors.on(&arg.word, format!("`sample` takes a rate\n{help}"));
        return None;
    };
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let number = |tree: &TokenTree| {
        syn::parse2::<LitInt>(tree.clone().into()).ok()?.base10_parse::<u32>().ok()
    };
    let rate = match trees.as_slice() {
        [keep, TokenTree::Punct(slash), of] if slash.as_char() == '/' => {
            number(keep).zip(number(of))
        }
        _ => None,
    };
    match rate {
        Some((keep, of)) if of > 0 && keep <= of => Some((keep, of)),
        Some((keep, of)) => {
            errors
                .on(tokens, format!("the sample rate {keep}/{of} is not between 0 and 1\n{help}"));
            None
        }
        None => {
            let outside = syn::parse2::<Lit>(tokens.clone()).is_ok();
            let what = if outside {
                "a rate is written as a fraction"
            } else {
                "`sample` takes a rate between 0 and 1"
            };
            errors.on(tokens, format!("{what}\n{help}"));
            None
        }
    }
}

/// `"100/s"`: the maximum number per second, minute or hour.
fn limit(text: &syn::LitStr, errors: &Errors) -> Option<(u32, u32)> {
    let value = text.value();
    let limit = value.split_once('/').and_then(|(count, unit)| {
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            _ => return None,
        };
        count.trim().parse().ok().filter(|count| *count > 0).map(|count: u32| (count, seconds))
    });
    if limit.is_none() {
        errors.on(text, "`limit` takes a maximum number of events per second, minute or hour\nhelp: write it as `\"100/s\"`, `\"100/m\"` or `\"100/h\"`");
    }
    limit
}

/// The note of a `#[deprecated]`, which stays Rust's own attribute.
fn deprecation(head: &Head) -> Option<String> {
    let attr = head.attrs.iter().find(|attr| attr.path().is_ident("deprecated"))?;
    let note = match &attr.meta {
        Meta::NameValue(pair) => match &pair.value {
            syn::Expr::Lit(literal) => match &literal.lit {
                Lit::Str(note) => Some(note.value()),
                _ => None,
            },
            _ => None,
        },
        Meta::List(list) => {
            chunks(list.tokens.clone()).into_iter().find_map(|chunk| match chunk.as_slice() {
                [TokenTree::Ident(word), TokenTree::Punct(_), value] if word == "note" => {
                    syn::parse2::<syn::LitStr>(value.clone().into()).ok().map(|note| note.value())
                }
                _ => None,
            })
        }
        Meta::Path(_) => None,
    };
    Some(note.unwrap_or_else(|| "deprecated".to_owned()))
}
