use crate::affiliate::query::fields;

fields! {
    /// The fields of a postback, by which a list can be limited, sorted and filtered.
    pub enum PostbackField {
        /// [`Postback::id`](super::Postback::id), which is always included.
        Id = "id",
        /// [`Postback::offer_id`](super::Postback::offer_id)
        OfferId = "offer_id",
        /// [`Postback::event_id`](super::Postback::event_id)
        EventId = "event_id",
        /// [`Postback::code`](super::Postback::code)
        Code = "code",
        /// [`Postback::status`](super::Postback::status)
        Status = "status",
        /// [`Postback::kind`](super::Postback::kind)
        Kind = "type",
        /// [`Postback::create_time`](super::Postback::create_time)
        CreateTime = "create_time",
        /// [`Postback::update_time`](super::Postback::update_time)
        UpdateTime = "update_time",
    }
}
