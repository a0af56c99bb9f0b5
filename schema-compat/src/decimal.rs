//! Exact decimal numbers: the digits in the JSON text, not the nearest float.

use serde_json::Number;
use std::cmp::Ordering;

/// `mantissa × 10^exponent`, with the shortest mantissa. A number that does not fit has no
/// `Decimal`, and a question about it stays undecided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    pub(crate) const ZERO: Self = Self { mantissa: 0, exponent: 0 };
    pub(crate) const ONE: Self = Self { mantissa: 1, exponent: 0 };

    /// `mantissa × 10^exponent`.
    pub(crate) fn new(mut mantissa: i128, mut exponent: i32) -> Self {
        if mantissa == 0 {
            return Self::ZERO;
        }
        while mantissa % 10 == 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        Self { mantissa, exponent }
    }

    pub(crate) fn from_integer(value: i128) -> Self {
        Self::new(value, 0)
    }

    pub(crate) fn from_number(number: &Number) -> Option<Self> {
        if let Some(integer) = number.as_i64() {
            // Most numbers end here, and 64 bits divide quickly.
            return Some(if integer % 10 == 0 {
                Self::from_integer(integer.into())
            } else {
                Self { mantissa: integer.into(), exponent: 0 }
            });
        }
        let text = number.to_string();
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text.as_str(), 0),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mantissa = format!("{whole}{fraction}").parse().ok()?;
        Some(Self::new(mantissa, exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?))
    }

    /// The number in JSON; `None` if `serde_json` cannot hold it exactly.
    pub(crate) fn to_number(self) -> Option<Number> {
        if let Some(integer) = self.to_integer() {
            if let Ok(small) = i64::try_from(integer) {
                return Some(small.into());
            }
            if let Ok(large) = u64::try_from(integer) {
                return Some(large.into());
            }
        }
        let float = format!("{}e{}", self.mantissa, self.exponent).parse::<f64>().ok()?;
        let number = Number::from_f64(float)?;
        (Self::from_number(&number) == Some(self)).then_some(number)
    }

    pub(crate) fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    fn to_integer(self) -> Option<i128> {
        let scale = u32::try_from(self.exponent).ok()?;
        10_i128.checked_pow(scale)?.checked_mul(self.mantissa)
    }

    pub(crate) fn is_positive(self) -> bool {
        self.mantissa > 0
    }

    /// Numeric order. The derived order is only for sorted collections.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        let sign = self.mantissa.signum().cmp(&other.mantissa.signum());
        if sign != Ordering::Equal || self.mantissa == 0 {
            return sign;
        }
        if self.exponent == other.exponent {
            return self.mantissa.cmp(&other.mantissa);
        }
        if let (Some(one), Some(other)) = (self.to_integer(), other.to_integer()) {
            return one.cmp(&other);
        }
        let by_size = match self.magnitude().cmp(&other.magnitude()) {
            // The same number of digits before the point: at most 39 digits, compared one by one.
            Ordering::Equal => self.digits().cmp(&other.digits()),
            unequal => unequal,
        };
        if self.mantissa > 0 { by_size } else { by_size.reverse() }
    }

    /// The number of digits before the point.
    fn magnitude(self) -> i64 {
        i64::try_from(self.digits().len()).unwrap_or(i64::MAX) + i64::from(self.exponent)
    }

    fn digits(self) -> String {
        self.mantissa.unsigned_abs().to_string()
    }

    /// Both mantissas with the same exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let at = |number: Self| {
            let scale = u32::try_from(number.exponent.checked_sub(exponent)?).ok()?;
            10_i128.checked_pow(scale)?.checked_mul(number.mantissa)
        };
        Some((at(self)?, at(other)?, exponent))
    }

    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let (a, b, exponent) = self.aligned(other)?;
        Some(Self::new(a.checked_add(b)?, exponent))
    }

    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.checked_add(other.exponent)?;
        Some(Self::new(self.mantissa.checked_mul(other.mantissa)?, exponent))
    }

    /// Whether the number is a multiple of `step`, which is positive.
    pub(crate) fn is_multiple_of(self, step: Self) -> Option<bool> {
        if self.mantissa == 0 {
            return Some(true);
        }
        if self.exponent >= 0 && step == Self::ONE {
            return Some(true);
        }
        let (number, step, _) = self.aligned(step)?;
        number.checked_rem(step).map(|rest| rest == 0)
    }

    /// The largest multiple of `step` that is not above the number.
    pub(crate) fn floor_to(self, step: Self) -> Option<Self> {
        let (number, step, exponent) = self.aligned(step)?;
        Some(Self::new(number.checked_div_euclid(step)?.checked_mul(step)?, exponent))
    }

    /// The smallest positive common multiple of two positive numbers.
    pub(crate) fn common_multiple(self, other: Self) -> Option<Self> {
        let (a, b, exponent) = self.aligned(other)?;
        let (mut x, mut y) = (a, b);
        while y != 0 {
            (x, y) = (y, x % y);
        }
        Some(Self::new((a / x).checked_mul(b)?, exponent))
    }

    /// A number between the two, with few digits.
    pub(crate) fn between(self, other: Self) -> Option<Self> {
        self.plus(other)?.times(Self { mantissa: 5, exponent: -1 })
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;
    use serde_json::{Number, json};
    use std::cmp::Ordering;

    fn decimal(value: &serde_json::Value) -> Decimal {
        Decimal::from_number(value.as_number().unwrap()).unwrap()
    }

    #[test]
    fn the_digits_are_what_counts() {
        assert_eq!(decimal(&json!(1.0)), decimal(&json!(1)));
        assert_eq!(decimal(&json!(0.01)).times(decimal(&json!(100))), Some(Decimal::ONE));
        assert_eq!(decimal(&json!(19.99)).is_multiple_of(decimal(&json!(0.01))), Some(true));
        assert_eq!(decimal(&json!(1e300)).compare(decimal(&json!(5))), Ordering::Greater);
        assert_eq!(decimal(&json!(-1e300)).compare(decimal(&json!(-5.5))), Ordering::Less);
        assert_eq!(decimal(&json!(2.5)).compare(decimal(&json!(2.45))), Ordering::Greater);
        assert_eq!(decimal(&json!(-2.5)).floor_to(Decimal::ONE), Some(Decimal::from_integer(-3)));
        assert_eq!(
            decimal(&json!(4)).common_multiple(decimal(&json!(0.6))),
            Some(decimal(&json!(12)))
        );
        assert_eq!(decimal(&json!(u64::MAX)).to_number(), Some(Number::from(u64::MAX)));
        assert_eq!(Decimal::from_integer(i128::from(u64::MAX) + 1).to_number(), None);
    }
}
