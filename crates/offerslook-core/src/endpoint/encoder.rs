use std::fmt::{Display, Write};

use bytes::Bytes;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde::Serialize;

use super::Spec;
use crate::{
    error::BuildError,
    types::{OfferIds, RESERVED},
};

/// A comma stays as it is: it separates the ids of a list.
const PATH_ARGUMENT: &AsciiSet = &RESERVED.remove(b',');

/// Builds the path, the query and the body of a request from the values of a call.
#[derive(Debug)]
pub struct Encoder {
    spec: Spec,
    target: String,
    template: std::str::Split<'static, char>,
    query: String,
    body: Option<Bytes>,
    mistake: Option<BuildError>,
}

/// The path with its query, and the body.
pub(crate) struct Encoded {
    pub(crate) target: String,
    pub(crate) body: Option<Bytes>,
}

impl Encoder {
    /// `prefix` is the path of the base URL, without a trailing slash.
    pub(crate) fn new(spec: Spec, prefix: &str) -> Self {
        let mut template = spec.path.split('/');
        template.next();
        Self { spec, target: prefix.to_owned(), template, query: String::new(), body: None, mistake: None }
    }

    /// Fills the next placeholder of the path. The argument is percent-encoded.
    pub fn path(&mut self, argument: impl Display) -> &mut Self {
        let text = argument.to_string();
        // A segment of dots would leave the path, and an empty one would vanish.
        if text.bytes().all(|byte| byte == b'.') {
            self.fail(BuildError::PathArgument { endpoint: self.spec.name, argument: text });
        } else if self.copy_to_placeholder() {
            // Ids need no encoding, and there may be many.
            if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',') {
                self.push_segment(&text);
            } else {
                self.push_segment(&utf8_percent_encode(&text, PATH_ARGUMENT));
            }
        } else {
            self.fail(BuildError::PathArguments { endpoint: self.spec.name, path: self.spec.path });
        }
        self
    }

    /// Fills the next placeholder of the path with offer ids. With more than `max`, no request is built.
    pub fn ids(&mut self, ids: &OfferIds, max: usize) -> &mut Self {
        if ids.len() > max {
            self.fail(BuildError::TooManyIds { endpoint: self.spec.name, ids: ids.len(), max });
        }
        self.path(ids)
    }

    /// Adds a query parameter. Name and value are percent-encoded.
    pub fn query(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.query.push(if self.query.is_empty() { '?' } else { '&' });
        self.query.extend(utf8_percent_encode(name, RESERVED));
        self.query.push('=');
        self.query.extend(utf8_percent_encode(&value.to_string(), RESERVED));
        self
    }

    /// Sets the JSON body.
    pub fn json(&mut self, body: &impl Serialize) -> &mut Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body = Some(bytes.into()),
            Err(cause) => self.fail(BuildError::Body { endpoint: self.spec.name, cause: cause.to_string() }),
        }
        self
    }

    pub(crate) fn finish(mut self) -> Result<Encoded, BuildError> {
        if self.copy_to_placeholder() {
            self.fail(BuildError::PathArguments { endpoint: self.spec.name, path: self.spec.path });
        }
        match self.mistake {
            Some(mistake) => Err(mistake),
            None => Ok(Encoded { target: self.target + &self.query, body: self.body }),
        }
    }

    /// Copies plain segments up to the next placeholder. Returns `false` if there is none left.
    fn copy_to_placeholder(&mut self) -> bool {
        while let Some(segment) = self.template.next() {
            if segment.starts_with('{') {
                return true;
            }
            self.push_segment(&segment);
        }
        false
    }

    fn push_segment(&mut self, segment: &dyn Display) {
        self.target.push('/');
        // Writing to a string cannot fail.
        let _ = write!(self.target, "{segment}");
    }

    /// The first mistake is the one to report.
    fn fail(&mut self, mistake: BuildError) {
        self.mistake.get_or_insert(mistake);
    }
}
