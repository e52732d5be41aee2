use std::time::{Duration, Instant};

use offerslook_core::{
    Error, IdError, OfferId, Parameter, affiliate::batches::OfferLink, job::Report, types::Secrets,
};

use super::{
    row::{self, Row, Status},
    tally::Tally,
    warnings::Warnings,
};
use crate::{
    console::Console,
    exit::Exit,
    failure::Failure,
    kind::Kind,
    output::{Finished, Writer},
};

type Outcome = Result<OfferLink, IdError>;

/// Takes the outcomes of the ids, writes the rows, and sums up at the end.
///
/// No row is written before one of the ids is answered, because without that there is only an error to show. Until then
/// outcomes are held back, at most one per id: an id and a pointer to the error that it shares with its neighbours.
pub(super) struct Answers<'run> {
    writer: Writer,
    journal: Journal,
    append: &'run [Parameter],
    /// The same, as it stands in a link.
    appended: String,
    secrets: Secrets,
    answered: bool,
    held: Vec<(OfferId, Outcome)>,
    tally: Tally,
    warnings: Warnings,
    first_failed: Option<(Kind, Failure)>,
    stopped: Option<Error>,
    /// The number of ids that the run has come to.
    taken: usize,
}

/// Whether the output has to stay a prefix of the asked ids.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Journal {
    No,
    Open,
    /// An id was not attempted: that is where the next run continues.
    Ended,
}

/// How the run ended.
#[derive(Default)]
pub(super) struct Ended<'run> {
    pub(super) calls: u64,
    pub(super) report: Report,
    /// The ids of the run.
    pub(super) asked: &'run [OfferId],
    /// When somebody asked the process to end.
    pub(super) interrupted: Option<Instant>,
}

/// Of the ids that an interrupted run did not come to, this many have a row in any case.
const MIN_ROWS_LEFT: usize = 10_000;
/// The time for more of them: whoever interrupts a run does not wait for the rows of many millions of ids.
const TIME_FOR_ROWS_LEFT: Duration = Duration::from_millis(60);

impl<'run> Answers<'run> {
    pub(super) fn new(
        writer: Writer,
        is_journal: bool,
        tally: Tally,
        append: &'run [Parameter],
        secrets: Secrets,
    ) -> Self {
        Self {
            writer,
            journal: if is_journal { Journal::Open } else { Journal::No },
            append,
            appended: row::appended(append),
            secrets,
            answered: false,
            held: Vec::new(),
            tally,
            warnings: Warnings::default(),
            first_failed: None,
            stopped: None,
            taken: 0,
        }
    }

    /// Whether there is nobody left to write for, which is no error.
    pub(super) fn reader_is_gone(&self) -> bool {
        self.writer.reader_is_gone()
    }

    /// # Errors
    /// If the output cannot be written.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.writer.flush()
    }

    /// # Errors
    /// If the output cannot be written.
    pub(super) fn take(&mut self, item: Result<(OfferId, Outcome), Error>) -> Result<(), Failure> {
        self.taken += usize::from(item.is_ok());
        match item {
            Ok((id, outcome)) if self.answered => self.put(id, outcome),
            Ok((id, outcome)) => {
                // Where an earlier run had answers, the service is right about what it refuses now. A failure may be
                // one of the whole run, and does not belong in the file.
                let continues = self.tally.is_answered() && matches!(outcome, Err(IdError::Refused(_)));
                self.answered = row::is_answered(&outcome) || continues;
                self.held.push((id, outcome));
                if self.answered { self.put_held() } else { Ok(()) }
            }
            Err(error) => {
                self.stopped = Some(error);
                Ok(())
            }
        }
    }

    fn put_held(&mut self) -> Result<(), Failure> {
        for (id, outcome) in std::mem::take(&mut self.held) {
            self.put(id, outcome)?;
        }
        Ok(())
    }

    fn put(&mut self, id: OfferId, outcome: Outcome) -> Result<(), Failure> {
        self.warnings.look_at(id, &outcome);
        let failed = match &outcome {
            Err(IdError::Failed(error) | IdError::InDoubt(error)) => Some(error.clone()),
            _ => None,
        };
        let row = Row::new(id, outcome, self.append, &self.secrets);
        if row.status == Status::Failed && self.first_failed.is_none() {
            let kind = row.error.as_ref().map_or(Kind::Other, |error| error.kind);
            let what = row.error.as_ref().map_or_else(String::new, |error| error.message.clone());
            let failure = match failed {
                Some(error) => Failure::of_api(&error, true),
                None => Failure::other(format_args!("offer {id}: {what}"), ""),
            };
            self.first_failed = Some((kind, failure));
        }
        self.tally.count(&row);
        self.write(&row)
    }

    fn write(&mut self, row: &Row) -> Result<(), Failure> {
        if self.journal == Journal::Open && row.status == Status::NotAttempted {
            self.journal = Journal::Ended;
        }
        if self.journal == Journal::Ended { Ok(()) } else { self.writer.row(&row.cells(&self.appended)) }
    }

    /// Writes the rows of the ids that the run did not come to. Returns the number of those that the time was not enough
    /// for.
    fn put_left(&mut self, left: &[OfferId], interrupted: Option<Instant>) -> Result<usize, Failure> {
        const BETWEEN_LOOKS: usize = 1_000;
        self.tally.add_not_attempted(left.len());
        let is_late = || interrupted.is_some_and(|since| since.elapsed() > TIME_FOR_ROWS_LEFT);
        for (position, id) in left.iter().enumerate() {
            if position >= MIN_ROWS_LEFT && position.is_multiple_of(BETWEEN_LOOKS) && is_late() {
                return Ok(left.len() - position);
            }
            self.write(&Row::not_attempted(*id))?;
            if self.journal == Journal::Ended || self.reader_is_gone() {
                break;
            }
        }
        Ok(0)
    }

    /// Writes what is left, sums up, and returns the exit code.
    /// Fails if no id was answered, or the output cannot be written.
    pub(super) fn conclude(mut self, ended: &Ended<'_>, console: &Console) -> Result<Exit, Failure> {
        // Ctrl-C after the last answer came too late to interrupt anything.
        let interrupted = ended.interrupted.filter(|_| self.stopped.is_some());
        if !self.answered && !ended.asked.is_empty() {
            self.warnings.show(&ended.report, console);
            return Err(self.nothing_answered(interrupted.is_some()));
        }
        let left = ended.asked.get(self.taken..).unwrap_or_default();
        let rows_left_out = self.put_left(left, interrupted)?;
        let Self { writer, warnings, tally, first_failed, stopped, .. } = self;
        let finished = writer.finish(stopped.is_none())?;
        if matches!(finished, Finished::ReaderGone) {
            return Ok(Exit::Success);
        }
        warnings.show(&ended.report, console);
        let exit = if interrupted.is_some() {
            let what = what_was_left(&tally, rows_left_out);
            console.failure(&Failure::new(Exit::Interrupted, what, ""));
            Exit::Interrupted
        } else {
            show_errors(first_failed.as_ref(), stopped.as_ref(), console);
            tally.exit(stopped.as_ref().map(Kind::of))
        };
        finished.tell(console);
        let calls = if ended.calls == 1 { "call" } else { "calls" };
        console.summary(format_args!("{tally}; {} {calls}", ended.calls));
        Ok(exit)
    }

    fn nothing_answered(self, is_interrupted: bool) -> Failure {
        if is_interrupted {
            return Failure::new(Exit::Interrupted, "interrupted before any id was answered", "");
        }
        let errors = || self.held.iter().filter_map(|(_, outcome)| outcome.as_ref().err());
        let fault = errors().find_map(|error| match error {
            IdError::Failed(error) | IdError::InDoubt(error) | IdError::NotAttempted(error) => Some(error),
            _ => None,
        });
        match fault.or_else(|| errors().find_map(IdError::error)).or(self.stopped.as_ref()) {
            Some(error) => Failure::of_api(error, false),
            None => Failure::other("no id was answered", ""),
        }
    }
}

fn what_was_left(tally: &Tally, rows_left_out: usize) -> String {
    let (not_attempted, all) = (tally.of(Status::NotAttempted), tally.total());
    let what = format!("interrupted: {not_attempted} of {all} ids were not attempted");
    match rows_left_out {
        0 => what,
        _ => format!("{what}; the last {rows_left_out} of them have no row"),
    }
}

/// Shows the error of the first id that failed, and why the run ended early, if that is something else.
fn show_errors(first_failed: Option<&(Kind, Failure)>, stopped: Option<&Error>, console: &Console) {
    if let Some((kind, failure)) = first_failed
        && stopped.is_none_or(|stopped| Kind::of(stopped) != *kind)
    {
        console.failure(failure);
    }
    if let Some(stopped) = stopped {
        console.failure(&Failure::of_api(stopped, true));
    }
}
