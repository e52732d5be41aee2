use offerslook_core::{
    BuildError, Error, OfferId, OfferIds, Rows,
    affiliate::batches::{GetTrackingLinks, TrackingLinkRow},
};

use super::{
    offers::Offers,
    prober::{Prober, Reply},
};
use crate::{commands::doctor::report::Check, failure::Failure};

/// Two offers that are known to have a row. At both ends of a call they show whether the service looks at all of it.
pub(super) struct Sentinels {
    pub(super) least: OfferId,
    pub(super) greatest: OfferId,
}

/// What came of a call with so many ids.
enum Outcome {
    /// The rows of both ends came.
    Whole,
    /// An answer without the row of at least one end.
    Truncated {
        rows: usize,
    },
    Refused(Error),
}

const NAME: &str = "ids_per_call";
const ROWS: &str = "rows_of_few_ids";

impl Sentinels {
    /// Finds them with two small calls. Ids without a row are asked alone: whether one has a row after all, the check
    /// tells.
    pub(super) fn find(
        prober: &mut Prober<'_>,
        offers: &Offers,
    ) -> Result<Result<(Self, Check), Check>, Failure> {
        const IDS: usize = 20;
        const MAX_ALONE: usize = 5;
        let mut present = Vec::new();
        let mut missing = Vec::new();
        let ends: [Vec<_>; 2] = [offers.ids().take(IDS).collect(), offers.ids().rev().take(IDS).collect()];
        for ids in ends {
            let Some(asked) = OfferIds::new(ids) else { continue };
            match rows(prober, &asked)?.output {
                Err(error) => return Ok(Err(Check::skipped(NAME, error.to_string()))),
                Ok(rows) => {
                    let (with, without): (Vec<_>, Vec<_>) = asked.iter().partition(|id| has_row(&rows, *id));
                    present.extend(with);
                    missing.extend(without);
                }
            }
        }
        let mut after_all = 0;
        for id in missing.iter().take(MAX_ALONE) {
            let alone = rows(prober, &(*id).into())?.output;
            after_all += usize::from(alone.is_ok_and(|rows| has_row(&rows, *id)));
        }
        let (Some(least), Some(greatest)) = (present.iter().min(), present.iter().max()) else {
            return Ok(Err(Check::skipped(NAME, "no row came for any of the offers")));
        };
        if least == greatest {
            return Ok(Err(Check::skipped(NAME, "only one of the offers has a row")));
        }
        Ok(Ok((Self { least: *least, greatest: *greatest }, rows_check(after_all))))
    }
}

fn rows_check(after_all: usize) -> Check {
    match after_all {
        0 => Check::ok(ROWS, "offers without a row in a small call have none alone either")
            .with_result("complete"),
        _ => Check::warning(
            ROWS,
            "an offer without a row in a small call has one if it is asked for alone",
            "Report this: an id without a row is not known to have no link.",
        )
        .with_result("incomplete"),
    }
}

/// How many ids one call may carry: a bisection up to [`Offers::MAX_IDS_PER_CALL`].
pub(super) fn ask(prober: &mut Prober<'_>, offers: &Offers, sentinels: &Sentinels) -> Result<Check, Failure> {
    let between: Vec<_> =
        offers.ids().filter(|id| (sentinels.least < *id) && (*id < sentinels.greatest)).collect();
    let mut try_size = |size: usize| -> Result<Outcome, Failure> {
        let middle = between.iter().copied().take(size.saturating_sub(2));
        let ids = std::iter::once(sentinels.least).chain(middle).chain([sentinels.greatest]);
        // Never empty.
        let ids = OfferIds::new(ids).unwrap_or_else(|| sentinels.least.into());
        Ok(match rows(prober, &ids)?.output {
            Err(error) => Outcome::Refused(error),
            Ok(rows) if has_row(&rows, sentinels.least) && has_row(&rows, sentinels.greatest) => {
                Outcome::Whole
            }
            Ok(rows) => Outcome::Truncated { rows: rows.rows.len() },
        })
    };
    let most = Offers::MAX_IDS_PER_CALL.min(between.len() + 2);
    let (mut largest, mut smallest_failed, mut last_failure) = (2, most, try_size(most)?);
    if matches!(last_failure, Outcome::Whole) {
        return Ok(unlimited(most));
    }
    if !matches!(try_size(2)?, Outcome::Whole) {
        return Ok(Check::skipped(NAME, "even a call of 2 ids is not answered whole").with_result("unknown"));
    }
    while smallest_failed - largest > 1 {
        let size = usize::midpoint(largest, smallest_failed);
        match try_size(size)? {
            Outcome::Whole => largest = size,
            failed => (smallest_failed, last_failure) = (size, failed),
        }
    }
    Ok(limited(largest, &last_failure))
}

fn unlimited(size: usize) -> Check {
    let more =
        if size < Offers::MAX_IDS_PER_CALL { "no more offers are visible" } else { "more were not tried" };
    Check::ok(NAME, format!("at least {size}: a call of {size} ids is answered whole, and {more}"))
        .with_result(size)
}

/// What a limit of this size looks like, from the failure of the smallest call above it.
fn limited(largest: usize, failure: &Outcome) -> Check {
    let above = largest + 1;
    let (detail, advice) = match failure {
        Outcome::Refused(Error::Build(BuildError::UriTooLong { .. })) => {
            (format!("at least {largest}: the URL of {above} ids is too long to be sent"), "")
        }
        Outcome::Refused(error) => (format!("{largest}: a call of {above} ids is refused: {error}"), ""),
        Outcome::Truncated { rows } => (
            format!(
                "{largest}: of a call of {above} ids, {rows} rows come, and the rest is left out without an error"
            ),
            "Use links of this client, which finds such a limit, or --ids-per-request.",
        ),
        Outcome::Whole => (largest.to_string(), ""),
    };
    let check =
        if advice.is_empty() { Check::ok(NAME, detail) } else { Check::warning(NAME, detail, advice) };
    check.with_result(largest)
}

/// Asks for the links of these offers.
pub(super) fn rows(prober: &mut Prober<'_>, ids: &OfferIds) -> Result<Reply<Rows<TrackingLinkRow>>, Failure> {
    prober.ask(&GetTrackingLinks::new(ids.clone()))
}

pub(super) fn has_row(rows: &Rows<TrackingLinkRow>, id: OfferId) -> bool {
    rows.iter().any(|row| row.offer_id == id)
}
