use std::collections::VecDeque;

use super::Asked;

/// Whether the server silently answers only the first so many ids of a call.
///
/// The reach is the farthest position at which a row ever came back: up to there, no row means that there
/// is none. An id behind the last row of its answer and beyond the reach is doubted, and asked again at the
/// head of a later call.
pub(super) struct Doubts {
    reach: usize,
    queue: VecDeque<Doubt>,
    fruitless: u32,
    state: State,
}

struct Doubt {
    asked: Asked,
    index: usize,
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
    /// Ids that are not doubted any more: they have no row.
    pub(super) certain: Vec<Asked>,
    /// Whether doubting stops here.
    pub(super) dropped: bool,
}

/// How many calls with doubted ids may bring nothing before doubting stops.
const MOST_FRUITLESS: u32 = 8;

impl Doubts {
    pub(super) fn new() -> Self {
        // The first id of a call is always answered.
        Self { reach: 1, queue: VecDeque::new(), fruitless: 0, state: State::Suspecting }
    }

    /// How many ids a call may carry, as far as is known.
    pub(super) fn limit(&self) -> usize {
        if self.state == State::Confirmed { self.reach } else { usize::MAX }
    }

    /// Takes note of an answer: of each asked id, whether it had a row.
    pub(super) fn learn(&mut self, asked: &[Asked], had_row: impl Fn(usize) -> bool) -> Learned {
        let before = self.reach;
        if let Some(last) = (0..asked.len()).rev().find(|index| had_row(*index)) {
            self.reach = self.reach.max(last + 1);
        }
        let mut doubted = asked.iter().enumerate().filter(|(_, asked)| asked.doubted).peekable();
        if doubted.peek().is_some() && self.state == State::Suspecting {
            if doubted.any(|(index, _)| had_row(index)) {
                self.state = State::Confirmed;
            } else {
                self.fruitless += 1;
            }
            if self.fruitless >= MOST_FRUITLESS {
                self.state = State::Dropped;
                return Learned {
                    certain: self.queue.drain(..).map(|doubt| doubt.asked).collect(),
                    dropped: true,
                };
            }
        }
        let mut certain = Vec::new();
        if self.reach > before {
            let still_doubtful = |doubt: &Doubt| doubt.index >= self.reach;
            certain.extend(self.queue.iter().filter(|doubt| !still_doubtful(doubt)).map(|doubt| doubt.asked));
            self.queue.retain(still_doubtful);
        }
        Learned { certain, dropped: false }
    }

    /// Whether the lack of a row at this position, behind the last one, says nothing.
    pub(super) fn is_doubtful(&self, index: usize) -> bool {
        self.state != State::Dropped && index >= self.reach
    }

    pub(super) fn push(&mut self, asked: Asked, index: usize) {
        self.queue.push_back(Doubt { asked: Asked { doubted: true, ..asked }, index });
    }

    /// The next id to ask again.
    pub(super) fn pop(&mut self) -> Option<Asked> {
        self.queue.pop_front().map(|doubt| doubt.asked)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.queue.is_empty()
    }
}
