use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
        value::MapAccessDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_content::{Number, Value};

/// A value of JSON that is kept until it is known what to read it as. Its fields keep their order, and a field that
/// occurs twice is still there twice.
#[derive(Clone, Debug)]
pub(crate) struct Content(Value<'static>);

impl Content {
    pub(crate) const NULL: Self = Self(Value::Unit);

    pub(crate) fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self(Value::Seq(items.into_iter().map(|Self(item)| item).collect()))
    }

    pub(crate) fn object(fields: impl IntoIterator<Item = (String, Self)>) -> Self {
        let field = |(name, Self(value)): (String, Self)| (Value::String(name.into()), value);
        Self(Value::Map(fields.into_iter().map(field).collect()))
    }

    /// Returns the names of the fields, where the value is an object.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let fields = if let Value::Map(fields) = &self.0 { fields.as_slice() } else { &[] };
        fields
            .iter()
            .filter_map(|(name, _)| if let Value::String(name) = name { Some(&**name) } else { None })
    }

    /// Returns the field of this name, where the value is an object.
    pub(crate) fn field(&self, name: &str) -> Option<Self> {
        let Value::Map(fields) = &self.0 else { return None };
        let is_it = |field: &Value<'_>| matches!(field, Value::String(text) if text == name);
        fields.iter().find(|(field, _)| is_it(field)).map(|(_, value)| Self(value.clone()))
    }

    /// Reads the value as `serde_json` would have read its text.
    pub(crate) fn read<'de, T: Deserialize<'de>>(self) -> Result<T, ContentError> {
        T::deserialize(self)
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

impl<'de> Deserializer<'de> for Content {
    type Error = ContentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0 {
            Value::Bool(truth) => visitor.visit_bool(truth),
            Value::Number(Number::U64(number)) => visitor.visit_u64(number),
            Value::Number(Number::I64(number)) => visitor.visit_i64(number),
            Value::Number(Number::F64(number)) => visitor.visit_f64(number),
            Value::String(text) => visitor.visit_string(text.into_owned()),
            Value::Seq(items) => visitor.visit_seq(Items { rest: items.into_iter(), index: 0 }),
            Value::Map(fields) => visitor.visit_map(Fields::new(fields)),
            // JSON has nothing else.
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0 {
            Value::Seq(_) => Err(ContentError::invalid_type(Unexpected::Seq, &visitor)),
            value => Self(value).deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        if matches!(self.0, Value::Unit) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        match self.0 {
            Value::String(variant) => visitor.visit_enum(variant.into_deserializer()),
            Value::Map(fields) => visitor.visit_enum(MapAccessDeserializer::new(Fields::new(fields))),
            _ => Err(ContentError::custom("neither the name of a variant nor an object")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct struct identifier ignored_any
    }
}

struct Items {
    rest: std::vec::IntoIter<Value<'static>>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = ContentError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ContentError> {
        let Some(item) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        match seed.deserialize(Content(item)) {
            Ok(item) => Ok(Some(item)),
            Err(error) => Err(error.at(index)),
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Fields {
    rest: std::vec::IntoIter<(Value<'static>, Value<'static>)>,
    value: Option<(String, Value<'static>)>,
}

impl Fields {
    fn new(fields: Vec<(Value<'static>, Value<'static>)>) -> Self {
        Self { rest: fields.into_iter(), value: None }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = ContentError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ContentError> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        let name = Content(name).read::<String>()?;
        let key = seed.deserialize(name.as_str().into_deserializer())?;
        self.value = Some((name, value));
        Ok(Some(key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ContentError> {
        let (name, value) = self.value.take().unwrap_or((String::new(), Value::Unit));
        match seed.deserialize(Content(value)) {
            Ok(value) => Ok(value),
            Err(error) => Err(error.within(&name)),
        }
    }
}

/// Why a [`Content`] cannot be read, and where.
#[derive(Debug)]
pub(crate) struct ContentError {
    /// The path of the value within the content, such as `rowset[2].offer.id`; empty for the whole.
    pub(crate) path: String,
    pub(crate) cause: String,
}

impl ContentError {
    /// The same error, seen from the list in which the value has this index.
    fn at(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }

    /// The same error, seen from what has the value under this name.
    pub(crate) fn within(mut self, segment: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{segment}{dot}{}", self.path);
        self
    }
}

impl Error for ContentError {
    fn custom<T: fmt::Display>(cause: T) -> Self {
        Self { path: String::new(), cause: cause.to_string() }
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            // As it is called in JSON.
            Unexpected::Unit => Self::custom(format_args!("invalid type: null, expected {expected}")),
            found => Self::custom(format_args!("invalid type: {found}, expected {expected}")),
        }
    }
}

impl std::error::Error for ContentError {}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.cause)
    }
}
