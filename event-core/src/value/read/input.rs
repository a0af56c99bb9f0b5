//! One JSON value, and the types that it can be read as.

use super::object::Object;
use super::scan::{self, Raw};
use super::{MAX_DEPTH, ReadError, ReadErrorKind, alternatives, number, text};
use std::borrow::Cow;

/// One JSON value that is not converted yet.
#[derive(Clone, Copy, Debug)]
pub struct Input<'de> {
    raw: Raw<'de>,
    depth: u8,
}

impl<'de> Input<'de> {
    /// Parses one JSON value. Skips a byte order mark before it.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::Syntax`] if the text is not JSON, and [`ReadErrorKind::TextTooDeep`] if it
    /// is nested too deep.
    pub fn parse(json: &'de str) -> Result<Self, ReadError> {
        alternatives::begin(json.len());
        scan::value(json).map(|raw| Self::new(raw, 0))
    }

    /// A value inside `depth` other values.
    pub(super) const fn new(raw: Raw<'de>, depth: u8) -> Self {
        Self { raw, depth }
    }

    /// The value's JSON.
    pub fn json(&self) -> &'de str {
        self.raw.json
    }

    /// The kind of the value, in words.
    pub fn kind(&self) -> &'static str {
        match self.json().as_bytes().first() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "text",
            Some(b't' | b'f') => "a truth value",
            Some(b'n') => "null",
            _ => "a number",
        }
    }

    fn is_number(&self) -> bool {
        matches!(self.json().as_bytes().first(), Some(b'-' | b'0'..=b'9'))
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.json() == "null"
    }

    /// The error for a value of another kind than expected.
    pub fn mismatch(&self, expected: &'static str) -> ReadError {
        ReadError::new(ReadErrorKind::Mismatch { expected, found: self.kind() })
    }

    /// The text, borrowed if it has no escapes.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not text, or has half of a surrogate pair.
    #[inline]
    pub fn text(&self) -> Result<Cow<'de, str>, ReadError> {
        if !self.json().starts_with('"') {
            return Err(self.mismatch("text"));
        }
        text::of(self.raw)
            .map_err(|text::LoneSurrogate| ReadError::new(ReadErrorKind::LoneSurrogate))
    }

    /// The boolean.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a boolean.
    pub fn truth(&self) -> Result<bool, ReadError> {
        match self.json() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.mismatch("a truth value")),
        }
    }

    /// The integer, exactly, in any spelling: `4999.0`, `-0.0` and `1e2` are integers, as in JSON
    /// Schema.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a number, has a fraction, or does not fit a `T`.
    /// `expected` describes `T`.
    ///
    /// ```
    /// use event_core::read::Input;
    ///
    /// let read = |json| Input::parse(json)?.integer::<i64>("an integer of 64 bits");
    /// assert_eq!(read("9007199254740993.0"), Ok(9_007_199_254_740_993));
    /// assert_eq!(read("1e400").unwrap_err().to_string(), "the number does not fit an integer of 64 bits");
    /// assert_eq!(read("0.5").unwrap_err().to_string(), "expected an integer of 64 bits, found a number with a fraction");
    /// ```
    pub fn integer<T: TryFrom<i128>>(&self, expected: &'static str) -> Result<T, ReadError> {
        if !self.is_number() {
            return Err(self.mismatch(expected));
        }
        let number = number::whole(self.json(), expected)?;
        number.try_into().map_err(|_| ReadError::new(ReadErrorKind::OutOfRange { expected }))
    }

    /// The version of an event: an integer. Envelopes of other systems may have it as text,
    /// `"event_version":"1"`, which is the same version.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is neither, or does not fit 32 bits.
    pub fn version(&self) -> Result<u32, ReadError> {
        const EXPECTED: &str = "an integer of 32 bits, not negative";
        if !self.json().starts_with('"') {
            return self.integer(EXPECTED);
        }
        let text = self.text()?;
        let is_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let version = is_digits.then(|| text.parse().ok()).flatten();
        version.ok_or(ReadError::new(ReadErrorKind::Malformed { expected: EXPECTED }))
    }

    /// A number, or NaN for `null`, as [`Encoder::float`](crate::value::Encoder::float) writes it.
    /// Exact; `serde_json` reads exactly only with a feature.
    pub(crate) fn float<T: Float>(&self) -> Result<T, ReadError> {
        match self.kind() {
            "null" => Ok(f32::NAN.into()),
            "a number" => self.number("a number", T::EXPECTED),
            _ => Err(self.mismatch("a number")),
        }
    }

    /// A number that is neither NaN nor infinite.
    pub(crate) fn finite<T: Float>(&self) -> Result<T, ReadError> {
        const EXPECTED: &str = "a finite number";
        if self.is_number() {
            self.number(EXPECTED, T::EXPECTED)
        } else {
            Err(self.mismatch(EXPECTED))
        }
    }

    /// A number in the range of `T`. Beyond it the number would be infinite, which JSON does not
    /// have.
    fn number<T: Float>(&self, kind: &'static str, expected: &'static str) -> Result<T, ReadError> {
        let number: T = self.json().parse().map_err(|_| self.mismatch(kind))?;
        let is_finite = Into::<f64>::into(number).is_finite();
        if is_finite {
            Ok(number)
        } else {
            Err(ReadError::new(ReadErrorKind::OutOfRange { expected }))
        }
    }

    /// Reads the value by serde, for a type that only serde can read.
    pub(crate) fn by_serde<T: serde::de::DeserializeOwned>(&self) -> Result<T, ReadError> {
        let most = u32::from((MAX_DEPTH + 1).saturating_sub(self.depth));
        scan::check_depth(self.json(), most)?;
        // Serde's message is dropped, because it may quote the value.
        serde_json::from_str(self.json()).map_err(|_| self.mismatch("a value of the declared form"))
    }

    /// The values of a list.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not a list, or is nested too deep.
    pub fn list(&self) -> Result<Vec<Input<'de>>, ReadError> {
        let depth = self.deeper()?;
        if !self.json().starts_with('[') {
            return Err(self.mismatch("a list"));
        }
        Ok(scan::list(self.json())?.into_iter().map(|raw| Self { raw, depth }).collect())
    }

    /// The members of an object.
    ///
    /// # Errors
    ///
    /// Returns an error if the value is not an object, has a key twice, or is nested too deep.
    pub fn object(&self) -> Result<Object<'de>, ReadError> {
        let depth = self.deeper()?;
        let members = scan::object(self.json())?.ok_or_else(|| self.mismatch("an object"))?;
        Object::new(members, depth)
    }

    /// Counts one more attempt to read the value as an alternative of an untagged enum.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooManyAlternatives`] if the record was read again too often.
    pub fn attempt(&self) -> Result<(), ReadError> {
        if alternatives::take(self.json().len()) {
            Ok(())
        } else {
            Err(ReadError::new(ReadErrorKind::TooManyAlternatives))
        }
    }

    /// One level deeper. The outermost level is an event's own object, which is not the value of a
    /// field.
    fn deeper(&self) -> Result<u8, ReadError> {
        if self.depth > MAX_DEPTH {
            Err(ReadError::new(ReadErrorKind::TooDeep))
        } else {
            Ok(self.depth + 1)
        }
    }
}

/// A floating-point number.
pub(crate) trait Float: std::str::FromStr + From<f32> + Into<f64> + Copy {
    /// The type in words, for errors.
    const EXPECTED: &'static str;
}

impl Float for f32 {
    const EXPECTED: &'static str = "a floating-point number of 32 bits";
}

impl Float for f64 {
    const EXPECTED: &'static str = "a floating-point number of 64 bits";
}
