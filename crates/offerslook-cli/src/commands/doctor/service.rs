use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use http::header::DATE;
use offerslook_core::{
    Endpoint, Error, ErrorClass, OfferId, OfferIds, Page, Response, Rows,
    affiliate::{
        Limit,
        batches::{GetTrackingLinks, TrackingLinkRow},
        offers::{ListOffers, OfferRow},
    },
};

use super::report::{Check, Report};
use crate::{failure::Failure, session::Session};

/// The checks below, in their order.
pub(super) const CHECKS: [&str; 5] = ["clock", "auth", "allow_list", "list_call", "link_call"];

/// How far the clocks may be apart. Certificates and logs are about minutes.
const MAX_SKEW: Duration = Duration::from_mins(1);

/// Makes two calls, and tells from the first what the service thinks of the account.
pub(super) fn check(session: &Session, report: &mut Report) -> Result<(), Failure> {
    let call = ListOffers::new().limit(Limit::of::<10>());
    let response = send(session, &call)?;
    let page =
        response.as_ref().map_err(Clone::clone).and_then(|response| session.account().parse(&call, response));
    report.add(check_clock(response.as_ref().ok()))?;
    check_account(page.as_ref().err(), report)?;
    match page {
        Ok(page) => {
            report.add(Check::ok("list_call", listed(&page)))?;
            report.add(check_links(session, &page)?)
        }
        Err(error) => {
            report.add(if error.is_auth() {
                Check::skipped("list_call", "the account is not let in")
            } else {
                Check::failed("list_call", Failure::of_api(&error, false))
            })?;
            report.add(Check::skipped("link_call", "the list call did not succeed"))
        }
    }
}

/// Sends a call once.
pub(super) fn send<E: Endpoint>(session: &Session, call: &E) -> Result<Result<Response, Error>, Failure> {
    match session.account().request(call) {
        Ok(request) => Ok(session.client.run(session.client.jobs().execute(request))?.result()),
        Err(error) => Ok(Err(error.into())),
    }
}

fn check_clock(response: Option<&Response>) -> Check {
    let Some(response) = response else { return Check::skipped("clock", "the service did not answer") };
    let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
    let Some(date) = date.and_then(|date| httpdate::parse_http_date(date).ok()) else {
        return Check::skipped("clock", "the service does not say what time it is");
    };
    let now = SystemTime::now();
    let skew = now.duration_since(date).or_else(|_| date.duration_since(now)).unwrap_or_default();
    if skew <= MAX_SKEW {
        return Check::ok("clock", "this machine and the service agree to the minute");
    }
    let direction = if date < now { "ahead of" } else { "behind" };
    Check::warning(
        "clock",
        format!("this machine is {} seconds {direction} the service", skew.as_secs()),
        "Set this machine's clock: certificates are checked against it.",
    )
}

/// The service checks the key, then the allow-list, and tells them apart by the status alone, if at all.
fn check_account(error: Option<&Error>, report: &mut Report) -> Result<(), Failure> {
    match error.and_then(Error::class) {
        Some(ErrorClass::Authentication) => {
            let failure = Failure::of_api_refusal(error, "Check the e-mail address and the API key.");
            report.add(Check::failed("auth", failure))?;
            report.add(Check::skipped("allow_list", "the service checks the key first"))
        }
        Some(ErrorClass::Forbidden) => {
            let advice = "Put this machine's public IP address on the key's allow-list in the portal of the network; \
                          check the base URL, too.";
            report.add(Check::ok("auth", "the service did not complain about the key"))?;
            report.add(Check::failed("allow_list", Failure::of_api_refusal(error, advice)))
        }
        Some(ErrorClass::RateLimited | ErrorClass::Refused | ErrorClass::Undecodable) | None
            if error.is_none_or(|error| error.body().is_some()) =>
        {
            report.add(Check::ok("auth", "the service accepts the e-mail address and the key"))?;
            report.add(Check::ok("allow_list", "the service accepts this machine's address"))
        }
        _ => {
            report.add(Check::skipped("auth", "no answer of the API tells"))?;
            report.add(Check::skipped("allow_list", "no answer of the API tells"))
        }
    }
}

impl Failure {
    fn of_api_refusal(error: Option<&Error>, advice: &str) -> Self {
        let failure = error.map(|error| Self::of_api(error, false));
        let failure = failure.unwrap_or_else(|| Self::other("", ""));
        Self { advice: advice.to_owned(), ..failure }
    }
}

fn listed(page: &Page<OfferRow>) -> String {
    match page.total_rows.unwrap_or_default() {
        1 => "1 offer is visible".to_owned(),
        0 if !page.rowset.is_empty() => "offers are visible, but not how many".to_owned(),
        count => format!("{count} offers are visible"),
    }
}

fn check_links(session: &Session, page: &Page<OfferRow>) -> Result<Check, Failure> {
    let Some(ids) = OfferIds::new(page.rowset.iter().map(|row| row.offer.id)) else {
        return Ok(Check::skipped("link_call", "there is no offer to get a link of"));
    };
    let asked = ids.len();
    let call = GetTrackingLinks::new(ids);
    let rows = send(session, &call)?.and_then(|response| session.account().parse(&call, &response));
    Ok(match rows {
        Ok(rows) => linked(&rows, asked),
        Err(error) => Check::failed("link_call", Failure::of_api(&error, true)),
    })
}

fn linked(rows: &Rows<TrackingLinkRow>, asked: usize) -> Check {
    let with_link = rows.iter().filter(|row| row.url.url().is_some());
    let ids: BTreeSet<OfferId> = with_link.map(|row| row.offer_id).collect();
    match ids.len() {
        0 => Check::warning(
            "link_call",
            format!("none of {asked} offers has a link"),
            "Apply to offers first: see offerslook help apply.",
        ),
        1 => Check::ok("link_call", format!("1 of {asked} offers has a link")),
        count => Check::ok("link_call", format!("{count} of {asked} offers have a link")),
    }
}
