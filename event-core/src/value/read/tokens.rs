//! The tokens of JSON text: white space, strings, numbers, words, keys.

use super::plain::plain;
use super::scan::Raw;

/// The byte offset of a syntax error, or another reason to refuse the text.
pub(super) enum Fault {
    Syntax(usize),
    TooDeep,
    Surrogate,
}

pub(super) type Scanned<T> = Result<T, Fault>;

/// A place in JSON text.
pub(super) struct Scanner<'de> {
    pub(super) json: &'de str,
    pub(super) at: usize,
    /// How many objects and lists may be open at once.
    pub(super) most: u32,
}

impl<'de> Scanner<'de> {
    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.json.as_bytes().get(self.at).copied()
    }

    pub(super) fn wrong<T>(&self) -> Scanned<T> {
        Err(Fault::Syntax(self.at))
    }

    #[inline]
    pub(super) fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Skips `byte` and the white space after it.
    #[inline]
    pub(super) fn pass(&mut self, byte: u8) -> Scanned<()> {
        if self.peek() != Some(byte) {
            return self.wrong();
        }
        self.at += 1;
        self.space();
        Ok(())
    }

    pub(super) fn since(&self, from: usize) -> Scanned<&'de str> {
        self.json.get(from..self.at).ok_or(Fault::Syntax(self.at))
    }

    /// Skips a string with its quotes. Returns whether it has an escape.
    #[inline]
    pub(super) fn string(&mut self) -> Scanned<bool> {
        if self.peek() != Some(b'"') {
            return self.wrong();
        }
        self.at += 1;
        let bytes = self.json.as_bytes();
        let mut escaped = false;
        loop {
            self.at += plain(bytes.get(self.at..).unwrap_or_default());
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                Some(byte) if byte >= b' ' => self.at += 1,
                _ => return self.wrong(),
            }
        }
    }

    fn escape(&mut self) -> Scanned<()> {
        let rest = self.json.as_bytes().get(self.at + 1..).unwrap_or_default();
        self.at += match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', a, b, c, d, ..]
                if [a, b, c, d].iter().all(|digit| digit.is_ascii_hexdigit()) =>
            {
                6
            }
            _ => return self.wrong(),
        };
        Ok(())
    }

    pub(super) fn word_or_number(&mut self) -> Scanned<()> {
        if let Some(b'-' | b'0'..=b'9') = self.peek() {
            return self.number();
        }
        let rest = self.json.as_bytes().get(self.at..).unwrap_or_default();
        let word =
            ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word.as_bytes()));
        self.at += word.ok_or(Fault::Syntax(self.at))?.len();
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> Scanned<()> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// Skips at least one digit.
    #[inline]
    fn digits(&mut self) -> Scanned<()> {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == from { self.wrong() } else { Ok(()) }
    }

    /// Skips a key and its colon, and returns the key.
    #[inline]
    pub(super) fn key(&mut self) -> Scanned<Raw<'de>> {
        let from = self.at;
        let escaped = self.string()?;
        let json = self.since(from)?;
        self.space();
        self.pass(b':')?;
        Ok(Raw { json, escaped })
    }
}
