//! `offerslook doctor --probe`: answers what the API reference leaves open, from what the service does.
//!
//! Only calls that read, within the rate limit. The report names no offer and repeats no link.

mod call_size;
mod drift;
mod error_shape;
mod offers;
mod pages;
mod prober;
mod single_ids;

use super::report::Report;
use crate::{failure::Failure, session::Session};
use call_size::Sentinels;
use offers::Offers;
use prober::Prober;

/// Asks all questions, and reports each answer.
pub(super) fn run(session: &Session, report: &mut Report) -> Result<(), Failure> {
    let mut prober = Prober::new(session);
    for check in pages::ask(&mut prober)? {
        report.add(check)?;
    }
    let offers = Offers::read(&mut prober)?;
    match Sentinels::find(&mut prober, &offers)? {
        Ok((sentinels, check)) => {
            report.add(check)?;
            report.add(call_size::ask(&mut prober, &offers, &sentinels)?)?;
            for check in single_ids::ask(&mut prober, &offers, &sentinels)? {
                report.add(check)?;
            }
        }
        Err(check) => report.add(check)?,
    }
    report.add(error_shape::ask(&mut prober)?)?;
    drift::ask(&mut prober, &offers)?;
    for check in prober.into_drift() {
        report.add(check)?;
    }
    Ok(())
}
