use ureq::http::Method;

use crate::client::{authorization, exchange, get, sandbox, send};

#[test]
fn an_unknown_path_is_404() {
    let sandbox = sandbox();
    for path in [
        "/",
        "/aff/v1",
        "/aff/v1/nothing",
        "/aff/v1/batches/offers/tracking_links",
        "/aff/v1/batches/offers/tracking_links/",
        "/aff/v1/batches/offers/tracking_links/16/102",
    ] {
        get(&sandbox, path).assert_refused(404);
    }
}

#[test]
fn a_wrong_method_is_405_and_names_the_right_one() {
    let sandbox = sandbox();
    let authorization = authorization(&sandbox);
    for path in ["/aff/v1/batches/offers/tracking_links/16,102", "/aff/v1/offers/16/tracking_links"] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            // A bare request: some clients add a body to these methods.
            let answer = exchange(
                &sandbox,
                format!(
                    "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\ncontent-length: 0\r\n\
                     connection: close\r\n\r\n"
                )
                .as_bytes(),
            );
            assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
            assert!(answer.contains("\r\nallow: GET,HEAD\r\n"), "{answer}");
            assert!(answer.contains("\r\n\r\n{\"code\":405,\"message\":\""), "{answer}");
        }
    }
    send(&sandbox, Method::OPTIONS, "/aff/v1/offers/16/tracking_links", Some(&authorization))
        .assert_refused(405);
}

#[test]
fn malformed_ids_are_400() {
    let sandbox = sandbox();
    let ids = ["x", "-1", "+1", "1.0", "16%20", "%2016", "0x10", "16;102", "%D9%A1", "18446744073709551616"];
    for ids in ids {
        get(&sandbox, &format!("/aff/v1/offers/{ids}/tracking_links")).assert_refused(400);
        get(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{ids}")).assert_refused(400);
    }
    for (ids, item) in
        [("16,", 2), (",16", 1), ("16,,102", 2), (",", 1), ("16,102,a%2Fb", 3), ("16,%20102", 2)]
    {
        let answer = get(&sandbox, &format!("/aff/v1/batches/offers/tracking_links/{ids}"));
        answer.assert_refused(400);
        assert!(answer.text.contains(&format!("Item {item} ")), "{ids}: {}", answer.text);
    }
    get(&sandbox, "/aff/v1/offers/16,102/tracking_links").assert_refused(400);
    get(&sandbox, "/aff/v1/offers//tracking_links").assert_refused(400);
}

#[test]
fn a_path_that_is_not_utf8_is_400() {
    let sandbox = sandbox();
    get(&sandbox, "/aff/v1/offers/%FF/tracking_links").assert_refused(400);
    get(&sandbox, "/aff/v1/batches/offers/tracking_links/16,%FF").assert_refused(400);
}

#[test]
fn an_unreadable_request_closes_its_connection_only() {
    let sandbox = sandbox();
    let request = |length: usize, headers: usize| {
        let path = "x".repeat(length - 1);
        format!("GET /{path} HTTP/1.1\r\nconnection: close\r\n{}\r\n", "a: b\r\n".repeat(headers - 1))
    };
    for (request, status) in [
        ("this is no request\r\n\r\n".to_owned(), 400),
        (request(65_535, 1), 414),
        (request(1, 101), 431),
        (request(65_534, 100), 401),
    ] {
        let answer = exchange(&sandbox, request.as_bytes());
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        assert_eq!(answer.ends_with("\r\n\r\n"), status != 401, "{answer}");
    }
    assert_eq!(sandbox.arrivals().total, 1);
    assert_eq!(get(&sandbox, "/aff/v1/offers/16/tracking_links").status(), 200);
}
