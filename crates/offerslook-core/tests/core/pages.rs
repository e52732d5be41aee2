//! A page of a list, as an endpoint of lists answers with it.

use offerslook_core::{Encoder, Endpoint, Page, Payload, Spec, parse};
use serde::{Deserialize, Serialize};

use crate::answers::{answer, answers, success};

/// `GET /aff/v1/offer_postbacks`
struct ListPostbacks;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Postback {
    id: u64,
    code: String,
}

impl Endpoint for ListPostbacks {
    const SPEC: Spec = Spec::get("list_postbacks", "/aff/v1/offer_postbacks", Payload::Whole);
    type Output = Page<Postback>;

    fn encode(&self, _: &mut Encoder) {}
}

#[test]
fn a_page_is_read_and_written_to_the_letter() {
    let data = r#"{"rowset":[{"id":49,"code":"http://test.com"}],"totalPages":3,"totalRows":5,"offset":2,"limit":2}"#;
    let page = parse::<ListPostbacks>(&answer(200, success(data))).unwrap();
    assert_eq!(
        (page.total_pages, page.total_rows, page.offset, page.limit),
        (Some(3), Some(5), Some(2), Some(2))
    );
    assert_eq!(serde_json::to_string(&page).unwrap(), data);
}

answers! {
    numbers_as_strings: ListPostbacks, 200,
        success(r#"{"rowset": [], "totalPages": "3", "totalRows": "5", "offset": "4", "limit": "2"}"#);
    rowset_absent: ListPostbacks, 200, success(r#"{"totalPages": 0, "totalRows": 0, "offset": 1, "limit": 2}"#);
    keys_for_rows: ListPostbacks, 200, success(
        r#"{"rowset": {"0": {"id": 49, "code": "a"}, "1": {"id": 50, "code": "b"}}, "totalRows": 2}"#
    );
    rowset_null: ListPostbacks, 200,
        success(r#"{"rowset": null, "totalPages": 0, "totalRows": 0, "offset": 1, "limit": 2}"#);
    totals_absent: ListPostbacks, 200, success(r#"{"rowset": [], "offset": 1, "limit": 2}"#);
    data_empty: ListPostbacks, 200, success("[]");
    total_negative: ListPostbacks, 200,
        success(r#"{"rowset": [], "totalPages": -1, "totalRows": 0, "offset": 1, "limit": 2}"#);
    bad_row: ListPostbacks, 200,
        success(r#"{"rowset": [{"id": 49, "code": ""}, {"id": 50}], "totalPages": 1, "totalRows": 2, "offset": 1, "limit": 2}"#);
}
