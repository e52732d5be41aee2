use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use offerslook_sandbox::{OfferKind, Sandbox, SandboxConfig};
use serde_json::Value;
use ureq::{
    AsSendBody,
    http::{Method, Request, Response},
};

pub(crate) const LIMIT: Duration = Duration::from_secs(30);

pub(crate) fn start(config: SandboxConfig) -> Sandbox {
    Sandbox::start(config.without_quota()).unwrap()
}

pub(crate) fn sandbox() -> Sandbox {
    start(SandboxConfig::default())
}

/// A sandbox with the documented offers and those of a file.
pub(crate) fn with_offers(json: &str) -> Sandbox {
    start(SandboxConfig::default().offers(0).offers_json(json))
}

/// The first generated offers of a kind.
pub(crate) fn some<const N: usize>(sandbox: &Sandbox, kind: OfferKind) -> [u64; N] {
    let mut ids = (103..=5_000).filter(|&id| sandbox.offer_kind(id) == Some(kind));
    [(); N].map(|()| ids.next().unwrap())
}

pub(crate) fn first(sandbox: &Sandbox, kind: OfferKind) -> u64 {
    some::<1>(sandbox, kind)[0]
}

pub(crate) struct Answer {
    pub(crate) head: Response<()>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.headers().get(name)?.to_str().ok()
    }

    #[track_caller]
    pub(crate) fn assert_ok(&self) {
        assert_eq!(self.status(), 200, "{}", self.text);
    }

    /// Fails unless this is a refusal of that status, in the envelope, with something to read.
    #[track_caller]
    pub(crate) fn assert_refused(&self, status: u16) {
        assert_eq!(self.status(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), Some("application/json"));
        let envelope = self.json();
        assert_eq!(envelope["code"], status);
        assert!(!envelope["message"].as_str().unwrap().is_empty());
        assert_eq!(envelope.as_object().unwrap().len(), 2, "{envelope}");
    }
}

pub(crate) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// The `Authorization` header of the sandbox's own account.
pub(crate) fn authorization(sandbox: &Sandbox) -> String {
    basic(sandbox.email(), sandbox.api_key())
}

pub(crate) fn send(sandbox: &Sandbox, method: Method, path: &str, authorization: Option<&str>) -> Answer {
    let mut request = Request::builder().method(method).uri(format!("{}{path}", sandbox.base_url()));
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    run(request.body(()).unwrap())
}

/// A call with a body and the sandbox's own account.
pub(crate) fn send_body(sandbox: &Sandbox, method: Method, path: &str, body: &str) -> Answer {
    let request = Request::builder().method(method).uri(format!("{}{path}", sandbox.base_url()));
    run(request.header("authorization", authorization(sandbox)).body(body.to_owned()).unwrap())
}

fn run(request: Request<impl AsSendBody>) -> Answer {
    let agent = ureq::Agent::new_with_config(
        ureq::config::Config::builder()
            .proxy(None)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(LIMIT))
            .build(),
    );
    let (parts, mut body) = agent.run(request).unwrap().into_parts();
    Answer { head: Response::from_parts(parts, ()), text: body.read_to_string().unwrap() }
}

/// A call without a body, with the sandbox's own account.
pub(crate) fn call(sandbox: &Sandbox, method: Method, path: &str) -> Answer {
    send(sandbox, method, path, Some(&authorization(sandbox)))
}

/// A GET with the sandbox's own account.
pub(crate) fn get(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, Method::GET, path)
}

/// The `data` of a GET that has to work.
#[track_caller]
pub(crate) fn data(sandbox: &Sandbox, path: &str) -> Value {
    let answer = get(sandbox, path);
    assert_eq!(answer.status(), 200, "{path}: {}", answer.text);
    answer.json()["data"].clone()
}

pub(crate) fn batch_path(ids: impl IntoIterator<Item = u64>) -> String {
    let ids: Vec<_> = ids.into_iter().map(|id| id.to_string()).collect();
    format!("/aff/v1/batches/offers/tracking_links/{}", ids.join(","))
}

/// The rows of a batch call that has to work.
#[track_caller]
pub(crate) fn rows(sandbox: &Sandbox, ids: impl IntoIterator<Item = u64>) -> Vec<Value> {
    data(sandbox, &batch_path(ids))["tracking_link"].as_array().unwrap().clone()
}

/// A bare connection, for what no HTTP client would send.
pub(crate) fn connect(sandbox: &Sandbox) -> TcpStream {
    let stream = TcpStream::connect(sandbox.base_url().strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream
}

/// Writes bytes to a new connection and reads until the sandbox closes it.
pub(crate) fn exchange(sandbox: &Sandbox, bytes: &[u8]) -> String {
    let mut stream = connect(sandbox);
    stream.write_all(bytes).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// An example of the reference, by its name in the folder `documented`.
pub(crate) fn documented(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sandbox/documented");
    serde_json::from_str(&fs::read_to_string(folder.join(name).with_extension("json")).unwrap()).unwrap()
}
