use std::fmt;

use offerslook_core::{
    Error, ImpressionPixel, Link, OfferId, Parameter, TrackingLink, affiliate::batches::TrackingLinkRow,
    job::Outcome, types::Secrets,
};
use serde::{Deserialize, Serialize};

use crate::kind::Kind;

/// What the output says about one id.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) offer_id: OfferId,
    pub(crate) status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<TrackingLink>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) impression_pixel: Option<ImpressionPixel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<RowError>,
}

/// What became of an id, in one stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Status {
    Found,
    /// A row came, but without a URL.
    Unapproved,
    /// The API answered, and had no row.
    Absent,
    Refused,
    Failed,
    /// The run ended first.
    NotAttempted,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// Why an id was refused, or its call failed.
#[derive(Debug, Serialize)]
pub(crate) struct RowError {
    pub(crate) kind: Kind,
    pub(crate) message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.message)
    }
}

/// The columns, in the order in which every format has them.
pub(crate) const COLUMNS: [&str; 5] = ["offer_id", "status", "url", "impression_pixel", "error"];

impl Row {
    /// The row of an outcome, the parameters being appended to its link.
    pub(crate) fn new(
        id: OfferId,
        outcome: Outcome<TrackingLinkRow>,
        append: &[Parameter],
        secrets: &Secrets,
    ) -> Self {
        let of = |status| Self { offer_id: id, status, url: None, impression_pixel: None, error: None };
        let failing = |status, kind, message: &str| {
            let message = secrets.redact(message).into_owned();
            Self { error: Some(RowError { kind, message }), ..of(status) }
        };
        let of_error = |status, error: &Error| failing(status, Kind::of(error), &error.to_string());
        match outcome {
            Outcome::Found(TrackingLinkRow { url: Link::Url(link), impression_pixel, .. }) => {
                match append.iter().try_fold(link, |link, parameter| link.append(parameter)) {
                    Ok(link) => Self { url: Some(link), impression_pixel, ..of(Status::Found) },
                    Err(error) => failing(Status::Failed, Kind::ParameterPresent, &error.to_string()),
                }
            }
            Outcome::Found(TrackingLinkRow { impression_pixel, .. }) => {
                Self { impression_pixel, ..of(Status::Unapproved) }
            }
            Outcome::Absent => of(Status::Absent),
            Outcome::Refused(error) => of_error(Status::Refused, &error),
            Outcome::Failed(error) | Outcome::InDoubt(error) => of_error(Status::Failed, &error),
            Outcome::NotAttempted => of(Status::NotAttempted),
            _ => failing(Status::Failed, Kind::Other, "this version does not know the outcome"),
        }
    }
}

/// Whether the API said something about this id that is no refusal.
pub(crate) fn is_answered(outcome: &Outcome<TrackingLinkRow>) -> bool {
    matches!(outcome, Outcome::Found(_) | Outcome::Absent)
}
