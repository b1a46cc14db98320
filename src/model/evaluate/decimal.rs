//! Exact arithmetic on decimal numbers. Terraform computes with 512 bits, and what a float rounds would not be equal to it.

use serde_json::{Number, Value};

/// A text of more digits may have been rounded when it was read.
const MAX_DIGITS: usize = 15;
/// Digits behind the point, at most.
const MAX_SCALE: u32 = 15;

/// `mantissa / 10^scale`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// A number that is certainly the one that was written.
    pub(super) fn of(number: &Number) -> Option<Self> {
        if let Some(whole) = number.as_i128() {
            return Some(Self {
                mantissa: whole,
                scale: 0,
            });
        }
        let text = number.as_f64()?.to_string();
        let digits = text.trim_start_matches(['-', '0', '.']).replace('.', "");
        (digits.len() <= MAX_DIGITS).then(|| Self::parse(&text)).flatten()
    }

    /// A number as a text: `-12.50`, `1e3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = whole.strip_prefix(['-', '+']).unwrap_or(whole);
        let all = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !all(digits) || !all(fraction) || digits.is_empty() && fraction.is_empty() {
            return None;
        }
        let mantissa: i128 = format!("{digits}{fraction}").parse().ok()?;
        let mantissa = if whole.starts_with('-') {
            mantissa.checked_neg()?
        } else {
            mantissa
        };
        let scale = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        if scale < 0 {
            let factor = 10_i128.checked_pow(scale.unsigned_abs())?;
            return Some(Self {
                mantissa: mantissa.checked_mul(factor)?,
                scale: 0,
            });
        }
        let scale = scale.unsigned_abs();
        Some(Self { mantissa, scale }.short()).filter(|number| number.scale <= MAX_SCALE)
    }

    /// Without zeros at the end of the fraction.
    fn short(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale = self.scale.saturating_sub(1);
        }
        self
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let lift = |one: Self| {
            let factor = 10_i128.checked_pow(scale.checked_sub(one.scale)?)?;
            one.mantissa.checked_mul(factor)
        };
        Some((lift(self)?, lift(other)?, scale))
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(
            Self {
                mantissa: left.checked_add(right)?,
                scale,
            }
            .short(),
        )
    }

    pub(super) fn negate(self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_neg()?,
            ..self
        })
    }

    pub(super) fn multiply(self, other: Self) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        Some(
            Self {
                mantissa,
                scale: self.scale.checked_add(other.scale)?,
            }
            .short(),
        )
    }

    /// `None` where the quotient has no end, too.
    pub(super) fn divide(self, other: Self) -> Option<Self> {
        let (left, right, _) = self.aligned(other)?;
        let (mut mantissa, mut scale) = (left, 0_u32);
        while mantissa.checked_rem(right)? != 0 {
            mantissa = mantissa.checked_mul(10)?;
            scale = scale.checked_add(1).filter(|scale| *scale <= MAX_SCALE)?;
        }
        Some(
            Self {
                mantissa: mantissa.checked_div(right)?,
                scale,
            }
            .short(),
        )
    }

    /// The sign is the dividend's.
    pub(super) fn remainder(self, other: Self) -> Option<Self> {
        let (left, right, scale) = self.aligned(other)?;
        Some(
            Self {
                mantissa: left.checked_rem(right)?,
                scale,
            }
            .short(),
        )
    }

    pub(super) fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        let (left, right, _) = self.aligned(other)?;
        Some(left.cmp(&right))
    }

    /// A whole number.
    pub(super) fn whole(self) -> Option<i64> {
        let short = self.short();
        (short.scale == 0).then(|| i64::try_from(short.mantissa).ok()).flatten()
    }

    /// The number in a value; `None` where a value does not hold so many digits.
    pub(super) fn value(self) -> Option<Value> {
        let short = self.short();
        if short.scale == 0 {
            let number = i64::try_from(short.mantissa).map(Number::from);
            let number = number.or_else(|_| u64::try_from(short.mantissa).map(Number::from));
            return number.ok().map(Value::Number);
        }
        let digits = short.mantissa.unsigned_abs().to_string();
        if digits.len() > MAX_DIGITS {
            return None;
        }
        let text = format!("{}e-{}", short.mantissa, short.scale);
        Number::from_f64(text.parse().ok()?).map(Value::Number)
    }
}
