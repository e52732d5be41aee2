use serde_json::value::{RawValue, to_raw_value};

use super::{
    Fault,
    document::{Document, Fields, Row},
    layers::Asked,
};

/// Whether a fault changes an answer as JSON, and so wants to see the whole of it.
pub(super) fn is_about_json(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::MissingRows { .. }
            | Fault::DuplicateRows
            | Fault::ExtraRows { .. }
            | Fault::RowLimit { .. }
            | Fault::IdsAsStrings
            | Fault::EscapedSlashes
            | Fault::RepeatedPage
            | Fault::MovingTotals
    )
}

/// Changes an answer, and says whether it is another now. `None` if the fault does not fit it.
pub(super) fn change(fault: &Fault, asked: &Asked, document: &mut Document) -> Option<bool> {
    match fault {
        Fault::MissingRows { every } => change_rows(document, |rows| {
            let mut number = 0_usize;
            rows.retain(|_| {
                number += 1;
                !number.is_multiple_of(every.get())
            });
        }),
        Fault::DuplicateRows => change_rows(document, |rows| {
            *rows = rows.drain(..).flat_map(|row| [row.clone(), row]).collect();
        }),
        Fault::ExtraRows { ids } => change_rows(document, |rows| {
            let Some(first) = rows.first().cloned() else { return };
            rows.extend(ids.iter().filter_map(|id| with_id(&first, *id)));
        }),
        Fault::RowLimit { rows: limit } => change_rows(document, |rows| rows.truncate(*limit)),
        Fault::IdsAsStrings => {
            let data = document.data()?;
            let mut is_changed = false;
            for (_, value) in &mut data.0 {
                if let Some(changed) = ids_as_strings(value) {
                    *value = changed;
                    is_changed = true;
                }
            }
            Some(is_changed)
        }
        Fault::EscapedSlashes => {
            document.escapes_slashes = document.has_slashes();
            Some(document.escapes_slashes)
        }
        Fault::RepeatedPage => {
            let page = asked.page?;
            let data = document.data()?;
            let is_changed = data.number("offset")? != page;
            // The rows are those of the page before already; the page says that it is the one that was asked
            // for.
            data.set_number("offset", page)?;
            Some(is_changed)
        }
        Fault::MovingTotals => {
            let is_second = asked.page?.is_multiple_of(2);
            let data = document.data()?;
            let (rows, limit) = (data.number("totalRows")?, data.number("limit")?);
            let pages = data.number("totalPages")?;
            if is_second {
                data.set_number("totalRows", rows.saturating_add(limit))?;
                data.set_number("totalPages", pages.saturating_add(1))?;
            }
            Some(is_second)
        }
        _ => None,
    }
}

/// Every fault that changes rows changes how many there are.
fn change_rows(document: &mut Document, change: impl FnOnce(&mut Vec<Row>)) -> Option<bool> {
    let mut rows = document.rows()?;
    let before = rows.len();
    change(&mut rows);
    if rows.len() == before {
        return Some(false);
    }
    document.set_rows(&rows)?;
    Some(true)
}

/// A copy of a row about something else: its own id, else the offer's that it is about.
fn with_id(row: &RawValue, id: u64) -> Option<Row> {
    let mut fields = Fields::read(row)?;
    if let Some(offer) = fields.get_mut("offer") {
        *offer = with_id(offer, id)?;
    } else {
        fields.set_number("id", id).or_else(|| fields.set_number("offer_id", id))?;
    }
    fields.write()
}

/// The same value with every id in it a string; `None` if there is no id in it that is a number.
fn ids_as_strings(value: &RawValue) -> Option<Box<RawValue>> {
    if let Some(mut fields) = Fields::read(value) {
        let mut is_changed = false;
        for (name, value) in &mut fields.0 {
            let is_id = name == "id" || name.ends_with("_id");
            let changed = match value.get() {
                number if is_id && number.parse::<i128>().is_ok() => to_raw_value(number).ok(),
                _ => ids_as_strings(value),
            };
            if let Some(changed) = changed {
                *value = changed;
                is_changed = true;
            }
        }
        return is_changed.then(|| fields.write()).flatten();
    }
    let mut items: Vec<Box<RawValue>> = serde_json::from_str(value.get()).ok()?;
    let mut is_changed = false;
    for item in &mut items {
        if let Some(changed) = ids_as_strings(item) {
            *item = changed;
            is_changed = true;
        }
    }
    is_changed.then(|| to_raw_value(&items).ok()).flatten()
}
