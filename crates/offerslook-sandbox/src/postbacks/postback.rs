use super::PostbackType;
use crate::listing::Object;

/// The owner of all postbacks, from the reference's examples.
const AFFILIATE_ID: u64 = 161;

pub(crate) struct Postback {
    pub(super) id: u64,
    /// 0 for all offers.
    pub(super) offer_id: u64,
    pub(super) event_id: Option<u64>,
    pub(super) r#type: PostbackType,
    pub(super) code: String,
    pub(super) status: &'static str,
    /// In Unix seconds, like `update_time`.
    pub(super) create_time: u64,
    pub(super) update_time: u64,
}

/// The validated request for a new postback.
pub(crate) struct NewPostback {
    pub(crate) offer_id: u64,
    pub(crate) event_id: Option<u64>,
    pub(crate) code: String,
    pub(crate) r#type: PostbackType,
}

impl NewPostback {
    pub(super) fn created(self, id: u64, now: u64) -> Postback {
        let Self { offer_id, event_id, code, r#type } = self;
        Postback {
            id,
            offer_id,
            event_id,
            r#type,
            code,
            status: "pending",
            create_time: now,
            update_time: now,
        }
    }
}

impl Postback {
    pub(super) fn object(&self) -> Object {
        Object::default()
            .with("id", self.id)
            .with("offer_id", self.offer_id)
            .with("affiliate_id", AFFILIATE_ID)
            .with("event_id", self.event_id)
            .with("type", self.r#type.number())
            .with("code", &self.code)
            .with("status", self.status)
            .with("create_time", self.create_time)
            .with("update_time", self.update_time)
    }
}
