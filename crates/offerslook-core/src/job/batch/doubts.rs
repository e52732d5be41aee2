use std::collections::VecDeque;

use super::Asked;

/// Whether the server silently leaves out rows.
///
/// It may look at the first so many ids of a call only. The reach is the farthest position at which a row
/// ever came back: up to there, ids are looked at. Or it may send only so many rows, in an order of its own:
/// then an answer with as many rows as any before may lack some. An id without a row is doubted where either
/// may be so, and asked again at the head of a later call.
pub(super) struct Doubts {
    reach: usize,
    most_rows: usize,
    queue: VecDeque<Doubt>,
    /// How many calls with doubted ids are on their way.
    asking: u32,
    fruitless: u32,
    state: State,
}

/// An id that may have been left out.
struct Doubt {
    asked: Asked,
    /// As far as the reach has to come to show that the id was looked at.
    index: usize,
    /// How many rows its answer had.
    rows: usize,
}

#[derive(PartialEq, Eq)]
enum State {
    Suspecting,
    /// A doubted id had a row after all.
    Confirmed,
    Dropped,
}

/// What an answer changes about the doubts.
pub(super) struct Learned {
    /// Ids that have no row, beyond doubt.
    pub(super) absent: Vec<Asked>,
    /// Whether doubting stops here.
    pub(super) dropped: bool,
}

/// How many calls with doubted ids may bring nothing before doubting stops.
const MOST_FRUITLESS: u32 = 8;

impl Doubts {
    pub(super) fn new() -> Self {
        // The first id of a call is always looked at, and one row is always sent.
        Self {
            reach: 1,
            most_rows: 1,
            queue: VecDeque::new(),
            asking: 0,
            fruitless: 0,
            state: State::Suspecting,
        }
    }

    /// How many ids a call may carry, as far as is known.
    pub(super) fn limit(&self) -> usize {
        if self.state == State::Confirmed { self.reach } else { usize::MAX }
    }

    /// Takes note of an answer: of each asked id, whether it had a row.
    pub(super) fn learn(&mut self, asked: &[Asked], had_row: &[bool]) -> Learned {
        let rows = had_row.iter().filter(|had_row| **had_row).count();
        let behind_last_row = had_row.iter().rposition(|had_row| *had_row).map_or(0, |last| last + 1);
        self.reach = self.reach.max(behind_last_row);
        self.most_rows = self.most_rows.max(rows);
        let mut answers = asked.iter().zip(had_row);
        let dropped = asked.iter().any(|asked| asked.doubted)
            && self.review(answers.any(|(asked, had_row)| asked.doubted && *had_row));
        // The farthest first: were only the head of a call looked at, these were not.
        for (index, (asked, _)) in
            asked.iter().zip(had_row).enumerate().rev().filter(|(_, (_, had_row))| !**had_row)
        {
            let index = if index < behind_last_row { 0 } else { index };
            self.queue.push_back(Doubt { asked: Asked { doubted: true, ..*asked }, index, rows });
        }
        let (doubtful, certain): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.queue).into_iter().partition(|doubt| self.is_reasonable(doubt));
        self.queue = doubtful.into();
        Learned { absent: certain.into_iter().map(|doubt| doubt.asked).collect(), dropped }
    }

    /// What a call with doubted ids has brought. True when doubting stops by it.
    fn review(&mut self, brought_rows: bool) -> bool {
        if self.state != State::Suspecting {
            return false;
        }
        if brought_rows {
            self.state = State::Confirmed;
            return false;
        }
        self.fruitless += 1;
        let dropped = self.fruitless >= MOST_FRUITLESS;
        if dropped {
            self.state = State::Dropped;
        }
        dropped
    }

    fn is_reasonable(&self, doubt: &Doubt) -> bool {
        self.state != State::Dropped && (doubt.index >= self.reach || doubt.rows >= self.most_rows)
    }

    /// Whether there is an id to ask again now. While it is mere suspicion, one call at a time does so.
    pub(super) fn has_next(&self) -> bool {
        !(self.queue.is_empty() || self.is_suspicion() && self.asking > 0)
    }

    /// That id.
    pub(super) fn pop(&mut self) -> Option<Asked> {
        if self.has_next() { self.queue.pop_front().map(|doubt| doubt.asked) } else { None }
    }

    /// Whether nothing has confirmed a doubt so far.
    pub(super) fn is_suspicion(&self) -> bool {
        self.state == State::Suspecting
    }

    /// A call that was made up with ids from here is on its way.
    pub(super) fn begin(&mut self, asked: &[Asked]) {
        self.asking += u32::from(asked.iter().any(|asked| asked.doubted));
    }

    /// Something came of such a call.
    pub(super) fn end(&mut self, asked: &[Asked]) {
        self.asking -= u32::from(asked.iter().any(|asked| asked.doubted));
    }
}
