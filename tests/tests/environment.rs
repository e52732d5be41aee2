//! What transports take from the environment when a client is built: proxies, and the system's certificate
//! authorities. The environment of a process cannot be changed safely, so each test has a process of its own.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    env, fs,
    process::{self, Command},
};

use offerslook_conformance::{
    AnyTransport, Async, Blocking, certificates, expect,
    fixtures::{account, get, options},
    server::ScriptedServer,
};
use offerslook_core::{
    Account, BaseUrl, Credentials, Delivery, Settings, SetupError, TransportKind, job::Options,
    transport::ProxyError,
};
use offerslook_transport_hyper::Hyper;
use offerslook_transport_ureq::Ureq;
use reqwest_adapter::Reqwest;

const TRANSPORTS: usize = 3;

fn transports() -> [Box<dyn AnyTransport>; TRANSPORTS] {
    [
        Box::new(Async::<Hyper>::default()),
        Box::new(Blocking::<Ureq>::default()),
        Box::new(Async::<Reqwest>::default()),
    ]
}

/// Is set in the process that has the environment of a test.
const IN_ITS_ENVIRONMENT: &str = "OFFERSLOOK_TEST_ENVIRONMENT";

fn is_in_its_environment() -> bool {
    env::var_os(IN_ITS_ENVIRONMENT).is_some()
}

/// Runs a test again, in a process with this environment.
fn run(test: &str, environment: &[(&str, &str)]) {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(IN_ITS_ENVIRONMENT, "yes");
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
        command.env_remove(variable);
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let output_text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output_text.contains("1 passed"), "{output_text}");
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error() {
    if is_in_its_environment() {
        return in_an_environment_with_a_socks_proxy();
    }
    run("a_proxy_that_cannot_be_used_is_an_error", &[("ALL_PROXY", "socks5://user:pass@127.0.0.1:1080")]);
}

fn in_an_environment_with_a_socks_proxy() {
    let base_url: BaseUrl = "https://localhost:8443".parse().unwrap();
    let local = Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap());
    for transport in transports() {
        // Where the proxy would not be used, it does not matter.
        assert!(transport.client(local.clone(), Options::default()).is_ok());
        let error = transport.client(account(), Options::default()).err().unwrap();
        let fault = ProxyError::Scheme { scheme: "socks5".to_owned() };
        assert_eq!(error, SetupError::Proxy { variable: "ALL_PROXY", fault });
    }
}

#[test]
fn a_proxy_of_the_environment_is_used() {
    if is_in_its_environment() {
        return in_an_environment_with_a_proxy();
    }
    let proxy = ScriptedServer::start(|listener| {
        for _ in 0..TRANSPORTS {
            let mut connection = listener.accept();
            assert_eq!(connection.read_request().target, "acme.api.offerslook.com:443");
            connection.write("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
            connection.wait_for_close();
        }
    });
    run("a_proxy_of_the_environment_is_used", &[("https_proxy", &proxy.address().to_string())]);
    proxy.finish();
}

fn in_an_environment_with_a_proxy() {
    for transport in transports() {
        let client = transport.client(account(), Options::default()).unwrap();
        let uri = "https://acme.api.offerslook.com/".parse().unwrap();
        expect::error(client.execute(get(uri)), TransportKind::Proxy, Delivery::NotSent);
    }
}

#[test]
fn a_system_without_certificate_authorities_is_an_error_for_https() {
    if is_in_its_environment() {
        return in_an_environment_without_authorities();
    }
    let nowhere = [("SSL_CERT_FILE", "/does/not/exist.pem"), ("SSL_CERT_DIR", "/does/not/exist")];
    run("a_system_without_certificate_authorities_is_an_error_for_https", &nowhere);
}

fn in_an_environment_without_authorities() {
    for transport in transports() {
        let error = transport.client(account(), Options::default()).err().unwrap();
        assert!(matches!(error, SetupError::NoRootCertificates { .. }), "{error}");
        let mut settings = Settings::default();
        settings.root_certificates = vec![certificates::trusted().pem()];
        assert!(transport.client(account(), options(settings)).is_ok());
        let base_url: BaseUrl = "http://127.0.0.1:8080".parse().unwrap();
        let local = Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap());
        assert!(transport.client(local, Options::default()).is_ok());
    }
}

#[test]
fn the_certificate_authorities_of_the_system_are_trusted() {
    if is_in_its_environment() {
        return in_an_environment_with_an_authority();
    }
    let server = ScriptedServer::start(|listener| {
        for _ in 0..TRANSPORTS {
            let mut connection = listener.accept().accept_tls(&certificates::valid());
            connection.read_request();
            connection.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            connection.wait_for_close();
        }
    });
    let file = env::temp_dir().join(format!("offerslook-authorities-{}.pem", process::id()));
    fs::write(&file, certificates::trusted().pem()).unwrap();
    let uri = server.https("/").to_string();
    let environment = [("SSL_CERT_FILE", file.to_str().unwrap()), ("OFFERSLOOK_TEST_URI", &uri)];
    run("the_certificate_authorities_of_the_system_are_trusted", &environment);
    fs::remove_file(file).unwrap();
    server.finish();
}

fn in_an_environment_with_an_authority() {
    let uri: http::Uri = env::var("OFFERSLOOK_TEST_URI").unwrap().parse().unwrap();
    for transport in transports() {
        let client = transport.client(account(), Options::default()).unwrap();
        expect::body(client.execute(get(uri.clone())), 200, "ok");
    }
}
