//! A request as a server hears it.

use std::{
    collections::BTreeMap,
    io::{self, Read},
};

/// A whole request, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Heard {
    /// `GET`, and so on.
    pub method: String,
    /// What stands between method and version.
    pub target: String,
    /// The headers, names in lower case. A name that comes twice fails the test.
    pub headers: BTreeMap<String, String>,
    /// As many bytes as `content-length` says.
    pub body: Vec<u8>,
}

impl Heard {
    /// The names of the headers, sorted.
    #[must_use]
    pub fn header_names(&self) -> Vec<&str> {
        self.headers.keys().map(String::as_str).collect()
    }

    /// Reads one request, or nothing where the connection ends before it begins.
    ///
    /// # Errors
    /// Where the connection breaks, or ends inside of the request.
    pub fn read(from: &mut dyn Read) -> io::Result<Option<Self>> {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            match from.read(&mut byte)? {
                0 if head.is_empty() => return Ok(None),
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                _ => head.push(byte[0]),
            }
        }
        let mut request = Self::of_head(&head);
        assert!(!request.headers.contains_key("transfer-encoding"), "no chunked requests: {request:?}");
        let length = request.headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        request.body.resize(length, 0);
        from.read_exact(&mut request.body)?;
        Ok(Some(request))
    }

    fn of_head(head: &[u8]) -> Self {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        assert!(request.parse(head).unwrap().is_complete());
        assert_eq!(request.version, Some(1), "only HTTP/1.1 is spoken");
        let mut named = BTreeMap::new();
        for header in request.headers.iter() {
            let value = String::from_utf8(header.value.to_vec()).unwrap();
            let twice = named.insert(header.name.to_ascii_lowercase(), value);
            assert_eq!(twice, None, "{} comes twice", header.name);
        }
        Self {
            method: request.method.unwrap().to_owned(),
            target: request.path.unwrap().to_owned(),
            headers: named,
            body: Vec::new(),
        }
    }
}
