//! The output of `--resume`: what is in it is done.

use std::{
    fs::{File, TryLockError},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use offerslook_core::OfferId;
use serde::Deserialize;

use crate::{
    failure::Failure,
    kind::Kind,
    output::{Output, Sink},
    row::Status,
    tally::Tally,
};

/// Opens the file of an earlier run, or a new one: the rows of the first of the asked ids, and nothing else. A
/// last line that was torn is cut off. The file is locked for as long as it is open.
///
/// # Errors
/// Where the file cannot be used, is in use, or is of other ids. It is as it was then.
pub(crate) fn open(path: &Path, asked: &[OfferId]) -> Result<Output, Failure> {
    let unwritable = |cause| Failure::unwritable(&path.display(), &cause);
    let mut file =
        File::options().read(true).write(true).create(true).truncate(false).open(path).map_err(unwritable)?;
    if !file.metadata().map_err(unwritable)?.is_file() {
        return Err(unwritable(io::Error::other("--resume needs a plain file")));
    }
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => Failure::other(
            format_args!("{} is in use by another run", path.display()),
            "Wait for that one, or name another file.",
        ),
        TryLockError::Error(cause) => unwritable(cause),
    })?;
    let rows = Rows { path, asked, tally: Tally::default(), done: 0, written: 0 };
    let Rows { tally, done, written, .. } = rows.read(BufReader::new(&file))?;
    file.set_len(written).and_then(|()| file.seek(SeekFrom::End(0))).map_err(unwritable)?;
    Ok(Output { sink: Sink::Direct { file, path: path.to_owned() }, is_journal: true, done, tally })
}

/// As much of a row as tells what came of its id.
#[derive(Deserialize)]
struct Written {
    offer_id: OfferId,
    status: Status,
    error: Option<WrittenError>,
}

#[derive(Deserialize)]
struct WrittenError {
    kind: Kind,
}

struct Rows<'run> {
    path: &'run Path,
    asked: &'run [OfferId],
    tally: Tally,
    done: usize,
    /// How many bytes of whole rows there are.
    written: u64,
}

/// No row is longer: an answer is not.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;

impl Rows<'_> {
    /// Reads up to the end, or up to a torn line.
    fn read(mut self, mut text: impl BufRead) -> Result<Self, Failure> {
        let mut line = Vec::new();
        loop {
            line.clear();
            let length = (&mut text)
                .take(LONGEST_LINE)
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
        match self.asked.get(self.done) {
            Some(id) if *id == row.offer_id && row.status != Status::NotAttempted => {
                self.tally.add(row.status, row.error.map(|error| error.kind));
                self.done += 1;
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

    /// Whether this can be the beginning of the row that comes next. What cannot be is somebody else's, and
    /// not cut off.
    fn is_torn(&self, line: &[u8]) -> bool {
        let Some(id) = self.asked.get(self.done) else { return false };
        let beginning = format!(r#"{{"offer_id":{id},"status":""#);
        line.starts_with(beginning.as_bytes()) || beginning.as_bytes().starts_with(line)
    }

    fn foreign(&self) -> Failure {
        self.unusable("is no row that --resume writes")
    }

    fn unusable(&self, fault: &str) -> Failure {
        Failure::usage(
            format_args!("{}, line {}: it {fault}", self.path.display(), self.done + 1),
            "The file was left as it is: give the ids of the run that wrote it, or name another file.",
        )
    }
}
