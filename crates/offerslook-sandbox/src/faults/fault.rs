use std::{
    collections::BTreeMap,
    num::{NonZeroI64, NonZeroUsize},
    time::Duration,
};

use axum::http::Uri;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Map, Value, to_value};

use super::Status;
use crate::text::seconds;

/// A way in which the sandbox misbehaves. In a file, this is a table with a `kind`, the name of the variant in
/// snake case, and its fields.
///
/// A fault that does not fit the call, such as [`Fault::RepeatedPage`] for an endpoint without pages, changes
/// nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields, remote = "Self")]
#[non_exhaustive]
pub enum Fault {
    /// Delays the handler.
    Delay {
        /// The delay; in a file `seconds`, a decimal number.
        #[serde(rename = "seconds", with = "seconds")]
        wait: Duration,
    },
    /// Responds with 429 instead of calling the handler.
    RateLimited {
        /// The `Retry-After` header in seconds, which may be 0; no header by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Responds with a status and an error envelope instead of calling the handler.
    Status {
        /// The HTTP status, which is also the envelope's `code`.
        status: Status,
        /// The `Retry-After` header in seconds, which may be 0; no header by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Responds with an HTML page, like a proxy, instead of calling the handler.
    Html {
        /// The HTTP status.
        status: Status,
    },
    /// Responds with 200 and an envelope with an error `code`, instead of calling the handler.
    Code {
        /// The envelope's `code`.
        code: NonZeroI64,
    },
    /// Resets the connection before sending any of the response.
    Reset,
    /// Announces the full length, sends the start of the body, and closes the connection. Applies after all other
    /// faults.
    CutBody {
        /// The number of bytes to send; by default half of the body. A body that is not longer stays complete.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after_bytes: Option<u64>,
    },
    /// Sends the body in small pieces.
    SlowDrip {
        /// The size of a piece.
        bytes: NonZeroUsize,
        /// The pause before each piece; in a file `pause_seconds`, a decimal number.
        #[serde(rename = "pause_seconds", with = "seconds")]
        pause: Duration,
    },
    /// Pads the body with white space, so that it is the same JSON.
    OversizedBody {
        /// The length of the padded body. A body that is not shorter stays unchanged.
        bytes: u64,
    },
    /// Pads the body with white space and compresses it with gzip, whatever the client accepts.
    GzipBomb {
        /// The length of the decompressed body. A body that is not shorter is only compressed.
        bytes: u64,
    },
    /// Responds with 302 instead of calling the handler.
    Redirect {
        /// The `Location` header.
        #[serde(with = "location")]
        location: Uri,
    },
    /// Omits rows.
    MissingRows {
        /// Omits every n-th row of a response; 1 omits all.
        every: NonZeroUsize,
    },
    /// Sends every row twice.
    DuplicateRows,
    /// Adds rows that the call did not ask for: copies of the first row with other ids. A response without rows
    /// stays empty.
    ExtraRows {
        /// The ids of the added rows.
        ids: Vec<u64>,
    },
    /// Sends only the first rows, without an error.
    RowLimit {
        /// Maximum number of rows.
        rows: usize,
    },
    /// Responds with 400 to a batch call with too many ids, instead of calling the handler.
    IdLimit {
        /// Maximum number of ids.
        ids: usize,
    },
    /// Looks only at the first ids of a batch call, without an error.
    TruncatedIds {
        /// Maximum number of ids.
        ids: NonZeroUsize,
    },
    /// Sets the id of rows to 0, so that a client cannot use them.
    UnusableRows {
        /// Changes every n-th row of a response; 1 changes all.
        every: NonZeroUsize,
    },
    /// Renames the key of the payload in `data`, such as `tracking_link` or `rowset`.
    RenamedKey {
        /// The new key.
        to: String,
    },
    /// Sends ids as strings: every integer under `id` or a name that ends in `_id`.
    IdsAsStrings,
    /// Escapes every slash in the body as `\/`, like PHP, so that it is the same JSON.
    EscapedSlashes,
    /// Sends the rows of the previous page with every page of a listing but the first.
    RepeatedPage,
    /// Adds one page to `totalPages` and `totalRows` on every second page of a listing.
    MovingTotals,
    /// Responds with 401 instead of calling the handler, as to an unknown key.
    KeyRevoked,
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not directly into `serde_json::Value`: that parses the text under one private key as more JSON, of
        // any depth.
        let fields = BTreeMap::<String, serde_content::Value<'static>>::deserialize(deserializer)?;
        let fields = fields.into_iter().map(|(name, value)| Ok((name, to_value(value)?)));
        let fields = fields.collect::<Result<Map<_, _>, serde_json::Error>>().map_err(D::Error::custom)?;
        // serde accepts unknown fields for a tagged variant without fields.
        let unknown = fields.keys().find(|name| *name != "kind").cloned();
        let fault = Self::read(fields.clone()).map_err(|error| match wrong_field(&fields, &error) {
            Some(name) if !error.contains(&format!("`{name}`")) => {
                D::Error::custom(format!("in its field `{name}`: {error}"))
            }
            _ => D::Error::custom(error),
        })?;
        match unknown {
            Some(name) if fault.has_no_fields() => {
                Err(D::Error::custom(format!("unknown field `{name}`, expected no fields but `kind`")))
            }
            _ => Ok(fault),
        }
    }
}

/// Returns the field of an error. serde does not name it, but without that field the error is a different one.
fn wrong_field<'f>(fields: &'f Map<String, Value>, error: &str) -> Option<&'f str> {
    let is_wrong = |name: &str| {
        let mut others = fields.clone();
        others.remove(name);
        Fault::read(others).err().is_none_or(|other| other != error)
    };
    // No fault has more than two fields, so that one of the first three is unknown or invalid.
    fields.keys().map(String::as_str).filter(|name| *name != "kind").take(3).find(|name| is_wrong(name))
}

impl Fault {
    fn read(fields: Map<String, Value>) -> Result<Self, String> {
        Self::deserialize(Value::Object(fields)).map_err(|error| error.to_string())
    }

    fn has_no_fields(&self) -> bool {
        matches!(
            self,
            Self::Reset
                | Self::DuplicateRows
                | Self::IdsAsStrings
                | Self::EscapedSlashes
                | Self::RepeatedPage
                | Self::MovingTotals
                | Self::KeyRevoked
        )
    }
}

mod location {
    use axum::http::Uri;
    use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(location: &Uri, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(location)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Uri, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom("`location` is not a URL such as https://www.example.com/"))
    }
}
