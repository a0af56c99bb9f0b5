//! ECMA-262 regular expressions to languages.
//!
//! What engines disagree about has no language here: `\d`, `\w`, `\s` and their opposites are read as ASCII (ECMA-262), as far as engines agree on it.

use super::Language;
use super::language::Class;

/// A pattern before its anchors are resolved.
enum Piece {
    Set(Class),
    Start,
    End,
    Sequence(Vec<Piece>),
    Choice(Vec<Piece>),
    Repeat(Box<Piece>, u32, Option<u32>),
}

/// Counted repetitions above it take longer to decide than they are worth.
const REPETITIONS: u32 = 1_000;
/// Patterns nest at most so deep.
const DEPTH: usize = 40;

pub(super) fn parse(pattern: &str) -> Option<Language> {
    let mut parser = Parser { rest: pattern.chars().peekable(), depth: 0 };
    let piece = parser.choice()?;
    if parser.rest.next().is_some() {
        return None;
    }
    let mut whole = Language::nothing();
    for way in ways(piece)? {
        let prefix = if way.starts { Language::empty() } else { Language::everything() };
        let suffix = if way.ends { Language::empty() } else { Language::everything() };
        whole = whole.or(prefix.then(way.inner).then(suffix));
    }
    Some(whole)
}

/// One of the ways through a pattern: what it matches, and whether it is anchored.
struct Way {
    starts: bool,
    ends: bool,
    inner: Language,
}

/// Pulls anchors out to the ends. One in the middle of a text is not looked for.
fn ways(piece: Piece) -> Option<Vec<Way>> {
    let mut pieces = match piece {
        Piece::Choice(choices) => {
            let mut all = Vec::new();
            for choice in choices {
                all.extend(ways(choice)?);
            }
            return Some(all);
        }
        Piece::Sequence(pieces) => pieces,
        other => vec![other],
    };
    let (mut starts, mut ends) = (false, false);
    while matches!(pieces.first(), Some(Piece::Start)) {
        starts = true;
        pieces.remove(0);
    }
    while matches!(pieces.last(), Some(Piece::End)) {
        ends = true;
        pieces.pop();
    }
    if pieces.len() == 1 && !pieces.iter().all(is_free) {
        let inner = ways(pieces.remove(0))?;
        return Some(
            inner.into_iter().map(|way| Way { starts: starts || way.starts, ends: ends || way.ends, ..way }).collect(),
        );
    }
    let inner = language(Piece::Sequence(pieces))?;
    Some(vec![Way { starts, ends, inner }])
}

/// Whether there is no anchor in it.
fn is_free(piece: &Piece) -> bool {
    match piece {
        Piece::Set(_) => true,
        Piece::Start | Piece::End => false,
        Piece::Sequence(pieces) | Piece::Choice(pieces) => pieces.iter().all(is_free),
        Piece::Repeat(inner, ..) => is_free(inner),
    }
}

fn language(piece: Piece) -> Option<Language> {
    Some(match piece {
        Piece::Set(class) => Language::one(class),
        Piece::Start | Piece::End => return None,
        Piece::Sequence(pieces) => {
            let mut whole = Language::empty();
            for piece in pieces.into_iter().rev() {
                whole = language(piece)?.then(whole);
            }
            whole
        }
        Piece::Choice(pieces) => {
            let mut whole = Language::nothing();
            for piece in pieces {
                whole = whole.or(language(piece)?);
            }
            whole
        }
        Piece::Repeat(inner, min, max) => language(*inner)?.repeat(min, max),
    })
}

struct Parser<'p> {
    rest: std::iter::Peekable<std::str::Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    fn choice(&mut self) -> Option<Piece> {
        self.depth += 1;
        if self.depth > DEPTH {
            return None;
        }
        let mut choices = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            choices.push(self.sequence()?);
        }
        self.depth -= 1;
        Some(if choices.len() == 1 { choices.remove(0) } else { Piece::Choice(choices) })
    }

    fn sequence(&mut self) -> Option<Piece> {
        let mut pieces = Vec::new();
        while let Some(c) = self.rest.next_if(|c| !matches!(c, '|' | ')')) {
            let piece = match c {
                '^' => Piece::Start,
                '$' => Piece::End,
                '(' => self.group()?,
                '[' => Piece::Set(self.set()?),
                '.' => Piece::Set(Class::of(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).complement()),
                '\\' => Piece::Set(self.escape(false)?),
                '*' | '+' | '?' | '{' | '}' | ']' => return None,
                c => Piece::Set(single(c)),
            };
            pieces.push(self.repeated(piece)?);
        }
        Some(Piece::Sequence(pieces))
    }

    fn group(&mut self) -> Option<Piece> {
        if self.rest.next_if_eq(&'?').is_some() {
            match self.rest.next()? {
                ':' => {}
                // A name; `(?<=` and `(?<!` look behind.
                '<' => {
                    while self.rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_').is_some() {}
                    self.rest.next_if_eq(&'>')?;
                }
                _ => return None,
            }
        }
        let inner = self.choice()?;
        self.rest.next_if_eq(&')')?;
        Some(inner)
    }

    fn repeated(&mut self, piece: Piece) -> Option<Piece> {
        let (min, max) = match self.rest.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(piece),
            _ => return Some(piece),
        };
        self.rest.next();
        self.lazy();
        Some(Piece::Repeat(Box::new(piece), min, max))
    }

    fn counted(&mut self, piece: Piece) -> Option<Piece> {
        self.rest.next();
        let min = self.number()?;
        let max = if self.rest.next_if_eq(&',').is_none() {
            Some(min)
        } else if self.rest.peek() == Some(&'}') {
            None
        } else {
            Some(self.number()?)
        };
        self.rest.next_if_eq(&'}')?;
        self.lazy();
        if min.max(max.unwrap_or(0)) > REPETITIONS || max.is_some_and(|max| max < min) {
            return None;
        }
        Some(Piece::Repeat(Box::new(piece), min, max))
    }

    /// How greedy it is says nothing about what is matched.
    fn lazy(&mut self) {
        self.rest.next_if_eq(&'?');
    }

    fn number(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.rest.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok()
    }

    fn set(&mut self) -> Option<Class> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                '\\' => self.escape(true)?,
                // Engines with nested sets and intersections read these otherwise.
                '[' => return None,
                '&' if self.rest.peek() == Some(&'&') => return None,
                c => single(c),
            };
            let is_range = self.rest.peek() == Some(&'-') && {
                let mut ahead = self.rest.clone();
                ahead.next();
                ahead.peek() != Some(&']')
            };
            if !is_range {
                ranges.extend(first.ranges());
                continue;
            }
            self.rest.next();
            let last = match self.rest.next()? {
                '\\' => self.escape(true)?,
                '[' | '-' => return None,
                c => single(c),
            };
            let ([(low, from)], [(to, high)]) = (first.ranges(), last.ranges()) else { return None };
            if low != from || to != high || low > high {
                return None;
            }
            ranges.push((*low, *high));
        }
        let class = Class::of(ranges);
        Some(if negated { class.complement() } else { class })
    }

    fn escape(&mut self, in_set: bool) -> Option<Class> {
        let digits = || Class::of(vec![(0x30, 0x39)]);
        let word = || Class::of(vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]);
        let space = || {
            let wide = [(0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)];
            let narrow = [(0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0xFEFF, 0xFEFF)];
            Class::of(narrow.into_iter().chain(wide).collect())
        };
        Some(match self.rest.next()? {
            'd' => digits(),
            'D' => digits().complement(),
            'w' => word(),
            'W' => word().complement(),
            's' => space(),
            'S' => space().complement(),
            't' => single('\t'),
            'n' => single('\n'),
            'r' => single('\r'),
            'f' => single('\u{c}'),
            'v' => single('\u{b}'),
            'x' => single(self.hex(2)?),
            'u' => single(self.hex(4)?),
            '-' if in_set => single('-'),
            c if c.is_ascii_punctuation() => single(c),
            _ => return None,
        })
    }

    fn hex(&mut self, digits: usize) -> Option<char> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.rest.next()?.to_digit(16)?;
        }
        char::from_u32(code)
    }
}

fn single(c: char) -> Class {
    Class::of(vec![(u32::from(c), u32::from(c))])
}

#[cfg(test)]
mod tests {
    use super::super::{Found, Lengths, search};
    use super::parse;

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
        ] {
            let language = parse(pattern).unwrap();
            assert_eq!((language.has(inside), language.has(outside)), (Some(true), Some(false)), "{pattern}");
        }
    }

    #[test]
    fn what_is_not_regular_has_no_language() {
        for pattern in
            ["(?=a)", "(?<!a)b", r"(a)\1", r"\bword", r"\p{L}", "[z-a]", "a{2,1}", "(", "a)", "*", "a^b", "[[a]]"]
        {
            assert!(parse(pattern).is_none(), "{pattern}");
        }
    }

    #[test]
    fn inclusion_is_decided() {
        let (narrow, wide) = (parse("^[a-c]{2,4}$").unwrap(), parse("^[a-z]+$").unwrap());
        assert_eq!(search(&narrow.clone().and(wide.clone().not()), ANY, 1), Found::Nothing);
        let Found::Texts(texts) = search(&wide.and(narrow.not()), ANY, 1) else { panic!("there is one") };
        assert_eq!(texts, ["a"]);
        let long = Lengths { min: 5, max: Some(5) };
        assert_eq!(search(&parse("^(ab)*$").unwrap(), long, 1), Found::Nothing);
    }
}
