//! The usual types of other crates, each behind the feature that is named after its crate.

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
            const SHAPE: &'static crate::shape::Shape = &crate::shape::Shape::Text(crate::shape::TextFormat::$format);

            fn encode(&self, out: &mut crate::encode::Encoder) {
                let write: fn(&Self, &mut crate::encode::Encoder) = $write;
                write(self, out);
            }

            fn read(input: crate::read::Input<'_>) -> Result<Self, crate::read::ReadError> {
                let read: fn(&str) -> Option<Self> = $read;
                read(&input.text()?)
                    .ok_or(crate::read::ReadError::new(crate::read::ReadErrorKind::Malformed { expected: $words }))
            }
        }
    )*};
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
        |text| rust_decimal::Decimal::from_str_exact(text).ok();
}

#[cfg(feature = "jiff")]
by_text! {
    jiff::Timestamp, DateTime, "a time in RFC 3339",
        |time, out| super::super::Timestamp::from_micros(time.as_microsecond()).encode_text(out),
        |text| jiff::Timestamp::from_microsecond(super::super::Timestamp::parse(text)?.as_micros()).ok();
    jiff::civil::Date, Date, "a date in RFC 3339", |date, out| out.display(date), |text| text.parse().ok();
}

#[cfg(feature = "chrono")]
by_text! {
    chrono::DateTime<chrono::Utc>, DateTime, "a time in RFC 3339",
        |time, out| super::super::Timestamp::from_micros(time.timestamp_micros()).encode_text(out),
        |text| chrono::DateTime::from_timestamp_micros(super::super::Timestamp::parse(text)?.as_micros());
    chrono::NaiveDate, Date, "a date in RFC 3339", |date, out| out.display(date), |text| text.parse().ok();
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
