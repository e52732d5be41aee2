use std::cmp::Reverse;

use super::{
    Fields, List, Page, Parameters, Row,
    filter::Filter,
    parameters::{Parameter, refused},
};
use crate::envelope::Failure;

/// How many rows a page has where the call does not say.
const DEFAULT_LIMIT: u64 = 20;

/// What a call asks of a list.
pub(crate) struct Query<C> {
    offset: u64,
    limit: u64,
    order: Order<C>,
    filters: Vec<Filter<C>>,
    pub(crate) fields: Fields,
}

enum Order<C> {
    /// As the rows are held.
    AsHeld,
    Backwards,
    Ascending(C),
    Descending(C),
}

impl<C: Copy + PartialEq> List<C> {
    /// Reads what the query says. Parameters that the endpoint has of its own must have been taken before.
    pub(crate) fn query(&self, mut parameters: Parameters) -> Result<Query<C>, Failure> {
        let offset = number(parameters.take("offset"), "offset, the number of a page,", 1, u64::MAX)?;
        let limit = number(parameters.take("limit"), "limit", DEFAULT_LIMIT, self.most_rows)?;
        let has_columns = !self.columns.is_empty();
        let order = match has_columns.then(|| parameters.take("sort")).flatten() {
            Some(sort) => self.order(&sort.value)?,
            None => Order::AsHeld,
        };
        let fields = match self.fields {
            [] => Fields::default(),
            known => match parameters.take("fields") {
                Some(fields) => Fields::of(fields.words("fields", known)?),
                None => Fields::default(),
            },
        };
        let mut filters: Vec<Filter<C>> = Vec::new();
        for parameter in has_columns.then(|| parameters.take_filters()).into_iter().flatten() {
            let place = parameter.place();
            let filter = Filter::read(self.columns, parameter)?;
            if filters.iter().any(|other| other.same_question(&filter)) {
                return Err(refused(format!(
                    "{place} says the same as an earlier one, perhaps in the short form."
                )));
            }
            filters.push(filter);
        }
        parameters.finish()?;
        Ok(Query { offset, limit, order, filters, fields })
    }

    fn order(&self, sort: &str) -> Result<Order<C>, Failure> {
        let sorts = |name: &str| self.columns.iter().position(|column| column.sorts && column.name == name);
        let (up, position) = match (sort.strip_prefix('+'), sort.strip_prefix('-')) {
            (Some(name), _) => (true, sorts(name)),
            (_, Some(name)) => (false, sorts(name)),
            _ => return Err(refused("sort begins with + or -; the + has to be sent as %2B.")),
        };
        let column = position.and_then(|position| Some((position, self.columns.get(position)?.column)));
        match (column, up) {
            (Some((0, _)), true) => Ok(Order::AsHeld),
            (Some((0, _)), false) => Ok(Order::Backwards),
            (Some((_, column)), true) => Ok(Order::Ascending(column)),
            (Some((_, column)), false) => Ok(Order::Descending(column)),
            (None, _) => {
                let names: Vec<_> =
                    self.columns.iter().filter(|column| column.sorts).map(|column| column.name).collect();
                Err(refused(format!(
                    "sort names a column that does not sort. Those that do: {}.",
                    names.join(", ")
                )))
            }
        }
    }
}

impl<C: Copy + 'static> Query<C> {
    /// The page that is asked for, of rows that come in the order of the list's first column.
    pub(crate) fn page<R: Row<Column = C>>(&self, rows: impl DoubleEndedIterator<Item = R>) -> Page<R> {
        let rows = rows.filter(|row| self.filters.iter().all(|filter| filter.passes(row)));
        let cut = |rows: Vec<R>| Page::cut(rows.into_iter(), self.offset, self.limit);
        match self.order {
            Order::AsHeld => Page::cut(rows, self.offset, self.limit),
            Order::Backwards => Page::cut(rows.rev(), self.offset, self.limit),
            Order::Ascending(column) => {
                let mut rows: Vec<_> = rows.collect();
                rows.sort_by(|one, other| one.cell(column).cmp(&other.cell(column)));
                cut(rows)
            }
            Order::Descending(column) => {
                let mut rows: Vec<_> = rows.collect();
                rows.sort_by(|one, other| Reverse(one.cell(column)).cmp(&Reverse(other.cell(column))));
                cut(rows)
            }
        }
    }
}

/// A number from 1 to the most.
fn number(parameter: Option<Parameter>, name: &str, default: u64, most: u64) -> Result<u64, Failure> {
    let Some(parameter) = parameter else { return Ok(default) };
    let digits = parameter.value.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.then(|| parameter.value.parse().ok()).flatten();
    number.filter(|number| (1..=most).contains(number)).ok_or_else(|| {
        refused(match most {
            u64::MAX => format!("{name} is a whole number from 1 on."),
            _ => format!("{name} is a whole number from 1 to {most}."),
        })
    })
}
