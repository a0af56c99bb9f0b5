//! Builds a language from the pieces of a pattern, and resolves anchors and look-ahead.

use super::Language;
use super::parse::{Piece, parse};

/// The maximum number of choices that are copied together with everything after them.
const COPIES: usize = 8;

/// The texts in which the pattern is found; `None` if it is not regular or not supported.
pub(crate) fn language_of(pattern: &str) -> Option<Language> {
    let pieces = vec![parse(pattern)?];
    if copies(&pieces) > COPIES { None } else { found(pieces) }
}

/// The texts in which a sequence is found. If it may begin with an anchor, each case is built
/// separately.
fn found(mut pieces: Vec<Piece>) -> Option<Language> {
    match pieces.first() {
        Some(Piece::Start) => before(at_start(pieces), Language::everything()),
        Some(Piece::Sequence(_)) => {
            let Piece::Sequence(mut inner) = pieces.remove(0) else { return None };
            inner.append(&mut pieces);
            found(inner)
        }
        Some(Piece::Choice(choices)) if !choices.iter().all(is_free) => {
            let rest = pieces.split_off(1);
            let Some(Piece::Choice(choices)) = pieces.pop() else { return None };
            let mut all = Language::nothing();
            for choice in choices {
                all = all.or(found(std::iter::once(choice).chain(rest.iter().cloned()).collect())?);
            }
            Some(all)
        }
        _ => Some(Language::everything().then(before(pieces, Language::everything())?)),
    }
}

/// A sequence at the start of the text, where start anchors have no effect.
fn at_start(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut pieces = pieces.into_iter().peekable();
    while pieces.next_if(|piece| matches!(piece, Piece::Start)).is_some() {}
    let first = pieces.next().map(|first| match first {
        Piece::Sequence(inner) => Piece::Sequence(at_start(inner)),
        Piece::Choice(choices) => Piece::Choice(
            choices.into_iter().map(|choice| Piece::Sequence(at_start(vec![choice]))).collect(),
        ),
        other => other,
    });
    first.into_iter().chain(pieces).collect()
}

/// Whether no part of it depends on the start of the text.
fn is_free(piece: &Piece) -> bool {
    match piece {
        Piece::Set(_) | Piece::End => true,
        Piece::Start => false,
        Piece::Sequence(pieces) | Piece::Choice(pieces) => pieces.iter().all(is_free),
        Piece::Repeat(inner, ..) | Piece::Ahead(inner, _) => is_free(inner),
    }
}

/// Whether any of the pieces depends on the text after it.
fn looks_on(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| match piece {
        Piece::Set(_) | Piece::Start => false,
        Piece::End | Piece::Ahead(..) => true,
        Piece::Sequence(pieces) | Piece::Choice(pieces) => looks_on(pieces),
        Piece::Repeat(inner, ..) => looks_on(std::slice::from_ref(inner)),
    })
}

/// The number of choices that depend on the text after them: each is built with a copy of the rest.
fn copies(pieces: &[Piece]) -> usize {
    let of = |piece: &Piece| match piece {
        Piece::Choice(choices) => {
            usize::from(looks_on(choices) || !choices.iter().all(is_free)) + copies(choices)
        }
        Piece::Sequence(pieces) => copies(pieces),
        Piece::Repeat(inner, ..) | Piece::Ahead(inner, _) => copies(std::slice::from_ref(inner)),
        Piece::Set(_) | Piece::Start | Piece::End => 0,
    };
    pieces.iter().map(of).sum()
}

/// A sequence and the rest that may follow it.
fn before(pieces: Vec<Piece>, mut rest: Language) -> Option<Language> {
    for piece in pieces.into_iter().rev() {
        rest = one_before(piece, rest)?;
    }
    Some(rest)
}

fn one_before(piece: Piece, rest: Language) -> Option<Language> {
    Some(match piece {
        Piece::Set(class) => Language::one(class).then(rest),
        // An anchor in the middle of a text is not supported.
        Piece::Start => return None,
        Piece::End => rest.and(Language::empty()),
        Piece::Sequence(pieces) => before(pieces, rest)?,
        Piece::Choice(choices) if !looks_on(&choices) => alone(Piece::Choice(choices))?.then(rest),
        Piece::Choice(choices) => {
            let mut all = Language::nothing();
            for choice in choices {
                all = all.or(one_before(choice, rest.clone())?);
            }
            all
        }
        Piece::Repeat(inner, min, max) => alone(*inner)?.repeat(min, max).then(rest),
        Piece::Ahead(inner, holds) => {
            let ahead = one_before(*inner, Language::everything())?;
            rest.and(if holds { ahead } else { ahead.not() })
        }
    })
}

/// The texts that a piece matches, whatever follows; `None` if the text after it matters.
fn alone(piece: Piece) -> Option<Language> {
    Some(match piece {
        Piece::Set(class) => Language::one(class),
        Piece::Start | Piece::End | Piece::Ahead(..) => return None,
        Piece::Sequence(pieces) => {
            let mut whole = Language::empty();
            for piece in pieces.into_iter().rev() {
                whole = alone(piece)?.then(whole);
            }
            whole
        }
        Piece::Choice(pieces) => {
            let mut whole = Language::nothing();
            for piece in pieces {
                whole = whole.or(alone(piece)?);
            }
            whole
        }
        Piece::Repeat(inner, min, max) => alone(*inner)?.repeat(min, max),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Excluded, Found, Lengths, search};
    use super::language_of;

    const ANY: Lengths = Lengths { min: 0, max: None };

    #[test]
    fn patterns_are_found_anywhere_unless_anchored() {
        for (pattern, inside, outside) in [
            ("a", "cat", "dog"),
            ("^a", "ab", "ba"),
            ("^(a|b)$", "b", "ab"),
            ("^a|b$", "xb", "bx"),
            (r"^\d{2,3}$", "123", "1"),
            (r"^[^\s/]+$", "a-b", "a b"),
            (r"^(?:[a-z]+\.)*[a-z]+$", "a.b.c", "a..b"),
            ("^(^a$)$", "a", "aa"),
            ("^.$", "é", "\n"),
            (r"^[\-a]{2}$", "-a", "b-"),
            ("^(?!plugins$)[a-z]+$", "plugin", "plugins"),
            ("^(?=.{2,3}$)[a-z]*", "abc", "abcd"),
            ("^(?=.*[0-9])(?!.*--).*$", "a-1", "a--1"),
            ("(?!a)b", "ab", "a"),
            ("^(?:a|b(?=c))c?$", "bc", "b"),
            ("(a$|^b)", "ba", "ab"),
        ] {
            let language = language_of(pattern).unwrap();
            let has = |text: &str| language.has_within(text, &mut { super::super::WORK });
            assert_eq!((has(inside), has(outside)), (Some(true), Some(false)), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_regular_has_no_language() {
        for pattern in [
            "(?<!a)b",
            "(?:(?!a$)a)*",
            r"\bword",
            r"(a)\1",
            r"\p{L}",
            "[z-a]",
            "a{2,1}",
            "(",
            "a)",
            "*",
            "a^b",
            "[[:alpha:]]",
        ] {
            assert!(language_of(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn inclusion_is_decided() {
        let (narrow, wide) =
            (language_of("^[a-c]{2,4}$").unwrap(), language_of("^[a-z]+$").unwrap());
        assert_eq!(
            search(&narrow.clone().and(wide.clone().not()), ANY, &Excluded::of([]), 1, &mut 0),
            Found::Nothing
        );
        let Found::Texts(texts) =
            search(&wide.and(narrow.not()), ANY, &Excluded::of([]), 1, &mut 0)
        else {
            panic!("there is one")
        };
        assert_eq!(texts, ["a"]);
        let long = Lengths { min: 5, max: Some(5) };
        assert_eq!(
            search(&language_of("^(ab)*$").unwrap(), long, &Excluded::of([]), 1, &mut 0),
            Found::Nothing
        );
    }
}
