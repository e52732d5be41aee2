use super::Postback;
use crate::listing::{self, Cell, Kind, List, Operators, Row};

/// The columns of a list of postbacks, which all support filters, sorting and `fields`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Id,
    OfferId,
    EventId,
    Code,
    Status,
    Type,
    CreateTime,
    UpdateTime,
}

pub(crate) const LIST: List<Column> = List {
    max_rows: 1_000,
    columns: &[
        column("id", Column::Id, Kind::Number),
        column("offer_id", Column::OfferId, Kind::Number),
        column("event_id", Column::EventId, Kind::Number),
        column("code", Column::Code, Kind::Text),
        column("status", Column::Status, Kind::Text),
        column("type", Column::Type, Kind::Number),
        column("create_time", Column::CreateTime, Kind::Number),
        column("update_time", Column::UpdateTime, Kind::Number),
    ],
    fields: &["id", "offer_id", "event_id", "code", "status", "type", "create_time", "update_time"],
};

const fn column(name: &'static str, column: Column, kind: Kind) -> listing::Column<Column> {
    listing::Column { name, column, kind, operators: Operators::Every, sorts: true }
}

impl Row for &Postback {
    type Column = Column;

    fn cell(&self, column: Column) -> Cell<'_> {
        match column {
            Column::Id => self.id.into(),
            Column::OfferId => self.offer_id.into(),
            Column::EventId => self.event_id.map_or(Cell::Null, Cell::Number),
            Column::Code => self.code.as_str().into(),
            Column::Status => self.status.into(),
            Column::Type => self.r#type.number().into(),
            Column::CreateTime => self.create_time.into(),
            Column::UpdateTime => self.update_time.into(),
        }
    }
}
