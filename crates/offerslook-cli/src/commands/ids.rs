use std::{
    collections::BTreeMap,
    fmt,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use offerslook_core::{OfferId, ParseOfferIdError, ParseOfferIdsError};

use crate::failure::Failure;

/// The ids to ask for, each once, in the given order.
#[derive(Default)]
pub(crate) struct Ids {
    pub(crate) ids: Vec<OfferId>,
    /// The number of repeated ids, which were left out.
    pub(crate) repeated: u64,
}

impl Ids {
    /// Reads the arguments, then the file if there is one. Commas, white space or both separate ids, as in
    /// [`offerslook_core::OfferIds`].
    /// Fails if a piece is not an id, or there is none. Everything is read before anything is sent.
    pub(crate) fn read(arguments: &[String], from: Option<&Path>) -> Result<Self, Failure> {
        let mut list = List::default();
        list.read(&Source::Arguments, arguments.join(" ").as_bytes())?;
        let mut source = Source::Arguments;
        if let Some(path) = from {
            if path == Path::new("-") {
                source = Source::StandardInput;
                list.read(&source, io::stdin().lock())?;
            } else {
                source = Source::File(path.to_owned());
                let file = File::open(path).map_err(|cause| Failure::unreadable(&source, &cause))?;
                list.read(&source, file)?;
            }
        }
        if list.ids.is_empty() {
            return Err(match source {
                Source::Arguments => Failure::usage(ParseOfferIdsError::Empty, ""),
                _ => Failure::usage(format_args!("{source}: {}", ParseOfferIdsError::Empty), ""),
            });
        }
        Ok(Self { ids: list.ids, repeated: list.repeated })
    }
}

enum Source {
    Arguments,
    StandardInput,
    File(PathBuf),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments => f.write_str("the arguments"),
            Self::StandardInput => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// Ids as they are read. Repeated ones are left out whenever the list has doubled, by sorting a copy of it, which takes a
/// third of the memory of a hash set.
struct List {
    ids: Vec<OfferId>,
    /// Whether every id is greater than the one before it, so that none is repeated.
    is_ascending: bool,
    /// The number of ids at which repeated ones are left out.
    limit: usize,
    repeated: u64,
}

const MIN_LIMIT: usize = 1 << 16;

impl Default for List {
    fn default() -> Self {
        Self { ids: Vec::new(), is_ascending: true, limit: MIN_LIMIT, repeated: 0 }
    }
}

impl List {
    fn read(&mut self, source: &Source, mut text: impl Read) -> Result<(), Failure> {
        let mut reading = Reading { list: self, line: 1, before: Before::Nothing, piece: Vec::new() };
        let mut buffer = [0; 8 * 1024];
        loop {
            match text.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => reading.take(buffer.get(..length).unwrap_or_default()),
                Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err(Failure::unreadable(source, &cause)),
            }
            .map_err(|fault| fault.of(source, reading.line))?;
        }
        reading.end().map_err(|fault| fault.of(source, reading.line))?;
        self.leave_out_repeated();
        Ok(())
    }

    fn add(&mut self, id: OfferId) {
        self.is_ascending &= self.ids.last().is_none_or(|last| *last < id);
        self.ids.push(id);
        if self.ids.len() >= self.limit {
            self.leave_out_repeated();
            self.limit = MIN_LIMIT.max(self.ids.len() * 2);
        }
    }

    /// Keeps each id where it stands first.
    fn leave_out_repeated(&mut self) {
        if self.is_ascending {
            return;
        }
        let mut sorted = self.ids.clone();
        sorted.sort_unstable();
        let repeated = sorted.chunk_by(PartialEq::eq).filter(|same| same.len() > 1);
        let mut is_first: BTreeMap<_, _> =
            repeated.filter_map(|same| same.first()).map(|id| (*id, true)).collect();
        drop(sorted);
        let before = self.ids.len();
        self.ids.retain(|id| is_first.get_mut(id).is_none_or(std::mem::take));
        self.repeated += u64::try_from(before - self.ids.len()).unwrap_or(u64::MAX);
    }
}

/// One text on its way into the list, as much at a time as was read.
struct Reading<'list> {
    list: &'list mut List,
    line: u64,
    before: Before,
    piece: Vec<u8>,
}

/// What stands before the next piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Id,
    Comma,
}

enum Fault {
    BadPiece(ParseOfferIdError),
    Hole,
}

/// No id is longer, and so a text without any separator is not read to its end.
const MAX_PIECE: usize = 64;

/// Some editors put it at the start of a file.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn is_separator(byte: u8) -> bool {
    byte == b',' || byte.is_ascii_whitespace()
}

impl Reading<'_> {
    fn take(&mut self, text: &[u8]) -> Result<(), Fault> {
        for part in text.split_inclusive(|byte| is_separator(*byte)) {
            let (piece, separator) = match part.split_last() {
                Some((last, piece)) if is_separator(*last) => (piece, Some(*last)),
                _ => (part, None),
            };
            self.piece.extend(piece);
            while self.before == Before::Nothing && self.piece.starts_with(BYTE_ORDER_MARK) {
                self.piece.drain(..BYTE_ORDER_MARK.len());
            }
            if separator.is_some() || self.piece.len() > MAX_PIECE {
                self.end_piece()?;
            }
            match separator {
                Some(b',') if self.before != Before::Id => return Err(Fault::Hole),
                Some(b',') => self.before = Before::Comma,
                Some(b'\n') => self.line += 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.end_piece()?;
        if self.before == Before::Comma { Err(Fault::Hole) } else { Ok(()) }
    }

    fn end_piece(&mut self) -> Result<(), Fault> {
        if self.piece.len() > MAX_PIECE {
            self.piece.truncate(MAX_PIECE);
            self.piece.extend("…".as_bytes());
        }
        if !self.piece.is_empty() {
            let id = String::from_utf8_lossy(&self.piece).parse().map_err(Fault::BadPiece)?;
            self.list.add(id);
            self.piece.clear();
            self.before = Before::Id;
        }
        Ok(())
    }
}

impl Fault {
    fn of(&self, source: &Source, line: u64) -> Failure {
        let what = match self {
            Self::BadPiece(error) => error.to_string(),
            Self::Hole => "an id is missing beside a comma: write ids such as 16,102".to_owned(),
        };
        match source {
            Source::Arguments => Failure::usage(what, ""),
            _ => Failure::usage(format_args!("{source}, line {line}: {what}"), "Nothing was sent."),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{List, Source};

    fn read(text: &str) -> Result<Vec<u64>, String> {
        read_from(text.as_bytes())
    }

    fn read_from(text: impl Read) -> Result<Vec<u64>, String> {
        let mut list = List::default();
        let result = list.read(&Source::StandardInput, text);
        result.map(|()| list.ids.iter().map(|id| id.get()).collect()).map_err(|failure| failure.what)
    }

    #[test]
    fn commas_white_space_and_line_ends_separate() {
        assert_eq!(read("\u{feff}16 102,\r\n16\n,\t7\n\n"), Ok(vec![16, 102, 7]));
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn a_read_may_end_anywhere() {
        let text = "\u{feff}16 102,\r\n7\n".as_bytes();
        for middle in 0..text.len() {
            let (first, second) = text.split_at(middle);
            assert_eq!(read_from(first.chain(second)), Ok(vec![16, 102, 7]), "{middle}");
        }
    }

    #[test]
    fn repeated_ids_are_left_out_of_long_lists() {
        let down = || (1..=70_000_u64).rev();
        let many = std::iter::repeat_n(16, 100_000);
        let text: Vec<_> = down().chain(down()).chain(many).map(|id| id.to_string()).collect();
        let mut list = List::default();
        assert!(list.read(&Source::StandardInput, text.join(" ").as_bytes()).is_ok());
        assert!(list.ids.iter().map(|id| id.get()).eq(down()));
        assert_eq!(list.repeated, 170_000);
        assert!(list.read(&Source::StandardInput, "70001 16 70001".as_bytes()).is_ok());
        assert_eq!((list.ids.len(), list.repeated), (70_001, 170_002));
    }

    #[test]
    fn a_fault_names_its_line_and_piece() {
        insta::assert_snapshot!(read("16\n102\nabc 7").unwrap_err(), @r#"standard input, line 3: "abc" is not an offer id: an id is a positive integer, such as 16"#);
        insta::assert_snapshot!(read("16,,102").unwrap_err(), @"standard input, line 1: an id is missing beside a comma: write ids such as 16,102");
        insta::assert_snapshot!(read(",16").unwrap_err(), @"standard input, line 1: an id is missing beside a comma: write ids such as 16,102");
        insta::assert_snapshot!(read("16\n17,").unwrap_err(), @"standard input, line 2: an id is missing beside a comma: write ids such as 16,102");
        insta::assert_snapshot!(read("16\u{a0}17").unwrap_err(), @r#"standard input, line 1: "16\u{a0}17" is not an offer id: an id is a positive integer, such as 16"#);
    }

    #[test]
    fn a_piece_without_an_end_is_not_split() {
        let zeros = "0".repeat(63);
        insta::assert_snapshot!(read(&format!("{zeros}16")).unwrap_err(), @r#"standard input, line 1: "0000000000000000000000000000000000000000…" is not an offer id: an id is a positive integer, such as 16"#);
    }
}
