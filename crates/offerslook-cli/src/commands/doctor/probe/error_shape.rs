use http::header::{CONTENT_TYPE, RETRY_AFTER};
use offerslook_core::{Error, OfferId, Response, affiliate::offers::GetOffer};

use super::{
    prober::{Prober, Reply},
    single_ids::UNKNOWN,
};
use crate::{commands::doctor::report::Check, failure::Failure};

const NAME: &str = "error_shape";

/// What an error looks like: that of an offer which does not exist.
pub(super) fn ask(prober: &mut Prober<'_>) -> Result<Check, Failure> {
    let Some(id) = OfferId::new(UNKNOWN) else { return Ok(Check::skipped(NAME, "no id")) };
    let Reply { response, output } = prober.ask(&GetOffer::new(id))?;
    Ok(match (output, response) {
        (Err(error), Some(response)) => shape(&error, &response),
        (Err(error), None) => Check::skipped(NAME, error.to_string()).with_result("unknown"),
        (Ok(_), _) => Check::ok(NAME, "an offer that does not exist is no error").with_result("no_error"),
    })
}

fn shape(error: &Error, response: &Response) -> Check {
    let result = match error {
        Error::Api(api) => match (api.status.is_success(), &api.code) {
            (true, _) => "code_in_success",
            (false, Some(_)) => "status_and_code",
            (false, None) => "status_alone",
        },
        _ => "undecodable",
    };
    let header = |name| {
        let value = response.headers().get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or("none").to_owned()
    };
    let error = error.to_string();
    let detail = format!(
        "an offer that does not exist: {}; content type: {}; Retry-After: {}",
        // The message of the service may be a sentence.
        error.trim_end_matches('.'),
        header(CONTENT_TYPE),
        header(RETRY_AFTER),
    );
    Check::ok(NAME, detail).with_result(result)
}
