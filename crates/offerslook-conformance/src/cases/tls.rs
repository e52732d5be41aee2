//! Certificates that must not be trusted, and handshakes that come to nothing. Nothing is sent then.

use std::sync::Arc;

use offerslook_core::{Delivery::NotSent, SetupError, TransportKind::Tls};
use rustls::ServerConfig;

use crate::{
    Adapter, certificates,
    conversation::Conversation,
    expect,
    given::{account, client, get, options, patient},
    scripted_server::ScriptedServer,
};

cases![
    extra_authority_is_trusted,
    one_of_several_extra_authorities_is_trusted,
    unknown_authority,
    wrong_host,
    expired,
    no_tls_at_all,
    connection_ends_in_the_handshake,
    connection_breaks_in_the_handshake,
    extra_authority_that_is_no_certificate,
    extra_authority_that_is_damaged,
];

fn refused(adapter: &dyn Adapter, config: fn() -> Arc<ServerConfig>) {
    let server = ScriptedServer::start(move |door| {
        assert!(door.accept().try_secure(&config()).is_err());
        door.nobody_else();
    });
    expect::fault(client(adapter, patient()).execute(get(server.https("/"))), Tls, NotSent);
    server.finish();
}

fn extra_authority_is_trusted(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        client.until_closed();
    });
    expect::answer(client(adapter, patient()).execute(get(server.https("/"))), 200, "ok");
    server.finish();
}

fn one_of_several_extra_authorities_is_trusted(adapter: &dyn Adapter) {
    let server = ScriptedServer::start(|door| {
        let mut client = door.accept().secure(&certificates::good());
        client.hear();
        client.say("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
        client.until_closed();
    });
    let mut settings = patient();
    let bundle = [certificates::another().pem(), certificates::trusted().pem()].concat();
    settings.root_certificates = vec![certificates::another().pem(), bundle.into()];
    expect::answer(client(adapter, settings).execute(get(server.https("/"))), 200, "ok");
    server.finish();
}

fn unknown_authority(adapter: &dyn Adapter) {
    refused(adapter, certificates::untrusted);
}

fn wrong_host(adapter: &dyn Adapter) {
    refused(adapter, certificates::of_another_host);
}

fn expired(adapter: &dyn Adapter) {
    refused(adapter, certificates::expired);
}

fn in_the_handshake(adapter: &dyn Adapter, script: fn(Conversation)) {
    let server = ScriptedServer::start(move |door| {
        script(door.accept());
        door.nobody_else();
    });
    expect::fault(client(adapter, patient()).execute(get(server.https("/"))), Tls, NotSent);
    server.finish();
}

fn no_tls_at_all(adapter: &dyn Adapter) {
    in_the_handshake(adapter, |mut client| {
        client.say("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
        client.until_closed();
    });
}

fn connection_ends_in_the_handshake(adapter: &dyn Adapter) {
    in_the_handshake(adapter, |mut client| {
        client.hear_anything();
        client.cut();
    });
}

fn connection_breaks_in_the_handshake(adapter: &dyn Adapter) {
    in_the_handshake(adapter, |mut client| {
        client.hear_anything();
        client.reset();
    });
}

fn not_usable(adapter: &dyn Adapter, pem: &'static str) {
    let mut settings = patient();
    settings.root_certificates.push(pem.into());
    match adapter.client(account(), options(settings)).err() {
        Some(SetupError::RootCertificate { position: 2, cause }) => assert!(!cause.is_empty()),
        other => panic!("another outcome: {other:?}"),
    }
}

fn extra_authority_that_is_no_certificate(adapter: &dyn Adapter) {
    not_usable(adapter, "no PEM in here");
}

fn extra_authority_that_is_damaged(adapter: &dyn Adapter) {
    not_usable(adapter, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
}
