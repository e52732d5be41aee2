use std::fmt::Display;

use super::{PostbackField, PostbackId, PostbackKind, PostbackScope, PostbackStatus};
use crate::{
    affiliate::query::{Comparison, Filter},
    types::UnixTime,
};

/// Which postbacks a list is to hold. Those that pass all of its filters come.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PostbackFilter(pub(super) Filter);

impl PostbackFilter {
    /// By the number of the postback.
    #[must_use]
    pub fn id(comparison: Comparison, id: PostbackId) -> Self {
        Self::compare(PostbackField::Id, comparison, &id)
    }

    /// By the offer that it is for.
    #[must_use]
    pub fn offer_id(comparison: Comparison, scope: PostbackScope) -> Self {
        Self::compare(PostbackField::OfferId, comparison, &scope)
    }

    /// By the event that it is for.
    #[must_use]
    pub fn event_id(comparison: Comparison, event_id: u64) -> Self {
        Self::compare(PostbackField::EventId, comparison, &event_id)
    }

    /// By its URL or HTML as a whole. For a part of it, see [`contains`](Self::contains).
    #[must_use]
    pub fn code(comparison: Comparison, code: &str) -> Self {
        Self::compare(PostbackField::Code, comparison, &code)
    }

    /// By whether the network lets it work.
    #[must_use]
    pub fn status(comparison: Comparison, status: &PostbackStatus) -> Self {
        Self::compare(PostbackField::Status, comparison, status)
    }

    /// By how it tells the affiliate.
    #[must_use]
    pub fn kind(comparison: Comparison, kind: PostbackKind) -> Self {
        Self::compare(PostbackField::Kind, comparison, &kind.code())
    }

    /// By when it was created.
    #[must_use]
    pub fn create_time(comparison: Comparison, time: UnixTime) -> Self {
        Self::compare(PostbackField::CreateTime, comparison, &time.seconds())
    }

    /// By when it was last changed.
    #[must_use]
    pub fn update_time(comparison: Comparison, time: UnixTime) -> Self {
        Self::compare(PostbackField::UpdateTime, comparison, &time.seconds())
    }

    /// Where the field has this text in it.
    #[must_use]
    pub fn contains(field: PostbackField, text: &str) -> Self {
        Self(Filter::new(field.as_str(), "CONTAINS", &text))
    }

    /// Where the field does not have this text in it.
    #[must_use]
    pub fn not_contains(field: PostbackField, text: &str) -> Self {
        Self(Filter::new(field.as_str(), "NOT_CONTAINS", &text))
    }

    /// Where the field has no value. The reference does not say what to send along with this operator; a 1
    /// is sent.
    #[must_use]
    pub fn is_null(field: PostbackField) -> Self {
        Self(Filter::new(field.as_str(), "NULL", &1))
    }

    /// Where the field has a value. See [`is_null`](Self::is_null).
    #[must_use]
    pub fn is_not_null(field: PostbackField) -> Self {
        Self(Filter::new(field.as_str(), "NOT_NULL", &1))
    }

    fn compare(field: PostbackField, comparison: Comparison, value: &impl Display) -> Self {
        Self(Filter::compare(field.as_str(), comparison, value))
    }
}
