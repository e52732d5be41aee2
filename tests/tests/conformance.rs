//! The conformance suite, against every transport of the workspace.

use std::{pin::Pin, process::ExitCode};

use attohttpc_adapter::Attohttpc;
use offerslook_conformance::{Async, Blocking, Deviations, Executor, Suite};
use offerslook_transport_hyper::Hyper;
use offerslook_transport_ureq::Ureq;
use reqwest_adapter::Reqwest;
use smol_adapter::HttpOverSmol;
use tokio::runtime::Builder;

const REQWEST: Deviations = &[
    ("requests: no accept header", "reqwest adds `accept: */*` to a request without that header"),
    ("requests: dots in the target", "to reqwest a target is a URL, in which `..` is resolved"),
    ("malformed: head without end", "reqwest has no cap for the head of a response"),
    ("malformed: interim responses *", "reqwest has no cap for the head of a response"),
];

struct Smol;

impl Executor for Smol {
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        smol::block_on(future);
    }
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn main() -> ExitCode {
    let many_threads = Async::<Hyper>::on(|| match Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => Box::new(runtime),
        Err(error) => panic!("no runtime: {error}"),
    });
    Suite::default()
        .transport("hyper, one thread", Async::<Hyper>::default(), &[])
        .transport("hyper, many threads", many_threads, &[])
        .transport("reqwest", Async::<Reqwest>::default(), REQWEST)
        .transport("smol", Async::<HttpOverSmol>::on(|| Box::new(Smol)), smol_adapter::DEVIATIONS)
        .transport("ureq", Blocking::<Ureq>::default(), &[])
        .transport("attohttpc", Blocking::<Attohttpc>::default(), attohttpc_adapter::DEVIATIONS)
        .run()
}
