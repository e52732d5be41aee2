//! A service on loopback that answers as the test wants it to.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
};

use tempfile::NamedTempFile;

use crate::command::{LIMIT, Run, offerslook};

/// One call, as it arrived.
pub(crate) struct Call {
    /// The n-th it is, from 0.
    pub(crate) number: usize,
    pub(crate) ids: Vec<u64>,
    /// Its head, to be repeated by a service that cannot keep a secret.
    pub(crate) head: String,
}

pub(crate) enum Reply {
    /// With this status and body.
    Body(u16, String),
    /// With this head, but for the length, and this body.
    Full(String, String),
    /// Not before the client goes away.
    Never,
}

pub(crate) struct Service {
    pub(crate) base_url: String,
    pub(crate) key_file: NamedTempFile,
    arrivals: Receiver<usize>,
}

impl Service {
    pub(crate) fn start(reply: impl Fn(&Call) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let mut key_file = NamedTempFile::new().unwrap();
        writeln!(key_file, "{KEY}").unwrap();
        let (arrived, arrivals) = mpsc::channel();
        let reply = Arc::new(reply);
        let number = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (reply, arrived, number) = (Arc::clone(&reply), arrived.clone(), Arc::clone(&number));
                thread::spawn(move || serve(stream.unwrap(), &number, &arrived, &*reply));
            }
        });
        Self { base_url, key_file, arrivals }
    }

    /// `offerslook` with its account and these arguments.
    pub(crate) fn offerslook(&self, arguments: &str) -> Run {
        offerslook(&format!("{} {arguments}", self.account()))
    }

    /// The arguments that name the account here.
    pub(crate) fn account(&self) -> String {
        crate::command::account(&self.base_url, self.key_file.path().to_str().unwrap())
    }

    /// Waits until so many calls have arrived.
    pub(crate) fn wait_for(&self, calls: usize) {
        while self.arrivals.recv_timeout(LIMIT).expect("the calls arrive in time") + 1 < calls {}
    }

    /// How many calls have arrived that were not waited for.
    pub(crate) fn further_calls(&self) -> usize {
        self.arrivals.try_iter().count()
    }
}

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

fn serve(
    mut stream: TcpStream,
    number: &AtomicUsize,
    arrived: &Sender<usize>,
    reply: &dyn Fn(&Call) -> Reply,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        // A client may connect and think better of it.
        if !matches!(stream.read(&mut byte), Ok(1)) {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap();
    // Other paths end in something else.
    let ids = path.rsplit('/').next().unwrap().split(',').filter_map(|id| id.parse().ok()).collect();
    let call = Call { number: number.fetch_add(1, Ordering::SeqCst), ids, head };
    let reply = reply(&call);
    // A test that is over does not ask any more.
    let _ = arrived.send(call.number);
    let (head, body) = match reply {
        Reply::Body(status, body) => (format!("{status} Status"), body),
        Reply::Full(head, body) => (head, body),
        Reply::Never => {
            let _ = stream.read(&mut [0]);
            return;
        }
    };
    let length = body.len();
    // A client that was stopped does not listen any more.
    let _ = write!(
        stream,
        "HTTP/1.1 {head}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
}

/// Starts a service that answers by path, and returns its base URL.
pub(crate) fn by_path(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> String {
    Service::start(move |call| answer(call.head.split(' ').nth(1).unwrap())).base_url
}

/// An answer that says success, with this `data`.
pub(crate) fn success(data: &serde_json::Value) -> Reply {
    let body = serde_json::json!({"code": 0, "message": "Success", "data": data});
    Reply::Body(200, body.to_string())
}

/// An answer with status 200 and this body.
pub(crate) fn ok(body: impl Into<String>) -> Reply {
    Reply::Body(200, body.into())
}

/// Every id with a link.
pub(crate) fn found(call: &Call) -> Reply {
    rows(call.ids.iter().map(|id| link(*id)))
}

/// An answer with these rows.
pub(crate) fn rows(rows: impl IntoIterator<Item = String>) -> Reply {
    let rows: Vec<_> = rows.into_iter().collect();
    let rows = rows.join(",");
    ok(format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{rows}]}}}}"#))
}

/// A row with a link.
pub(crate) fn link(id: u64) -> String {
    format!(
        r#"{{"offer_id":{id},"url":"https://click.example/?offer_id={id}","impression_pixel":"<img src='https://click.example/{id}'>"}}"#
    )
}

/// An answer that says no.
pub(crate) fn failure(status: u16, message: &str) -> Reply {
    Reply::Body(status, format!(r#"{{"code":{status},"message":"{message}"}}"#))
}
