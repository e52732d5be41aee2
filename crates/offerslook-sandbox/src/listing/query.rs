use super::{Fields, List, Page, Parameters, Row, filter::Filter, parameters::Parameter};
use crate::{envelope::Failure, text::decimal};

const DEFAULT_LIMIT: u64 = 20;

/// The parsed query of a list.
pub(crate) struct Query {
    offset: u64,
    limit: u64,
    order: Order,
    filters: Vec<Filter>,
    pub(crate) fields: Fields,
}

enum Order {
    /// By the first column, the order of the stored rows.
    Stored {
        ascending: bool,
    },
    By {
        column: &'static str,
        ascending: bool,
    },
}

impl List {
    /// Parses the query. The handler must have taken its own parameters before.
    pub(crate) fn query(&self, mut parameters: Parameters) -> Result<Query, Failure> {
        let offset = number(parameters.take("offset"), "offset, the page number,", 1, u64::MAX)?;
        let limit = number(parameters.take("limit"), "limit", DEFAULT_LIMIT, self.max_rows)?;
        let has_columns = !self.columns.is_empty();
        let order = match has_columns.then(|| parameters.take("sort")).flatten() {
            Some(sort) => self.order(&sort.value)?,
            None => Order::Stored { ascending: true },
        };
        let fields = if self.fields.is_empty() { None } else { parameters.take("fields") };
        let fields = Fields(fields.map(|fields| fields.list("fields", self.fields)).transpose()?);
        let mut filters: Vec<Filter> = Vec::new();
        for parameter in has_columns.then(|| parameters.take_filters()).into_iter().flatten() {
            let place = parameter.place();
            let filter = Filter::parse(self.columns, parameter)?;
            if filters.iter().any(|other| other.is_same(&filter)) {
                return Err(Failure::bad_request(format!(
                    "{place} is the same filter as an earlier one, perhaps in the short form."
                )));
            }
            filters.push(filter);
        }
        parameters.finish()?;
        Ok(Query { offset, limit, order, filters, fields })
    }

    fn order(&self, sort: &str) -> Result<Order, Failure> {
        let sorts = |name: &str| self.columns.iter().position(|column| column.sorts && column.name == name);
        let (ascending, position) = match (sort.strip_prefix('+'), sort.strip_prefix('-')) {
            (Some(name), _) => (true, sorts(name)),
            (_, Some(name)) => (false, sorts(name)),
            _ => return Err(Failure::bad_request("sort must begin with + or -; send the + as %2B.")),
        };
        match position.and_then(|position| Some((position, self.columns.get(position)?))) {
            Some((0, _)) => Ok(Order::Stored { ascending }),
            Some((_, column)) => Ok(Order::By { column: column.name, ascending }),
            None => {
                let names: Vec<_> =
                    self.columns.iter().filter(|column| column.sorts).map(|column| column.name).collect();
                Err(Failure::bad_request(format!(
                    "sort does not support this column. It supports {}.",
                    names.join(", ")
                )))
            }
        }
    }
}

impl Query {
    /// Returns the requested page of rows, which come in the order of the list's first column.
    pub(crate) fn page<R: Row>(&self, rows: impl DoubleEndedIterator<Item = R>) -> Page<R> {
        let rows = rows.filter(|row| self.filters.iter().all(|filter| filter.matches(row)));
        match self.order {
            Order::Stored { ascending: true } => Page::cut(rows, self.offset, self.limit),
            Order::Stored { ascending: false } => Page::cut(rows.rev(), self.offset, self.limit),
            Order::By { column, ascending } => {
                let mut rows: Vec<_> = rows.collect();
                rows.sort_by(|one, other| {
                    let order = one.cell(column).cmp(&other.cell(column));
                    if ascending { order } else { order.reverse() }
                });
                Page::cut(rows.into_iter(), self.offset, self.limit)
            }
        }
    }
}

/// Parses a number from 1 to `max`.
fn number(parameter: Option<Parameter>, name: &str, default: u64, max: u64) -> Result<u64, Failure> {
    let Some(parameter) = parameter else { return Ok(default) };
    decimal(&parameter.value).filter(|number| (1..=max).contains(number)).ok_or_else(|| {
        Failure::bad_request(match max {
            u64::MAX => format!("{name} must be a whole number from 1 on."),
            _ => format!("{name} must be a whole number from 1 to {max}."),
        })
    })
}
