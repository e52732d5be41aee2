use offerslook_sandbox::{Fault, Faults, Route, Rule, Sandbox};
use serde_json::{Value, json};

use super::{always, faulty, hear, path};
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
fn a_repeated_page_has_the_rows_of_the_page_before() {
    let (plain, faulty) = (sandbox(), always(Fault::RepeatedPage));
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
    assert_eq!(faulty.fired(), [7]);
    for offset in ["x", "+2", "%2B2", "2&offset=3"] {
        get(&faulty, &format!("/aff/v1/offer_postbacks?offset={offset}")).assert_refused(400);
    }
    assert_eq!(faulty.fired(), [7]);
}

#[test]
fn totals_move_between_pages() {
    let (plain, faulty) = (sandbox(), always(Fault::MovingTotals));
    for route in &LISTINGS {
        assert_eq!(page(&faulty, route, 1), page(&plain, route, 1), "{route}");
        let mut moved = page(&plain, route, 2);
        for name in ["totalPages", "totalRows"] {
            moved[name] = (moved[name].as_u64().unwrap() + 1).into();
        }
        assert_eq!(page(&faulty, route, 2), moved, "{route}");
    }
    assert_eq!(faulty.fired(), [4]);
}

#[test]
fn both_faults_of_pages_go_together() {
    let rules = [Fault::MovingTotals, Fault::RepeatedPage].map(Rule::new);
    let faulty = faulty(rules.into_iter().fold(Faults::default(), Faults::rule));
    let page = data(&faulty, "/aff/v1/offer_postbacks?limit=2&offset=2");
    assert_eq!((ids(&page), faulty.fired()), (vec![47, 49], vec![1, 1]));
    assert_eq!((&page["totalRows"], &page["totalPages"], &page["offset"]), (&json!(7), &json!(4), &json!(2)));
}

#[test]
fn rows_of_a_page_are_rows() {
    for (fault, expected) in [
        (Fault::DuplicateRows, vec![47, 47, 49, 49]),
        (Fault::RowLimit { rows: 1 }, vec![47]),
        (Fault::ExtraRows { ids: vec![900_001] }, vec![47, 49, 900_001]),
    ] {
        let page = data(&always(fault), "/aff/v1/offer_postbacks?limit=2");
        assert_eq!((ids(&page), &page["totalRows"]), (expected, &json!(5)));
    }
}

#[test]
fn an_offer_in_a_list_has_its_id_one_level_down() {
    let sandbox = always(Fault::ExtraRows { ids: vec![900_001] });
    let rows = page(&sandbox, &Route::ListBatchOffers, 1)["rowset"].clone();
    let mut extra = rows[0].clone();
    extra["offer"]["id"] = 900_001.into();
    assert_eq!(rows[1], extra);
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
    let (plain, faulty) = (sandbox(), always(Fault::IdsAsStrings));
    for route in &LISTINGS {
        let mut page = page(&plain, route, 2);
        expected(&mut page);
        assert_eq!(self::page(&faulty, route, 2), page, "{route}");
        assert!(page["offset"].is_u64());
    }
    assert_eq!(faulty.fired(), [4]);
}

#[test]
fn every_route_is_served_where_its_name_says() {
    let sandbox = sandbox();
    for route in Route::ENDPOINTS {
        let heard = hear(&sandbox, "PATCH", &path(route));
        assert!(heard.head.starts_with("HTTP/1.1 405 "), "{route}: {}", heard.head);
        let allowed = heard.header("allow").unwrap();
        assert!(allowed.split(',').any(|method| method == route.request().0), "{route}: {allowed}");
    }
}
