use offerslook_core::{Link, OfferId, OfferIds};

use super::{
    call_size::{Sentinels, has_row, rows},
    offers::{Listed, Offers},
    prober::Prober,
};
use crate::{commands::doctor::report::Check, failure::Failure};

/// An id that no network has reached.
pub(super) const UNKNOWN: u64 = 3_999_999_999;

/// What ids without a link give, in which order rows come, and the shape of an answer for one id.
pub(super) fn ask(
    prober: &mut Prober<'_>,
    offers: &Offers,
    sentinels: &Sentinels,
) -> Result<Vec<Check>, Failure> {
    let kinds = [
        ("unknown_ids", OfferId::new(UNKNOWN)),
        ("unapproved_ids", offers.first(Listed::Unapproved)),
        ("paused_ids", offers.first(Listed::Paused)),
    ];
    let mut checks = Vec::new();
    for (name, id) in kinds {
        checks.push(match id {
            Some(id) => fate(prober, name, id, sentinels.least)?,
            None => Check::skipped(name, "the list has no such offer").with_result("unknown"),
        });
    }
    checks.push(order(prober, sentinels)?);
    checks.push(shape(prober, sentinels.least)?);
    Ok(checks)
}

/// What such an id gives beside one that has a row.
fn fate(prober: &mut Prober<'_>, name: &'static str, id: OfferId, beside: OfferId) -> Result<Check, Failure> {
    let Some(ids) = OfferIds::new([beside, id]) else { return Ok(Check::skipped(name, "no ids")) };
    let rows = match rows(prober, &ids)?.output {
        Ok(rows) => rows,
        Err(error) => {
            let detail = format!("one such id spoils the call: {error}");
            return Ok(Check::ok(name, detail).with_result("call_refused"));
        }
    };
    let neighbour =
        if has_row(&rows, beside) { "the other id has its row" } else { "the other id has none either" };
    let (result, detail) = match rows.iter().find(|row| row.offer_id == id).map(|row| &row.url) {
        None => ("no_row", "there is no row".to_owned()),
        Some(Link::Url(_)) => ("url", "there is a row with a URL".to_owned()),
        Some(Link::NeedToApply) => ("need_to_apply", "the row says that one needs to apply".to_owned()),
        Some(Link::Absent) => ("row_without_url", "there is a row without a URL".to_owned()),
        Some(other) => ("other_text", format!("the row says {:?} in place of a URL", other.to_string())),
    };
    Ok(Check::ok(name, format!("{detail}; {neighbour}")).with_result(result))
}

fn order(prober: &mut Prober<'_>, Sentinels { least, greatest }: &Sentinels) -> Result<Check, Failure> {
    const NAME: &str = "row_order";
    let Some(ids) = OfferIds::new([*greatest, *least]) else { return Ok(Check::skipped(NAME, "no ids")) };
    Ok(match rows(prober, &ids)?.output {
        Err(error) => Check::skipped(NAME, error.to_string()),
        Ok(rows) => {
            let came: Vec<_> = rows.iter().map(|row| row.offer_id).collect();
            if came == [*greatest, *least] {
                Check::ok(NAME, "rows come in the order of the ids in the call").with_result("as_asked")
            } else if came == [*least, *greatest] {
                Check::ok(NAME, "rows come in ascending order of the ids").with_result("ascending")
            } else {
                let detail = format!("of 2 ids that have a row each, {} rows came", came.len());
                Check::warning(NAME, detail, "Report this: rows go missing or repeat.").with_result("unknown")
            }
        }
    })
}

/// Whether the answer for one id is a list of one, or an object.
fn shape(prober: &mut Prober<'_>, id: OfferId) -> Result<Check, Failure> {
    const NAME: &str = "one_id";
    let reply = rows(prober, &id.into())?;
    let json =
        reply.response.and_then(|response| serde_json::from_slice::<serde_json::Value>(response.body()).ok());
    let payload = json.as_ref().and_then(|json| json.pointer("/data/tracking_link"));
    Ok(match payload {
        Some(serde_json::Value::Array(_)) => {
            Check::ok(NAME, "a call of 1 id has a list of rows, like any other").with_result("list")
        }
        Some(serde_json::Value::Object(_)) => {
            Check::ok(NAME, "a call of 1 id has an object in place of the list").with_result("object")
        }
        _ => Check::skipped(NAME, "the response has neither a list nor an object").with_result("unknown"),
    })
}
