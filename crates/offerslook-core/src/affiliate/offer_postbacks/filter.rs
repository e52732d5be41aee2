use std::fmt::Display;

use super::{PostbackField, PostbackId, PostbackKind, PostbackScope, PostbackStatus};
use crate::{
    affiliate::query::{Comparison, Filter},
    types::UnixTime,
};

/// A filter of a list of postbacks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PostbackFilter(pub(super) Filter);

impl PostbackFilter {
    /// Filters by the id of the postback.
    #[must_use]
    pub fn id(comparison: Comparison, id: PostbackId) -> Self {
        Self::compare(PostbackField::Id, comparison, &id)
    }

    /// Filters by the offer that it applies to.
    #[must_use]
    pub fn offer_id(comparison: Comparison, scope: PostbackScope) -> Self {
        Self::compare(PostbackField::OfferId, comparison, &scope)
    }

    /// Filters by the event that it applies to.
    #[must_use]
    pub fn event_id(comparison: Comparison, event_id: u64) -> Self {
        Self::compare(PostbackField::EventId, comparison, &event_id)
    }

    /// Filters by its complete URL or HTML. For a part of it, see [`contains`](Self::contains).
    #[must_use]
    pub fn code(comparison: Comparison, code: &str) -> Self {
        Self::compare(PostbackField::Code, comparison, &code)
    }

    /// Filters by whether the network approved it.
    #[must_use]
    pub fn status(comparison: Comparison, status: &PostbackStatus) -> Self {
        Self::compare(PostbackField::Status, comparison, status)
    }

    /// Filters by how the affiliate is notified.
    #[must_use]
    pub fn kind(comparison: Comparison, kind: PostbackKind) -> Self {
        Self::compare(PostbackField::Kind, comparison, &kind.code())
    }

    /// Filters by when it was created.
    #[must_use]
    pub fn create_time(comparison: Comparison, time: UnixTime) -> Self {
        Self::compare(PostbackField::CreateTime, comparison, &time.seconds())
    }

    /// Filters by when it was last changed.
    #[must_use]
    pub fn update_time(comparison: Comparison, time: UnixTime) -> Self {
        Self::compare(PostbackField::UpdateTime, comparison, &time.seconds())
    }

    /// Keeps postbacks whose field contains this text.
    #[must_use]
    pub fn contains(field: PostbackField, text: &str) -> Self {
        Self(Filter::new(field.as_str(), "CONTAINS", &text))
    }

    /// Keeps postbacks whose field does not contain this text.
    #[must_use]
    pub fn not_contains(field: PostbackField, text: &str) -> Self {
        Self(Filter::new(field.as_str(), "NOT_CONTAINS", &text))
    }

    /// Keeps postbacks whose field has no value. The reference does not say which value to send with this operator;
    /// this sends 1.
    #[must_use]
    pub fn is_null(field: PostbackField) -> Self {
        Self(Filter::new(field.as_str(), "NULL", &1))
    }

    /// Keeps postbacks whose field has a value. See [`is_null`](Self::is_null).
    #[must_use]
    pub fn is_not_null(field: PostbackField) -> Self {
        Self(Filter::new(field.as_str(), "NOT_NULL", &1))
    }

    fn compare(field: PostbackField, comparison: Comparison, value: &impl Display) -> Self {
        Self(Filter::compare(field.as_str(), comparison, value))
    }
}
