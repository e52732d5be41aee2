use std::sync::Arc;

use offerslook_core::{
    Error, Link, OfferId,
    affiliate::batches::TrackingLinkRow,
    job::{Notice, Outcome},
};

use crate::console::Console;

/// What is worth knowing beside the rows: kept short, told once.
#[derive(Default)]
pub(crate) struct Notices {
    unasked: Offers,
    second: Offers,
    other_words: Offers,
    words: Option<String>,
    doubts_dropped: bool,
    stopped: Option<Arc<Error>>,
}

impl Notices {
    pub(crate) fn take(&mut self, notice: Notice<TrackingLinkRow>) {
        match notice {
            Notice::UnaskedRow(row) => self.unasked.add(row.offer_id),
            Notice::SecondRow(row) => self.second.add(row.offer_id),
            Notice::DoubtsDropped => self.doubts_dropped = true,
            Notice::Stopped(error) => _ = self.stopped.get_or_insert(error),
            _ => {}
        }
    }

    /// A row may have words for its link that nobody knows.
    pub(crate) fn look_at(&mut self, id: OfferId, outcome: &Outcome<TrackingLinkRow>) {
        if let Outcome::Found(TrackingLinkRow { url: Link::Other(words), .. }) = outcome {
            self.other_words.add(id);
            self.words.get_or_insert_with(|| words.chars().take(100).collect());
        }
    }

    /// Why the run ended early, if it did.
    pub(crate) fn stopped(&self) -> Option<Arc<Error>> {
        self.stopped.clone()
    }

    pub(crate) fn warn(&self, console: &Console) {
        if let Some(offers) = self.unasked.list() {
            console.warning(format_args!(
                "the API gave rows that nobody asked for, and they are left out: {offers}"
            ));
        }
        if let Some(offers) = self.second.list() {
            console
                .warning(format_args!("the API gave more than one row, and the first one counts: {offers}"));
        }
        if let (Some(offers), Some(words)) = (self.other_words.list(), &self.words) {
            console.warning(format_args!("the API gave {words:?} in place of a link: {offers}"));
        }
        if self.doubts_dropped {
            console.warning(
                "ids without a row were asked for again and again, and none had one; from there on such ids count \
                 as absent at once",
            );
        }
    }
}

/// A few of the offers that something happened to, and how many there are.
#[derive(Default)]
struct Offers {
    first: Vec<OfferId>,
    count: u64,
}

impl Offers {
    const SHOWN: usize = 5;

    fn add(&mut self, id: OfferId) {
        self.count += 1;
        if self.first.len() < Self::SHOWN {
            self.first.push(id);
        }
    }

    /// `offers 16, 102 and 7 more`; nothing if there is none.
    fn list(&self) -> Option<String> {
        let shown: Vec<_> = self.first.iter().map(ToString::to_string).collect();
        let more = self.count - u64::try_from(self.first.len()).unwrap_or(self.count);
        let offers = match (shown.len(), more) {
            (0, _) => return None,
            (1, 0) => format!("offer {}", shown.join(", ")),
            (_, 0) => format!("offers {}", shown.join(", ")),
            _ => format!("offers {} and {more} more", shown.join(", ")),
        };
        Some(offers)
    }
}
