//! What a planner learns from answers.

use super::{
    answer::{Answer, RowStatus},
    call::{Asked, Call, Purpose},
    planner::{Planner, Policy},
    sentinels::MIN_SENTINELS,
};
use crate::error::{Error, IdError};

/// Once this many probes in a row are refused, the job is at fault. A probe asks for an id that had a row before.
const MAX_PROBES: usize = 3;

/// The number of empty answers that prove that an id has no row, if it is asked for alone and other ids have rows.
const MIN_EMPTY_ANSWERS: u32 = 3;

/// After this many inconclusive answers to an id that is asked for alone, the id stays unanswered.
const MAX_UNCLEAR_ANSWERS: u32 = 2;

/// Maximum number of proofs that are split to find out which ids unusable rows belong to.
const MAX_ANONYMOUS_SPLITS: u32 = 8;

impl Planner {
    /// Notes the answer to a call that was sent with this serial.
    pub(super) fn answered(&mut self, call: &Call, serial: u64, answer: &Answer) {
        let size = call.size();
        for refusal in self.refusals.succeeded(serial) {
            self.outcomes.push((refusal.asked, IdError::Refused(refusal.error)));
        }
        self.size.succeeded(size);
        if answer.distinct_rows > 0 {
            self.rows_at = self.rows_at.max(serial);
            self.row_probes = 0;
        }
        if call.is_growing {
            self.size.stop_growing();
        }
        if call.purpose == Purpose::Probe {
            return self.refusals.probe_passed();
        }
        for id in &call.suspects {
            self.sentinels.forget(*id);
        }
        self.most_rows = self.most_rows.max(answer.raw_rows);
        if let Some(extremes) = answer.extremes {
            self.sorted_reach.learn(call, extremes);
        }
        let missing = self.sort_out(call, serial, answer, size);
        if call.purpose == Purpose::Ask {
            self.came_back_empty =
                answer.distinct_rows == call.sentinels.len() - answer.missing_sentinels.len();
        }
        self.adjust(call, answer, size, missing);
        if let Some((least, greatest)) = answer.extremes.filter(|_| self.policy != Policy::Change) {
            self.sentinels.learn(least);
            self.sentinels.learn(greatest);
        }
        self.half_is_over(call.split, true);
    }

    /// Decides on the ids without a row. Returns how many remain open.
    fn sort_out(&mut self, call: &Call, serial: u64, answer: &Answer, size: usize) -> usize {
        let in_doubt = IdError::InDoubt(Error::InDoubt(Error::MissingRow.into()));
        for asked in answer.with_status(call, RowStatus::Unusable) {
            let error = if self.policy == Policy::Change { in_doubt.clone() } else { IdError::Unanswered };
            self.outcomes.push((asked, error));
        }
        let missing = answer.with_status(call, RowStatus::Missing);
        let verdict = if self.policy == Policy::Change {
            Some(in_doubt)
        } else if self.policy == Policy::Trust && answer.anonymous_rows == 0 {
            Some(IdError::NoRow)
        } else if size == 1 && answer.anonymous_rows == 0 {
            let is_unclear = answer.raw_rows > 0 && answer.raw_rows >= self.most_rows;
            return self.alone_without_row(call.purpose, missing, serial, is_unclear);
        } else if size == 1 || self.policy == Policy::Trust {
            Some(IdError::Unanswered)
        } else if self.proves(call, answer) {
            return self.proved(call, missing, size);
        } else if call.purpose == Purpose::Prove && self.is_anonymity_final(answer, missing.len()) {
            Some(IdError::Unanswered)
        } else {
            None
        };
        match verdict {
            Some(verdict) => {
                self.outcomes.extend(missing.into_iter().map(|asked| (asked, verdict.clone())));
                0
            }
            None => self.keep_open(call, answer, missing),
        }
    }

    /// An id was asked for alone, and no row came. If ids have rows at all, one empty answer proves little: the service may
    /// be answering nothing just then. So there have to be several, with rows of other ids between them. An answer that
    /// is full of other rows than the asked one says nothing: they may have taken its place.
    fn alone_without_row(
        &mut self,
        purpose: Purpose,
        missing: Vec<Asked>,
        serial: u64,
        is_unclear: bool,
    ) -> usize {
        let Some(mut asked) = missing.into_iter().next() else { return 0 };
        if is_unclear {
            asked.unclear_answers += 1;
        } else if !self.wants_row_before(&asked) {
            asked.empty_answers += 1;
            asked.empty_at = serial;
        }
        let is_last_resort = purpose == Purpose::Search && !is_unclear;
        let verdict = if asked.empty_answers >= MIN_EMPTY_ANSWERS || is_last_resort {
            IdError::NoRow
        } else if asked.unclear_answers >= MAX_UNCLEAR_ANSWERS {
            IdError::Unanswered
        } else {
            self.open.push_back(asked);
            return 1;
        };
        self.outcomes.push((asked, verdict));
        0
    }

    /// The server looked at everything between the sentinels, unless it sorts the ids first.
    fn proved(&mut self, call: &Call, missing: Vec<Asked>, size: usize) -> usize {
        let is_in_reach = |asked: &Asked| size <= self.sorted_reach.max_size(asked.id, &call.sentinels);
        let (proved, rest): (Vec<_>, Vec<_>) = missing.into_iter().partition(is_in_reach);
        self.outcomes.extend(proved.into_iter().map(|asked| (asked, IdError::NoRow)));
        if !rest.is_empty() {
            self.sorted_reach.exceed();
        }
        let open = rest.len();
        self.open.extend(rest);
        open
    }

    fn keep_open(&mut self, call: &Call, answer: &Answer, mut missing: Vec<Asked>) -> usize {
        let open = missing.len();
        if call.purpose == Purpose::Prove && answer.anonymous_rows > 0 {
            self.anonymous_splits += 1;
            let second = missing.split_off(open.div_ceil(2));
            for half in [second, missing] {
                let sentinels = if half.len() > 1 { call.sentinels.clone() } else { Vec::new() };
                self.bisection.push(Call::new(half, sentinels, Purpose::Prove));
            }
        } else if call.purpose == Purpose::Search {
            for asked in missing.into_iter().rev() {
                self.open.push_front(asked);
            }
        } else {
            self.open.extend(missing);
        }
        open
    }

    /// Returns whether to stop searching for the ids that unusable rows belong to: there are as many such rows as
    /// missing ids, or the search has taken too many calls.
    fn is_anonymity_final(&self, answer: &Answer, missing: usize) -> bool {
        let enough = if self.anonymous_splits >= MAX_ANONYMOUS_SPLITS { 1 } else { missing };
        answer.anonymous_rows >= enough
    }

    /// Returns whether the answer shows that the server looked at every id of the call.
    fn proves(&self, call: &Call, answer: &Answer) -> bool {
        only_sentinels(call, answer) && answer.anonymous_rows == 0 && answer.raw_rows < self.most_rows
    }

    /// Learns from an answer how large a call may be, and which sentinels are of use.
    fn adjust(&mut self, call: &Call, answer: &Answer, size: usize, missing: usize) {
        let lost = &answer.missing_sentinels;
        let all_came = !call.sentinels.is_empty() && lost.is_empty();
        if !lost.is_empty() {
            for id in lost {
                self.sentinels.distrust(*id);
            }
            if answer.raw_rows == MIN_SENTINELS {
                // The limit on rows may have fallen to this, and the rows of two sentinels would prove nothing.
                self.most_rows = MIN_SENTINELS;
            }
            self.truncated_at = Some(self.truncated_at.map_or(size, |least| least.min(size)));
            self.size.too_large(size, answer.distinct_rows.max(size / 2), call.is_growing);
        } else if only_sentinels(call, answer) && answer.anonymous_rows == 0 && !self.proves(call, answer) {
            // The answer may be full: more sentinels make for a fuller one, or show that no more rows fit.
            self.sentinels.set_use_all(call.sentinels.len() == MIN_SENTINELS);
        } else if all_came || missing == 0 {
            self.size.raise(size);
        }
        if all_came && call.sentinels.len() > 2 {
            self.sentinels.set_use_all(false);
        }
    }

    /// Notes that a call was refused for its content. Returns `true` if the job is hopeless.
    pub(super) fn refused(&mut self, call: Call, serial: u64, error: &Error) -> bool {
        if call.purpose == Purpose::Probe {
            return self.probe_refused();
        }
        if call.is_growing {
            // A trial of a larger size may be refused.
            self.size.stop_growing();
            self.size.too_large(call.size(), 0, true);
            self.again.extend(&call.asked);
            return false;
        }
        self.refusals.refused();
        for id in &call.sentinels {
            self.sentinels.distrust(*id);
        }
        if self.policy == Policy::Change {
            return self.change_refused(&call, error);
        }
        let is_piece = call.purpose == Purpose::Bisect;
        if !call.is_repeat && (!is_piece || call.asked.len() == 1) {
            let repeat = self.repeat_of(call);
            self.bisection.push(repeat);
            return false;
        }
        self.half_is_over(call.split, false);
        match *call.asked.as_slice() {
            [asked] if call.sentinels.is_empty() => {
                let is_hopeless = self.refusals.refused_alone(asked, error.clone(), serial);
                return is_hopeless && self.sentinels.is_empty() && !self.can_scout();
            }
            // Asking for the id alone shows whether it or a sentinel is at fault.
            [_] => {
                let alone = Call::new(call.asked, Vec::new(), Purpose::Bisect);
                self.bisection.push(Call { suspects: call.sentinels, ..alone });
            }
            _ => self.bisection.split(call),
        }
        false
    }

    /// Returns a refused call once more, in case the refusal had a passing cause, and with other sentinels, in case one of
    /// them is refused now. The call must not grow by it.
    fn repeat_of(&self, call: Call) -> Call {
        let size = call.size();
        let had_sentinels = !call.sentinels.is_empty();
        let mut repeat = Call { is_repeat: true, ..call };
        if had_sentinels {
            repeat.sentinels = self.sentinels.choose(size).unwrap_or_default();
            if repeat.size() > size {
                repeat.sentinels.clear();
            }
            // Alone, an id has to be refused twice.
            repeat.is_repeat = repeat.size() > 1;
        }
        repeat
    }

    /// Returns whether an id from farther on can be tried before the job ends.
    fn can_scout(&mut self) -> bool {
        self.wants_scout = self.scouts_left > 0;
        self.scouts_left = self.scouts_left.saturating_sub(1);
        self.wants_scout
    }

    /// An id that had a row before is refused too. Returns `true` if that happened often enough to blame the job.
    fn probe_refused(&mut self) -> bool {
        let probes = self.refusals.probe_refused();
        self.held = if probes < MAX_PROBES { self.probe(probes) } else { None };
        self.held.is_none()
    }

    /// A refused change of several offers may have been made in part, so it is never repeated.
    fn change_refused(&mut self, call: &Call, error: &Error) -> bool {
        let outcome = match call.asked.len() {
            1 => IdError::Refused(error.clone()),
            _ => IdError::InDoubt(Error::InDoubt(error.clone().into())),
        };
        self.outcomes.extend(call.asked.iter().map(|asked| (*asked, outcome.clone())));
        self.refusals.is_hopeless()
    }

    /// Notes that a call failed for good.
    pub(super) fn failed(&mut self, call: &Call, outcome: &IdError) {
        if call.is_growing {
            self.size.stop_growing();
        }
        if call.purpose == Purpose::Probe {
            self.refusals.probe_failed();
        }
        self.outcomes.extend(call.asked.iter().map(|asked| (*asked, outcome.clone())));
        self.half_is_over(call.split, false);
    }

    pub(super) fn half_is_over(&mut self, split: Option<u64>, succeeded: bool) {
        if let Some(size) = self.bisection.half_is_over(split, succeeded) {
            self.size.halves_succeeded(size);
        }
    }

    /// Decides on the ids that can be neither proved nor asked for any more. Returns `true` if there was anything.
    pub(super) fn conclude(&mut self) -> bool {
        self.searches = None;
        // If any id has a row, only a later success shows that the API refuses this id and not every id.
        let has_rows = self.has_seen_rows();
        for refusal in self.refusals.take_unconfirmed() {
            let error = if has_rows { IdError::Unanswered } else { IdError::Refused(refusal.error) };
            self.outcomes.push((refusal.asked, error));
        }
        self.outcomes.extend(self.open.drain(..).map(|asked| (asked, IdError::Unanswered)));
        !self.outcomes.is_empty()
    }
}

/// Returns whether every sentinel of a call had a row, and nothing else did.
fn only_sentinels(call: &Call, answer: &Answer) -> bool {
    !call.sentinels.is_empty()
        && answer.missing_sentinels.is_empty()
        && answer.distinct_rows == call.sentinels.len()
}
