use std::fmt::Display;

use offerslook_core::Error;

use crate::{
    console::Console,
    exit::Exit,
    failure::Failure,
    kind::Kind,
    output::{Cell, Finished, Writer},
};

/// Writes the results of one call after the other, and remembers what failed.
pub(crate) struct Each {
    writer: Writer,
    noun: (&'static str, &'static str),
    written: u64,
    /// Whether something was refused by itself, and the rest goes on.
    refused: Option<Failure>,
    /// Why the rest was not tried.
    stopped: Option<Failure>,
}

impl Each {
    pub(crate) fn new(writer: Writer, noun: (&'static str, &'static str)) -> Self {
        Self { writer, noun, written: 0, refused: None, stopped: None }
    }

    /// Takes a result. Returns `false` if there is no point in going on.
    pub(crate) fn take(
        &mut self,
        about: impl Display,
        result: Result<Vec<Cell<'static>>, Error>,
        console: &Console,
    ) -> Result<bool, Failure> {
        match result {
            Ok(cells) => {
                self.written += 1;
                self.writer.row(&cells)?;
                self.writer.flush()?;
                Ok(!self.writer.reader_is_gone())
            }
            Err(error) => {
                let kind = Kind::of(&error);
                let mut failure = Failure::of_api(&error, self.written > 0);
                failure.what = format!("{} {about}: {}", self.noun.0, failure.what);
                if matches!(kind, Kind::Refused | Kind::Undecodable) {
                    console.failure(&failure);
                    self.refused.get_or_insert(failure);
                    Ok(true)
                } else {
                    self.stopped = Some(failure);
                    Ok(false)
                }
            }
        }
    }

    /// Ends the output, and returns the exit code.
    pub(crate) fn conclude(self, console: &Console) -> Result<Exit, Failure> {
        if self.written == 0
            && let Some(failure) = self.stopped
        {
            return Err(failure);
        }
        if self.written == 0
            && let Some(failure) = self.refused
        {
            return Ok(failure.exit);
        }
        let finished = self.writer.finish(self.stopped.is_none())?;
        if matches!(finished, Finished::ReaderGone) {
            return Ok(Exit::Success);
        }
        let exit = match (&self.stopped, &self.refused) {
            (Some(failure), _) => {
                console.failure(failure);
                failure.exit
            }
            (None, Some(_)) => Exit::SomeWithoutLink,
            (None, None) => Exit::Success,
        };
        finished.tell(console);
        let noun = if self.written == 1 { self.noun.0 } else { self.noun.1 };
        console.summary(format_args!("{} {noun}", self.written));
        Ok(exit)
    }
}
