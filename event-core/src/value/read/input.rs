//! One JSON value, and what it may be read as.

use super::object::Object;
use super::scan::{self, Raw};
use super::{MAX_DEPTH, ReadError, ReadErrorKind, alternatives, number, text};
use std::borrow::Cow;

/// One JSON value that has not been looked at yet.
#[derive(Clone, Copy, Debug)]
pub struct Input<'de> {
    raw: Raw<'de>,
    depth: u8,
}

impl<'de> Input<'de> {
    /// One JSON value, checked to be one. A byte order mark before it is skipped.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::Syntax`] when it is not JSON, and [`ReadErrorKind::TextTooDeep`] when it is
    /// nested too deep.
    pub fn parse(json: &'de str) -> Result<Self, ReadError> {
        alternatives::begin(json.len());
        scan::value(json).map(|raw| Self::new(raw, 0))
    }

    /// A value within `depth` others.
    pub(super) const fn new(raw: Raw<'de>, depth: u8) -> Self {
        Self { raw, depth }
    }

    /// The value's JSON.
    pub fn json(&self) -> &'de str {
        self.raw.json
    }

    /// What kind of value it is, in words.
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

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        self.json() == "null"
    }

    /// The error that something else was expected.
    pub fn mismatch(&self, expected: &'static str) -> ReadError {
        ReadError::new(ReadErrorKind::Mismatch { expected, found: self.kind() })
    }

    /// The text, borrowed where it holds no escapes.
    ///
    /// # Errors
    ///
    /// When it is not text, or has half of a surrogate pair.
    #[inline]
    pub fn text(&self) -> Result<Cow<'de, str>, ReadError> {
        if !self.json().starts_with('"') {
            return Err(self.mismatch("text"));
        }
        text::of(self.raw)
            .map_err(|text::LoneSurrogate| ReadError::new(ReadErrorKind::LoneSurrogate))
    }

    /// The truth value.
    ///
    /// # Errors
    ///
    /// When it is not one.
    pub fn truth(&self) -> Result<bool, ReadError> {
        match self.json() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.mismatch("a truth value")),
        }
    }

    /// The whole number, exactly, whatever way it is spelt: `4999.0`, `-0.0` and `1e2` are whole
    /// numbers, as they are in JSON Schema.
    ///
    /// # Errors
    ///
    /// When it is not a number, has a fraction, or does not fit a `T`; `expected` says what does.
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

    /// The version of an event: a whole number. Other systems' envelopes have it as text,
    /// `"event_version":"1"`; it is the same version.
    ///
    /// # Errors
    ///
    /// When it is neither, or does not fit 32 bits.
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

    /// A number, or NaN for `null`: what [`Encoder::float`](crate::value::Encoder::float) writes. Exact,
    /// which `serde_json`'s reading is only with a feature.
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

    /// A number that is not beyond the largest: that would be infinity, which JSON does not have.
    fn number<T: Float>(&self, kind: &'static str, expected: &'static str) -> Result<T, ReadError> {
        let number: T = self.json().parse().map_err(|_| self.mismatch(kind))?;
        let is_finite = Into::<f64>::into(number).is_finite();
        if is_finite {
            Ok(number)
        } else {
            Err(ReadError::new(ReadErrorKind::OutOfRange { expected }))
        }
    }

    /// The value by serde, for a type that only serde reads.
    pub(crate) fn by_serde<T: serde::de::DeserializeOwned>(&self) -> Result<T, ReadError> {
        let most = u32::from((MAX_DEPTH + 1).saturating_sub(self.depth));
        scan::check_depth(self.json(), most)?;
        // Its message may quote the value.
        serde_json::from_str(self.json()).map_err(|_| self.mismatch("a value of the declared form"))
    }

    /// The values of a list.
    ///
    /// # Errors
    ///
    /// When it is not a list, or is nested too deep.
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
    /// When it is not an object, holds a key twice, or is nested too deep.
    pub fn object(&self) -> Result<Object<'de>, ReadError> {
        let depth = self.deeper()?;
        let members = scan::object(self.json())?.ok_or_else(|| self.mismatch("an object"))?;
        Object::new(members, depth)
    }

    /// Asks whether one more alternative of an untagged enum may read the value.
    ///
    /// # Errors
    ///
    /// [`ReadErrorKind::TooManyAlternatives`] when the record has been read again too often.
    pub fn attempt(&self) -> Result<(), ReadError> {
        if alternatives::take(self.json().len()) {
            Ok(())
        } else {
            Err(ReadError::new(ReadErrorKind::TooManyAlternatives))
        }
    }

    /// One level further in. The outermost is an event's own object, which is no value of a field.
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
    /// What a number must fit.
    const EXPECTED: &'static str;
}

impl Float for f32 {
    const EXPECTED: &'static str = "a floating-point number of 32 bits";
}

impl Float for f64 {
    const EXPECTED: &'static str = "a floating-point number of 64 bits";
}
