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

pub(crate) use list::LIST;
pub(crate) use postback::NewPostback;
use postback::Postback;
pub(crate) use postback_type::PostbackType;

use crate::{
    envelope::Failure,
    listing::{Object, Page, Query},
};

pub(crate) struct Postbacks(Mutex<Kept>);

struct Kept {
    rows: BTreeMap<u64, Postback>,
    /// Ids increase, and are never reused.
    next_id: u64,
}

impl Postbacks {
    const MAX: usize = 10_000;

    pub(crate) fn documented() -> Self {
        let rows: BTreeMap<_, _> = documented::postbacks().into_iter().map(|row| (row.id, row)).collect();
        let next_id = rows.keys().next_back().map_or(1, |last| last + 1);
        Self(Mutex::new(Kept { rows, next_id }))
    }

    pub(crate) fn get(&self, id: u64) -> Result<Object, Failure> {
        self.lock().rows.get(&id).map(Postback::object).ok_or_else(unknown)
    }

    /// Returns the postbacks of one offer, without the global ones.
    pub(crate) fn of_offer(&self, offer_id: u64) -> Vec<Object> {
        self.lock().rows.values().filter(|row| row.offer_id == offer_id).map(Postback::object).collect()
    }

    pub(crate) fn page(&self, query: &Query) -> Page<Object> {
        query.page(self.lock().rows.values()).map(|row| row.object().only(&query.fields))
    }

    pub(crate) fn create(&self, new: NewPostback) -> Result<Object, Failure> {
        let mut kept = self.lock();
        if kept.rows.len() >= Self::MAX {
            let message = format!("There are {} postbacks already, the maximum. Delete some.", Self::MAX);
            return Err(Failure::conflict(message));
        }
        let postback = new.created(kept.next_id, unix_time());
        let object = postback.object();
        kept.next_id += 1;
        kept.rows.insert(postback.id, postback);
        Ok(object)
    }

    /// Changes the code, if it fits the type.
    pub(crate) fn update(&self, id: u64, code: String) -> Result<Object, Failure> {
        let mut kept = self.lock();
        let postback = kept.rows.get_mut(&id).ok_or_else(unknown)?;
        postback.r#type.check(&code)?;
        postback.code = code;
        postback.update_time = unix_time();
        Ok(postback.object())
    }

    pub(crate) fn delete(&self, id: u64) -> Result<(), Failure> {
        self.lock().rows.remove(&id).map(drop).ok_or_else(unknown)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unknown() -> Failure {
    Failure::not_found("There is no postback with this id.")
}

/// Returns the system time in seconds; a clock set before 1970 counts as 1970.
fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
