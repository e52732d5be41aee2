//! The output of `--resume`: what stands in it is done.

use std::{
    fs::{File, TryLockError},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use offerslook_core::{OfferId, Parameter};
use serde::Deserialize;

use super::{
    row::{Status, appended},
    tally::Tally,
};
use crate::{
    failure::Failure,
    kind::Kind,
    output::{Inputs, Sink},
};

/// What earlier runs did.
#[derive(Default)]
pub(super) struct Done {
    /// The number of ids that have their row.
    pub(super) rows: usize,
    /// Their outcomes.
    pub(super) tally: Tally,
}

/// Opens the file of an earlier run, or a new one. It must hold the rows of the first of the asked ids and nothing else.
/// A torn last line is cut off. The file is locked as long as it is open.
/// Fails if the file cannot be used, is in use, or belongs to another run. It is left unchanged then.
pub(super) fn open(
    path: &Path,
    inputs: &Inputs,
    asked: &[OfferId],
    append: &[Parameter],
) -> Result<(Sink, Done), Failure> {
    inputs.refuse(path)?;
    let unwritable = |cause| Failure::unwritable(&path.display(), &cause);
    let mut file =
        File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(unwritable)?;
    if !file.metadata().map_err(unwritable)?.is_file() {
        return Err(unwritable(io::Error::other("--resume needs a regular file")));
    }
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => Failure::in_use(path),
        TryLockError::Error(cause) => unwritable(cause),
    })?;
    let rows = Rows { path, asked, appended: appended(append), done: Done::default(), written: 0 };
    let Rows { done, written, .. } = rows.read(BufReader::new(&file))?;
    file.set_len(written).and_then(|()| file.seek(SeekFrom::End(0))).map_err(unwritable)?;
    Ok((Sink::append_to(file, path), done))
}

/// The part of a row that tells the outcome of its id.
#[derive(Deserialize)]
struct Written {
    offer_id: OfferId,
    status: Status,
    error: Option<WrittenError>,
    #[serde(default)]
    appended: String,
}

#[derive(Deserialize)]
struct WrittenError {
    kind: Kind,
}

struct Rows<'run> {
    path: &'run Path,
    asked: &'run [OfferId],
    /// The parameters of this run.
    appended: String,
    done: Done,
    /// The size of the complete rows, in bytes.
    written: u64,
}

/// No row is longer, because no answer is.
const MAX_LINE_BYTES: u64 = 64 * 1024 * 1024;

impl Rows<'_> {
    /// Reads up to the end, or up to a torn line.
    fn read(mut self, mut text: impl BufRead) -> Result<Self, Failure> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let length = (&mut text)
                .take(MAX_LINE_BYTES)
                .read_until(b'\n', &mut line)
                .map_err(|cause| Failure::unreadable(&self.path.display(), &cause))?;
            match line.strip_suffix(b"\n") {
                Some(row) => self.take(row)?,
                None if line.is_empty() || self.is_torn(&line) => break,
                None => return Err(self.foreign()),
            }
            self.written += u64::try_from(length).unwrap_or(u64::MAX);
        }
        Ok(self)
    }

    fn take(&mut self, row: &[u8]) -> Result<(), Failure> {
        let row: Written = serde_json::from_slice(row).map_err(|_| self.foreign())?;
        match self.asked.get(self.done.rows) {
            Some(id)
                if *id == row.offer_id && row.status == Status::Found && row.appended != self.appended =>
            {
                Err(self.unusable(&format!(
                    "has a link with the parameters {:?}, and --append says {:?}",
                    row.appended, self.appended
                )))
            }
            Some(id) if *id == row.offer_id && row.status != Status::NotAttempted => {
                self.done.tally.add(row.status, row.error.map(|error| error.kind));
                self.done.rows += 1;
                Ok(())
            }
            Some(id) if *id == row.offer_id => Err(self.foreign()),
            Some(id) => {
                Err(self.unusable(&format!("is about offer {}, where {id} was asked for", row.offer_id)))
            }
            None => Err(self.unusable(&format!(
                "is about offer {}, where only {} ids were asked for",
                row.offer_id,
                self.asked.len()
            ))),
        }
    }

    /// Whether this can be the beginning of the row that comes next. Anything else belongs to somebody else, and is
    /// not cut off. After a crash of the machine, zeros may stand where nothing was written.
    fn is_torn(&self, line: &[u8]) -> bool {
        let length = line.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        let Some(line) = line.get(..length) else { return false };
        if line.is_empty() {
            return true;
        }
        let Some(id) = self.asked.get(self.done.rows) else { return false };
        let beginning = format!(r#"{{"offer_id":{id},"status":""#);
        line.starts_with(beginning.as_bytes()) || beginning.as_bytes().starts_with(line)
    }

    fn foreign(&self) -> Failure {
        self.unusable("is not a row that --resume writes")
    }

    fn unusable(&self, fault: &str) -> Failure {
        Failure::usage(
            format_args!("{}, line {}: it {fault}", self.path.display(), self.done.rows + 1),
            "The file was left as it is: give the ids of the run that wrote it, or name another file.",
        )
    }
}
