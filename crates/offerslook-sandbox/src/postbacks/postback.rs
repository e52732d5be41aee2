use super::PostbackType;
use crate::listing::Object;

/// The affiliate that all postbacks belong to: that of the reference's examples.
const AFFILIATE_ID: u64 = 161;

/// A postback as the service would hold it.
pub(crate) struct Postback {
    pub(super) id: u64,
    /// 0 for all offers.
    pub(super) offer_id: u64,
    pub(super) event_id: Option<u64>,
    pub(super) r#type: PostbackType,
    pub(super) code: String,
    pub(super) status: &'static str,
    /// Unix seconds, as is the next.
    pub(super) create_time: u64,
    pub(super) update_time: u64,
}

/// What the affiliate says of a postback that is to be, checked.
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
