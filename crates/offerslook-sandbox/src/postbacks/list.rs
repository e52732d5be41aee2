use super::Postback;
use crate::listing::{Cell, Column, List, Operators, Row};

pub(crate) const LIST: List = List {
    max_rows: 1_000,
    columns: &[
        Column::number("id", Operators::Every).sortable(),
        Column::number("offer_id", Operators::Every).sortable(),
        Column::number("event_id", Operators::Every).sortable(),
        Column::text("code", Operators::Every).sortable(),
        Column::text("status", Operators::Every).sortable(),
        Column::number("type", Operators::Every).sortable(),
        Column::number("create_time", Operators::Every).sortable(),
        Column::number("update_time", Operators::Every).sortable(),
    ],
    fields: &["id", "offer_id", "event_id", "code", "status", "type", "create_time", "update_time"],
};

impl Row for &Postback {
    fn cell(&self, column: &str) -> Cell<'_> {
        match column {
            "id" => self.id.into(),
            "offer_id" => self.offer_id.into(),
            "event_id" => self.event_id.map_or(Cell::Null, Cell::Number),
            "code" => self.code.as_str().into(),
            "status" => self.status.into(),
            "type" => self.r#type.number().into(),
            "create_time" => self.create_time.into(),
            "update_time" => self.update_time.into(),
            _ => Cell::Null,
        }
    }
}
