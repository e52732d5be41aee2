//! What cannot keep a quota says why, and never shows the password.

use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
    time::Duration,
};

use offerslook_core::job::StoreReply;
use offerslook_quota_redis::{RedisError, RedisSettings, RedisStore};

use crate::{
    program::{NETWORK, Program, rate, request},
    redis_server::{RedisServer, free_port},
};

const PASSWORD: &str = "correct-horse";

fn settings(url: &str) -> RedisSettings {
    url.parse::<RedisSettings>().unwrap().timeout(Duration::from_secs(2))
}

fn refusal(settings: RedisSettings) -> RedisError {
    let store = RedisStore::new(settings).unwrap();
    let error = store.check().unwrap_err();
    let shown = format!("{store:?} {error:?} {error}");
    assert!(!shown.contains(PASSWORD) && !shown.contains("wrong-pony"), "{shown}");
    assert_eq!(store.usage(NETWORK).unwrap_err(), error);
    error
}

#[test]
fn a_url_of_something_else() {
    for url in
        ["", "cache.internal:6379", "http://cache.internal", "redis://", "redis://host:port", "redis://h/x"]
    {
        let error = url.parse::<RedisSettings>().unwrap_err();
        assert!(matches!(error, RedisError::Url(_)), "{url}: {error}");
        assert!(error.to_string().contains("redis://HOST:PORT"));
    }
}

#[test]
fn a_server_that_is_not_there() {
    let error = refusal(settings(&format!("redis://127.0.0.1:{}", free_port())));
    assert!(matches!(error, RedisError::Unreachable { .. }), "{error}");
}

#[test]
fn a_wrong_password() {
    let server = RedisServer::with(&["--save", "", "--requirepass", PASSWORD]);
    let with = |password: &str| settings(&format!("redis://:{password}@{}", server.address()));
    assert!(RedisStore::new(with(PASSWORD)).unwrap().check().is_ok());
    for wrong in [with("wrong-pony"), settings(&server.url()), with(PASSWORD).user("nobody")] {
        let error = refusal(wrong);
        assert!(matches!(error, RedisError::Password { .. }), "{error}");
    }
    // A password for a server that has none.
    let open = RedisServer::start();
    let error = refusal(settings(&open.url()).password("wrong-pony"));
    assert!(matches!(error, RedisError::Password { .. }), "{error}");
}

#[test]
fn a_user_without_the_right_to_write() {
    let server = RedisServer::with(&[
        "--save",
        "",
        "--user",
        "reader",
        "on",
        ">correct-horse",
        "~*",
        "+info",
        "+time",
    ]);
    let store = RedisStore::new(settings(&server.url()).user("reader").password(PASSWORD)).unwrap();
    store.check().unwrap();
    let error = store.usage(NETWORK).unwrap_err();
    assert!(matches!(error, RedisError::Refused { .. }), "{error}");
}

#[test]
fn a_read_only_replica() {
    let primary = RedisServer::start();
    let address = primary.address();
    let (host, port) = address.split_once(':').unwrap();
    let replica = RedisServer::with(&["--save", "", "--replicaof", host, port]);
    let error = refusal(settings(&replica.url()));
    assert!(matches!(error, RedisError::Replica { .. }), "{error}");
}

/// Answers every connection like this.
fn listener(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("redis://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming() {
            let Ok(mut connection) = connection else { return };
            thread::spawn(move || {
                let mut piece = [0; 1024];
                while connection.read(&mut piece).is_ok_and(|read| read > 0) {
                    if connection.write_all(answer).is_err() {
                        return;
                    }
                }
            });
        }
    });
    url
}

#[test]
fn a_server_that_is_not_redis() {
    for answer in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"+OK\r\n", b"$5\r\nhello\r\n"] {
        let error = refusal(settings(&listener(answer)));
        assert!(matches!(error, RedisError::NotRedis { .. }), "{error}");
    }
    let error = refusal(settings(&listener(b"")));
    assert!(matches!(error, RedisError::Unreachable { .. }), "{error}");
}

#[test]
fn a_version_that_is_too_old() {
    let info = b"$35\r\nredis_version:6.0.16\r\nrole:master\r\n\r\n";
    let error = refusal(settings(&listener(info)));
    assert!(matches!(&error, RedisError::Version { found, .. } if found == "6.0.16"), "{error}");
}

#[test]
fn another_rate_on_the_same_quota() {
    let server = RedisServer::start();
    let (one, other) = (Program::new(&server, rate(50, 100)), Program::new(&server, rate(20, 100)));
    one.ask(&request(1, 1)).unwrap();
    let error = other.ask(&request(1, 1)).unwrap_err().to_string();
    assert!(error.contains("50/0.1") && error.contains("20/0.1"), "{error}");
}

/// The rights that the book names are enough.
#[test]
fn a_user_with_the_documented_rights() {
    let page = include_str!("../../../../docs/src/rate-limits.md");
    let rights = page.lines().find_map(|line| line.strip_prefix("ACL SETUSER offers on >PASSWORD ")).unwrap();
    let server = RedisServer::start();
    let mut redis = redis::Client::open(server.url()).unwrap().get_connection().unwrap();
    let mut command = redis::cmd("ACL");
    command
        .arg("SETUSER")
        .arg("offers")
        .arg("on")
        .arg(format!(">{PASSWORD}"))
        .arg(rights.split(' ').collect::<Vec<_>>());
    command.exec(&mut redis).unwrap();
    let store = RedisStore::new(settings(&server.url()).user("offers").password(PASSWORD)).unwrap();
    store.check().unwrap();
    let program = Program { store: Box::new(store.handle(NETWORK, rate(1, 100))) };
    let (reply, ..) = program.ask_when_open(1, 1);
    assert!(matches!(reply, StoreReply::Granted { slots: 1, .. }), "{reply:?}");
    assert_eq!(store.usage(NETWORK).unwrap().programs.len(), 1);
}
