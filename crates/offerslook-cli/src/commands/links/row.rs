use offerslook_core::{
    Error, IdError, ImpressionPixel, OfferId, Parameter, TrackingLink, affiliate::batches::OfferLink,
    types::Secrets,
};
use serde::Deserialize;

use crate::{
    kind::Kind,
    output::{Cell, Tone},
};

/// What the output says about one id.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) offer_id: OfferId,
    pub(super) status: Status,
    pub(super) url: Option<TrackingLink>,
    pub(super) impression_pixel: Option<ImpressionPixel>,
    pub(super) error: Option<RowError>,
}

/// The outcome of an id, as one stable word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Found,
    /// The API answered for this offer, but without a URL.
    Unapproved,
    /// The API has no row, which was proved.
    Absent,
    /// No row came, and nothing proves that there is none.
    Unproved,
    Refused,
    Failed,
    /// The run ended first.
    NotAttempted,
}

impl Status {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Unapproved => "unapproved",
            Self::Absent => "absent",
            Self::Unproved => "unproved",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::NotAttempted => "not_attempted",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Found => Tone::Good,
            Self::Unapproved | Self::Absent | Self::Unproved => Tone::Doubtful,
            Self::Refused | Self::Failed => Tone::Bad,
            Self::NotAttempted => Tone::Faint,
        }
    }
}

/// Why an id was refused, or its call failed.
#[derive(Debug)]
pub(super) struct RowError {
    pub(super) kind: Kind,
    pub(super) message: String,
}

/// The columns, in the order in which every format has them.
pub(super) const COLUMNS: [&str; 5] = ["offer_id", "status", "url", "impression_pixel", "error"];

/// The columns of a journal, with the parameters that the link was given.
pub(super) const JOURNAL_COLUMNS: [&str; 6] =
    ["offer_id", "status", "url", "impression_pixel", "error", "appended"];

impl Row {
    /// Creates the row of an outcome, with the parameters appended to its link.
    pub(super) fn new(
        id: OfferId,
        outcome: Result<OfferLink, IdError>,
        append: &[Parameter],
        secrets: &Secrets,
    ) -> Self {
        let of = |status| Self { status, ..Self::not_attempted(id) };
        let failing = |status, kind, message: &str| {
            let message = secrets.redact(message).into_owned();
            Self { error: Some(RowError { kind, message }), ..of(status) }
        };
        let of_error = |status, error: &Error| failing(status, Kind::of(error), &error.to_string());
        match outcome {
            Ok(OfferLink { url, impression_pixel, .. }) => {
                match append.iter().try_fold(url, |link, parameter| link.append(parameter)) {
                    Ok(link) => Self { url: Some(link), impression_pixel, ..of(Status::Found) },
                    Err(error) => failing(Status::Failed, Kind::ParameterPresent, &error.to_string()),
                }
            }
            Err(IdError::NoLink(_)) => of(Status::Unapproved),
            Err(IdError::NoRow) => of(Status::Absent),
            Err(IdError::Unanswered) => of(Status::Unproved),
            Err(IdError::Refused(error)) => of_error(Status::Refused, &error),
            Err(IdError::Failed(error) | IdError::InDoubt(error)) => of_error(Status::Failed, &error),
            Err(IdError::NotAttempted(_)) => of(Status::NotAttempted),
            Err(error) => failing(Status::Failed, Kind::Other, &error.to_string()),
        }
    }

    /// Creates the row of an id that the run did not come to.
    pub(super) fn not_attempted(id: OfferId) -> Self {
        Self { offer_id: id, status: Status::NotAttempted, url: None, impression_pixel: None, error: None }
    }

    /// Returns the cells of the columns. `appended` is what links were given.
    pub(super) fn cells<'row>(&'row self, appended: &'row str) -> [Cell<'row>; 6] {
        let error = self.error.as_ref();
        [
            Cell::Number(self.offer_id.get().into()),
            Cell::Word(self.status.word().into(), self.status.tone()),
            Cell::of(self.url.as_ref().map(TrackingLink::as_str)),
            Cell::of(self.impression_pixel.as_ref().map(ImpressionPixel::as_str)),
            error.map_or(Cell::Empty, |error| Cell::error(error.kind, &error.message)),
            Cell::of(self.url.as_ref().map(|_| appended)),
        ]
    }
}

/// The parameters as they stand in a link.
pub(super) fn appended(append: &[Parameter]) -> String {
    append.iter().map(ToString::to_string).collect::<Vec<_>>().join("&")
}

/// Whether the service answered for this id, and did not refuse it.
pub(super) fn is_answered(outcome: &Result<OfferLink, IdError>) -> bool {
    matches!(outcome, Ok(_) | Err(IdError::NoLink(_) | IdError::NoRow | IdError::Unanswered))
}
