use ureq::http::Method;

use crate::client::{authorization, basic, batch_path, get, sandbox, send};

const OTHER_KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn the_own_account_is_let_in() {
    let sandbox = sandbox();
    assert_eq!(get(&sandbox, &batch_path([16])).status(), 200);
    let lower_case = authorization(&sandbox).replace("Basic", "basic");
    assert_eq!(send(&sandbox, Method::GET, &batch_path([16]), Some(&lower_case)).status(), 200);
}

#[test]
fn any_other_credentials_are_refused_and_never_repeated() {
    let sandbox = sandbox();
    let (email, key) = (sandbox.email(), sandbox.api_key());
    let refused = [
        None,
        Some(basic(email, OTHER_KEY)),
        Some(basic("someone@sandbox.example", key)),
        Some(basic(email, "")),
        Some(basic("", key)),
        Some(basic(email, &format!("{key}0"))),
        Some(format!("Bearer {key}")),
        Some(authorization(&sandbox).replace("Basic", "Digest")),
        Some(key.to_owned()),
        Some("Basic".to_owned()),
        Some("Basic ".to_owned()),
        Some(format!("Basic {email}:{key}")),
        Some(format!("Basic %%{OTHER_KEY}%%")),
    ];
    for header in refused {
        let answer = send(&sandbox, Method::GET, &batch_path([16]), header.as_deref());
        answer.assert_refused(401);
        assert!(answer.header("www-authenticate").unwrap().starts_with("Basic "), "{header:?}");
        let secrets = [email, key, OTHER_KEY, "someone@"].into_iter();
        let tokens =
            header.iter().flat_map(|header| header.split(' ').skip(1)).filter(|token| !token.is_empty());
        for secret in secrets.chain(tokens) {
            assert!(!format!("{:?} {}", answer.head.headers(), answer.text).contains(secret), "{header:?}");
        }
    }
}

#[test]
fn the_message_tells_the_refusals_apart() {
    let sandbox = sandbox();
    let headers = [None, Some("Bearer x"), Some("Basic %"), Some("Basic eDp5")];
    let messages = headers.map(|header| {
        send(&sandbox, Method::GET, "/", header).json()["message"].as_str().unwrap().to_owned()
    });
    for (message, word) in messages.iter().zip(["No Authorization", "not HTTP Basic", "base64", "Unknown"]) {
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn credentials_are_checked_before_path_method_and_parameters() {
    let sandbox = sandbox();
    for (method, path) in [
        (Method::GET, "/nowhere"),
        (Method::POST, "/aff/v1/batches/offers/tracking_links/16"),
        (Method::GET, "/aff/v1/batches/offers/tracking_links/x"),
    ] {
        send(&sandbox, method, path, None).assert_refused(401);
    }
}
