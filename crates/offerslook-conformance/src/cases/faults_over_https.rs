//! The sandbox's certificates, and some of its faults, over HTTPS.

use offerslook_core::{
    Delivery::{NotSent, Unknown},
    TransportKind::{self, BodyTooLarge, Interrupted, Tls},
};
use offerslook_sandbox::{Certificate, Fault, SandboxConfig};

use crate::{Adapter, expect, given::patient, sandboxed::Sandboxed};

cases![
    good_certificate,
    expired_certificate,
    certificate_for_another_host,
    certificate_of_an_unknown_authority,
    rate_limited,
    reset,
    cut_body,
    gzip_bomb,
];

fn https(certificate: Certificate) -> SandboxConfig {
    SandboxConfig::default().https(certificate)
}

fn answered(adapter: &dyn Adapter, sandbox: &Sandboxed, status: u16) {
    expect::response(sandbox.call(adapter, patient()), status);
    sandbox.was_called(1);
}

fn good_certificate(adapter: &dyn Adapter) {
    answered(adapter, &Sandboxed::start(https(Certificate::Good)), 200);
}

fn rate_limited(adapter: &dyn Adapter) {
    let fault = Fault::RateLimited { retry_after: None };
    answered(adapter, &Sandboxed::with_fault(https(Certificate::Good), fault), 429);
}

/// Nothing of the call reaches a server that cannot be trusted.
fn refused(adapter: &dyn Adapter, certificate: Certificate) {
    let sandbox = Sandboxed::start(https(certificate));
    expect::fault(sandbox.call(adapter, patient()), Tls, NotSent);
    sandbox.was_called(0);
}

fn expired_certificate(adapter: &dyn Adapter) {
    refused(adapter, Certificate::Expired);
}

fn certificate_for_another_host(adapter: &dyn Adapter) {
    refused(adapter, Certificate::WrongHost);
}

fn certificate_of_an_unknown_authority(adapter: &dyn Adapter) {
    refused(adapter, Certificate::UnknownAuthority);
}

fn faulty(adapter: &dyn Adapter, fault: Fault, kind: TransportKind) {
    let mut settings = patient();
    settings.max_body_bytes = 100_000;
    let sandbox = Sandboxed::with_fault(https(Certificate::Good), fault);
    expect::fault(sandbox.call(adapter, settings), kind, Unknown);
}

fn reset(adapter: &dyn Adapter) {
    faulty(adapter, Fault::Reset, Interrupted);
}

fn cut_body(adapter: &dyn Adapter) {
    faulty(adapter, Fault::CutBody { after_bytes: None }, Interrupted);
}

fn gzip_bomb(adapter: &dyn Adapter) {
    faulty(adapter, Fault::GzipBomb { bytes: 1_000_000_000 }, BodyTooLarge);
}
