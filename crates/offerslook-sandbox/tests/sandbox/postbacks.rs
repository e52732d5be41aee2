use std::time::{SystemTime, UNIX_EPOCH};

use offerslook_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};
use ureq::http::Method;

use crate::client::{Answer, authorization, call, data, documented, exchange, get, sandbox, send_body};

const PATH: &str = "/aff/v1/offer_postbacks";

fn create(sandbox: &Sandbox, body: &Value) -> Answer {
    send_body(sandbox, Method::POST, PATH, &body.to_string())
}

fn update(sandbox: &Sandbox, id: u64, body: &Value) -> Answer {
    send_body(sandbox, Method::PUT, &format!("{PATH}/{id}"), &body.to_string())
}

fn delete(sandbox: &Sandbox, id: u64) -> Answer {
    call(sandbox, Method::DELETE, &format!("{PATH}/{id}"))
}

#[track_caller]
fn postback(answer: &Answer) -> Value {
    assert_eq!(answer.status(), 200, "{}", answer.text);
    answer.json()["data"]["affiliate_postback"].clone()
}

/// The ids of the rows of a list.
#[track_caller]
fn listed(sandbox: &Sandbox, query: &str) -> Vec<u64> {
    let rows = data(sandbox, &format!("{PATH}?{query}"))["rowset"].clone();
    rows.as_array().unwrap().iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[test]
fn responses_match_the_reference() {
    let sandbox = sandbox();
    let answered = |path: &str| get(&sandbox, path).json();
    assert_eq!(answered("/aff/v1/offer_postbacks/51"), documented("postback_get"));
    assert_eq!(answered("/aff/v1/offers/102/postbacks"), documented("offer_postbacks_of_offer"));
    let query = "fields=id,offer_id,code,create_time&sort=%2Bcode&offset=2&limit=2";
    assert_eq!(answered(&format!("{PATH}?{query}")), documented("postback_list"));
}

#[test]
fn an_update_matches_the_reference_except_for_its_time() {
    let sandbox = sandbox();
    let mut documented = documented("postback_update");
    let expected = &mut documented["data"]["affiliate_postback"];
    let before = now();
    let answer = update(&sandbox, 51, &json!({"code": expected["code"]}));
    let updated = postback(&answer);
    assert!((before..=now()).contains(&updated["update_time"].as_u64().unwrap()), "{updated}");
    expected["update_time"] = updated["update_time"].clone();
    assert_eq!(answer.json(), documented);
    assert_eq!(get(&sandbox, &format!("{PATH}/51")).json(), documented);
}

#[test]
fn a_new_postback_matches_the_reference_except_for_ids_and_times() {
    let sandbox = sandbox();
    let mut expected = documented("postback_create");
    let body = json!({"offer_id": 5, "event_id": 1, "code": "http://offerslook.com", "type": 2});
    let before = now();
    let answer = create(&sandbox, &body);
    let created = postback(&answer);
    let time = created["create_time"].as_u64().unwrap();
    assert!((before..=now()).contains(&time), "{created}");
    assert_eq!(created["update_time"], created["create_time"]);
    for own in ["id", "affiliate_id", "create_time", "update_time"] {
        expected["data"]["affiliate_postback"][own] = created[own].clone();
    }
    assert_eq!(answer.json(), expected);
    assert_eq!((&created["id"], &created["affiliate_id"]), (&json!(212), &json!(161)));
    assert_eq!(get(&sandbox, &format!("{PATH}/212")).json(), expected);
    assert_eq!(listed(&sandbox, ""), [47, 49, 51, 210, 211, 212]);
}

#[test]
fn ids_increase_and_are_never_reused() {
    let sandbox = sandbox();
    let new = || postback(&create(&sandbox, &json!({"offer_id": 0, "code": "https://t.example", "type": 2})));
    assert_eq!([new()["id"].clone(), new()["id"].clone()], [212, 213]);
    assert_eq!(delete(&sandbox, 213).status(), 200);
    assert_eq!(new()["id"], 214);
}

#[test]
fn a_deleted_postback_is_gone() {
    let sandbox = sandbox();
    let answer = delete(&sandbox, 210);
    assert_eq!(answer.json(), json!({"code": 0, "message": "Success", "data": []}));
    let path = format!("{PATH}/210");
    get(&sandbox, &path).assert_refused(404);
    delete(&sandbox, 210).assert_refused(404);
    update(&sandbox, 210, &json!({"code": "https://t.example"})).assert_refused(404);
    assert_eq!(data(&sandbox, "/aff/v1/offers/102/postbacks")["postback"].as_array().unwrap().len(), 1);
    assert_eq!(listed(&sandbox, ""), [47, 49, 51, 211]);
}

#[test]
fn an_offer_has_its_own_postbacks_and_not_the_global_ones() {
    let sandbox = sandbox();
    postback(&create(&sandbox, &json!({"offer_id": 0, "code": "https://t.example", "type": 1})));
    postback(&create(&sandbox, &json!({"offer_id": 16, "code": "https://t.example", "type": 2})));
    let rows = data(&sandbox, "/aff/v1/offers/16/postbacks")["postback"].clone();
    assert_eq!((&rows[0]["id"], rows.as_array().unwrap().len()), (&json!(213), 1));
    assert_eq!(rows[0]["event_id"], Value::Null);
    assert_eq!(data(&sandbox, "/aff/v1/offers/16")["offer"]["offer_postback"], rows);
    get(&sandbox, "/aff/v1/offers/5001/postbacks").assert_refused(404);
    get(&sandbox, "/aff/v1/offers/x/postbacks").assert_refused(400);
}

#[test]
fn integers_may_be_strings() {
    let body = json!({"offer_id": "16", "event_id": null, "code": "https://t.example", "type": "2"});
    let created = postback(&create(&sandbox(), &body));
    assert_eq!((&created["offer_id"], &created["type"]), (&json!(16), &json!(2)));
}

#[test]
fn an_invalid_body_is_refused_with_the_field() {
    let sandbox = sandbox();
    let good = json!({"offer_id": 0, "event_id": 1, "code": "https://t.example", "type": 2});
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        create(&sandbox, &body)
    };
    for (answer, words) in [
        (with("offer_id", Value::Null), "no offer_id"),
        (with("offer_id", json!(-1)), "offer_id is not a whole number"),
        (with("offer_id", json!("+16")), "offer_id is not a whole number"),
        (with("offer_id", json!("16x")), "offer_id is not a whole number"),
        (with("offer_id", json!(1e30)), "offer_id is not a whole number"),
        (with("offer_id", json!(5_001)), "offer_id is not the id of an offer"),
        (with("event_id", json!(1.5)), "event_id is not a whole number"),
        (with("event_id", json!([])), "event_id is not a whole number"),
        (with("code", Value::Null), "no code"),
        (with("code", json!(7)), "code is not a string"),
        (with("type", Value::Null), "no type"),
        (with("type", json!("secret")), "type is not a whole number"),
        (with("type", json!(0)), "type must be one of 1, 2, 3"),
        (with("type", json!(4)), "type must be one of 1, 2, 3"),
        (
            with("secret", json!(1)),
            "Unknown fields in the body: 1. This path accepts offer_id, event_id, code, type.",
        ),
        (create(&sandbox, &json!({})), "no offer_id"),
        (create(&sandbox, &json!(["secret"])), "not a JSON object"),
        (create(&sandbox, &Value::Null), "not a JSON object"),
        (send_body(&sandbox, Method::POST, PATH, ""), "not a JSON object"),
        (send_body(&sandbox, Method::POST, PATH, "{\n \"secret\": }"), "line 2, column 12"),
        (update(&sandbox, 51, &json!({})), "no code"),
        (update(&sandbox, 51, &json!({"code": "https://t.example", "type": 2})), "This path accepts code."),
    ] {
        answer.assert_refused(400);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
        assert!(!answer.text.contains("secret"), "{}", answer.text);
    }
    assert_eq!(listed(&sandbox, ""), [47, 49, 51, 210, 211]);
}

#[test]
fn which_types_an_offer_takes_follows_from_its_conversion_protocol() {
    let offers = r#"[
        {"id": 1, "conversion_protocol": "image_pixel"},
        {"id": 2, "conversion_protocol": "postback_url"},
        {"id": 3, "conversion_protocol": "html_pixel"}
    ]"#;
    let config = SandboxConfig::default().without_quota().offers(0).offers_json(offers);
    let sandbox = Sandbox::start(config).unwrap();
    for (offer_id, taken) in [(0, "1, 2, 3"), (1, "1, 2"), (2, "2"), (3, "1, 2, 3")] {
        for r#type in 1..=3 {
            let body = json!({"offer_id": offer_id, "code": "https://t.example/", "type": r#type});
            let answer = create(&sandbox, &body);
            if taken.contains(&r#type.to_string()) {
                assert_eq!(postback(&answer)["type"], r#type);
            } else {
                answer.assert_refused(400);
                assert!(answer.text.contains(&format!("type must be one of {taken}: ")), "{}", answer.text);
            }
        }
    }
}

#[test]
fn a_code_is_a_url_or_html_for_pixels() {
    let sandbox = sandbox();
    let created = |kind: u32, code: &str| {
        create(&sandbox, &json!({"offer_id": 0, "code": code, "type": kind})).status() == 200
    };
    for url in ["http://t.example", "HTTPS://t.example:8080/?a={aff_sub5}&b={amount}", "https://é.example/#x"]
    {
        assert_eq!([1, 2, 3].map(|kind| created(kind, url)), [true; 3], "{url}");
    }
    for html in ["<img src=\"https://t.example?c={click_id}\">", "<script>if (a) { b(); }</script>"] {
        assert_eq!([1, 2, 3].map(|kind| created(kind, html)), [true, false, true], "{html}");
    }
    for invalid in [
        "",
        "t.example",
        "ftp://t.example",
        "https://",
        "https:///x",
        "https://t.example/a b",
        "<img",
        "https://t.example/\n",
    ] {
        assert_eq!([1, 2, 3].map(|kind| created(kind, invalid)), [false; 3], "{invalid}");
    }
    let long = |bytes: usize| format!("https://t.example/{}", "x".repeat(bytes - 18));
    assert_eq!([4_096, 4_097].map(|bytes| created(2, &long(bytes))), [true, false]);

    // An update checks the stored type: 210 is a postback URL, 211 an image pixel.
    update(&sandbox, 210, &json!({"code": "<img>"})).assert_refused(400);
    assert_eq!(postback(&update(&sandbox, 211, &json!({"code": "<img>"})))["code"], "<img>");
}

#[test]
fn an_unknown_macro_is_refused_with_its_position_and_not_quoted() {
    let sandbox = sandbox();
    for (code, words) in [
        ("https://t.example/?a={click_id}&b={secret}", "macro at character 35 "),
        ("https://é.example/{secret}", "macro at character 19 "),
        ("https://t.example/{}", "macro at character 19 "),
        ("https://t.example/{CLICK_ID}", "macro at character 19 "),
        ("https://t.example/{click_id", "brace"),
        ("https://t.example/click_id}", "brace"),
        ("https://t.example/{{click_id}}", "brace"),
    ] {
        let answer = create(&sandbox, &json!({"offer_id": 0, "code": code, "type": 2}));
        answer.assert_refused(400);
        assert!(answer.text.contains(words), "{code}: {}", answer.text);
        assert!(!answer.text.contains("secret"), "{}", answer.text);
        update(&sandbox, 51, &json!({"code": code})).assert_refused(400);
    }
    create(&sandbox, &json!({"offer_id": 0, "code": "<img src='{secret}'>", "type": 1})).assert_refused(400);
}

#[test]
fn the_list_can_be_sorted_filtered_and_cut() {
    let sandbox = sandbox();
    for (query, ids) in [
        ("", vec![47, 49, 51, 210, 211]),
        ("sort=-id", vec![211, 210, 51, 49, 47]),
        ("sort=-create_time&limit=1000", vec![211, 210, 51, 49, 47]),
        ("sort=-update_time", vec![210, 211, 51, 49, 47]),
        ("sort=%2Boffer_id&limit=2", vec![49, 51]),
        ("sort=%2Bcode", vec![211, 51, 49, 47, 210]),
        ("sort=-status", vec![51, 211, 47, 49, 210]),
        // Null comes first, and equal rows stay in the order of their ids.
        ("sort=%2Bevent_id", vec![47, 49, 51, 210, 211]),
        ("sort=-event_id", vec![211, 51, 210, 47, 49]),
        ("sort=-event_id&offset=2&limit=2&filters[type]=2", vec![47, 49]),
        ("sort=-id&offset=2&limit=3", vec![49, 47]),
        ("offset=9", vec![]),
        ("filters[offer_id]=5", vec![49, 51]),
        ("filters[type][NOT_EQUAL_TO]=2", vec![211]),
        ("filters[id][GREATER_THAN]=49&filters[id][LESS_THAN_OR_EQUAL_TO]=210", vec![51, 210]),
        ("filters[code][CONTAINS]=offerslook", vec![51, 210, 211]),
        ("filters[code][NOT_CONTAINS]=offerslook", vec![47, 49]),
        ("filters[status]=pending&filters[offer_id]=102", vec![211]),
        ("filters[id][CONTAINS]=1", vec![51, 210, 211]),
        ("filters[event_id][NOT_CONTAINS]=1", vec![47, 49, 211]),
        ("filters[event_id][NULL]=1", vec![47, 49]),
        ("filters[event_id][NULL]", vec![47, 49]),
        ("filters[code][NULL]=1", vec![]),
        ("filters[event_id][NOT_NULL]=1", vec![51, 210, 211]),
        ("filters[create_time][LESS_THAN]=1467688530", vec![47]),
    ] {
        assert_eq!(listed(&sandbox, query), ids, "{query}");
    }
    for query in [
        "limit=1001",
        "limit=0",
        "offset=0",
        "sort=id",
        "sort=-affiliate_id",
        "fields=affiliate_id",
        "filters[affiliate_id]=161",
        "x=1",
    ] {
        get(&sandbox, &format!("{PATH}?{query}")).assert_refused(400);
    }
    let rows = data(&sandbox, &format!("{PATH}?fields=id,event_id,status&filters[id]=47"))["rowset"].clone();
    assert_eq!(rows, json!([{"id": 47, "event_id": null, "status": "approved"}]));
}

#[test]
fn malformed_ids_are_400_and_wrong_methods_405() {
    let sandbox = sandbox();
    for id in ["x", "-1", "51,52", "18446744073709551616"] {
        get(&sandbox, &format!("{PATH}/{id}")).assert_refused(400);
    }
    for id in ["0", "1", "18446744073709551615"] {
        get(&sandbox, &format!("{PATH}/{id}")).assert_refused(404);
    }
    let refused = call(&sandbox, Method::DELETE, PATH);
    refused.assert_refused(405);
    let mut allowed: Vec<_> = refused.header("allow").unwrap().split(',').collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "POST"]);
    send_body(&sandbox, Method::POST, &format!("{PATH}/51"), "{}").assert_refused(405);
}

#[test]
fn a_body_that_is_too_large_is_413() {
    // One byte too many, so that the server reads all of it before it refuses.
    let body = " ".repeat(2_097_153);
    send_body(&sandbox(), Method::POST, PATH, &body).assert_refused(413);
}

#[test]
fn there_are_at_most_10_000() {
    let sandbox = sandbox();
    let body = json!({"offer_id": 0, "code": "https://t.example", "type": 2}).to_string();
    let request = |connection: &str| {
        format!(
            "POST {PATH} HTTP/1.1\r\nhost: x\r\nauthorization: {}\r\ncontent-length: {}\r\nconnection: {connection}\r\n\r\n{body}",
            authorization(&sandbox),
            body.len()
        )
    };
    // In portions that fit into the buffers of the sockets.
    let portion = request("keep-alive").repeat(236) + &request("close");
    let mut created = 5;
    while created < 10_000 {
        let answers = exchange(&sandbox, portion.as_bytes());
        created += answers.matches("HTTP/1.1 200 OK").count();
        assert!(answers.contains("HTTP/1.1 200 OK"), "{created}");
    }
    let refused = create(&sandbox, &json!({"offer_id": 0, "code": "https://t.example", "type": 2}));
    refused.assert_refused(409);
    assert_eq!(data(&sandbox, &format!("{PATH}?limit=1"))["totalRows"], 10_000);
    delete(&sandbox, 47);
    assert_eq!(
        postback(&create(&sandbox, &json!({"offer_id": 0, "code": "https://t.example", "type": 2})))["id"],
        10_207
    );
}
