use std::cmp::Ordering;

use super::{Cell, Column, Row, parameters::Parameter};
use crate::envelope::Failure;

/// The operators that a column supports.
#[derive(Clone, Copy)]
pub(crate) enum Operators {
    /// Equal and not equal.
    Equality,
    /// `Equality`, and comparisons.
    Order,
    /// `Order`, and the tests for a substring and for null.
    Every,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    EqualTo,
    NotEqualTo,
    LessThan,
    LessThanOrEqualTo,
    GreaterThan,
    GreaterThanOrEqualTo,
    Contains,
    NotContains,
    Null,
    NotNull,
}

/// All operators. Each set of [`Operators`] is a prefix of this list.
const OPERATORS: [(&str, Operator); 10] = [
    ("EQUAL_TO", Operator::EqualTo),
    ("NOT_EQUAL_TO", Operator::NotEqualTo),
    ("LESS_THAN", Operator::LessThan),
    ("LESS_THAN_OR_EQUAL_TO", Operator::LessThanOrEqualTo),
    ("GREATER_THAN", Operator::GreaterThan),
    ("GREATER_THAN_OR_EQUAL_TO", Operator::GreaterThanOrEqualTo),
    ("CONTAINS", Operator::Contains),
    ("NOT_CONTAINS", Operator::NotContains),
    ("NULL", Operator::Null),
    ("NOT_NULL", Operator::NotNull),
];

impl Operators {
    fn all(self) -> impl Iterator<Item = (&'static str, Operator)> {
        let count = match self {
            Self::Equality => 2,
            Self::Order => 6,
            Self::Every => OPERATORS.len(),
        };
        OPERATORS.into_iter().take(count)
    }
}

/// A filter: `filters[FIELD][OPERATOR]=VALUE`, or `filters[FIELD]=VALUE` for `EQUAL_TO`.
pub(super) struct Filter {
    column: &'static str,
    operator: Operator,
    wanted: Wanted,
}

enum Wanted {
    Number(i128),
    Text(String),
}

impl Filter {
    /// Parses a parameter whose name begins with `filters[`.
    pub(super) fn parse(columns: &'static [Column], parameter: Parameter) -> Result<Self, Failure> {
        let place = parameter.place();
        let inner = parameter.name.strip_prefix("filters[").and_then(|name| name.strip_suffix(']'));
        let inner = inner.ok_or_else(|| {
            Failure::bad_request(format!(
                "{place} is not of the form filters[FIELD][OPERATOR] or filters[FIELD]."
            ))
        })?;
        let (field, operator) = inner.split_once("][").unwrap_or((inner, "EQUAL_TO"));
        let column = columns.iter().find(|column| column.name == field).ok_or_else(|| {
            let names: Vec<_> = columns.iter().map(|column| column.name).collect();
            Failure::bad_request(format!(
                "{place} filters by an unknown field. This list supports {}.",
                names.join(", ")
            ))
        })?;
        let known = column.operators.all().find(|(name, _)| *name == operator);
        let (_, operator) = known.ok_or_else(|| {
            let names: Vec<_> = column.operators.all().map(|(name, _)| name).collect();
            Failure::bad_request(format!(
                "{place} filters with an operator that {} does not support. It supports {}.",
                column.name,
                names.join(", ")
            ))
        })?;
        let as_text = matches!(
            operator,
            Operator::Contains | Operator::NotContains | Operator::Null | Operator::NotNull
        );
        let wanted = if as_text || !column.is_number {
            Wanted::Text(parameter.value)
        } else {
            let number = parameter.value.parse();
            Wanted::Number(number.map_err(|_| {
                Failure::bad_request(format!(
                    "{place} compares {} with something that is not a whole number.",
                    column.name
                ))
            })?)
        };
        Ok(Self { column: column.name, operator, wanted })
    }

    pub(super) fn matches(&self, row: &impl Row) -> bool {
        let cell = row.cell(self.column);
        let order = || self.wanted.compare(&cell);
        match self.operator {
            Operator::EqualTo => self.wanted.equals(&cell),
            Operator::NotEqualTo => !self.wanted.equals(&cell),
            Operator::LessThan => order().is_some_and(Ordering::is_lt),
            Operator::LessThanOrEqualTo => order().is_some_and(Ordering::is_le),
            Operator::GreaterThan => order().is_some_and(Ordering::is_gt),
            Operator::GreaterThanOrEqualTo => order().is_some_and(Ordering::is_ge),
            Operator::Contains => self.wanted.is_in(&cell),
            Operator::NotContains => !self.wanted.is_in(&cell),
            Operator::Null => cell.is_null(),
            Operator::NotNull => !cell.is_null(),
        }
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        (self.column, self.operator) == (other.column, other.operator)
    }
}

impl Wanted {
    fn equals(&self, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Text(wanted), Cell::Several(texts)) => texts.iter().any(|text| text == wanted),
            _ => self.compare(cell).is_some_and(Ordering::is_eq),
        }
    }

    /// Compares the cell with the wanted value; null compares with nothing.
    fn compare(&self, cell: &Cell<'_>) -> Option<Ordering> {
        match (self, cell) {
            (Self::Number(wanted), Cell::Number(number)) => Some(i128::from(*number).cmp(wanted)),
            (Self::Text(wanted), Cell::Text(text)) => Some(text.as_ref().cmp(wanted)),
            _ => None,
        }
    }

    fn is_in(&self, cell: &Cell<'_>) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Text(part) => cell.contains(part),
        }
    }
}
