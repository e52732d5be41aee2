mod code;
mod documented;
mod list;
mod postback;
mod postback_type;

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

pub(crate) use list::{Column, LIST};
pub(crate) use postback::NewPostback;
use postback::Postback;
pub(crate) use postback_type::PostbackType;

use crate::{
    envelope::Failure,
    listing::{Object, Page, Query},
};

/// The postbacks of the affiliate, by their ids.
pub(crate) struct Postbacks(Mutex<Kept>);

struct Kept {
    rows: BTreeMap<u64, Postback>,
    /// Ids go up, and are never given twice.
    next_id: u64,
}

impl Postbacks {
    /// The most that are kept.
    const MOST: usize = 10_000;

    /// Those of the reference's examples.
    pub(crate) fn documented() -> Self {
        let rows: BTreeMap<_, _> = documented::postbacks().into_iter().map(|row| (row.id, row)).collect();
        let next_id = rows.keys().next_back().map_or(1, |last| last + 1);
        Self(Mutex::new(Kept { rows, next_id }))
    }

    pub(crate) fn get(&self, id: u64) -> Option<Object> {
        self.lock().rows.get(&id).map(Postback::object)
    }

    /// Those of one offer; those of all offers are not among them.
    pub(crate) fn of_offer(&self, offer_id: u64) -> Vec<Object> {
        self.lock().rows.values().filter(|row| row.offer_id == offer_id).map(Postback::object).collect()
    }

    pub(crate) fn page(&self, query: &Query<Column>) -> Page<Object> {
        query.page(self.lock().rows.values()).map(|row| row.object().only(&query.fields))
    }

    pub(crate) fn create(&self, new: NewPostback) -> Result<Object, Failure> {
        let mut kept = self.lock();
        if kept.rows.len() >= Self::MOST {
            let message = format!("There are {} postbacks, and no more are kept. Delete some.", Self::MOST);
            return Err(Failure::conflict(message));
        }
        let postback = new.created(kept.next_id, unix_time());
        let object = postback.object();
        kept.next_id += 1;
        kept.rows.insert(postback.id, postback);
        Ok(object)
    }

    /// Gives one another code; `None` if there is none of that id. The code is refused where its type does
    /// not take it.
    pub(crate) fn update(&self, id: u64, code: String) -> Option<Result<Object, Failure>> {
        let mut kept = self.lock();
        let postback = kept.rows.get_mut(&id)?;
        Some(postback.r#type.check(&code).map(|()| {
            postback.code = code;
            postback.update_time = unix_time();
            postback.object()
        }))
    }

    /// Whether there was one of that id.
    pub(crate) fn delete(&self, id: u64) -> bool {
        self.lock().rows.remove(&id).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The system's clock, in whole seconds; one that is set before 1970 counts as 1970.
fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
