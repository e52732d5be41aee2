use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        Error, IntoDeserializer, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_content::{Number, Value};

/// A value of JSON that is kept until it is known what to read it as. Its fields keep their order, and a field that
/// occurs twice is still there twice.
#[derive(Clone)]
pub(crate) struct Content(Value<'static>);

impl Content {
    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self(Value::Seq(items.into_iter().map(|Self(item)| item).collect()))
    }

    /// Returns the field of this name, where the value is an object.
    pub(crate) fn field(&self, name: &str) -> Option<Self> {
        let Value::Map(fields) = &self.0 else { return None };
        let is_it = |field: &Value<'_>| matches!(field, Value::String(text) if text == name);
        fields.iter().find(|(field, _)| is_it(field)).map(|(_, value)| Self(value.clone()))
    }
}

impl From<Option<u64>> for Content {
    fn from(number: Option<u64>) -> Self {
        Self(number.map_or(Value::Unit, |number| Value::Number(Number::U64(number))))
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Self(Value::String(text.into()))
    }
}

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::<'static>::deserialize(deserializer).map(Self)
    }
}

impl<E: Error> IntoDeserializer<'_, E> for Content {
    type Deserializer = ContentDeserializer<E>;

    fn into_deserializer(self) -> ContentDeserializer<E> {
        ContentDeserializer(self.0, PhantomData)
    }
}

/// Reads a value as `serde_json` would have read its text.
pub(crate) struct ContentDeserializer<E>(Value<'static>, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for ContentDeserializer<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(Number::U64(number)) => visitor.visit_u64(number),
            Value::Number(Number::I64(number)) => visitor.visit_i64(number),
            Value::Number(Number::F64(number)) => visitor.visit_f64(number),
            Value::String(text) => visitor.visit_string(text.into_owned()),
            Value::Seq(items) => {
                SeqDeserializer::new(items.into_iter().map(Content)).deserialize_any(visitor)
            }
            Value::Map(fields) => map(fields).deserialize_any(visitor),
            // JSON has nothing else.
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if matches!(self.0, Value::Unit) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.0 {
            Value::String(variant) => visitor.visit_enum(variant.into_deserializer()),
            Value::Map(fields) => visitor.visit_enum(MapAccessDeserializer::new(map(fields))),
            _ => Err(E::custom("neither the name of a variant nor an object")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

fn map<'de, E: Error>(
    fields: Vec<(Value<'static>, Value<'static>)>,
) -> MapDeserializer<'de, impl Iterator<Item = (Content, Content)>, E> {
    MapDeserializer::new(fields.into_iter().map(|(name, value)| (Content(name), Content(value))))
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
