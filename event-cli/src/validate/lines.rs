//! Reads the lines of any stream, in constant memory.

use std::io::{self, BufRead, BufReader, Read};

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'b> {
    /// A complete line.
    Whole {
        /// The bytes of the line.
        bytes: &'b [u8],
        /// Whether a line break follows. The last line of a truncated file has none.
        ended: bool,
    },
    /// The line is longer than the limit; its content was skipped.
    TooLong,
}

/// The lines of `input`.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    longest: u64,
    line: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// Lines of at most `longest` bytes, without the line break.
    pub(super) fn new(input: R, longest: u64) -> Self {
        Self {
            input: BufReader::with_capacity(1 << 16, input),
            longest,
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line and its number, from 1.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        self.line.clear();
        let room = self.longest.saturating_add(1);
        (&mut self.input).take(room).read_until(b'\n', &mut self.line)?;
        if self.line.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let ended = self.line.last() == Some(&b'\n');
        if !ended && self.line.len() as u64 > self.longest {
            self.input.skip_until(b'\n')?;
            return Ok(Some((self.number, Line::TooLong)));
        }
        let bytes = if ended { &self.line[..self.line.len() - 1] } else { &self.line[..] };
        Ok(Some((self.number, Line::Whole { bytes, ended })))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};
    use proptest::prelude::*;

    fn all(input: &[u8], longest: u64) -> Vec<Option<(Vec<u8>, bool)>> {
        let mut lines = Lines::new(input, longest);
        let mut all = Vec::new();
        while let Some((number, line)) = lines.next().unwrap() {
            all.push(match line {
                Line::Whole { bytes, ended } => Some((bytes.to_owned(), ended)),
                Line::TooLong => None,
            });
            assert_eq!(number, all.len() as u64);
        }
        all
    }

    proptest! {
        #[test]
        fn no_byte_is_lost(input in "[ab\n]{0,60}", longest in 1..20_u64) {
            let found: Vec<_> = all(input.as_bytes(), longest).into_iter().map(|line| line.map(|(bytes, _)| bytes)).collect();
            let expected: Vec<_> = input
                .split_terminator('\n')
                .map(|line| Some(line.as_bytes().to_owned()).filter(|line| line.len() as u64 <= longest))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_last_line_may_have_no_end() {
        assert_eq!(all(b"a\nb", 5), [Some((b"a".to_vec(), true)), Some((b"b".to_vec(), false))]);
        assert_eq!(all(b"", 5), []);
    }
}
