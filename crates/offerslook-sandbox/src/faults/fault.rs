use std::{
    collections::BTreeMap,
    num::{NonZeroI64, NonZeroUsize},
    time::Duration,
};

use axum::http::Uri;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::{Map, Value, to_value};

use super::Status;
use crate::seconds;

/// Something that goes wrong. In a file it is a table with a `kind`, the variant's name in snake case, and
/// its fields.
///
/// A fault that does not fit the call, such as [`Fault::RepeatedPage`] where nothing comes in pages, changes
/// nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields, remote = "Self")]
#[non_exhaustive]
pub enum Fault {
    /// The work starts later.
    Delay {
        /// By how much; `seconds` in a file, decimals allowed.
        #[serde(rename = "seconds", with = "seconds")]
        wait: Duration,
    },
    /// Answers 429 in place of the work.
    RateLimited {
        /// The `Retry-After` header, in seconds; without it there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Answers with a status and the envelope of an error in place of the work.
    Status {
        /// The HTTP status, which is also the envelope's `code`.
        status: Status,
        /// The `Retry-After` header, in seconds; without it there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u64>,
    },
    /// Answers with a page of HTML, as a proxy in between does, in place of the work.
    Html {
        /// The HTTP status.
        status: Status,
    },
    /// Answers 200 with an envelope whose `code` says that the call failed, in place of the work.
    Code {
        /// The envelope's `code`.
        code: NonZeroI64,
    },
    /// Resets the connection before anything of the answer was sent.
    Reset,
    /// Announces the whole body, sends the start of it, and closes the connection. It comes after all other
    /// faults.
    CutBody {
        /// How much of the body is sent; without it, half of it. A body that is not longer stays whole.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after_bytes: Option<u64>,
    },
    /// Sends the body in small pieces.
    SlowDrip {
        /// The length of a piece.
        bytes: NonZeroUsize,
        /// The pause before each of them; `pause_seconds` in a file, decimals allowed.
        #[serde(rename = "pause_seconds", with = "seconds")]
        pause: Duration,
    },
    /// Pads the body with white space. It is still the same JSON.
    OversizedBody {
        /// The body's length afterwards. A body that is not shorter stays as it is.
        bytes: u64,
    },
    /// Pads the body with white space and sends it compressed with gzip, whatever the client accepts.
    GzipBomb {
        /// The body's length after inflating. A body that is not shorter is only compressed.
        bytes: u64,
    },
    /// Answers 302 in place of the work.
    Redirect {
        /// The `Location` header.
        #[serde(with = "location")]
        location: Uri,
    },
    /// Leaves rows out.
    MissingRows {
        /// Which ones: each `every`-th row of an answer; 1 leaves out all.
        every: NonZeroUsize,
    },
    /// Every row comes twice.
    DuplicateRows,
    /// Adds rows that nobody asked for: copies of the first row with other ids. An answer without rows gets
    /// none.
    ExtraRows {
        /// The ids of the rows.
        ids: Vec<u64>,
    },
    /// Leaves out all rows after the first few, without a word.
    RowLimit {
        /// How many stay.
        rows: usize,
    },
    /// Answers 400 to a batch call for too many ids, in place of the work.
    IdLimit {
        /// The most ids that a call may carry.
        ids: usize,
    },
    /// Rows have their ids as strings: every integer under `id` or a name that ends in `_id`.
    IdsAsStrings,
    /// Every slash in the body is written as `\/`, as PHP does. It is still the same JSON.
    EscapedSlashes,
    /// A page of a listing, from the second on, has the rows of the page before.
    RepeatedPage,
    /// Every second page of a listing counts a page more, and its rows, in `totalPages` and `totalRows`.
    MovingTotals,
    /// Answers 401 in place of the work, as if the key were not known.
    KeyRevoked,
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not straight into JSON's own value: with one key, that takes a text for more of itself, however deep.
        let fields = BTreeMap::<String, serde_content::Value<'static>>::deserialize(deserializer)?;
        let fields = fields.into_iter().map(|(name, value)| Ok((name, to_value(value)?)));
        let fields = fields.collect::<Result<Map<_, _>, serde_json::Error>>().map_err(D::Error::custom)?;
        // serde denies no unknown field to a tagged variant that has no field at all.
        let unknown = fields.keys().find(|name| *name != "kind").cloned();
        let fault = Self::read(fields.clone()).map_err(|error| match wrong_field(&fields, &error) {
            Some(name) if !error.contains(&format!("`{name}`")) => {
                D::Error::custom(format!("in its field `{name}`: {error}"))
            }
            _ => D::Error::custom(error),
        })?;
        match unknown {
            Some(name) if fault.has_no_fields() => {
                Err(D::Error::custom(format!("unknown field `{name}`, there are no fields beside `kind`")))
            }
            _ => Ok(fault),
        }
    }
}

/// The field that an error is about: serde loses sight of it, but without that field the error is another.
fn wrong_field<'f>(fields: &'f Map<String, Value>, error: &str) -> Option<&'f str> {
    let is_wrong = |name: &str| {
        let mut others = fields.clone();
        others.remove(name);
        Fault::read(others).err().is_none_or(|other| other != error)
    };
    // The wrong one is the first that is neither known nor right, and no fault has more than two.
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
        text.parse()
            .map_err(|_| D::Error::custom("`location` is not a URL, such as https://www.example.com/"))
    }
}
