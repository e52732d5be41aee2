//! Reading what a PHP back end may write: integers as strings, one object for a list, `[]` for an empty object. For
//! the rows of an endpoint of your own: `#[serde(deserialize_with = "tolerant::integer")]`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IntoDeserializer, Unexpected, Visitor},
};

use super::{list::List, object::Object, whole_number};

/// An integer, be it a number or a string of digits. For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// Where the value is something else, or outside the range of `T`.
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
            whole_number::in_float(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<i128, E> {
            whole_number::in_text(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
        }
    }

    let number = deserializer.deserialize_any(Integer)?;
    T::try_from(number).map_err(|_| D::Error::custom(format_args!("{number} is out of range")))
}

/// An integer as [`integer`] reads it; `null` and an empty string are none.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// As [`integer`].
pub fn optional_integer<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: TryFrom<i128>,
{
    let text: Option<String> = text(deserializer)?;
    text.map(|text| integer(text.into_deserializer())).transpose()
}

/// Text, be it a string, a number or a truth value; `null` and an empty string are none.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// Where the value is a list or an object.
pub fn text<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<Option<T>, D::Error> {
    let Text(text) = Text::deserialize(deserializer)?;
    Ok(text.filter(|text| !text.is_empty()).map(T::from))
}

/// Text as [`text`] reads it, but an empty string stays one.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// As [`text`].
pub fn text_or_empty<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: From<String>,
{
    let Text(text) = Text::deserialize(deserializer)?;
    Ok(text.map(T::from))
}

/// A list, as [`list`] reads it, of texts, as [`text`] reads them; what is none is left out.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// As [`list`] and [`text`].
pub fn texts<'de, D: Deserializer<'de>, T: From<String>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let texts: Vec<Text> = list(deserializer)?;
    Ok(texts.into_iter().filter_map(|Text(text)| text.filter(|text| !text.is_empty()).map(T::from)).collect())
}

struct Text(Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Words;

        impl Visitor<'_> for Words {
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

        deserializer.deserialize_any(Words)
    }
}

/// An object. `null` and `[]`, as PHP writes an empty one, are read as an empty object.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// Where the value is something else, or lacks a field that `T` needs.
pub fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object(PhantomData).deserialize(deserializer)
}

/// A list. `null` is read as an empty list, one object as a list of one.
/// For `#[serde(deserialize_with = …)]`.
///
/// # Errors
/// Where the value is something else, or a row of it is.
pub fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    List(PhantomData).deserialize(deserializer)
}
