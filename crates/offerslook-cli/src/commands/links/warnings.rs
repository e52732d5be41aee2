use std::fmt::Display;

use offerslook_core::{
    IdError, NoLink, OfferId,
    affiliate::batches::OfferLink,
    job::{Noted, Report},
};

use crate::console::Console;

/// What is worth knowing beside the rows, in a line each.
#[derive(Default)]
pub(super) struct Warnings {
    other_texts: Vec<OfferId>,
    more_other_texts: u64,
    text: Option<String>,
}

const MAX_SHOWN: usize = 5;

impl Warnings {
    /// A row may have a text in place of its link that nobody knows.
    pub(super) fn look_at(&mut self, id: OfferId, outcome: &Result<OfferLink, IdError>) {
        if let Err(IdError::NoLink(NoLink::Other(text))) = outcome {
            if self.other_texts.len() < MAX_SHOWN {
                self.other_texts.push(id);
            } else {
                self.more_other_texts += 1;
            }
            self.text.get_or_insert_with(|| text.chars().take(100).collect());
        }
    }

    pub(super) fn show(&self, report: &Report, console: &Console) {
        show_noted(&report.unrequested_rows, console, |offers| {
            format!("the API sent rows that were not requested, and they are left out: {offers}")
        });
        show_noted(&report.duplicate_rows, console, |offers| {
            format!("the API sent more than one row, and the first one counts: {offers}")
        });
        if report.unusable_rows.count > 0 {
            let (count, noun) = counted(report.unusable_rows.count, "row");
            let first = report.unusable_rows.first.first();
            let first = first.map(|row| format!(": {}: {}", row.path, row.cause)).unwrap_or_default();
            console.warning(format_args!("the API sent {count} {noun} that cannot be used{first}"));
        }
        if let (Some(text), more) = (&self.text, self.more_other_texts) {
            let offers = listed(&self.other_texts, more);
            console.warning(format_args!("the API sent {text:?} in place of a link: {offers}"));
        }
        if let Some(ids) = report.truncated_at {
            console.warning(format_args!(
                "the API leaves out rows of calls with {ids} ids or more, without saying so; smaller calls were made"
            ));
        }
        show_noted(&report.unproved, console, |offers| {
            format!(
                "no row came, and nothing proves that there is none: {offers}; ask again together with ids that have a link, \
                 or add --trust-missing if the network is known to answer completely"
            )
        });
        if report.assumed_missing > 0 {
            let (count, noun) = counted(report.assumed_missing, "id");
            console.warning(format_args!(
                "{count} {noun} without a row count as absent without proof (--trust-missing)"
            ));
        }
    }
}

fn show_noted<T: Display>(noted: &Noted<T>, console: &Console, text: impl Fn(&str) -> String) {
    if noted.count > 0 {
        let more = noted.count.saturating_sub(u64::try_from(noted.first.len()).unwrap_or(noted.count));
        console.warning(text(&listed(&noted.first, more)));
    }
}

fn counted(count: u64, noun: &str) -> (u64, String) {
    (count, if count == 1 { noun.to_owned() } else { format!("{noun}s") })
}

/// `offer 16`, `offers 16, 102 and 7 more`
fn listed<T: Display>(shown: &[T], more: u64) -> String {
    let texts: Vec<_> = shown.iter().map(ToString::to_string).collect();
    match (texts.len(), more) {
        (1, 0) => format!("offer {}", texts.join(", ")),
        (_, 0) => format!("offers {}", texts.join(", ")),
        _ => format!("offers {} and {more} more", texts.join(", ")),
    }
}
