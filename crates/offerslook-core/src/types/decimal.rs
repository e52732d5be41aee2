//! Money, exact to the last digit: `"7.200"`. For `#[serde(default, with = "decimal")]` on an
//! `Option<Decimal>`.
//!
//! What comes as a string, as the API writes it, keeps its zeros at the end. What comes as a JSON number
//! instead is exact up to 15 digits, and has no such zeros.

use serde::{Deserializer, Serializer, de::Error};

pub use rust_decimal::Decimal;

use super::tolerant;

/// A decimal, be it a string or a number; `null` and an empty string are none.
///
/// # Errors
/// Where the value is something else, or has more than 28 digits.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text: Option<String> = tolerant::text(deserializer)?;
    text.map(|text| Decimal::from_str_exact(text.trim()).map_err(|_| not_a_decimal(&text))).transpose()
}

fn not_a_decimal<E: Error>(text: &str) -> E {
    E::custom(format_args!("{text:?} is not a decimal number that can be kept to the last digit"))
}

/// A string with all the digits that were read, or `null`.
///
/// # Errors
/// As the serializer.
pub fn serialize<S: Serializer>(decimal: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match decimal {
        Some(decimal) => serializer.serialize_some(&decimal.to_string()),
        None => serializer.serialize_none(),
    }
}
