//! `rediss://`.

use std::{fs, time::Duration};

use offerslook_quota_redis::{RedisError, RedisSettings, RedisStore};

use crate::redis_server::{RedisServer, free_port};

#[test]
fn tls_with_a_certificate_authority_of_ones_own() {
    let folder = tempfile::tempdir().unwrap();
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, private) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, key.cert.pem()).unwrap();
    fs::write(&private, key.signing_key.serialize_pem()).unwrap();
    let port = free_port();
    let files = [&certificate, &private].map(|path| path.to_str().unwrap());
    let tls_port = port.to_string();
    let _server = RedisServer::with(&[
        "--save",
        "",
        "--tls-port",
        &tls_port,
        "--tls-cert-file",
        files[0],
        "--tls-key-file",
        files[1],
        "--tls-ca-cert-file",
        files[0],
        "--tls-auth-clients",
        "no",
    ]);
    let settings: RedisSettings = format!("rediss://localhost:{port}").parse().unwrap();
    let settings = settings.timeout(Duration::from_secs(5));
    let store = RedisStore::new(settings.clone().root_certificate(key.cert.pem())).unwrap();
    store.check().unwrap();
    let error = RedisStore::new(settings.clone()).unwrap().check().unwrap_err();
    assert!(matches!(error, RedisError::Tls { .. }), "{error}");
    let error = RedisStore::new(settings.root_certificate("no PEM")).unwrap_err();
    assert!(matches!(error, RedisError::RootCertificate), "{error}");
}
