use std::num::NonZeroU32;

use offerslook_core::{
    Error, OfferId, Page, Paged,
    affiliate::{
        Order,
        offers::{ListOffers, OfferRow},
    },
};

use super::prober::{Prober, Reply};
use crate::{commands::doctor::report::Check, failure::Failure};

/// Few enough that small lists have several pages.
const ROWS_PER_PAGE: NonZeroU32 = NonZeroU32::MIN.saturating_add(4);

/// Whether `offset` is a page, and what comes behind the last page.
pub(super) fn ask(prober: &mut Prober<'_>) -> Result<[Check; 2], Failure> {
    let mut page = |number| {
        let call = ListOffers::new().sort_by_id(Order::Ascending).at(number, ROWS_PER_PAGE);
        prober.ask(&call).map(|Reply { output, .. }| output)
    };
    let first = page(NonZeroU32::MIN)?;
    let second = page(NonZeroU32::MIN.saturating_add(1))?;
    let pages = first.as_ref().ok().and_then(|page| page.total_pages);
    let offset = match (&first, &second) {
        (Ok(first), Ok(second)) => offset(&ids(first), &ids(second)),
        (Err(error), _) | (_, Err(error)) => Check::skipped("offset", error.to_string()),
    };
    let past_the_end = match pages.and_then(NonZeroU32::new) {
        Some(pages) => past_the_end(page(pages.saturating_add(1))?),
        None => Check::skipped("past_the_end", "the service does not say how many pages there are"),
    };
    Ok([offset, past_the_end])
}

fn ids(page: &Page<OfferRow>) -> Vec<OfferId> {
    page.rowset.iter().map(ListOffers::id_of).collect()
}

/// What `offset` is, from the rows at 1 and at 2.
fn offset(first: &[OfferId], second: &[OfferId]) -> Check {
    const ADVICE: &str = "Report this: listings of this client read pages, and would miss rows.";
    let rest = first.get(1..).unwrap_or_default();
    if first.is_empty() || second.is_empty() {
        Check::skipped("offset", "there are too few offers to tell").with_result("unknown")
    } else if first == second {
        Check::warning("offset", "offset=1 and offset=2 have the same rows", ADVICE).with_result("repeated")
    } else if !rest.is_empty() && second.starts_with(rest) {
        let detail = "offset is a number of rows to skip: offset=2 begins a row after offset=1";
        Check::warning("offset", detail, ADVICE).with_result("rows")
    } else if first.iter().any(|id| second.contains(id)) {
        Check::warning("offset", "offset=1 and offset=2 have some rows in common", ADVICE)
            .with_result("overlapping")
    } else {
        Check::ok("offset", "offset is a page: offset=1 and offset=2 have no row in common")
            .with_result("page")
    }
}

fn past_the_end(page: Result<Page<OfferRow>, Error>) -> Check {
    match page {
        Ok(page) if page.rowset.is_empty() => {
            Check::ok("past_the_end", "a page behind the last one has no rows").with_result("empty")
        }
        Ok(_) => Check::warning(
            "past_the_end",
            "a page behind the last one has rows",
            "Listings of this client notice it. Attach this report if one of them is incomplete.",
        )
        .with_result("rows"),
        Err(error) => Check::ok("past_the_end", format!("a page behind the last one is an error: {error}"))
            .with_result("error"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the sandbox cannot be told to do: to skip rows, as the reference says.
    #[test]
    fn the_rows_at_two_offsets_tell_what_an_offset_is() {
        let ids = |ids: &[u64]| ids.iter().filter_map(|id| OfferId::new(*id)).collect::<Vec<_>>();
        for (first, second, expected) in [
            (vec![1, 2, 3], vec![4, 5, 6], "page"),
            (vec![2, 3, 4], vec![3, 4, 5], "rows"),
            (vec![2, 3, 4], vec![3, 4], "rows"),
            (vec![1, 2, 3], vec![1, 2, 3], "repeated"),
            (vec![1, 2, 3], vec![9, 3, 1], "overlapping"),
            (vec![1], vec![], "unknown"),
            (vec![], vec![], "unknown"),
        ] {
            assert_eq!(offset(&ids(&first), &ids(&second)).result(), Some(expected), "{first:?} {second:?}");
        }
    }
}
