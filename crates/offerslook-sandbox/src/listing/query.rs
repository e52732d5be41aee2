use super::{Column, Fields, List, Page, Parameters, Row, filter::Filter, parameters::Parameter};
use crate::{decimal::decimal, envelope::Failure};

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
    /// By the first column, as the rows are held.
    Held {
        up: bool,
    },
    By {
        column: C,
        up: bool,
    },
}

impl<C: Copy + PartialEq> List<C> {
    /// Reads what the query says. Parameters that the endpoint has of its own must have been taken before.
    pub(crate) fn query(&self, mut parameters: Parameters) -> Result<Query<C>, Failure> {
        let offset = number(parameters.take("offset"), "offset, the number of a page,", 1, u64::MAX)?;
        let limit = number(parameters.take("limit"), "limit", DEFAULT_LIMIT, self.most_rows)?;
        let has_columns = !self.columns.is_empty();
        let order = match has_columns.then(|| parameters.take("sort")).flatten() {
            Some(sort) => self.order(&sort.value)?,
            None => Order::Held { up: true },
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
                return Err(Failure::bad_request(format!(
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
            _ => return Err(Failure::bad_request("sort begins with + or -; the + has to be sent as %2B.")),
        };
        match position.and_then(|position| Some((position, self.columns.get(position)?))) {
            Some((0, _)) => Ok(Order::Held { up }),
            Some((_, Column { column, .. })) => Ok(Order::By { column: *column, up }),
            None => {
                let names: Vec<_> =
                    self.columns.iter().filter(|column| column.sorts).map(|column| column.name).collect();
                Err(Failure::bad_request(format!(
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
        match self.order {
            Order::Held { up: true } => Page::cut(rows, self.offset, self.limit),
            Order::Held { up: false } => Page::cut(rows.rev(), self.offset, self.limit),
            Order::By { column, up } => {
                let mut rows: Vec<_> = rows.collect();
                rows.sort_by(|one, other| {
                    let order = one.cell(column).cmp(&other.cell(column));
                    if up { order } else { order.reverse() }
                });
                Page::cut(rows.into_iter(), self.offset, self.limit)
            }
        }
    }
}

/// A number from 1 to the most.
fn number(parameter: Option<Parameter>, name: &str, default: u64, most: u64) -> Result<u64, Failure> {
    let Some(parameter) = parameter else { return Ok(default) };
    decimal(&parameter.value).filter(|number| (1..=most).contains(number)).ok_or_else(|| {
        Failure::bad_request(match most {
            u64::MAX => format!("{name} is a whole number from 1 on."),
            _ => format!("{name} is a whole number from 1 to {most}."),
        })
    })
}
