use std::{collections::BTreeMap, fmt};

use crate::{
    exit::Exit,
    kind::Kind,
    row::{Row, Status},
};

/// What came of all ids together.
#[derive(Default)]
pub(crate) struct Tally {
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
    pub(crate) fn count(&mut self, row: &Row) {
        self.add(row.status, row.error.as_ref().map(|error| error.kind));
    }

    /// Takes note of an id of this status; with the kind of its error, if it has one.
    pub(crate) fn add(&mut self, status: Status, kind: Option<Kind>) {
        *self.counts.entry(status).or_default() += 1;
        let kind = kind.unwrap_or(Kind::Other);
        match status {
            Status::Found | Status::Unapproved | Status::Absent => self.answered = true,
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

    /// What the process ends with; `stopped` is why the job ended early, if it did.
    pub(crate) fn exit(&self, stopped: Option<Kind>) -> Exit {
        match self.first_fault {
            Some(Fault::Failed(kind)) => kind.exit(self.answered),
            Some(Fault::NotAttempted) => stopped.unwrap_or(Kind::Other).exit(self.answered),
            None if self.counts.keys().all(|status| *status == Status::Found) => Exit::Success,
            None => Exit::SomeWithoutLink,
        }
    }

    /// Whether any id was answered.
    pub(crate) fn is_answered(&self) -> bool {
        self.answered
    }

    pub(crate) fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    pub(crate) fn of(&self, status: Status) -> u64 {
        self.counts.get(&status).copied().unwrap_or_default()
    }
}

/// `3 ids: 2 found, 1 absent`
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        write!(f, "{total} {}:", if total == 1 { "id" } else { "ids" })?;
        for (position, (status, count)) in self.counts.iter().enumerate() {
            let words = status.to_string().replace('_', " ");
            write!(f, "{} {count} {words}", if position == 0 { "" } else { "," })?;
        }
        Ok(())
    }
}
