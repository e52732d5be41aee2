//! Hosts that are not there, and requests that are not sent.

use offerslook_core::{
    Delivery::NotSent,
    TransportKind::{Connect, UnknownHost, Unsendable},
};

use crate::{
    Adapter, expect,
    given::{NOWHERE, client, get, patient},
    ports::ClosedPort,
};

cases![unknown_host, refused, refused_with_tls, plain_http_to_another_machine, user_name_in_the_uri];

fn unknown_host(adapter: &dyn Adapter) {
    let uri = format!("https://{NOWHERE}/").parse().unwrap();
    expect::fault(client(adapter, patient()).execute(get(uri)), UnknownHost, NotSent);
}

fn refused(adapter: &dyn Adapter) {
    let port = ClosedPort::take();
    let uri = format!("http://{}/", port.address()).parse().unwrap();
    expect::fault(client(adapter, patient()).execute(get(uri)), Connect, NotSent);
}

fn refused_with_tls(adapter: &dyn Adapter) {
    let port = ClosedPort::take();
    let uri = format!("https://{}/", port.address()).parse().unwrap();
    expect::fault(client(adapter, patient()).execute(get(uri)), Connect, NotSent);
}

fn plain_http_to_another_machine(adapter: &dyn Adapter) {
    let uri = format!("http://{NOWHERE}/").parse().unwrap();
    expect::fault(client(adapter, patient()).execute(get(uri)), Unsendable, NotSent);
}

fn user_name_in_the_uri(adapter: &dyn Adapter) {
    let uri = "http://me:c2VjcmV0OnNlY3JldA==@127.0.0.1/".parse().unwrap();
    expect::fault(client(adapter, patient()).execute(get(uri)), Unsendable, NotSent);
}
