//! Nothing that a service repeats of the credentials gets out again.

use std::fs;

use crate::{
    command::{folder, offerslook},
    service::{KEY, Reply, Service, rows},
};

const EMAIL: &str = "me+mail@example.com";

/// A service that repeats the whole head of the request, the credentials in it decoded and encoded.
fn parrot(status: u16) -> Service {
    Service::start(move |call| {
        if status == 206 && !call.ids.contains(&7) {
            return rows(call.ids.iter().map(|id| crate::service::link(*id)));
        }
        let basic = call.head.lines().find_map(|line| line.split("Basic ").nth(1)).unwrap_or_default();
        let message =
            format!("{basic} {KEY} {EMAIL} me%2Bmail%40example.com me%2bmail%40example.com {EMAIL}:{KEY}");
        Reply::Body(
            if status == 206 { 400 } else { status },
            format!(r#"{{"code":{status},"message":"{message}"}}"#),
        )
    })
}

#[test]
fn a_parrot_is_not_believed() {
    for status in [206, 400, 401, 403, 429, 500] {
        let service = parrot(status);
        let base = format!("--base-url {} --email {EMAIL} --api-key-stdin --retries 0", service.base_url);
        for format in ["table", "json", "ndjson", "csv", "tsv"] {
            for transport in ["hyper", "ureq"] {
                let arguments = format!("{base} -v --transport {transport} --format {format} links 1 7");
                let ran = offerslook(&arguments).input(KEY).run();
                for text in [&ran.out, &ran.err] {
                    for secret in [KEY, EMAIL, "me%2Bmail", "me%2bmail", "bWUrbWFpbEBleGFtcGxlLmNvbT"] {
                        assert!(!text.contains(secret), "{status} {arguments}\n{text}");
                    }
                }
                assert!(format!("{}{}", ran.out, ran.err).contains("[redacted]"), "{status} {arguments}");
            }
        }
    }
}

/// What is in the environment is hidden from the first message on.
#[test]
fn a_key_in_the_wrong_place_is_not_repeated() {
    let folder = folder();
    fs::write(folder.path().join("ids.txt"), format!("16\n{KEY}\n")).unwrap();
    for arguments in [
        format!("--sandbox links {KEY}"),
        format!("--sandbox links 16 --format {KEY}"),
        format!("--sandbox links 16 --quota {KEY}"),
        format!("--sandbox links 16 --append {KEY}"),
        format!("--sandbox {KEY} 16"),
        "--sandbox links --from ids.txt".to_owned(),
        format!("--network {KEY}. --email me@example.com links 16"),
        format!("links 16 --api-key {KEY}"),
        format!("links 16 --api-key={KEY}"),
    ] {
        let ran = offerslook(&arguments).within(folder.path()).env("OFFERSLOOK_API_KEY", KEY).run();
        assert_eq!(ran.code, Some(2), "{arguments}\n{}", ran.err);
        assert!(!format!("{}{}", ran.out, ran.err).contains(KEY), "{arguments}\n{}", ran.err);
    }
    // Not known as a key by anything but the name of the option.
    let ran = offerslook(&format!("links 16 --api-key-stdin={KEY}")).run();
    assert!(!ran.err.contains(KEY), "{}", ran.err);
}
