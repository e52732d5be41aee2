use super::{
    call::{Asked, Call},
    outcome_buffer::OutcomeBuffer,
    report::Report,
};
use crate::{
    Batched, OfferId,
    endpoint::Rows,
    error::{IdError, NoLink},
    job::scheduler::Task,
};

/// What the answer to a call says, row by row.
pub(super) struct Answer {
    /// For each asked id, in order.
    pub(super) asked: Vec<RowStatus>,
    /// The sentinels that had no row.
    pub(super) missing_sentinels: Vec<OfferId>,
    /// The least and the greatest id of the call that had a row.
    pub(super) extremes: Option<(OfferId, OfferId)>,
    /// The number of ids of the call that had a row.
    pub(super) distinct_rows: usize,
    /// The number of rows, duplicates and unusable ones included.
    pub(super) raw_rows: usize,
    /// The number of unusable rows that do not say which offer they belong to.
    pub(super) anonymous_rows: usize,
}

impl Answer {
    /// Returns the asked ids whose row has this status.
    pub(super) fn with_status(&self, call: &Call, status: RowStatus) -> Vec<Asked> {
        if !self.asked.contains(&status) {
            return Vec::new();
        }
        let statuses = call.asked.iter().zip(&self.asked);
        statuses.filter(|(_, found)| **found == status).map(|(asked, _)| *asked).collect()
    }
}

/// Whether an asked id had a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowStatus {
    Present,
    Unusable,
    Missing,
}

/// Matches the rows of an answer with the ids of its call, and hands out the rows.
pub(super) fn read_rows<E: Batched>(
    task: &Task<Call>,
    rows: Rows<E::Row>,
    buffer: &mut OutcomeBuffer<E::Item>,
    report: &mut Report,
) -> Answer {
    let call = &task.about;
    let mut positions = Positions::new(&call.asked);
    let mut asked = vec![RowStatus::Missing; call.asked.len()];
    let mut missing_sentinels = call.sentinels.clone();
    let mut present: Vec<OfferId> = Vec::with_capacity(call.asked.len());
    let raw_rows = rows.rows.len() + rows.unusable.len();
    let mut anonymous_rows = 0;
    for row in rows.rows {
        let id = E::id_of(&row);
        let index = positions.of(id);
        let status = index.and_then(|index| asked.get_mut(index));
        let is_missing_sentinel = missing_sentinels.contains(&id);
        match (status, index.and_then(|index| call.asked.get(index))) {
            (Some(status @ RowStatus::Missing), Some(element)) => {
                *status = RowStatus::Present;
                present.push(id);
                buffer.settle(
                    element.position,
                    E::accept(row).map_err(|no_link| IdError::NoLink(redact(no_link, task))),
                );
            }
            (None, _) if is_missing_sentinel => present.push(id),
            (None, _) if !call.sentinels.contains(&id) => report.unrequested_rows.note(id),
            _ => report.duplicate_rows.note(id),
        }
        missing_sentinels.retain(|sentinel| *sentinel != id);
    }
    for row in rows.unusable {
        let status = row.offer_id.and_then(|id| positions.of(id)).and_then(|index| asked.get_mut(index));
        match status {
            Some(status @ RowStatus::Missing) => *status = RowStatus::Unusable,
            Some(_) => {}
            None => anonymous_rows += usize::from(row.offer_id.is_none()),
        }
        report.unusable_rows.note(row);
    }
    let extremes = present.iter().min().copied().zip(present.iter().max().copied());
    Answer { asked, missing_sentinels, extremes, distinct_rows: present.len(), raw_rows, anonymous_rows }
}

/// Finds the asked ids that rows are about. Most servers send the rows in the order of the ids.
struct Positions<'c> {
    asked: &'c [Asked],
    /// The position after that of the latest row.
    next: usize,
    /// All ids with their positions, once a row was out of order.
    sorted: Vec<(OfferId, usize)>,
}

impl<'c> Positions<'c> {
    fn new(asked: &'c [Asked]) -> Self {
        Self { asked, next: 0, sorted: Vec::new() }
    }

    fn of(&mut self, id: OfferId) -> Option<usize> {
        let position = if self.asked.get(self.next).is_some_and(|asked| asked.id == id) {
            self.next
        } else {
            if self.sorted.is_empty() {
                self.sorted =
                    self.asked.iter().zip(0..).map(|(asked, position)| (asked.id, position)).collect();
                self.sorted.sort_unstable();
            }
            let found = self.sorted.binary_search_by_key(&id, |(id, _)| *id).ok()?;
            self.sorted.get(found)?.1
        };
        self.next = position + 1;
        Some(position)
    }
}

/// What the service sent in place of a link may repeat the credentials.
fn redact(no_link: NoLink, task: &Task<Call>) -> NoLink {
    match no_link {
        NoLink::Other(text) => NoLink::Other(task.secrets().redact(&text).into_owned()),
        other => other,
    }
}
