//! Well-known types of other crates, each behind a feature with the name of its crate.

#[cfg(any(
    feature = "chrono",
    feature = "jiff",
    feature = "rust_decimal",
    feature = "time",
    feature = "url",
    feature = "uuid"
))]
macro_rules! by_text {
    ($($ty:ty, $format:ident, $words:literal, $write:expr, $read:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl crate::EventValue for $ty {
            const SHAPE: &'static crate::model::shape::Shape = &crate::model::shape::Shape::Text(crate::model::shape::TextFormat::$format);

            fn encode(&self, out: &mut crate::value::encode::Encoder) {
                let write: fn(&Self, &mut crate::value::encode::Encoder) = $write;
                write(self, out);
            }

            fn read(input: crate::value::read::Input<'_>) -> Result<Self, crate::value::read::ReadError> {
                let read: fn(&str) -> Option<Self> = $read;
                read(&input.text()?)
                    .ok_or(crate::value::read::ReadError::new(crate::value::read::ReadErrorKind::Malformed { expected: $words }))
            }
        }
    )*};
}

/// The format in the schemas: digits, and optionally a point and more digits. The crate also
/// accepts `12.`, `.5` and `1_000`.
#[cfg(feature = "rust_decimal")]
fn is_decimal(text: &str) -> bool {
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    text.split_once('.')
        .map_or_else(|| is_digits(text), |(whole, rest)| is_digits(whole) && is_digits(rest))
}

/// `2026-11-21`, as in RFC 3339. The crates also accept other formats of ISO 8601.
#[cfg(any(feature = "chrono", feature = "jiff"))]
fn is_date(text: &str) -> bool {
    let places = |(at, byte): (usize, u8)| {
        if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    text.len() == "2026-11-21".len() && text.bytes().enumerate().all(places)
}

#[cfg(feature = "uuid")]
by_text! {
    uuid::Uuid, Uuid, "a hyphenated UUID",
        |id, out| out.text(id.hyphenated().encode_lower(&mut [0; uuid::fmt::Hyphenated::LENGTH])),
        |text| if text.len() == uuid::fmt::Hyphenated::LENGTH { text.parse().ok() } else { None };
}

#[cfg(feature = "url")]
by_text! {
    url::Url, Uri, "a URL", |url, out| out.text(url.as_str()), |text| text.parse().ok();
}

#[cfg(feature = "rust_decimal")]
by_text! {
    rust_decimal::Decimal, Decimal, "a decimal number",
        |amount, out| out.display(amount),
        |text| if is_decimal(text) { rust_decimal::Decimal::from_str_exact(text).ok() } else { None };
}

#[cfg(feature = "jiff")]
by_text! {
    jiff::Timestamp, DateTime, "a time in RFC 3339",
        |time, out| super::super::Timestamp::from_micros(time.as_microsecond()).encode_text(out),
        |text| jiff::Timestamp::from_microsecond(super::super::Timestamp::parse(text)?.as_micros()).ok();
    jiff::civil::Date, Date, "a date in RFC 3339", |date, out| out.display(date),
        |text| if is_date(text) { text.parse().ok() } else { None };
}

#[cfg(feature = "chrono")]
by_text! {
    chrono::DateTime<chrono::Utc>, DateTime, "a time in RFC 3339",
        |time, out| super::super::Timestamp::from_micros(time.timestamp_micros()).encode_text(out),
        |text| chrono::DateTime::from_timestamp_micros(super::super::Timestamp::parse(text)?.as_micros());
    chrono::NaiveDate, Date, "a date in RFC 3339", |date, out| out.display(date),
        |text| if is_date(text) { text.parse().ok() } else { None };
}

#[cfg(feature = "time")]
by_text! {
    time::OffsetDateTime, DateTime, "a time in RFC 3339",
        |time, out| {
            let micros = time.unix_timestamp_nanos().div_euclid(1_000);
            super::super::Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)).encode_text(out);
        },
        |text| {
            let micros = super::super::Timestamp::parse(text)?.as_micros();
            time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1_000).ok()
        };
}

#[cfg(all(test, any(feature = "chrono", feature = "jiff", feature = "rust_decimal")))]
mod tests {
    use crate::EventValue;
    use crate::value::read::Input;

    fn reads<T: EventValue>(text: &str) -> bool {
        T::read(Input::parse(&format!("\"{text}\"")).expect("it is JSON")).is_ok()
    }

    #[cfg(feature = "rust_decimal")]
    #[test]
    fn a_decimal_number_has_the_form_of_its_schema() {
        assert!(["0", "-12.50", "007.0"].into_iter().all(reads::<rust_decimal::Decimal>));
        assert!(
            !["12.", ".5", "+1", "1_000", "1e2", "", "-"]
                .into_iter()
                .any(reads::<rust_decimal::Decimal>)
        );
    }

    #[cfg(feature = "jiff")]
    #[test]
    fn a_date_of_jiff_has_the_form_of_rfc_3339() {
        assert!(reads::<jiff::civil::Date>("2026-11-21"));
        assert!(
            !["20261121", "2026-11-21T00:00:00", "2026-02-29", "+002026-11-21"]
                .into_iter()
                .any(reads::<jiff::civil::Date>)
        );
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn a_date_of_chrono_has_the_form_of_rfc_3339() {
        assert!(reads::<chrono::NaiveDate>("2026-11-21"));
        assert!(
            !["2026-1-5", "+2026-11-21", "2026-02-29", " 2026-11-21"]
                .into_iter()
                .any(reads::<chrono::NaiveDate>)
        );
    }
}
