//! Certificates that are not trusted, and handshakes that fail. Nothing is sent.

use std::sync::Arc;

use bytes::Bytes;
use offerslook_core::{
    Delivery::NotSent,
    SetupError,
    TransportKind::{Certificate, Tls},
};
use rustls::ServerConfig;

use super::Cases;
use crate::{
    any_transport::{AnyTransport, send},
    certificates::{self, Authority},
    expect,
    fixtures::{OK, account, get, options, settings},
    server::{Connection, ScriptedServer},
};

pub(super) const CASES: Cases = &[
    ("extra authority is trusted", |transport| {
        trusted(transport, vec![certificates::trusted().pem()]);
    }),
    ("one of several extra authorities is trusted", |transport| {
        let bundle = [Authority::new().pem(), certificates::trusted().pem()].concat();
        trusted(transport, vec![Authority::new().pem(), bundle.into()]);
    }),
    ("certificate of an unknown authority", |transport| refused(transport, certificates::untrusted)),
    ("certificate of another host", |transport| refused(transport, certificates::wrong_host)),
    ("expired certificate", |transport| refused(transport, certificates::expired)),
    ("no TLS at all", |transport| {
        handshake(transport, |mut connection| {
            connection.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
            connection.wait_for_close();
        });
    }),
    ("connection closes during the handshake", |transport| {
        handshake(transport, |mut connection| {
            connection.read_some();
            connection.close_without_notify();
        });
    }),
    ("connection is reset during the handshake", |transport| {
        handshake(transport, |mut connection| {
            connection.read_some();
            connection.reset();
        });
    }),
    ("extra authority that is not a certificate", |transport| unusable(transport, "no PEM in here")),
    ("extra authority that is damaged", |transport| {
        unusable(transport, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }),
];

fn trusted(transport: &dyn AnyTransport, authorities: Vec<Bytes>) {
    let server = ScriptedServer::start(|listener| {
        let mut connection = listener.accept_tls();
        connection.respond(OK);
        connection.wait_for_close();
    });
    let mut settings = settings();
    settings.root_certificates = authorities;
    expect::body(send(transport, settings, get(server.https("/"))), 200, "ok");
    server.finish();
}

fn refused(transport: &dyn AnyTransport, config: fn() -> Arc<ServerConfig>) {
    let server = ScriptedServer::start(move |listener| {
        assert!(listener.accept().try_accept_tls(&config()).is_err());
        listener.expect_no_connection();
    });
    expect::error(send(transport, settings(), get(server.https("/"))), Certificate, NotSent);
    server.finish();
}

fn handshake(transport: &dyn AnyTransport, script: fn(Connection)) {
    let server = ScriptedServer::start(move |listener| {
        script(listener.accept());
        listener.expect_no_connection();
    });
    expect::error(send(transport, settings(), get(server.https("/"))), Tls, NotSent);
    server.finish();
}

fn unusable(transport: &dyn AnyTransport, pem: &'static str) {
    let mut settings = settings();
    settings.root_certificates.push(pem.into());
    match transport.client(account(), options(settings)).err() {
        Some(SetupError::RootCertificate { position: 2, cause }) => assert!(!cause.is_empty()),
        other => panic!("expected SetupError::RootCertificate, got {other:?}"),
    }
}
