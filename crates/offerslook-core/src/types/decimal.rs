//! Exact decimal numbers, for money: `#[serde(default, with = "decimal")]` on an `Option<Decimal>`.
//!
//! A string such as `"7.200"`, which is what the API sends, keeps its trailing zeros. A JSON number is exact up to 15
//! digits, and has no trailing zeros.

use serde::{Deserializer, Serializer, de::Error};

pub use rust_decimal::Decimal;

use super::tolerant;

/// Deserializes a string or a number. `null` and an empty string are `None`.
///
/// # Errors
/// Any other value, and a number of more than 28 digits.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text: Option<String> = tolerant::text(deserializer)?;
    text.map(|text| Decimal::from_str_exact(text.trim()).map_err(|_| not_a_decimal(&text))).transpose()
}

fn not_a_decimal<E: Error>(text: &str) -> E {
    E::custom(format_args!("{text:?} is not a decimal number of at most 28 digits"))
}

/// Serializes all digits as a string, or `null`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(decimal: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match decimal {
        Some(decimal) => serializer.serialize_some(&decimal.to_string()),
        None => serializer.serialize_none(),
    }
}
