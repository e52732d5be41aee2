use std::{
    collections::BTreeMap,
    io::{self, Read},
};

/// A whole request, as a server received it.
#[derive(Debug, PartialEq, Eq)]
pub struct ReceivedRequest {
    /// The method: `GET`, …
    pub method: String,
    /// The request target, as it stood between method and version.
    pub target: String,
    /// The headers, names in lower case. A repeated name fails the test.
    pub headers: BTreeMap<String, String>,
    /// The body, as long as `content-length` says.
    pub body: Vec<u8>,
}

impl ReceivedRequest {
    /// Returns the names of the headers, sorted.
    #[must_use]
    pub fn header_names(&self) -> Vec<&str> {
        self.headers.keys().map(String::as_str).collect()
    }

    /// Reads one request; `None` if the connection ends before its first byte.
    ///
    /// # Errors
    /// If the connection breaks, or ends inside the request.
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
        let mut request = Self::parse_head(&head);
        assert!(!request.headers.contains_key("transfer-encoding"), "a chunked request: {request:?}");
        let length = request.headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        request.body.resize(length, 0);
        from.read_exact(&mut request.body)?;
        Ok(Some(request))
    }

    fn parse_head(head: &[u8]) -> Self {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut request = httparse::Request::new(&mut headers);
        assert!(request.parse(head).unwrap().is_complete());
        assert_eq!(request.version, Some(1), "the request must be HTTP/1.1");
        let mut named = BTreeMap::new();
        for header in request.headers.iter() {
            let value = String::from_utf8(header.value.to_vec()).unwrap();
            let repeated = named.insert(header.name.to_ascii_lowercase(), value);
            assert_eq!(repeated, None, "the header {} is repeated", header.name);
        }
        Self {
            method: request.method.unwrap().to_owned(),
            target: request.path.unwrap().to_owned(),
            headers: named,
            body: Vec::new(),
        }
    }
}
