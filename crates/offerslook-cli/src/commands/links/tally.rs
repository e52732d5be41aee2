use std::{collections::BTreeMap, fmt};

use super::row::{Row, Status};
use crate::{exit::Exit, kind::Kind};

/// The outcomes of all ids, counted.
#[derive(Default)]
pub(super) struct Tally {
    counts: BTreeMap<Status, u64>,
    answered: bool,
    /// The first id that was neither answered nor refused.
    first_fault: Option<Fault>,
}

#[derive(Clone, Copy)]
enum Fault {
    Failed(Kind),
    NotAttempted,
}

impl Tally {
    pub(super) fn count(&mut self, row: &Row) {
        self.add(row.status, row.error.as_ref().map(|error| error.kind));
    }

    /// Counts an id of this status, with the kind of its error if it has one.
    pub(super) fn add(&mut self, status: Status, kind: Option<Kind>) {
        *self.counts.entry(status).or_default() += 1;
        let kind = kind.unwrap_or(Kind::Other);
        match status {
            Status::Found | Status::Unapproved | Status::Absent | Status::Unproved => self.answered = true,
            // The link itself did come.
            Status::Failed if kind == Kind::ParameterPresent => self.answered = true,
            Status::Refused | Status::Failed | Status::NotAttempted => {}
        }
        match status {
            Status::Failed => _ = self.first_fault.get_or_insert(Fault::Failed(kind)),
            Status::NotAttempted => _ = self.first_fault.get_or_insert(Fault::NotAttempted),
            _ => {}
        }
    }

    /// Counts ids that the run did not come to.
    pub(super) fn add_not_attempted(&mut self, ids: usize) {
        if ids > 0 {
            self.add(Status::NotAttempted, None);
            let others = u64::try_from(ids).unwrap_or(u64::MAX) - 1;
            *self.counts.entry(Status::NotAttempted).or_default() += others;
        }
    }

    /// Returns the exit code. `stopped` is why the job ended early, if it did.
    pub(super) fn exit(&self, stopped: Option<Kind>) -> Exit {
        match self.first_fault {
            Some(Fault::Failed(kind)) => kind.exit(self.answered),
            Some(Fault::NotAttempted) => stopped.unwrap_or(Kind::Other).exit(self.answered),
            None if self.counts.keys().all(|status| *status == Status::Found) => Exit::Success,
            None => Exit::SomeWithoutLink,
        }
    }

    /// Whether any id was answered.
    pub(super) fn is_answered(&self) -> bool {
        self.answered
    }

    pub(super) fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    pub(super) fn of(&self, status: Status) -> u64 {
        self.counts.get(&status).copied().unwrap_or_default()
    }
}

/// `3 ids: 2 found, 1 absent`
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        write!(f, "{total} {}:", if total == 1 { "id" } else { "ids" })?;
        for (position, (status, count)) in self.counts.iter().enumerate() {
            let words = status.word().replace('_', " ");
            write!(f, "{} {count} {words}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
