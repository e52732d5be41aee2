//! Which calls prove that ids have no row.

use super::{
    call::{Asked, Call, Purpose},
    input::{MAX_ID_LENGTH, length},
    planner::{Planner, Policy},
    sentinels::MIN_SENTINELS,
};
use crate::{OfferId, error::IdError};

/// The number of ids to collect before they are asked for alone, so that one row confirms all their empty answers.
const ALONE_TOGETHER: usize = 8;
/// After this many probes in a row without a row, empty answers can no longer be confirmed.
const MAX_ROW_PROBES: usize = 8;

impl Planner {
    pub(super) fn is_proof_due(&mut self) -> bool {
        if self.open.is_empty() {
            return false;
        }
        let (size, sentinels) = self.next_frame();
        sentinels.is_some_and(|sentinels| self.has_enough_to_prove(size, &sentinels))
    }

    /// Returns the size of the next call, and the sentinels of a proof of that size.
    pub(super) fn next_frame(&mut self) -> (usize, Option<Vec<OfferId>>) {
        let may_prove = self.policy == Policy::Prove && self.sentinels.choose(usize::MAX).is_some();
        let size = self.size.next(may_prove || self.policy == Policy::Trust);
        (size, self.sentinels.choose(size).filter(|_| may_prove))
    }

    /// Returns whether there are enough open ids for a proof of this size to be worth its call.
    pub(super) fn has_enough_to_prove(&self, size: usize, sentinels: &[OfferId]) -> bool {
        let enough = match size.saturating_sub(sentinels.len()) {
            0 => ALONE_TOGETHER,
            room => room,
        };
        self.open.len() >= enough
    }

    /// Proves the oldest open ids. There is at least one.
    pub(super) fn prove(&mut self, mut size: usize, sentinels: Vec<OfferId>) -> Option<Call> {
        let mut asked = Vec::new();
        let mut room = self.room_beside(&sentinels);
        while let Some(next) = self.open.front() {
            // In a larger call, a server that sorts the ids might ignore this one, whatever the sentinels.
            let max_size = self.sorted_reach.planned_size(next.id, &sentinels);
            let fits = asked.len() + sentinels.len() < size.min(max_size) && room >= MAX_ID_LENGTH;
            if !fits && !asked.is_empty() {
                break;
            }
            size = size.min(max_size);
            room = room.saturating_sub(length(next.id));
            asked.extend(self.open.pop_front());
        }
        // The rows of two sentinels may be all that fits in an answer. Those of more would show that.
        let fills_answer = sentinels.len() == MIN_SENTINELS && self.most_rows <= MIN_SENTINELS;
        match *asked {
            [alone] if fills_answer || size <= sentinels.len() => {
                self.open.push_front(alone);
                self.prove_alone()
            }
            _ => Some(self.begin(Call::new(asked, sentinels, Purpose::Prove))),
        }
    }

    /// Asks for the oldest open id alone, once a row came since the last time.
    fn prove_alone(&mut self) -> Option<Call> {
        if self.open.front().is_some_and(|asked| self.wants_row_before(asked))
            && self.row_probes < MAX_ROW_PROBES
        {
            self.row_probes += 1;
            // Another id each time, in case the one before has no row any more.
            return self.probe(self.row_probes - 1);
        }
        while let Some(asked) = self.open.pop_front() {
            if !self.wants_row_before(&asked) {
                return Some(Call::new(vec![asked], Vec::new(), Purpose::Prove));
            }
            self.outcomes.push((asked, IdError::Unanswered));
        }
        None
    }

    /// Returns whether a row has to come before another empty answer to this id says anything.
    pub(super) fn wants_row_before(&self, asked: &Asked) -> bool {
        asked.empty_answers > 0 && self.rows_at <= asked.empty_at
    }
}
