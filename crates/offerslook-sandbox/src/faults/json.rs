//! Faults that change the JSON of a response.

use serde_json::value::{RawValue, to_raw_value};

use super::{
    Fault,
    call::Call,
    document::{Document, Fields, Row},
};

/// Returns whether a fault changes the JSON, and so needs the whole body.
pub(super) fn changes_json(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::MissingRows { .. }
            | Fault::DuplicateRows
            | Fault::ExtraRows { .. }
            | Fault::UnusableRows { .. }
            | Fault::RowLimit { .. }
            | Fault::RenamedKey { .. }
            | Fault::IdsAsStrings
            | Fault::EscapedSlashes
            | Fault::RepeatedPage
            | Fault::MovingTotals
    )
}

/// Changes a response, and returns whether it differs; `None` if the fault does not fit it.
pub(super) fn change(fault: &Fault, call: &Call, document: &mut Document) -> Option<bool> {
    match fault {
        Fault::RenamedKey { to } => document.rename_key(to),
        Fault::IdsAsStrings => {
            let data = document.data()?;
            Some(data.0.iter_mut().fold(false, |is_changed, (_, value)| ids_as_strings(value) || is_changed))
        }
        Fault::EscapedSlashes => {
            document.escapes_slashes = document.has_slashes();
            Some(document.escapes_slashes)
        }
        Fault::RepeatedPage => repeat_page(call, document.data()?),
        Fault::MovingTotals => move_totals(call, document.data()?),
        _ => {
            let mut rows = document.rows()?;
            let is_changed = change_rows(fault, &mut rows)?;
            if is_changed {
                document.set_rows(&rows)?;
            }
            Some(is_changed)
        }
    }
}

fn change_rows(fault: &Fault, rows: &mut Vec<Row>) -> Option<bool> {
    let before = rows.len();
    match fault {
        Fault::MissingRows { every } => {
            let mut number = 0_usize;
            rows.retain(|_| {
                number += 1;
                !number.is_multiple_of(every.get())
            });
        }
        Fault::DuplicateRows => *rows = rows.drain(..).flat_map(|row| [row.clone(), row]).collect(),
        Fault::ExtraRows { ids } => {
            let first = rows.first().cloned();
            rows.extend(first.iter().flat_map(|first| ids.iter().filter_map(|id| with_id(first, *id))));
        }
        Fault::RowLimit { rows: limit } => rows.truncate(*limit),
        Fault::UnusableRows { every } => {
            let mut is_changed = false;
            for row in rows.iter_mut().skip(every.get() - 1).step_by(every.get()) {
                if let Some(changed) = with_id(row, 0) {
                    *row = changed;
                    is_changed = true;
                }
            }
            return Some(is_changed);
        }
        _ => return None,
    }
    Some(rows.len() != before)
}

/// Sets the page number that the client requested: the changed request asked for the page before.
fn repeat_page(call: &Call, data: &mut Fields) -> Option<bool> {
    let page = call.page?;
    let is_changed = data.number("offset")? != page;
    data.set_number("offset", page)?;
    Some(is_changed)
}

fn move_totals(call: &Call, data: &mut Fields) -> Option<bool> {
    let is_second = call.page?.is_multiple_of(2);
    let (rows, limit) = (data.number("totalRows")?, data.number("limit")?);
    let pages = data.number("totalPages")?;
    if is_second {
        data.set_number("totalRows", rows.saturating_add(limit))?;
        data.set_number("totalPages", pages.saturating_add(1))?;
    }
    Some(is_second)
}

/// Returns a copy of a row with another id: its own `id`, or else its `offer_id`.
fn with_id(row: &RawValue, id: u64) -> Option<Row> {
    let mut fields = Fields::parse(row)?;
    if let Some(offer) = fields.0.get_mut("offer") {
        *offer = with_id(offer, id)?;
    } else {
        fields.set_number("id", id).or_else(|| fields.set_number("offer_id", id))?;
    }
    fields.write()
}

/// Turns every integer id in a value into a string, and returns whether there was one.
fn ids_as_strings(value: &mut Box<RawValue>) -> bool {
    let mut is_changed = false;
    let changed = if let Some(mut fields) = Fields::parse(value) {
        for (name, value) in &mut fields.0 {
            let is_id = name == "id" || name.ends_with("_id");
            match to_raw_value(value.get()) {
                Ok(text) if is_id && value.get().parse::<i128>().is_ok() => {
                    *value = text;
                    is_changed = true;
                }
                _ => is_changed |= ids_as_strings(value),
            }
        }
        fields.write()
    } else if let Ok(mut items) = serde_json::from_str::<Vec<Box<RawValue>>>(value.get()) {
        for item in &mut items {
            is_changed |= ids_as_strings(item);
        }
        to_raw_value(&items).ok()
    } else {
        None
    };
    if let Some(changed) = changed.filter(|_| is_changed) {
        *value = changed;
    }
    is_changed
}
