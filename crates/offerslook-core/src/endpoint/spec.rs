/// The constant properties of an endpoint. An invalid spec in a constant does not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The name of the endpoint, in snake case.
    pub name: &'static str,
    /// The HTTP method.
    pub verb: Verb,
    /// The path, with placeholders: `/aff/v1/offers/{offer_id}/caps`.
    pub path: &'static str,
    /// Where in `data` the payload is.
    pub payload: Payload,
    /// Whether the call may be repeated even if the first copy may have arrived.
    pub idempotent: bool,
}

/// The HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Reads.
    Get,
    /// Creates, or applies.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl From<Verb> for http::Method {
    fn from(verb: Verb) -> Self {
        match verb {
            Verb::Get => Self::GET,
            Verb::Post => Self::POST,
            Verb::Put => Self::PUT,
            Verb::Delete => Self::DELETE,
        }
    }
}

/// Where in the `data` of the envelope the payload is, and its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Payload {
    /// One object under this key. `null`, `[]` and `data` without any key are an object without fields.
    Object(&'static str),
    /// A list under this key. `null` and `data` without any key are an empty list. One object is a list of one, and
    /// an object with the keys 0, 1, … is a list too.
    List(&'static str),
    /// `data` itself, as for pages of rows.
    Whole,
    /// Nothing: the output is `()`, and `data` is ignored. A 204 without a body is a success too.
    Nothing,
}

impl Spec {
    /// Creates the spec of a call that reads, and may be repeated.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str, payload: Payload) -> Self {
        Self::new(name, Verb::Get, path, payload)
    }

    /// Creates the spec of a call that reads (`GET`, idempotent) or changes something (any other verb, not idempotent).
    ///
    /// # Panics
    /// If the name is not in snake case, or the path does not consist of plain segments and placeholders. In a
    /// constant, this is a compile-time error.
    ///
    /// ```compile_fail
    /// use offerslook_core::{Payload, Spec};
    /// const BAD: Spec = Spec::get("caps", "/aff/v1/offers/{offer_id/caps", Payload::Whole);
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, verb: Verb, path: &'static str, payload: Payload) -> Self {
        assert!(is_snake_case(name.as_bytes()), "the name of an endpoint must be in snake case");
        assert!(
            is_template(path.as_bytes()),
            "a path must consist of plain segments and placeholders in braces"
        );
        Self { name, verb, path, payload, idempotent: matches!(verb, Verb::Get) }
    }

    /// Declares that the call may be repeated even if the first copy may have arrived.
    #[must_use]
    pub const fn idempotent(self) -> Self {
        Self { idempotent: true, ..self }
    }
}

const fn is_snake_case(mut text: &[u8]) -> bool {
    if text.is_empty() {
        return false;
    }
    while let [byte, rest @ ..] = text {
        if !matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_') {
            return false;
        }
        text = rest;
    }
    true
}

/// Whether the path is a sequence of `/segment` and `/{placeholder}`.
const fn is_template(mut path: &[u8]) -> bool {
    let mut at_start = true;
    while let [b'/', after_slash @ ..] = path {
        let (segment, rest) = split_at_slash(after_slash);
        let name = match segment {
            [b'{', name @ .., b'}'] => name,
            plain => plain,
        };
        if !is_snake_case(name) {
            return false;
        }
        path = rest;
        at_start = false;
    }
    path.is_empty() && !at_start
}

const fn split_at_slash(text: &[u8]) -> (&[u8], &[u8]) {
    let mut rest = text;
    let mut length = 0;
    while let [byte, tail @ ..] = rest {
        if *byte == b'/' {
            break;
        }
        rest = tail;
        length += 1;
    }
    text.split_at(length)
}
