//! A model of a store, as its contract says.

use std::{collections::BTreeMap, time::Duration};

use offerslook_core::job::{QuotaRequest, Rate, SlotEnd, SlotId, StoreReply};

#[derive(Clone)]
pub(crate) struct Store {
    rate: Rate,
    /// Nothing is granted before, because the store may have forgotten calls.
    closed: Option<Duration>,
    pause: Duration,
    longest_hold: Duration,
    /// When each slot is free again.
    slots: BTreeMap<(usize, SlotId), Duration>,
    clients: BTreeMap<usize, Client>,
    pub(crate) messages: usize,
}

#[derive(Clone, Default)]
struct Client {
    last: u64,
    granted: u32,
    /// How many more slots it wants.
    want: u32,
    since: Duration,
    due: Duration,
    /// When it last wanted a slot.
    seen: Option<Duration>,
}

impl Store {
    pub(crate) fn new(rate: Rate) -> Self {
        Self {
            rate,
            closed: None,
            pause: Duration::ZERO,
            longest_hold: Duration::ZERO,
            slots: BTreeMap::new(),
            clients: BTreeMap::new(),
            messages: 0,
        }
    }

    /// What a restart makes of it: it has the data of an earlier time, and knows that it was restarted.
    pub(crate) fn restarted(&mut self, data: Self) {
        *self = Self { closed: None, messages: self.messages, ..data };
    }

    pub(crate) fn ask(&mut self, now: Duration, client: usize, request: &QuotaRequest) -> StoreReply {
        self.messages += 1;
        let window = self.rate.window();
        self.longest_hold = self.longest_hold.max(request.hold);
        let closed = *self.closed.get_or_insert(now + self.longest_hold + 2 * window);
        self.slots.retain(|_, free| *free > now);
        let last = self.clients.entry(client).or_default().last;
        if request.id < last {
            return StoreReply::NotBefore(Duration::ZERO);
        }
        self.take_back(now, client, request);
        self.pause = self.pause.max(now + request.pause.unwrap_or_default());
        if request.id == last && self.grant_again(now, client, request.hold) {
            return StoreReply::Granted { slots: self.clients[&client].granted, next: Duration::ZERO };
        }
        let state = self.clients.get_mut(&client).unwrap();
        let is_waiting = state.want > 0 && state.due + patience(window) > now;
        let since = if is_waiting { state.since } else { now };
        *state = Client { last: request.id, since, ..Client::default() };
        if request.want == 0 {
            return StoreReply::Granted { slots: 0, next: Duration::ZERO };
        }
        state.seen = Some(now);
        if closed > now {
            return StoreReply::Closed(closed - now);
        }
        if self.pause > now {
            return StoreReply::Paused(self.pause - now);
        }
        self.grant(now, client, request)
    }

    /// Takes slots back: a slot is free one window after its call was answered, and two after it timed out.
    fn take_back(&mut self, now: Duration, client: usize, request: &QuotaRequest) {
        for ended in &request.ended {
            let Some(free) = self.slots.get_mut(&(client, ended.slot)) else { continue };
            let windows = match ended.end {
                SlotEnd::Unused => 0,
                SlotEnd::Answered => 1,
                SlotEnd::TimedOut => 2,
            };
            let returned = (now + windows * self.rate.window()).saturating_sub(ended.age);
            *free = if windows == 0 { now } else { returned.min(*free) };
        }
        self.slots.retain(|_, free| *free > now);
    }

    /// Grants the slots of the latest request again, if they are still its own.
    fn grant_again(&mut self, now: Duration, client: usize, hold: Duration) -> bool {
        let Client { last, granted, .. } = self.clients[&client];
        let keys: Vec<_> = (0..granted).map(|index| (client, SlotId { request: last, index })).collect();
        let are_held = granted > 0 && keys.iter().all(|key| self.slots.contains_key(key));
        for key in keys.iter().filter(|_| are_held) {
            let free = self.slots.get_mut(key).unwrap();
            *free = (*free).max(now + hold + 2 * self.rate.window());
        }
        are_held
    }

    fn grant(&mut self, now: Duration, client: usize, request: &QuotaRequest) -> StoreReply {
        let window = self.rate.window();
        let total = self.rate.calls().get();
        let is_active = |id: usize, state: &Client| {
            id == client || state.seen.is_some_and(|seen| seen + window > now || state.due + window > now)
        };
        let active = self.clients.iter().filter(|(id, state)| is_active(**id, state)).count();
        let share = (total / active as u32).max(1);
        let held = |of: usize| self.slots.keys().filter(|(client, _)| *client == of).count() as u32;
        let since = self.clients[&client].since;
        // What others wait for, up to their share: all of it, and by those who wait for longer.
        let (mut reserved, mut reserved_before, mut waiting) = (0, 0, 0);
        for (id, state) in self.clients.iter().filter(|(id, _)| **id != client) {
            if state.want > 0 && state.due + patience(window) > now {
                let wanted = state.want.min(share.saturating_sub(held(*id)));
                waiting += 1;
                reserved += wanted;
                reserved_before += if state.since < since { wanted } else { 0 };
            }
        }
        let free = total.saturating_sub(self.slots.len() as u32);
        let below = share.saturating_sub(held(client));
        let mut granted = request.want.min(below).min(free.saturating_sub(reserved_before));
        if granted == below {
            granted += (request.want - granted).min((free - granted).saturating_sub(reserved));
        }
        for index in 0..granted {
            let slot = SlotId { request: request.id, index };
            self.slots.insert((client, slot), now + request.hold + 2 * window);
        }
        // The next slot for this client is the one after those that are promised to others: one each, at least.
        let promised = waiting.max(if granted < below { reserved_before } else { reserved });
        let mut returns: Vec<_> = self.slots.values().copied().collect();
        returns.sort_unstable();
        let free = free - granted;
        let next = match promised.checked_sub(free) {
            None => Duration::ZERO,
            Some(ahead) => {
                let at = returns.get(ahead as usize).map_or(now + window, |at| (*at).min(now + window));
                (at - now).max(window / total)
            }
        };
        let state = self.clients.get_mut(&client).unwrap();
        state.granted = granted;
        state.want = request.want - granted;
        state.due = now + next;
        if granted > 0 {
            state.since = now;
        }
        if granted > 0 || next.is_zero() {
            StoreReply::Granted { slots: granted, next }
        } else {
            StoreReply::NotBefore(next)
        }
    }
}

/// How late a client that waits may come and keep its place.
fn patience(window: Duration) -> Duration {
    (window / 10).max(Duration::from_millis(50))
}
