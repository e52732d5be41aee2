use std::fmt::Display;

use crate::endpoint::Encoder;

/// How to compare a field with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    EqualTo,
    /// `≠`
    NotEqualTo,
    /// `<`
    LessThan,
    /// `≤`
    LessThanOrEqualTo,
    /// `>`
    GreaterThan,
    /// `≥`
    GreaterThanOrEqualTo,
}

/// How to compare a field that has no order with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Equality {
    /// `=`
    EqualTo,
    /// `≠`
    NotEqualTo,
}

impl From<Equality> for Comparison {
    fn from(equality: Equality) -> Self {
        match equality {
            Equality::EqualTo => Self::EqualTo,
            Equality::NotEqualTo => Self::NotEqualTo,
        }
    }
}

impl Comparison {
    fn name(self) -> &'static str {
        match self {
            Self::EqualTo => "EQUAL_TO",
            Self::NotEqualTo => "NOT_EQUAL_TO",
            Self::LessThan => "LESS_THAN",
            Self::LessThanOrEqualTo => "LESS_THAN_OR_EQUAL_TO",
            Self::GreaterThan => "GREATER_THAN",
            Self::GreaterThanOrEqualTo => "GREATER_THAN_OR_EQUAL_TO",
        }
    }
}

/// `filters[FIELD][OPERATOR]=VALUE`
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::affiliate) struct Filter {
    name: String,
    value: String,
}

impl Filter {
    pub(in crate::affiliate) fn compare(
        field: &str,
        comparison: impl Into<Comparison>,
        value: &impl Display,
    ) -> Self {
        Self::new(field, comparison.into().name(), value)
    }

    pub(in crate::affiliate) fn new(field: &str, operator: &str, value: &impl Display) -> Self {
        Self { name: format!("filters[{field}][{operator}]"), value: value.to_string() }
    }

    /// `filters[FIELD]=VALUE`
    pub(in crate::affiliate) fn short(field: &str, value: &impl Display) -> Self {
        Self { name: format!("filters[{field}]"), value: value.to_string() }
    }
}

/// The filters of one call. Only rows that pass all of them are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::affiliate) struct Filters(Vec<Filter>);

impl Filters {
    /// Adds a filter. It replaces one of the same name, since the API applies only one of them.
    pub(in crate::affiliate) fn add(&mut self, filter: Filter) {
        self.0.retain(|present| present.name != filter.name);
        self.0.push(filter);
    }

    pub(in crate::affiliate) fn encode(&self, request: &mut Encoder) {
        for Filter { name, value } in &self.0 {
            request.query(name, value);
        }
    }
}
