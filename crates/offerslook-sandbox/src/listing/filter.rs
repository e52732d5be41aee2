use std::cmp::Ordering;

use super::{Cell, Column, Kind, Row, parameters::Parameter};
use crate::envelope::Failure;

/// The operators that a column takes.
#[derive(Clone, Copy)]
pub(crate) enum Operators {
    /// Whether it is a value or not.
    Equality,
    /// These, and whether it is more or less.
    Order,
    /// These, and whether it holds a text or anything at all.
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

/// All of them; each set of [`Operators`] is a beginning of it.
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

/// `filters[FIELD][OPERATOR]=VALUE`, or `filters[FIELD]=VALUE`, which is `EQUAL_TO`.
pub(super) struct Filter<C> {
    column: C,
    operator: Operator,
    wanted: Wanted,
}

enum Wanted {
    Number(i128),
    Text(String),
}

impl<C: Copy> Filter<C> {
    /// Reads a parameter whose name begins with `filters[`.
    pub(super) fn read(columns: &[Column<C>], parameter: Parameter) -> Result<Self, Failure> {
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
                "{place} filters by a field that this list does not know. It knows {}.",
                names.join(", ")
            ))
        })?;
        let known = column.operators.all().find(|(name, _)| *name == operator);
        let (_, operator) = known.ok_or_else(|| {
            let names: Vec<_> = column.operators.all().map(|(name, _)| name).collect();
            Failure::bad_request(format!(
                "{place} filters with an operator that {} does not take. It takes {}.",
                column.name,
                names.join(", ")
            ))
        })?;
        let as_text = matches!(
            operator,
            Operator::Contains | Operator::NotContains | Operator::Null | Operator::NotNull
        );
        let wanted = if as_text || column.kind == Kind::Text {
            Wanted::Text(parameter.value)
        } else {
            let number = parameter.value.parse();
            Wanted::Number(number.map_err(|_| {
                Failure::bad_request(format!(
                    "{place} compares {} with what is not a whole number.",
                    column.name
                ))
            })?)
        };
        Ok(Self { column: column.column, operator, wanted })
    }

    pub(super) fn passes<R: Row<Column = C>>(&self, row: &R) -> bool {
        let cell = row.cell(self.column);
        let order = || self.wanted.order_of(&cell);
        match self.operator {
            Operator::EqualTo => self.wanted.is(&cell),
            Operator::NotEqualTo => !self.wanted.is(&cell),
            Operator::LessThan => order().is_some_and(Ordering::is_lt),
            Operator::LessThanOrEqualTo => order().is_some_and(Ordering::is_le),
            Operator::GreaterThan => order().is_some_and(Ordering::is_gt),
            Operator::GreaterThanOrEqualTo => order().is_some_and(Ordering::is_ge),
            Operator::Contains => self.wanted.is_part_of(&cell),
            Operator::NotContains => !self.wanted.is_part_of(&cell),
            Operator::Null => cell.is_null(),
            Operator::NotNull => !cell.is_null(),
        }
    }

    pub(super) fn same_question(&self, other: &Self) -> bool
    where
        C: PartialEq,
    {
        (self.column, self.operator) == (other.column, other.operator)
    }
}

impl Wanted {
    fn is(&self, cell: &Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Text(wanted), Cell::Several(texts)) => texts.iter().any(|text| text == wanted),
            _ => self.order_of(cell).is_some_and(Ordering::is_eq),
        }
    }

    /// How the cell stands to the wanted value: none is neither less nor more than any.
    fn order_of(&self, cell: &Cell<'_>) -> Option<Ordering> {
        match (self, cell) {
            (Self::Number(wanted), Cell::Number(number)) => Some(i128::from(*number).cmp(wanted)),
            (Self::Text(wanted), Cell::Text(text)) => Some(text.as_ref().cmp(wanted)),
            _ => None,
        }
    }

    fn is_part_of(&self, cell: &Cell<'_>) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Text(part) => cell.contains(part),
        }
    }
}
