use std::{marker::PhantomData, sync::Arc};

use super::{
    Asked, Outcome,
    doubts::{Doubts, Learned},
    halves::Halves,
    ledger::Ledger,
};
use crate::{
    Account, Batched, OfferId, OfferIds, Request,
    account::MAX_URI_BYTES,
    error::{BuildError, Error},
    job::{
        Options,
        scheduler::{Source, Task},
    },
};

/// One call of a batch.
pub(super) struct Call {
    pub(super) asked: Vec<Asked>,
    pub(super) purpose: Purpose,
}

/// Why a call is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// For ids that were not asked for yet, or are doubted.
    Fresh,
    /// To find the culprit in a refused call: one half of this split.
    Half(u64),
    /// To learn whether an id that was answered before is refused, too.
    Probe,
}

/// Which ids the next call carries.
pub(super) struct Plan<E: Batched, I: Iterator> {
    account: Account,
    ids: std::iter::Peekable<std::iter::Fuse<I>>,
    pub(super) ledger: Ledger<E::Row>,
    pub(super) build_error: Option<BuildError>,
    doubts: Doubts,
    halves: Halves,
    most_ids: usize,
    /// How many bytes of the URI are left for ids.
    room: usize,
    calls: u64,
    most_ahead: u64,
    refusals: u32,
    /// An id that was answered.
    witness: Option<Asked>,
    probe: Probe,
    endpoint: PhantomData<fn() -> E>,
}

#[derive(PartialEq, Eq)]
enum Probe {
    None,
    Wanted(Asked),
    Sent,
}

/// After so many refusals in a row, it is asked whether the ids are at fault at all.
const MOST_REFUSALS: u32 = 16;

impl<E: Batched, I: Iterator<Item = OfferId>> Plan<E, I> {
    pub(super) fn new(account: Account, ids: I, options: &Options) -> Self {
        let overhead = OfferId::new(1).map_or(Ok(0), |shortest| {
            build::<E>(&account, shortest.into()).map(|request| request.uri().to_string().len() - 1)
        });
        let (overhead, build_error) = match overhead {
            Ok(overhead) => (overhead, None),
            Err(error) => (0, Some(error)),
        };
        Self {
            account,
            ids: ids.fuse().peekable(),
            ledger: Ledger::new(),
            build_error,
            doubts: Doubts::new(),
            halves: Halves::new(),
            most_ids: options.ids_per_request.get().min(E::MAX_IDS_PER_CALL).min(Options::MAX_IDS_PER_CALL),
            room: MAX_URI_BYTES.saturating_sub(overhead),
            calls: 0,
            most_ahead: u64::try_from(options.max_in_flight.get()).unwrap_or(u64::MAX).saturating_mul(4),
            refusals: 0,
            witness: None,
            probe: Probe::None,
            endpoint: PhantomData,
        }
    }

    fn task(&mut self, ids: OfferIds, call: Call) -> Option<Task<Call>> {
        match build::<E>(&self.account, ids) {
            Ok(request) => Some(Task::new(request, call)),
            Err(error) => {
                self.build_error = Some(error);
                None
            }
        }
    }

    /// Doubted ids first, then fresh ones, as many as a call may carry. Mere suspicion is asked about alone.
    fn chunk(&mut self) -> Vec<Asked> {
        let most = self.most_ids.min(self.doubts.limit()).min(self.halves.limit());
        let mut room = self.room;
        let mut asked: Vec<Asked> = Vec::new();
        let mut fresh = 0;
        // Among others, one could not tell what a full answer says of the doubted ones.
        let doubted_alone = self.doubts.has_next() && self.doubts.is_suspicion();
        while asked.len() < most && (room >= LONGEST_ID || asked.is_empty()) {
            let next = match self.doubts.pop() {
                Some(doubted) => doubted,
                None if doubted_alone || self.is_too_far_ahead() => break,
                None => {
                    let Some(id) = self.ids.next() else { break };
                    let Some(position) = self.ledger.add(id, self.calls) else { continue };
                    fresh = 1;
                    Asked { id, position, doubted: false }
                }
            };
            room = room.saturating_sub(length(next.id));
            asked.push(next);
        }
        self.calls += fresh;
        self.doubts.begin(&asked);
        asked
    }

    fn is_too_far_ahead(&self) -> bool {
        self.ledger.oldest_call().is_some_and(|oldest| self.calls - oldest >= self.most_ahead)
    }

    /// Takes note of an answer: of each asked id, its row. True when doubting stops by it.
    pub(super) fn answered(&mut self, call: &Call, found: Vec<Option<E::Row>>, idempotent: bool) -> bool {
        let had_row: Vec<bool> = found.iter().map(Option::is_some).collect();
        let with_row = had_row.iter().rposition(|had_row| *had_row).and_then(|last| call.asked.get(last));
        let witness = with_row.copied().or(self.witness).or_else(|| call.asked.first().copied());
        self.witness = witness.map(|asked| Asked { doubted: false, ..asked });
        for (asked, row) in call.asked.iter().zip(found) {
            match row {
                Some(row) => self.ledger.settle(asked.position, Outcome::Found(row)),
                None if idempotent => {}
                None => {
                    let error = Arc::new(Error::InDoubt(Error::NoRow.into()));
                    self.ledger.settle(asked.position, Outcome::InDoubt(error));
                }
            }
        }
        if !idempotent {
            return false;
        }
        let Learned { absent, dropped } = self.doubts.learn(&call.asked, &had_row);
        for asked in absent {
            self.ledger.settle(asked.position, Outcome::Absent);
        }
        dropped
    }

    /// All ids of a call have the same outcome.
    pub(super) fn conclude(&mut self, call: &Call, outcome: impl Fn() -> Outcome<E::Row>) {
        for asked in &call.asked {
            self.ledger.settle(asked.position, outcome());
        }
    }

    /// A call that was refused for its content is asked for again in halves.
    pub(super) fn halve(&mut self, call: Call) {
        self.close(&call, false);
        self.halves.split(call.asked);
    }

    /// A call is over.
    pub(super) fn close(&mut self, call: &Call, succeeded: bool) {
        if succeeded {
            self.refusals = 0;
        }
        match call.purpose {
            Purpose::Fresh => self.doubts.end(&call.asked),
            Purpose::Half(split) => self.halves.answered(split, succeeded),
            Purpose::Probe => {
                self.refusals = 0;
                self.probe = Probe::None;
            }
        }
    }

    /// Counts a refusal. False when the ids cannot be what is refused.
    pub(super) fn may_go_on_after_refusal(&mut self, idempotent: bool) -> bool {
        self.refusals += 1;
        if self.refusals < MOST_REFUSALS || self.probe != Probe::None {
            return true;
        }
        match self.witness {
            Some(witness) if idempotent => {
                self.probe = Probe::Wanted(witness);
                true
            }
            _ => false,
        }
    }

    pub(super) fn next_id(&mut self) -> Option<OfferId> {
        self.ids.next()
    }

    /// Whether every id of the input was taken.
    fn is_exhausted(&mut self) -> bool {
        self.ids.peek().is_none()
    }

    /// Whether every id of the input has its outcome.
    pub(super) fn is_settled(&mut self) -> bool {
        self.ledger.is_settled() && self.is_exhausted()
    }
}

impl<E: Batched, I: Iterator<Item = OfferId>> Source<Call> for Plan<E, I> {
    fn has_next(&mut self) -> bool {
        match self.probe {
            Probe::Wanted(_) => true,
            Probe::Sent => false,
            Probe::None => {
                !self.halves.is_empty()
                    || self.doubts.has_next()
                    || (!self.is_too_far_ahead() && !self.is_exhausted())
            }
        }
    }

    /// The next call, if there is one to make now.
    fn next(&mut self) -> Option<Task<Call>> {
        if self.build_error.is_some() {
            return None;
        }
        match self.probe {
            Probe::Sent => return None,
            Probe::Wanted(witness) => {
                self.probe = Probe::Sent;
                // It has its outcome, and the first one stands.
                return self.task(witness.id.into(), Call { asked: vec![witness], purpose: Purpose::Probe });
            }
            Probe::None => {}
        }
        let (purpose, asked) = match self.halves.pop() {
            Some((split, asked)) => (Purpose::Half(split), asked),
            None => (Purpose::Fresh, self.chunk()),
        };
        let ids = OfferIds::new(asked.iter().map(|asked| asked.id))?;
        self.task(ids, Call { asked, purpose })
    }
}

fn build<E: Batched>(account: &Account, ids: OfferIds) -> Result<Request, BuildError> {
    account.request(&E::of(ids))
}

/// What an id takes of a URI: its digits and a comma.
fn length(id: OfferId) -> usize {
    usize::try_from(id.get().ilog10() + 2).unwrap_or(LONGEST_ID)
}

/// Twenty digits and a comma.
const LONGEST_ID: usize = 21;
