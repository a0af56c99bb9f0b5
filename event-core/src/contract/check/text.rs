//! The text of a compile-time error, built in a constant.

/// Enough for any message here with long names. A longer text is cut.
const CAPACITY: usize = 1024;

pub(crate) struct Text {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Text {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; CAPACITY], len: 0 }
    }

    #[must_use]
    pub(crate) const fn and(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() && self.len < CAPACITY {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    #[must_use]
    pub(crate) const fn and_number(mut self, number: u32) -> Self {
        if number >= 10 {
            self = self.and_number(number / 10);
        }
        let digit = [b'0' + (number % 10) as u8];
        match str::from_utf8(&digit) {
            Ok(digit) => self.and(digit),
            Err(_) => self,
        }
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.len);
        match str::from_utf8(text) {
            Ok(text) => text,
            // The cut is within a character.
            Err(error) => match str::from_utf8(text.split_at(error.valid_up_to()).0) {
                Ok(text) => text,
                Err(_) => "",
            },
        }
    }
}
