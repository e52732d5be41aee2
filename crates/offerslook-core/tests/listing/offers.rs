//! The list of offers.

use offerslook_core::affiliate::{Limit, offers::ListOffers};

use crate::{
    harness::{Answer, Call, Harness},
    server::{body, list, status},
};

fn offers(rows: &[u64], call: &Call) -> Answer {
    let page = rows.iter().skip((call.page - 1) * call.limit).take(call.limit);
    let page: Vec<_> = page.map(|id| format!(r#"{{"offer":{{"id":{id}}}}}"#)).collect();
    let pages = rows.len().div_ceil(call.limit);
    body(&format!(
        r#"{{"code":0,"data":{{"rowset":[{}],"totalPages":{pages},"totalRows":{},"offset":{},"limit":{}}}}}"#,
        page.join(","),
        rows.len(),
        call.page,
        call.limit
    ))
}

#[test]
fn all_offers() {
    let rows = list(1_234);
    let outcome = Harness::default().run(ListOffers::new(), |call| offers(&rows, call));
    outcome.assert_complete(&rows);
    assert!(outcome.calls.iter().all(|call| call.limit == 200));
    assert!(outcome.calls.len() <= 9);
}

#[test]
fn fifty_offers_a_page_from_the_third_page_on() {
    let rows = list(234);
    let call = ListOffers::new().limit(Limit::of::<50>()).page(3.try_into().unwrap());
    let outcome =
        Harness::default().run(call, |call| if call.limit > 50 { status(400) } else { offers(&rows, call) });
    outcome.assert_complete(&rows[100..]);
    assert!(outcome.calls.iter().all(|call| call.page >= 3));
}

/// What PHP makes of a list whose keys have gaps.
#[test]
fn a_rowset_with_numeric_keys() {
    let rows = list(234);
    let outcome = Harness::default().run(ListOffers::new(), |call| {
        let page = rows.iter().skip((call.page - 1) * call.limit).take(call.limit).enumerate();
        let page: Vec<_> = page.map(|(key, id)| format!(r#""{key}":{{"offer":{{"id":{id}}}}}"#)).collect();
        body(&format!(
            r#"{{"code":0,"data":{{"rowset":{{{}}},"totalPages":2,"totalRows":{}}}}}"#,
            page.join(","),
            rows.len()
        ))
    });
    outcome.assert_complete(&rows);
}
