//! The masks of numbers: card, account and telephone numbers.

use super::{Mask, MaskWriter};

/// Shows the last four letters or digits of a number: `****4242`. Shows `****` if the text is not
/// certainly one number.
///
/// # Worst case
///
/// Four ASCII letters or digits, while at least four more are hidden. Nothing is shown of a card
/// number with other text before or after it (a security code, an expiry date, a label):
/// `4242 4242 4242 4242 123` is `****`. Only these texts show their end:
///
/// - 8 to 15 digits without separators, in groups of 3-2-4, 3-3-4 or 1-3-3-4, or as a telephone
///   number that starts with `+`
/// - a card number as [`Card`] shows it
/// - letters and digits, with hyphens between them, fewer than 12 of them digits: `A1234567B`,
///   `tok-12345678`
/// - an IBAN without spaces whose check digits are right
///
/// Digits that may be a shorter card number followed by a code show nothing. So some valid numbers
/// show nothing either: card numbers of 17 to 19 digits, and about one in ten Visa numbers (its
/// first 13 digits are a valid number).
#[derive(Debug)]
pub enum Last4 {}

/// Shows a card number as PCI DSS allows, the first six digits and the last four:
/// `424242******4242`. Shows `****` if the text is not certainly one card number.
///
/// # Worst case
///
/// Six digits and four, of a text that is exactly one card number: 13 to 16 digits with a correct
/// check digit (ISO/IEC 7812-1), without separators or in groups of 4-4-4-4, 4-6-5 or 4-6-4,
/// separated by spaces or hyphens. Six and four are the most that the standard allows; a number of
/// 13 digits then has only three hidden digits. [`Last4`] shows less. With other text before or
/// after the number, nothing is shown. Numbers of 17 to 19 digits show nothing, because their end
/// may be a security code. For the same reason about one in ten Visa numbers (its first 13 digits
/// are a valid number) shows nothing.
#[derive(Debug)]
pub enum Card {}

/// The output if nothing is shown.
const HIDDEN: &str = "****";
/// How many characters are shown at the end.
const LAST: usize = 4;

impl Mask for Last4 {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        out.show(HIDDEN);
        if let Some(end) = text.strip_prefix(HIDDEN).filter(|end| is_end(end)) {
            // The text is masked already.
            return out.show(end);
        }
        if let Some(number) = number(text.trim()) {
            out.show(number.part(number.len - LAST..number.len));
        }
    }
}

impl Mask for Card {
    fn write(text: &str, out: &mut MaskWriter<'_>) {
        const FIRST: usize = 6;
        if is_masked_card(text) {
            return out.show(text);
        }
        let Some(card) = card(text.trim()) else { return out.show(HIDDEN) };
        let last = card.len - LAST;
        out.show(card.part(0..FIRST));
        for _ in FIRST..last {
            out.show("*");
        }
        out.show(card.part(last..card.len));
    }
}

fn is_end(text: &str) -> bool {
    text.len() == LAST && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Six digits, three to nine stars, four digits. Earlier versions wrote up to nine stars.
fn is_masked_card(text: &str) -> bool {
    let is_digits =
        |text: &str, len| text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((first, rest)) = text.split_once('*') else { return false };
    let last = rest.trim_start_matches('*');
    is_digits(first, 6) && is_digits(last, LAST) && (3..=9).contains(&(1 + rest.len() - last.len()))
}

/// Letters and digits, and the groups that they are written in. It does not allocate, because masks
/// are on the path of every event.
struct Number {
    text: [u8; Self::MOST],
    len: usize,
    groups: [usize; Self::MOST_GROUPS],
    group_count: usize,
    last_group: usize,
}

impl Number {
    const MOST: usize = 64;
    /// No known layout has as many groups.
    const MOST_GROUPS: usize = 5;

    /// Reads the letters and digits of a text. Returns `None` if the text has other characters than
    /// separators.
    fn read(text: &str, separators: &[u8]) -> Option<Self> {
        let mut number = Self {
            text: [0; Self::MOST],
            len: 0,
            groups: [0; Self::MOST_GROUPS],
            group_count: 0,
            last_group: 0,
        };
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() {
                *number.text.get_mut(number.len)? = byte;
                number.len += 1;
                number.last_group += 1;
            } else if separators.contains(&byte) {
                number.end_group();
            } else {
                return None;
            }
        }
        let last_group = number.last_group;
        number.end_group();
        Some(Self { last_group, ..number })
    }

    fn end_group(&mut self) {
        if self.last_group > 0 && self.group_count < Self::MOST_GROUPS {
            self.groups[self.group_count] = self.last_group;
            self.group_count += 1;
        }
        self.last_group = 0;
    }

    fn part(&self, range: std::ops::Range<usize>) -> &str {
        str::from_utf8(&self.text[range]).unwrap_or_default()
    }

    fn bytes(&self) -> &[u8] {
        &self.text[..self.len]
    }

    fn groups(&self) -> &[usize] {
        &self.groups[..self.group_count]
    }
}

/// Reads a text that is certainly one number, of at least eight letters or digits.
fn number(text: &str) -> Option<Number> {
    const LEAST: usize = 8;
    /// A card number has at least this many digits.
    const LEAST_OF_A_CARD: usize = 12;
    let number = Number::read(text, b" -.()+")?;
    let digits = number.bytes().iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_one = if digits < number.len {
        let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_word && (digits < LEAST_OF_A_CARD || is_iban(text))
    } else if digits < 16 {
        (text.starts_with('+') || is_laid_out(number.groups())) && !hides_a_code(number.bytes())
    } else {
        card(text).is_some()
    };
    (is_one && number.len >= LEAST && number.last_group >= LAST).then_some(number)
}

/// Whether digits in groups of these lengths are one number. In another layout the last group may
/// be a code.
fn is_laid_out(groups: &[usize]) -> bool {
    matches!(groups, [_] | [3, 2 | 3, 4] | [1, 3, 3, 4] | [4, 6, 4 | 5])
}

/// Reads a text that is certainly one card number.
fn card(text: &str) -> Option<Number> {
    let number = Number::read(text, b" -")?;
    let digits = number.bytes();
    let is_of_a_card = matches!(number.groups(), [13..=16] | [4, 4, 4, 4] | [4, 6, 4 | 5]);
    let is_card = is_of_a_card
        && digits.iter().all(u8::is_ascii_digit)
        && is_valid(digits)
        && !hides_a_code(digits);
    is_card.then_some(number)
}

/// Whether the digits may be a shorter card number with a code of three or four digits before or
/// after it.
fn hides_a_code(digits: &[u8]) -> bool {
    let is_card = |digits: &[u8]| digits.len() >= shortest(digits) && is_valid(digits);
    [3, 4]
        .into_iter()
        .filter(|code| digits.len() > *code)
        .any(|code| is_card(&digits[..digits.len() - code]) || is_card(&digits[code..]))
}

/// The minimum length of a card number with these first digits, for schemes whose numbers differ in
/// length: Maestro numbers have 12 digits or more, and old Visa numbers had 13.
fn shortest(digits: &[u8]) -> usize {
    match digits {
        [b'4', ..] => 13,
        [b'5', b'0' | b'6'..=b'8', ..] | [b'6', ..] => 12,
        _ => usize::MAX,
    }
}

/// Whether the check digit is right (ISO/IEC 7812-1, annex B).
fn is_valid(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') << (at % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the text is an IBAN with right check digits (ISO 13616): the number, its first four
/// characters moved to the end, is 1 modulo 97.
fn is_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [a, b, c, d, rest @ ..] = bytes else { return false };
    let is_headed = a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && c.is_ascii_digit()
        && d.is_ascii_digit();
    let is_long = (11..=30).contains(&rest.len());
    let remainder = rest.iter().chain(&bytes[..4]).try_fold(0, |sum: u32, byte| match byte {
        b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    is_headed && is_long && remainder == Some(1)
}
