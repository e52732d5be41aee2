use serde_json::{Value, json};

use crate::client::{data, documented, get, sandbox};

const PATH: &str = "/aff/v1/sub_affiliate_approval";

#[test]
fn the_list_answers_as_documented() {
    assert_eq!(get(&sandbox(), PATH).json(), documented("sub_affiliate_approval"));
}

#[test]
fn it_comes_in_pages() {
    let sandbox = sandbox();
    let page = |offset: u32| data(&sandbox, &format!("{PATH}?offset={offset}&limit=3"));
    let ids = |page: &Value| -> Vec<Value> {
        page["rowset"].as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
    };
    let (first, last) = (page(1), page(2));
    assert_eq!((ids(&first), ids(&last)), (vec![json!(40), json!(39), json!(42)], vec![json!(37)]));
    assert_eq!((&first["totalPages"], &first["totalRows"]), (&json!(2), &json!(4)));
}

#[test]
fn a_page_that_is_full_is_followed_by_none() {
    let sandbox = sandbox();
    for (limit, pages) in [(1, 4), (2, 2), (3, 2), (4, 1), (5, 1)] {
        assert_eq!(data(&sandbox, &format!("{PATH}?limit={limit}"))["totalPages"], pages);
    }
    let nothing = data(&sandbox, "/aff/v1/offers?filters[id]=0");
    assert_eq!((&nothing["totalPages"], &nothing["totalRows"]), (&json!(0), &json!(0)));
}

#[test]
fn it_takes_nothing_but_pages() {
    let sandbox = sandbox();
    for query in ["sort=-id", "filters[id]=40", "fields=id", "limit=0", "limit=1001"] {
        get(&sandbox, &format!("{PATH}?{query}")).assert_refused(400);
    }
}
