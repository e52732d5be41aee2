//! A server on loopback whose handler gets each connection with the head of each request.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
};

use offerslook::{Account, BaseUrl, Credentials};

/// Starts a server. The handler gets the request line and the connection; the connection is kept while it returns
/// `true`. The threads end with the connections, and the one that listens with the process.
pub(crate) fn start(handler: impl Fn(&str, &mut TcpStream) -> bool + Clone + Send + 'static) -> Account {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let handler = handler.clone();
            thread::spawn(move || serve(stream.unwrap(), handler));
        }
    });
    account(address)
}

fn serve(mut stream: TcpStream, handler: impl Fn(&str, &mut TcpStream) -> bool) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
        if !handler(&first, &mut stream) {
            return;
        }
    }
}

/// The account of some affiliate at this address.
pub(crate) fn account(address: SocketAddr) -> Account {
    let base_url: BaseUrl = format!("http://{address}").parse().unwrap();
    Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap())
}

/// Answers with a status, further headers and a body. Returns whether that was possible.
pub(crate) fn answer(stream: &mut TcpStream, status: u16, headers: &str, body: &str) -> bool {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} .\r\ncontent-length: {length}\r\n{headers}\r\n");
    stream.write_all((head + body).as_bytes()).is_ok()
}

/// A link for each id of the request.
pub(crate) fn links(request: &str) -> String {
    let ids = request.split(' ').nth(1).unwrap().rsplit('/').next().unwrap();
    let rows: Vec<String> =
        ids.split(',').map(|id| format!(r#"{{"offer_id":{id},"url":"https://t.example/{id}"}}"#)).collect();
    format!(r#"{{"code":0,"message":"Success","data":{{"tracking_link":[{}]}}}}"#, rows.join(","))
}
