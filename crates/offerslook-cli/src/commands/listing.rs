use std::num::NonZeroU32;

use offerslook_core::{
    Error, OfferId, StopCause,
    affiliate::{
        Order,
        offers::{ListOffers, OfferField},
    },
};

use crate::{
    client::{Event, Run},
    console::Console,
    exit::Exit,
    failure::Failure,
    kind::Kind,
    output::{Cell, Finished, Writer},
    session::Session,
};

/// Writes the rows of a listing, and says at the end whether they are all.
/// Fails if there is no row because of an error, or the output cannot be written.
pub(crate) fn write_rows<T: Send + 'static>(
    mut run: Run<Result<T, Error>>,
    mut writer: Writer,
    (one, many): (&str, &str),
    cells: impl Fn(T) -> Vec<Cell<'static>>,
    console: &Console,
) -> Result<Exit, Failure> {
    if !writer.is_watched() {
        run.show_progress(None, console);
    }
    let (mut rows, mut incomplete) = (0_u64, None);
    while let Some(event) = run.next_event() {
        match event {
            Event::Item(Ok(row)) => {
                rows += 1;
                writer.row(&cells(row))?;
            }
            Event::Item(Err(error)) => incomplete = Some(error),
            Event::Idle => writer.flush()?,
        }
        if writer.reader_is_gone() {
            return Ok(Exit::Success);
        }
    }
    let sent = run.progress().calls;
    drop(run);
    if let (Some(error), 0) = (&incomplete, rows) {
        return Err(Failure::of_listing(error, false));
    }
    let noun = if rows == 1 { one } else { many };
    let counts = format!("{rows} {noun}; {sent} {}", if sent == 1 { "call" } else { "calls" });
    conclude(writer, incomplete.as_ref(), &counts, console)
}

/// Ends the output of a listing, says what is missing and what is there, and returns the exit code.
pub(crate) fn conclude(
    writer: Writer,
    incomplete: Option<&Error>,
    counts: &str,
    console: &Console,
) -> Result<Exit, Failure> {
    let finished = writer.finish(incomplete.is_none())?;
    if matches!(finished, Finished::ReaderGone) {
        return Ok(Exit::Success);
    }
    let failure = incomplete.map(|error| Failure::of_listing(error, true));
    if let Some(failure) = &failure {
        console.failure(failure);
    }
    finished.tell(console);
    console.summary(counts);
    Ok(failure.map_or(Exit::Success, |failure| failure.exit))
}

/// Lists the ids of the offers that the affiliate is approved for.
/// Fails if the list is not complete: what is missing in it would be missing in all that follows.
pub(crate) fn personal_offers(session: &Session, console: &Console) -> Result<Vec<OfferId>, Failure> {
    let call = ListOffers::new().personal().fields([OfferField::Id]).sort_by_id(Order::Ascending);
    let mut run = session.client.run(session.client.jobs().offers(call))?;
    run.show_progress(None, console);
    let mut ids = Vec::new();
    match run.for_each(|row| ids.push(row.offer.id)) {
        None => Ok(ids),
        Some(error) => Err(Failure::of_listing(&error, !ids.is_empty())),
    }
}

/// Parses the number of rows per page.
pub(crate) fn page_size<const MAX: u32>(text: &str) -> Result<NonZeroU32, String> {
    text.parse()
        .ok()
        .filter(|rows: &NonZeroU32| rows.get() <= MAX)
        .ok_or_else(|| format!("{text:?} is not a whole number from 1 to {MAX}"))
}

impl Failure {
    /// The error that ended a listing early. `has_rows` says whether any row came.
    pub(crate) fn of_listing(error: &Error, has_rows: bool) -> Self {
        let mut failure = Self::of_api(error, has_rows);
        // Incomplete rows must not look like success, whatever made them so.
        if matches!(failure.exit, Exit::Success) {
            failure.exit = Exit::Other;
        }
        if Kind::of(error) == Kind::Interrupted {
            let what = Error::Stopped(StopCause::Requested);
            failure.what = format!("{what}: the list is not complete");
            if let Error::Incomplete(incomplete) = error {
                failure.what =
                    format!("interrupted: the list is not complete ({} rows read)", incomplete.rows);
            }
            failure.advice.clear();
        }
        failure
    }
}
