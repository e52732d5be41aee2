//! Hosts that cannot be reached, and requests that must not be sent.

use offerslook_core::{
    BaseUrl,
    Delivery::NotSent,
    TransportKind::{Connect, UnknownHost, Unsendable},
    affiliate::batches::GetTrackingLinks,
};

use super::Cases;
use crate::{
    any_transport::{AnyTransport, send},
    expect,
    fixtures::{UNKNOWN_HOST, account_with, get, options, settings},
    server::ClosedPort,
};

pub(super) const CASES: Cases = &[
    ("unknown host", |transport| {
        let uri = format!("https://{UNKNOWN_HOST}/").parse().unwrap();
        expect::error(send(transport, settings(), get(uri)), UnknownHost, NotSent);
    }),
    ("connection refused", |transport| refused(transport, "http")),
    ("connection refused, https", |transport| refused(transport, "https")),
    ("plain http to another machine", |transport| {
        let uri = format!("http://{UNKNOWN_HOST}/").parse().unwrap();
        expect::error(send(transport, settings(), get(uri)), Unsendable, NotSent);
    }),
    ("plain http to another machine, opted in", |transport| {
        let base_url = BaseUrl::insecure_http(&format!("http://{UNKNOWN_HOST}")).unwrap();
        let account = account_with(base_url);
        let request = account.request(&GetTrackingLinks::new("16".parse().unwrap())).unwrap();
        let client = transport.client(account, options(settings())).unwrap();
        expect::error(client.execute(request), UnknownHost, NotSent);
    }),
    ("user name in the URI", |transport| {
        let uri = "http://me:c2VjcmV0OnNlY3JldA==@127.0.0.1/".parse().unwrap();
        expect::error(send(transport, settings(), get(uri)), Unsendable, NotSent);
    }),
];

fn refused(transport: &dyn AnyTransport, scheme: &str) {
    let port = ClosedPort::bind();
    let uri = format!("{scheme}://{}/", port.address()).parse().unwrap();
    expect::error(send(transport, settings(), get(uri)), Connect, NotSent);
}
