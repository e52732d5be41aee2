//! What a job told its consumer, and what it did on the way.

use std::time::Duration;

use offerslook_core::{
    Error, IdError, OfferId,
    affiliate::batches::{Application, OfferLink},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Found(String),
    NoLink,
    NoRow,
    Unanswered,
    Refused,
    Failed,
    InDoubt,
    NotAttempted(String),
}

pub(crate) trait Text: std::fmt::Debug {
    fn text(&self) -> String;
}

impl Text for OfferLink {
    fn text(&self) -> String {
        assert!(self.url.to_string().contains(&format!("offer_id={}&", self.offer_id)), "{self:?}");
        self.offer_id.to_string()
    }
}

impl Text for Application {
    fn text(&self) -> String {
        self.offer_id.to_string()
    }
}

impl Is {
    fn of<T: Text>(outcome: &Result<T, IdError>) -> Self {
        match outcome {
            Ok(item) => Self::Found(item.text()),
            Err(IdError::NoLink(_)) => Self::NoLink,
            Err(IdError::NoRow) => Self::NoRow,
            Err(IdError::Unanswered) => Self::Unanswered,
            Err(IdError::Refused(_)) => Self::Refused,
            Err(IdError::Failed(_)) => Self::Failed,
            Err(IdError::InDoubt(_)) => Self::InDoubt,
            Err(IdError::NotAttempted(error)) => Self::NotAttempted(error.to_string()),
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Transcript {
    pub(crate) items: Vec<(u64, Is)>,
    pub(crate) end: Option<Error>,
    /// The ids of every call, in the order of sending.
    pub(crate) calls: Vec<Vec<u64>>,
    /// When each call was sent.
    pub(crate) sent: Vec<Duration>,
    pub(crate) cancelled: usize,
    pub(crate) in_flight: usize,
    pub(crate) most_in_flight: usize,
    pub(crate) most_before_success: usize,
    pub(crate) succeeded: bool,
    pub(crate) done: bool,
    pub(crate) ended: Duration,
    pub(crate) longest_wait: Duration,
}

impl Transcript {
    pub(crate) fn hears<T: Text>(&mut self, item: &Result<(OfferId, Result<T, IdError>), Error>) {
        assert!(self.end.is_none(), "an item after the last one: {:?}", self.end);
        match item {
            Ok((id, outcome)) => {
                let is = Is::of(outcome);
                if let Is::Found(text) = &is {
                    assert_eq!(*text, id.to_string(), "the row of another offer");
                }
                self.items.push((id.get(), is));
            }
            Err(error) => self.end = Some(error.clone()),
        }
    }

    pub(crate) fn count(&self, what: impl Fn(&Is) -> bool) -> usize {
        self.items.iter().filter(|(_, is)| what(is)).count()
    }
}
