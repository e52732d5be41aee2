/// The constant facts of an endpoint. A bad one does not compile where it stands in a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The name of the endpoint, in snake case.
    pub name: &'static str,
    /// The HTTP method.
    pub verb: Verb,
    /// The path, with placeholders: `/aff/v1/offers/{offer_id}/caps`.
    pub path: &'static str,
    /// Where in `data` the answer stands.
    pub payload: Payload,
    /// Whether the call may be sent again when the fate of the first copy is unknown.
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

/// Where in the envelope's `data` the answer stands, and what shape it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Payload {
    /// One object under this key. A missing or null one and `[]` are read as an object without fields.
    Object(&'static str),
    /// A list under this key. A missing or null one is read as empty, one object as a list of one.
    List(&'static str),
    /// `data` itself, as in pages of rows.
    Whole,
    /// Nothing, so that the output is `()`: whatever `data` holds is let go. A 204 without a body says
    /// success, too.
    Nothing,
}

impl Spec {
    /// A call that reads, and may be repeated.
    #[must_use]
    pub const fn get(name: &'static str, path: &'static str, payload: Payload) -> Self {
        Self::new(name, Verb::Get, path, payload)
    }

    /// A call that reads (`GET`, idempotent) or changes something (any other verb, not idempotent).
    ///
    /// # Panics
    /// If the name is not in snake case, or the path is not made of plain segments and placeholders.
    /// In a constant, that is an error of compilation.
    ///
    /// ```compile_fail
    /// use offerslook_core::{Payload, Spec};
    /// const BAD: Spec = Spec::get("caps", "/aff/v1/offers/{offer_id/caps", Payload::Whole);
    /// ```
    #[must_use]
    pub const fn new(name: &'static str, verb: Verb, path: &'static str, payload: Payload) -> Self {
        assert!(is_snake_case(name.as_bytes()), "the name of an endpoint is in snake case");
        assert!(is_template(path.as_bytes()), "a path is made of plain segments and placeholders in braces");
        Self { name, verb, path, payload, idempotent: matches!(verb, Verb::Get) }
    }

    /// The same call, declared safe to be sent again when the fate of the first copy is unknown.
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

/// Whether the path is a row of `/segment` and `/{placeholder}`.
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
