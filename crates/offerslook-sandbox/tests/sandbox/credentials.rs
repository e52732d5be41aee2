use ureq::http::Method;

use crate::client::{authorization, basic, batch_path, get, sandbox, send};

const OTHER_KEY: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn the_account_is_accepted() {
    let sandbox = sandbox();
    assert_eq!(get(&sandbox, &batch_path([16])).status(), 200);
    let lower_case = authorization(&sandbox).replace("Basic", "basic");
    assert_eq!(send(&sandbox, Method::GET, &batch_path([16]), Some(&lower_case)).status(), 200);
}

#[test]
fn other_credentials_are_refused_and_never_quoted() {
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
fn the_message_names_the_problem() {
    let sandbox = sandbox();
    for (header, words) in [
        (None, "No Authorization"),
        (Some("Bearer x"), "not HTTP Basic"),
        (Some("Basic %"), "base64"),
        (Some("Basic eDp5"), "Unknown"),
    ] {
        let answer = send(&sandbox, Method::GET, "/", header);
        assert!(answer.text.contains(words), "{}", answer.text);
    }
}
