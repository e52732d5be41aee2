//! A transport of any type, as the cases see it: with a client over it, in a runtime if it needs one.

use offerslook_core::{
    Account, Error, IdError, OfferId, Request, Rows, Settings, SetupError,
    affiliate::{
        batches::{GetTrackingLinks, OfferLink, TrackingLinkRow},
        offers::{ListOffers, OfferRow},
    },
    drive::StopHandle,
    job::{Options, Quota},
};

use crate::{
    expect::Outcome,
    fixtures::{account, options, unlimited},
    signal::Signal,
};

/// An item of a job for tracking links.
pub type LinkItem = Result<(OfferId, Result<OfferLink, IdError>), Error>;

/// An item of a listing of offers.
pub type OfferItem = Result<OfferRow, Error>;

/// A transport of any type: a [`Blocking`](crate::Blocking) or an [`Async`](crate::Async) one.
pub trait AnyTransport: Send + Sync {
    /// Builds a client over the transport.
    ///
    /// # Errors
    /// [`SetupError`] if a certificate authority, a proxy or the TLS library cannot be used.
    fn client_with_quota(
        &self,
        account: Account,
        options: Options,
        quota: Quota,
    ) -> Result<Box<dyn AnyClient>, SetupError>;

    /// Builds a client over the transport, with a quota that delays no case.
    ///
    /// # Errors
    /// [`SetupError`] if a certificate authority, a proxy or the TLS library cannot be used.
    fn client(&self, account: Account, options: Options) -> Result<Box<dyn AnyClient>, SetupError> {
        self.client_with_quota(account, options, unlimited())
    }

    /// Whether it is a transport of the async client.
    fn is_async(&self) -> bool;
}

/// A client over a transport of any type.
pub trait AnyClient {
    /// Sends one request, and waits for the outcome.
    ///
    /// # Errors
    /// Those of the client.
    fn execute(&self, request: Request) -> Outcome;

    /// Makes one call, and drops it when the signal comes. Returns the outcome if the call was over before.
    fn send_until(
        &self,
        signal: Signal,
        call: &GetTrackingLinks,
    ) -> Option<Result<Rows<TrackingLinkRow>, Error>>;

    /// Starts a job that requests the tracking links of these offers.
    fn links(&self, ids: Vec<OfferId>) -> Items<'_, LinkItem>;

    /// Starts a job that lists offers.
    fn offers(&self, call: ListOffers) -> Items<'_, OfferItem>;
}

/// The items of a running job, as an iterator. Dropping it drops the job.
pub struct Items<'a, T> {
    items: Box<dyn Iterator<Item = T> + 'a>,
    stop: StopHandle,
}

impl<'a, T> Items<'a, T> {
    pub(crate) fn new(items: impl Iterator<Item = T> + 'a, stop: StopHandle) -> Self {
        Self { items: Box::new(items), stop }
    }

    pub(crate) fn stop_handle(&self) -> StopHandle {
        self.stop.clone()
    }
}

impl<T> Iterator for Items<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.items.next()
    }
}

/// Returns the settings for a transport that takes no extra certificate authorities: without that of the suite, which
/// only the cases over TLS need.
pub(crate) fn without_authority(error: SetupError, options: &Options) -> Result<Settings, SetupError> {
    let mut settings = options.transport().clone();
    if settings.root_certificates.len() > 1 || !matches!(error, SetupError::RootCertificate { .. }) {
        return Err(error);
    }
    settings.root_certificates.clear();
    Ok(settings)
}

/// A client with these settings.
#[must_use]
pub fn client(transport: &dyn AnyTransport, settings: Settings) -> Box<dyn AnyClient> {
    transport.client(account(), options(settings)).unwrap()
}

/// Sends one request with a client of its own.
///
/// # Errors
/// Those of the client.
pub fn send(transport: &dyn AnyTransport, settings: Settings, request: Request) -> Outcome {
    client(transport, settings).execute(request)
}

#[cfg(test)]
mod tests {
    use offerslook_core::SetupError;

    use super::without_authority;
    use crate::fixtures::{options, settings};

    #[test]
    fn a_transport_without_extra_authorities_can_be_tested() {
        let refusal = || SetupError::RootCertificate { position: 1, cause: "none is taken".to_owned() };
        let without = without_authority(refusal(), &options(settings())).unwrap();
        assert!(without.root_certificates.is_empty());
        let mut damaged = settings();
        damaged.root_certificates.push("no certificate".into());
        assert_eq!(without_authority(refusal(), &options(damaged)).err(), Some(refusal()));
        let other = SetupError::Tls { cause: "no provider".to_owned() };
        assert_eq!(without_authority(other.clone(), &options(settings())).err(), Some(other));
    }
}
