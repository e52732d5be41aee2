use std::collections::VecDeque;

use super::{
    bisection::Bisection,
    call::{Asked, Call, Purpose},
    call_size::CallSize,
    input::{MAX_ID_LENGTH, length},
    refusals::Refusals,
    sentinels::{Sentinels, SortedReach},
};
use crate::{OfferId, error::IdError};

/// Decides which ids the next call carries, and what an answer says about them: *ask, then prove*.
///
/// A call that asks never declares an id missing. Ids without a row are collected and proved by a call that carries
/// them between two *sentinels*, ids that are known to have a row. If the rows of both sentinels come back, no other
/// requested row does, and the answer has fewer rows than the largest one so far, then the server looked at every id
/// between them, and those ids have no row.
pub(super) struct Planner {
    pub(super) policy: Policy,
    pub(super) size: CallSize,
    /// The number of bytes of a URI that ids may take.
    room: usize,
    pub(super) sentinels: Sentinels,
    pub(super) sorted_reach: SortedReach,
    /// Ids that had no row so far.
    pub(super) open: VecDeque<Asked>,
    /// Ids to ask for once more.
    pub(super) again: VecDeque<Asked>,
    pub(super) bisection: Bisection,
    pub(super) refusals: Refusals,
    /// A call that waits until nothing is in flight.
    pub(super) held: Option<Call>,
    /// The latest call that asked for ids brought a row for none of them, so the next one carries sentinels: they
    /// show whether the server still answers.
    pub(super) came_back_empty: bool,
    /// The largest number of rows in any answer.
    pub(super) most_rows: usize,
    /// The latest call that brought a row, by the serial of its sending.
    pub(super) rows_at: u64,
    /// How many probes in a row brought no row.
    pub(super) row_probes: usize,
    /// All ids so far were refused, so the next call asks for an id from farther on in the input.
    pub(super) wants_scout: bool,
    pub(super) scouts_left: u32,
    pub(super) searches: Option<Searches>,
    pub(super) truncated_at: Option<usize>,
    /// How many proofs were split because of unusable rows.
    pub(super) anonymous_splits: u32,
    pub(super) outcomes: Vec<(Asked, IdError)>,
}

/// What an endpoint and the options allow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    /// Missing rows are proved, refused calls are repeated and bisected.
    Prove,
    /// The same, but an id without a row is believed to have none.
    Trust,
    /// The calls change something: nothing is sent twice.
    Change,
}

/// The calls that look for any row when no id is known to have one.
pub(super) struct Searches {
    left: usize,
    ids_per_call: usize,
}

/// Up to this many ids are asked for alone when there is no sentinel.
const MAX_ASKED_ALONE: usize = 20;
const SEARCHES: usize = 8;
/// For this many ids of a call memory is reserved before they are known.
const MAX_RESERVED: usize = 128;
/// If every id so far was refused, this many ids from farther on in the input are tried before the job ends.
const MAX_SCOUTS: u32 = 3;

/// Where a planner takes fresh ids from.
pub(super) trait Intake {
    /// Returns whether there are ids to take, and not too many elements wait for their outcome. Asked once per call, so
    /// that calls are full.
    fn has_more(&mut self, is_bounded: bool) -> bool;

    /// Takes the next id.
    fn take(&mut self) -> Option<Asked>;
}

impl Planner {
    pub(super) fn new(policy: Policy, max_ids: usize, room: usize) -> Self {
        Self {
            policy,
            size: CallSize::new(max_ids),
            room,
            sentinels: Sentinels::default(),
            sorted_reach: SortedReach::default(),
            open: VecDeque::new(),
            again: VecDeque::new(),
            bisection: Bisection::default(),
            refusals: Refusals::new(),
            held: None,
            came_back_empty: false,
            most_rows: 0,
            rows_at: 0,
            row_probes: 0,
            wants_scout: false,
            scouts_left: MAX_SCOUTS,
            searches: None,
            truncated_at: None,
            anonymous_splits: 0,
            outcomes: Vec::new(),
        }
    }

    /// Returns whether there may be a call to make. Exact while no call is outstanding.
    pub(super) fn has_next(&mut self, intake: &mut impl Intake, outstanding: usize) -> bool {
        if outstanding == 0 {
            self.held = self.plan(intake, outstanding);
            return self.held.is_some();
        }
        if let Some(held) = &self.held {
            return !self.must_fly_alone(held);
        }
        !self.refusals.is_probing()
            && (!self.bisection.is_empty()
                || !self.again.is_empty()
                || self.refusals.wants_probe()
                || self.is_proof_due()
                || self.has_fresh(intake))
    }

    /// The number of waiting elements is limited, but not before two ids are known to have a row: nothing can be proved
    /// until then, so any number may have to wait.
    fn has_fresh(&self, intake: &mut impl Intake) -> bool {
        intake.has_more(self.sentinels.ever_sufficed() || self.policy != Policy::Prove)
    }

    /// Returns the next call, if there is one to make now.
    pub(super) fn plan(&mut self, intake: &mut impl Intake, outstanding: usize) -> Option<Call> {
        let call = match self.held.take() {
            Some(call) => call,
            None => self.choose(intake, outstanding)?,
        };
        if outstanding > 0 && self.must_fly_alone(&call) {
            self.held = Some(call);
            return None;
        }
        Some(call)
    }

    /// A call that is larger than any that succeeded is made while nothing else is in flight, so that a refusal costs
    /// one call and not many.
    fn must_fly_alone(&self, call: &Call) -> bool {
        self.policy != Policy::Change && !call.is_growing && self.size.is_untried(call.size())
    }

    fn choose(&mut self, intake: &mut impl Intake, outstanding: usize) -> Option<Call> {
        if self.refusals.is_probing() {
            return None;
        }
        let probe = if self.refusals.wants_probe() { self.probe(0) } else { None };
        let first = probe
            .or_else(|| if std::mem::take(&mut self.wants_scout) { self.scout(intake) } else { None })
            .or_else(|| self.next_piece());
        if first.is_some() {
            return first;
        }
        let (size, sentinels) = self.next_frame();
        let proof = match &sentinels {
            Some(frame) if self.has_enough_to_prove(size, frame) => self.prove(size, frame.clone()),
            _ => None,
        };
        if proof.is_some() {
            return proof;
        }
        let fresh = self.has_fresh(intake).then_some(intake);
        let call = self.ask(fresh, size, sentinels.as_deref());
        if call.is_some() || outstanding > 0 {
            return call;
        }
        let last = match sentinels {
            Some(frame) if !self.open.is_empty() => self.prove(size, frame),
            Some(_) => None,
            None => self.search(),
        };
        last.or_else(|| if self.refusals.may_confirm() { self.probe(0) } else { None })
    }

    /// Returns the next part of a refused call. A part that is larger than the limit is asked for again in fresh calls.
    fn next_piece(&mut self) -> Option<Call> {
        while let Some(call) = self.bisection.pop() {
            if call.asked.len() <= self.size.limit() {
                return Some(call);
            }
            self.again.extend(&call.asked);
            self.half_is_over(call.split, false);
        }
        None
    }

    fn ask(
        &mut self,
        mut fresh: Option<&mut impl Intake>,
        size: usize,
        sentinels: Option<&[OfferId]>,
    ) -> Option<Call> {
        let is_trial = size > self.size.limit();
        let sentinels = sentinels
            .filter(|sentinels| (is_trial || self.came_back_empty) && size > sentinels.len())
            .unwrap_or_default();
        let mut asked = Vec::with_capacity(size.min(MAX_RESERVED));
        let mut room = self.room_beside(sentinels);
        while asked.len() < size - sentinels.len() && (room >= MAX_ID_LENGTH || asked.is_empty()) {
            let next = self.again.pop_front().or_else(|| fresh.as_mut()?.take());
            let Some(next) = next else { break };
            room = room.saturating_sub(length(next.id));
            asked.push(next);
        }
        if asked.is_empty() {
            return None;
        }
        Some(self.begin(Call::new(asked, sentinels.to_vec(), Purpose::Ask)))
    }

    /// Notes the trial of a larger size, if there were enough ids for one.
    pub(super) fn begin(&mut self, mut call: Call) -> Call {
        if call.size() > self.size.limit() {
            call.is_growing = true;
            self.size.start_growing();
        }
        call
    }

    pub(super) fn room_beside(&self, sentinels: &[OfferId]) -> usize {
        self.room.saturating_sub(sentinels.iter().copied().map(length).sum())
    }

    fn search(&mut self) -> Option<Call> {
        let open = self.open.len();
        if open == 0 {
            return None;
        }
        let max_ids = self.size.limit().min(self.room / MAX_ID_LENGTH).max(1);
        let searches = self.searches.get_or_insert(if open <= MAX_ASKED_ALONE {
            Searches { left: open, ids_per_call: 1 }
        } else {
            // Different ids each time, because the same call would be answered in the same way.
            Searches { left: SEARCHES, ids_per_call: open.div_ceil(SEARCHES).min(max_ids) }
        });
        searches.left = searches.left.checked_sub(1)?;
        let asked = self.open.split_off(open.saturating_sub(searches.ids_per_call));
        Some(Call::new(asked.into(), Vec::new(), Purpose::Search))
    }

    /// Asks for an id from farther on in the input, alone: those at its head may all be bad.
    fn scout(&mut self, intake: &mut impl Intake) -> Option<Call> {
        let limit = self.size.limit();
        let fresh = if intake.has_more(false) { Some(intake) } else { None };
        let skipped = fresh.into_iter().flat_map(|intake| std::iter::from_fn(|| intake.take())).take(limit);
        self.again.extend(skipped);
        let asked = self.again.pop_back();
        if asked.is_none() {
            self.scouts_left = 0;
        }
        Some(Call::new(vec![asked?], Vec::new(), Purpose::Bisect))
    }

    /// Returns the n-th call that asks for an id which had a row before.
    pub(super) fn probe(&mut self, nth: usize) -> Option<Call> {
        if self.policy == Policy::Change {
            return None;
        }
        let id = self.sentinels.probe(nth)?;
        self.refusals.start_probing();
        Some(Call::new(Vec::new(), vec![id], Purpose::Probe))
    }

    /// Takes the outcomes that were decided since the last time.
    pub(super) fn take_outcomes(&mut self) -> Vec<(Asked, IdError)> {
        std::mem::take(&mut self.outcomes)
    }

    pub(super) fn has_seen_rows(&self) -> bool {
        !self.sentinels.is_empty()
    }

    pub(super) fn trusts(&self) -> bool {
        self.policy == Policy::Trust
    }

    pub(super) fn is_change(&self) -> bool {
        self.policy == Policy::Change
    }

    pub(super) fn truncated_at(&self) -> Option<usize> {
        self.truncated_at
    }
}
