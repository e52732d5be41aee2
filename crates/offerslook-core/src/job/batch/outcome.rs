use std::sync::Arc;

use crate::{OfferId, error::Error};

/// What became of one id.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Outcome<Row> {
    /// The API answered with a row for it.
    Found(Row),
    /// The API answered, but with no row for it.
    Absent,
    /// The API refused this id.
    Refused(Arc<Error>),
    /// The call that carried it failed, and was not to be sent again.
    Failed(Arc<Error>),
    /// A change was asked for, and nobody knows whether it was made.
    InDoubt(Arc<Error>),
    /// The job ended first.
    NotAttempted,
}

/// What a batch hands out: the outcome of every id, in the asked order, and in between whatever else is
/// worth knowing.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum BatchItem<Row> {
    /// The one outcome of one id.
    Outcome {
        /// The id.
        id: OfferId,
        /// What became of it.
        outcome: Outcome<Row>,
    },
    /// Something that is no outcome.
    Notice(Notice<Row>),
}

/// What a batch reports beside outcomes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Notice<Row> {
    /// A row of an id that the call did not ask for.
    UnaskedRow(Row),
    /// One more row of an id that had one in the same answer.
    SecondRow(Row),
    /// Ids without a row were asked again and again, at the head of a call, and none had one: from here on
    /// they count as absent at once.
    DoubtsDropped,
    /// The job ended early, for this reason. Ids without an outcome were not attempted.
    Stopped(Arc<Error>),
}
