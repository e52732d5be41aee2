use offerslook_sandbox::{Fault, Route, Sandbox};
use serde_json::Value;

use super::{always, hear, path};
use crate::client::{get, sandbox};

const LISTINGS: [Route; 4] =
    [Route::ListOffers, Route::BatchListOffers, Route::ListPostbacks, Route::SubAffiliateApproval];

fn page(sandbox: &Sandbox, route: Route, number: u64) -> Value {
    let answer = get(sandbox, &format!("{}?limit=1&offset={number}", route.request().1));
    assert_eq!(answer.status(), 200, "{}", answer.text);
    answer.json()["data"].clone()
}

#[test]
fn a_repeated_page_has_the_rows_of_the_page_before() {
    let (plain, faulty) = (sandbox(), always(Fault::RepeatedPage));
    for route in LISTINGS {
        assert_eq!(page(&faulty, route, 1), page(&plain, route, 1), "{route}");
        let mut repeated = page(&plain, route, 1);
        repeated["offset"] = 2.into();
        assert_eq!(page(&faulty, route, 2), repeated, "{route}");
    }
    assert_eq!(faulty.fired(), [4]);
}

#[test]
fn totals_move_between_pages() {
    let (plain, faulty) = (sandbox(), always(Fault::MovingTotals));
    for route in LISTINGS {
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
fn an_extra_row_in_a_list_has_its_id() {
    let sandbox = always(Fault::ExtraRows { ids: vec![900_001] });
    assert_eq!(page(&sandbox, Route::BatchListOffers, 1)["rowset"][1]["offer"]["id"], 900_001);
    assert_eq!(page(&sandbox, Route::ListPostbacks, 1)["rowset"][1]["id"], 900_001);
}

#[test]
fn every_route_is_served_where_its_name_says() {
    let sandbox = sandbox();
    for route in Route::ALL {
        let heard = hear(&sandbox, "PATCH", &path(route));
        assert!(heard.head.starts_with("HTTP/1.1 405 "), "{route}: {}", heard.head);
        let allowed = heard.header("allow").unwrap();
        assert!(allowed.split(',').any(|method| method == route.request().0), "{route}: {allowed}");
    }
}
