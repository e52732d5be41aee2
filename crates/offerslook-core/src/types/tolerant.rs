//! Deserializes what a PHP back end may send: integers as strings, one object instead of a list, `[]` instead of an
//! empty object. Use it in the rows of your own endpoints: `#[serde(deserialize_with = "tolerant::integer")]`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, Unexpected, Visitor},
};

use super::{list::List, object::Object};

/// Deserializes an integer from a number or a string of digits. A fraction of zeros, as in `16.0`, is ignored.
///
/// # Errors
/// Any other value, and a number out of the range of `T`.
pub fn integer<'de, D: Deserializer<'de>, T: TryFrom<i128>>(deserializer: D) -> Result<T, D::Error> {
    struct Integer;

    impl Visitor<'_> for Integer {
        type Value = i128;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an integer, as a number or a string")
        }

        fn visit_u64<E>(self, number: u64) -> Result<i128, E> {
            Ok(number.into())
        }

        fn visit_i64<E>(self, number: i64) -> Result<i128, E> {
            Ok(number.into())
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<i128, E> {
            integer_in_float(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<i128, E> {
            integer_in_text(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
        }
    }

    let number = deserializer.deserialize_any(Integer)?;
    T::try_from(number).map_err(|_| D::Error::custom(format_args!("{number} is out of range")))
}

/// Returns the integer that a string spells. A fraction of zeros is ignored.
pub(crate) fn integer_in_text(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(number.into());
    }
    let (digits, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let is_whole = !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0');
    is_whole.then(|| digits.parse().ok()).flatten()
}

/// Returns the integer that a floating point number is, if that is exact.
pub(crate) fn integer_in_float(number: f64) -> Option<i128> {
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    (number.abs() <= MAX_EXACT).then(|| integer_in_text(&number.to_string())).flatten()
}

/// Deserializes an integer as [`integer`] does. `null` and an empty string are `None`.
///
/// # Errors
/// Those of [`integer`].
pub fn optional_integer<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i128>,
{
    let text: Option<String> = text(deserializer)?;
    text.map(|text| integer(text.into_deserializer())).transpose()
}

/// Deserializes a string, a number or a boolean as text. `null` and an empty string are `None`.
///
/// # Errors
/// A list or an object.
pub fn text<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let Text(text) = Text::deserialize(deserializer)?;
    Ok(text.filter(|text| !text.is_empty()).map(T::from))
}

/// Deserializes text as [`text`] does, but keeps an empty string.
///
/// # Errors
/// Those of [`text`].
pub fn text_or_empty<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let Text(text) = Text::deserialize(deserializer)?;
    Ok(text.map(T::from))
}

/// Deserializes a list, as [`list`] does, of texts, as [`text`] does. Leaves out `null` and empty strings.
///
/// # Errors
/// Those of [`list`] and [`text`].
pub fn texts<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let texts: Vec<Text> = list(deserializer)?;
    Ok(texts.into_iter().filter_map(|Text(text)| text.filter(|text| !text.is_empty()).map(T::from)).collect())
}

struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Scalar;

        impl Visitor<'_> for Scalar {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(Some(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
                Ok(Text(Some(number.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
                Ok(Text(Some(number.to_string())))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
                Ok(Text(Some(number.to_string())))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Text, E> {
                Ok(Text(Some(truth.to_string())))
            }

            fn visit_unit<E>(self) -> Result<Text, E> {
                Ok(Text(None))
            }
        }

        deserializer.deserialize_any(Scalar)
    }
}

/// Deserializes an object. `null` and `[]`, which PHP writes for an empty one, are an object without fields.
///
/// # Errors
/// Any other value, and an object without a field that `T` requires.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object(PhantomData).deserialize(deserializer)
}

/// Deserializes a list. `null` is an empty list, an object with the keys 0, 1, … is a list in the order of its keys, and
/// any other object is a list of one row.
///
/// # Errors
/// Any other value, and a row that does not decode.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    List(PhantomData).deserialize(deserializer)
}
