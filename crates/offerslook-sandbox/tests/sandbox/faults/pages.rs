use offerslook_sandbox::{Fault, Route, Sandbox};
use serde_json::{Value, json};

use super::{always, path, raw, size};
use crate::client::{data, get, sandbox};

const LISTINGS: [Route; 4] =
    [Route::ListOffers, Route::ListBatchOffers, Route::ListPostbacks, Route::ListSubAffiliateRules];

fn page(sandbox: &Sandbox, route: &Route, number: u64) -> Value {
    data(sandbox, &format!("{}?limit=1&offset={number}", route.request().1))
}

fn ids(page: &Value) -> Vec<u64> {
    page["rowset"].as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

#[test]
fn a_repeated_page_has_the_rows_of_the_previous_page() {
    let (plain, faulty) = (sandbox(), always([Fault::RepeatedPage]));
    for route in &LISTINGS {
        assert_eq!(page(&faulty, route, 1), page(&plain, route, 1), "{route}");
        let mut repeated = page(&plain, route, 1);
        repeated["offset"] = 2.into();
        assert_eq!(page(&faulty, route, 2), repeated, "{route}");
    }
    assert_eq!(faulty.fired(), [4]);

    let query = "/aff/v1/offer_postbacks?limit=2&offset=3&sort=-id";
    assert_eq!(ids(&data(&faulty, query)), [51, 49]);
    let encoded = "/aff/v1/offer_postbacks?limit=2&%6Fffset=%33&sort=%2Did";
    assert_eq!(data(&faulty, encoded), data(&faulty, query));
    for offset in ["x", "+2", "%2B2", "2&offset=3"] {
        get(&faulty, &format!("/aff/v1/offer_postbacks?offset={offset}")).assert_refused(400);
    }
    assert_eq!(faulty.fired(), [7]);
}

#[test]
fn totals_move_between_pages() {
    let (plain, faulty) = (sandbox(), always([Fault::MovingTotals]));
    for route in &LISTINGS {
        assert_eq!(page(&faulty, route, 1), page(&plain, route, 1), "{route}");
        let mut moved = page(&plain, route, 2);
        for name in ["totalPages", "totalRows"] {
            moved[name] = (moved[name].as_u64().unwrap() + 1).into();
        }
        assert_eq!(page(&faulty, route, 2), moved, "{route}");
    }
    assert_eq!(faulty.fired(), [4]);

    let both = always([Fault::MovingTotals, Fault::RepeatedPage]);
    let page = data(&both, "/aff/v1/offer_postbacks?limit=2&offset=2");
    assert_eq!((ids(&page), both.fired()), (vec![47, 49], vec![1, 1]));
    assert_eq!((&page["totalRows"], &page["totalPages"], &page["offset"]), (&json!(7), &json!(4), &json!(2)));
}

#[test]
fn faults_of_rows_change_the_rows_of_a_page() {
    for (fault, expected) in [
        (Fault::DuplicateRows, vec![47, 47, 49, 49]),
        (Fault::RowLimit { rows: 1 }, vec![47]),
        (Fault::ExtraRows { ids: vec![900_001] }, vec![47, 49, 900_001]),
        (Fault::UnusableRows { every: size(2) }, vec![47, 0]),
    ] {
        let page = data(&always([fault]), "/aff/v1/offer_postbacks?limit=2");
        assert_eq!((ids(&page), &page["totalRows"]), (expected, &json!(5)));
    }
    // The id of an offer in a list is one level down.
    let extra = always([Fault::ExtraRows { ids: vec![900_001] }]);
    let rows = page(&extra, &Route::ListBatchOffers, 1)["rowset"].clone();
    let mut expected = rows[0].clone();
    expected["offer"]["id"] = 900_001.into();
    assert_eq!(rows[1], expected);
}

#[test]
fn every_id_of_a_row_becomes_a_string_but_not_the_numbers_of_the_page() {
    fn expected(value: &mut Value) {
        for (name, value) in value.as_object_mut().into_iter().flatten() {
            if value.is_u64() && (name == "id" || name.ends_with("_id")) {
                *value = value.to_string().into();
            }
            expected(value);
        }
        value.as_array_mut().into_iter().flatten().for_each(expected);
    }
    let (plain, faulty) = (sandbox(), always([Fault::IdsAsStrings]));
    for route in &LISTINGS {
        let mut page = page(&plain, route, 2);
        expected(&mut page);
        assert_eq!(self::page(&faulty, route, 2), page, "{route}");
        assert!(page["offset"].is_u64());
    }
    assert_eq!(faulty.fired(), [4]);
}

#[test]
fn every_endpoint_has_its_path_and_method() {
    let sandbox = sandbox();
    for route in Route::ENDPOINTS {
        let response = raw(&sandbox, "PATCH", &path(route));
        assert!(response.head.starts_with("HTTP/1.1 405 "), "{route}: {}", response.head);
        let allowed = response.header("allow").unwrap();
        assert!(allowed.split(',').any(|method| method == route.request().0), "{route}: {allowed}");
    }
}
