use std::{num::NonZeroU32, num::NonZeroUsize, time::Duration};

use bytes::Bytes;

use crate::transport::{Proxies, Settings};

/// The options of a client and its jobs: limits, retries, timeouts.
///
/// ```
/// use std::time::Duration;
/// use offerslook_core::job::Options;
///
/// let options = Options::builder().max_in_flight(4).timeout(Duration::from_secs(10)).build()?;
/// assert_eq!(options.max_in_flight(), 4);
/// # Ok::<(), offerslook_core::job::OptionsError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    max_in_flight: NonZeroUsize,
    ids_per_request: NonZeroUsize,
    attempts: NonZeroU32,
    retry_budget: u32,
    max_time: Option<Duration>,
    trust_missing_rows: bool,
    transport: Settings,
}

impl Options {
    /// The maximum number of ids that any call carries.
    pub const MAX_IDS_PER_CALL: usize = 1_000;

    /// The longest `Retry-After` that a job waits for. A longer one ends the job.
    pub const MAX_RETRY_AFTER: Duration = super::quota::MAX_RETRY_AFTER;

    /// The time after its timeout at which the job cancels a call whose answer the driver has not reported.
    pub const GRACE: Duration = Duration::from_secs(5);

    /// Starts from the defaults.
    pub fn builder() -> OptionsBuilder {
        OptionsBuilder { options: Self::default(), error: None }
    }

    /// Returns the maximum number of concurrent calls of a job. Default: 8. Until the first success it is 1.
    #[must_use]
    pub fn max_in_flight(&self) -> usize {
        self.max_in_flight.get()
    }

    /// Returns the maximum number of ids in one call. Default: 100.
    #[must_use]
    pub fn ids_per_request(&self) -> usize {
        self.ids_per_request.get()
    }

    /// Returns the maximum number of retries per call. Default: 4.
    #[must_use]
    pub fn retries(&self) -> u32 {
        self.attempts.get() - 1
    }

    /// Returns the number of retries that a job may use up; each success adds one. Default: 20.
    #[must_use]
    pub fn retry_budget(&self) -> u32 {
        self.retry_budget
    }

    /// Returns the maximum duration of a job. Default: no limit.
    #[must_use]
    pub fn max_time(&self) -> Option<Duration> {
        self.max_time
    }

    /// Returns whether an id without a row is [`NoRow`](crate::error::IdError::NoRow) without proof. Default: `false`.
    #[must_use]
    pub fn trust_missing_rows(&self) -> bool {
        self.trust_missing_rows
    }

    /// Returns the timeouts, size limits, certificates and proxies of the transport.
    #[must_use]
    pub fn transport(&self) -> &Settings {
        &self.transport
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.get()
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_in_flight: NonZeroUsize::MIN.saturating_add(7),
            ids_per_request: NonZeroUsize::MIN.saturating_add(99),
            attempts: NonZeroU32::MIN.saturating_add(4),
            retry_budget: 20,
            max_time: None,
            trust_missing_rows: false,
            transport: Settings::default(),
        }
    }
}

/// Builds [`Options`]. Values are checked by [`build`](OptionsBuilder::build).
#[derive(Clone, Debug)]
#[must_use]
pub struct OptionsBuilder {
    options: Options,
    error: Option<OptionsError>,
}

impl OptionsBuilder {
    /// Sets the maximum number of concurrent calls of a job: 1 to 1,000.
    pub fn max_in_flight(mut self, calls: usize) -> Self {
        match NonZeroUsize::new(calls).filter(|calls| calls.get() <= MAX_IN_FLIGHT) {
            Some(calls) => self.options.max_in_flight = calls,
            None => self.reject("max_in_flight", calls.to_string(), "1 to 1000"),
        }
        self
    }

    /// Sets the maximum number of ids in one call: 1 to 1,000. An endpoint may allow fewer.
    pub fn ids_per_request(mut self, ids: usize) -> Self {
        match NonZeroUsize::new(ids).filter(|ids| ids.get() <= Options::MAX_IDS_PER_CALL) {
            Some(ids) => self.options.ids_per_request = ids,
            None => self.reject("ids_per_request", ids.to_string(), "1 to 1000"),
        }
        self
    }

    /// Sets the maximum number of retries per call, after the first attempt: 0 to 100.
    pub fn retries(mut self, retries: u32) -> Self {
        if retries <= MAX_RETRIES {
            self.options.attempts = NonZeroU32::MIN.saturating_add(retries);
        } else {
            self.reject("retries", retries.to_string(), "0 to 100");
        }
        self
    }

    /// Sets the number of retries that a job may use up. Each success adds one.
    pub fn retry_budget(mut self, retries: u32) -> Self {
        self.options.retry_budget = retries;
        self
    }

    /// Sets the maximum duration of a job.
    pub fn max_time(mut self, time: Duration) -> Self {
        self.options.max_time = Some(time);
        self
    }

    /// Reports an id without a row as [`NoRow`](crate::error::IdError::NoRow) at once, without proof.
    ///
    /// Proof costs calls where many ids have no row. Set this only for a network that is known to answer completely:
    /// if the server truncates its answers, existing offers are reported as `NoRow`. The report counts the ids
    /// that were not proved.
    pub fn trust_missing_rows(mut self, trust: bool) -> Self {
        self.options.trust_missing_rows = trust;
        self
    }

    /// Sets the timeout of one attempt, from the name look-up to the last byte of the answer. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.transport.timeout = timeout;
        self
    }

    /// Sets the timeout for connecting: name look-up, TCP, proxy and TLS together. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.options.transport.connect_timeout = timeout;
        self
    }

    /// Sets the maximum size of the body of an answer, in bytes after inflating. Default: 32 MiB.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.options.transport.max_body_bytes = bytes;
        self
    }

    /// Trusts the certificate authorities in this PEM, beside those of the system. May be called more than once.
    pub fn root_certificate(mut self, pem: impl Into<Bytes>) -> Self {
        self.options.transport.root_certificates.push(pem.into());
        self
    }

    /// Sets the proxies. By default the environment is read when the client is built.
    pub fn proxies(mut self, proxies: Proxies) -> Self {
        self.options.transport.proxies = Some(proxies);
        self
    }

    /// Checks the values and returns the options.
    ///
    /// # Errors
    /// [`OptionsError`] names the first option that is out of range, its value, and what is allowed.
    pub fn build(self) -> Result<Options, OptionsError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.options),
        }
    }

    fn reject(&mut self, option: &'static str, value: String, allowed: &'static str) {
        self.error.get_or_insert(OptionsError { option, value, allowed });
    }
}

const MAX_IN_FLIGHT: usize = 1_000;
const MAX_RETRIES: u32 = 100;

/// An option that is out of range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{option} cannot be {value}: it must be {allowed}")]
#[non_exhaustive]
pub struct OptionsError {
    /// The name of the option.
    pub option: &'static str,
    /// The value that was set.
    pub value: String,
    /// The values that are allowed.
    pub allowed: &'static str,
}
