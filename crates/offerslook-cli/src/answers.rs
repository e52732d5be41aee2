use std::{io, sync::Arc};

use offerslook_core::{
    Error, OfferId, Parameter,
    affiliate::batches::TrackingLinkRow,
    job::{BatchItem, Outcome},
    types::Secrets,
};

use crate::{
    console::Console,
    exit::Exit,
    failure::Failure,
    kind::Kind,
    notices::Notices,
    output::{Format, Output, Rows, Sink},
    row::{self, Row, Status},
    tally::Tally,
};

/// Takes what becomes of the ids, writes the rows, and says in the end what came of it all.
///
/// No row is written before one of the ids is answered, since without that there is only an error to show.
/// Until then outcomes are held back, at most one for each id that was asked for: an id and a pointer to the
/// error that it shares with its neighbours.
pub(crate) struct Answers<'run> {
    rows: Box<dyn Rows>,
    sink: Sink,
    journaling: Journaling,
    append: &'run [Parameter],
    secrets: &'run Secrets,
    answered: bool,
    held: Vec<(OfferId, Outcome<TrackingLinkRow>)>,
    tally: Tally,
    notices: Notices,
    first_failed: Option<(Kind, Failure)>,
    reader_is_gone: bool,
}

/// Whether the output has to stay a prefix of the asked ids.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Journaling {
    No,
    Yes,
    /// An id was not attempted: that is where the next run goes on.
    Ended,
}

/// How the run ended.
#[derive(Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) calls: u64,
    /// Whether somebody asked the process to end.
    pub(crate) stop_asked: bool,
}

impl<'run> Answers<'run> {
    /// Writes to this output, in this format.
    pub(crate) fn new(
        output: Output,
        format: Format,
        append: &'run [Parameter],
        secrets: &'run Secrets,
    ) -> Self {
        Self {
            rows: format.rows(output.sink.takes_colour()),
            sink: output.sink,
            journaling: if output.is_journal { Journaling::Yes } else { Journaling::No },
            append,
            secrets,
            answered: false,
            held: Vec::new(),
            tally: output.tally,
            notices: Notices::default(),
            first_failed: None,
            reader_is_gone: false,
        }
    }

    /// Whether there is nobody left to write for, which is no error.
    pub(crate) fn reader_is_gone(&self) -> bool {
        self.reader_is_gone
    }

    /// # Errors
    /// Where the output cannot be written.
    pub(crate) fn take(&mut self, item: BatchItem<TrackingLinkRow>) -> Result<(), Failure> {
        match item {
            BatchItem::Outcome { id, outcome } if self.answered => self.put(id, outcome),
            BatchItem::Outcome { id, outcome } => {
                // Where an earlier run had answers, the service is right about what it refuses now. A failure
                // is no such word: it may be of the whole run, and is not for the file.
                let goes_on = self.tally.is_answered() && matches!(outcome, Outcome::Refused(_));
                self.answered = row::is_answered(&outcome) || goes_on;
                self.held.push((id, outcome));
                if self.answered { self.put_held() } else { Ok(()) }
            }
            BatchItem::Notice(notice) => {
                self.notices.take(notice);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn put_held(&mut self) -> Result<(), Failure> {
        for (id, outcome) in std::mem::take(&mut self.held) {
            self.put(id, outcome)?;
        }
        Ok(())
    }

    fn put(&mut self, id: OfferId, outcome: Outcome<TrackingLinkRow>) -> Result<(), Failure> {
        let failed = match &outcome {
            Outcome::Failed(error) | Outcome::InDoubt(error) => Some(Arc::clone(error)),
            _ => None,
        };
        self.notices.look_at(id, &outcome);
        let row = Row::new(id, outcome, self.append, self.secrets);
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
        if self.journaling == Journaling::Yes && row.status == Status::NotAttempted {
            self.journaling = Journaling::Ended;
        }
        if self.journaling == Journaling::Ended {
            return Ok(());
        }
        let written = self.rows.row(row).and_then(|bytes| self.sink.write(&bytes));
        self.check(written)
    }

    /// Writes what is left, tells the user what came of it, and gives the exit code.
    ///
    /// # Errors
    /// Where no id was answered, or the output cannot be written.
    pub(crate) fn conclude(mut self, ended: Ended, console: &Console) -> Result<Exit, Failure> {
        let stopped = self.notices.stopped();
        // Ctrl-C after the last answer came too late to interrupt anything.
        let interrupted = ended.stop_asked && stopped.is_some();
        if !self.answered && !self.held.is_empty() {
            self.notices.warn(console);
            return Err(self.nothing_answered(interrupted));
        }
        let end = self.rows.end();
        let written = self.sink.write(&end);
        self.check(written)?;
        if self.reader_is_gone {
            return Ok(Exit::Success);
        }
        let name = self.sink.to_string();
        self.sink.finish().map_err(|cause| Failure::unwritable(&name, &cause))?;
        self.notices.warn(console);
        let exit = if interrupted {
            let left = self.tally.of(Status::NotAttempted);
            let what = format!("interrupted: {left} of {} ids were not attempted", self.tally.total());
            console.failure(&Failure::new(Exit::Interrupted, what, ""));
            Exit::Interrupted
        } else {
            tell(self.first_failed.as_ref(), stopped.as_deref(), console);
            self.tally.exit(stopped.as_deref().map(Kind::of))
        };
        let calls = if ended.calls == 1 { "call" } else { "calls" };
        console.summary(format_args!("{}; {} {calls}", self.tally, ended.calls));
        Ok(exit)
    }

    fn nothing_answered(self, interrupted: bool) -> Failure {
        if interrupted {
            return Failure::new(Exit::Interrupted, "interrupted before any id was answered", "");
        }
        let outcomes = || self.held.iter().map(|(_, outcome)| outcome);
        let fault = outcomes().find_map(|outcome| match outcome {
            Outcome::Failed(error) | Outcome::InDoubt(error) => Some(Arc::clone(error)),
            Outcome::NotAttempted => self.notices.stopped(),
            _ => None,
        });
        let refusal = || {
            outcomes().find_map(|outcome| match outcome {
                Outcome::Refused(error) => Some(Arc::clone(error)),
                _ => None,
            })
        };
        match fault.or_else(refusal) {
            Some(error) => Failure::of_api(&error, false),
            None => Failure::other("no id was answered", "Report this: the program is at fault."),
        }
    }

    fn check(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                self.reader_is_gone = true;
                Ok(())
            }
            written => written.map_err(|cause| Failure::unwritable(&self.sink, &cause)),
        }
    }
}

/// The error of the first id that failed, and why the run ended early, where that is something else.
fn tell(first_failed: Option<&(Kind, Failure)>, stopped: Option<&Error>, console: &Console) {
    if let Some((kind, failure)) = first_failed
        && stopped.is_none_or(|stopped| Kind::of(stopped) != *kind)
    {
        console.failure(failure);
    }
    if let Some(stopped) = stopped {
        console.failure(&Failure::of_api(stopped, true));
    }
}
