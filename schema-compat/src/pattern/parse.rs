//! Parses ECMA-262 regular expressions.
//!
//! Patterns that engines read differently are not supported. `\d`, `\w`, `\s` and their opposites
//! are read as ASCII (ECMA-262), as far as engines agree.

use super::language::Class;

/// A pattern before its anchors are resolved.
#[derive(Clone)]
pub(super) enum Piece {
    Set(Class),
    Start,
    End,
    Sequence(Vec<Piece>),
    Choice(Vec<Piece>),
    Repeat(Box<Piece>, u32, Option<u32>),
    /// The text after this must begin like that, or must not.
    Ahead(Box<Piece>, bool),
}

/// The maximum repetition count; more would take too long to decide.
const REPETITIONS: u32 = 1_000;
/// The maximum depth of a pattern.
const DEPTH: usize = 40;
/// The maximum length of a pattern; the language of a longer pattern would be too large to walk.
const LENGTH: usize = 4_000;

/// The pieces of a pattern; `None` if it is not regular, too long or not supported.
pub(super) fn parse(pattern: &str) -> Option<Piece> {
    if pattern.len() > LENGTH {
        return None;
    }
    let mut parser = Parser { rest: pattern.chars().peekable(), depth: 0 };
    let piece = parser.choice()?;
    if parser.rest.next().is_some() { None } else { Some(piece) }
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
                '.' => Piece::Set(
                    Class::of(vec![(0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029)]).complement(),
                ),
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
                ahead @ ('=' | '!') => {
                    let inner = self.choice()?;
                    self.rest.next_if_eq(&')')?;
                    return Some(Piece::Ahead(Box::new(inner), ahead == '='));
                }
                // A group name; `(?<=` and `(?<!` are look-behind.
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

    /// Laziness does not change what matches.
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
                // A POSIX class, which is not ECMA-262: `[:alpha:]`.
                '[' if matches!(self.rest.peek(), Some(':' | '.' | '=')) => return None,
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
                '-' => return None,
                c => single(c),
            };
            let ([(low, from)], [(to, high)]) = (first.ranges(), last.ranges()) else {
                return None;
            };
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
            let wide = [
                (0x2000, 0x200A),
                (0x2028, 0x2029),
                (0x202F, 0x202F),
                (0x205F, 0x205F),
                (0x3000, 0x3000),
            ];
            let narrow =
                [(0x09, 0x0D), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0xFEFF, 0xFEFF)];
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
