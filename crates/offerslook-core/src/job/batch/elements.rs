use super::{call::Asked, input::Input, outcome_buffer::OutcomeBuffer, planner::Intake};
use crate::IntoOfferId;

/// The elements of the input: those to come, and those without an outcome.
pub(super) struct Elements<Item, I: Iterator> {
    pub(super) input: Input<I>,
    pub(super) buffer: OutcomeBuffer<Item>,
    /// Maximum number of waiting elements. The last call may exceed it, so that it is full.
    window: usize,
    max_ids: usize,
    /// How many elements the next call may take, repeats included.
    left: usize,
}

/// How many calls' worth of elements may wait for their outcome, as a multiple of the calls in flight.
const WINDOW_CALLS: usize = 2;
const MIN_CALLS: usize = 8;

impl<Item: Clone, I: Iterator<Item: IntoOfferId>> Elements<Item, I> {
    pub(super) fn new(ids: I, max_in_flight: usize, max_ids: usize) -> Self {
        Self {
            input: Input::new(ids),
            buffer: OutcomeBuffer::new(),
            window: WINDOW_CALLS * max_in_flight.max(MIN_CALLS) * max_ids,
            max_ids,
            left: 0,
        }
    }

    /// Returns how many elements count as waiting, for their outcome or to be handed out. Before two rows are known,
    /// nothing can be proved, so ids without a row may have to be held.
    fn waiting(&self, is_bounded: bool) -> usize {
        if is_bounded { self.buffer.len() } else { self.buffer.len() - self.buffer.unsettled_span() }
    }
}

impl<Item: Clone, I: Iterator<Item: IntoOfferId>> Intake for Elements<Item, I> {
    fn has_more(&mut self, is_bounded: bool) -> bool {
        let waiting = self.waiting(is_bounded);
        self.left = if is_bounded { self.window.saturating_sub(waiting) + self.max_ids } else { usize::MAX };
        waiting < self.window && !self.input.is_exhausted()
    }

    fn take(&mut self) -> Option<Asked> {
        while self.left > 0 && self.buffer.repeats() < self.window {
            let id = self.input.next()?;
            self.left -= 1;
            if let Some(position) = self.buffer.push(id) {
                return Some(Asked::new(id, position));
            }
        }
        None
    }
}
