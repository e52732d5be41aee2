use std::{fmt, io, sync::Arc};

use crate::{
    AffiliateStatus, Arrivals, Faults, OfferKind, SandboxConfig, applications::Applications,
    certificates::Identity, router::router, server::Server, state::SandboxState,
};

/// A running sandbox. Dropping it stops it, like [`Sandbox::stop`].
pub struct Sandbox {
    server: Server,
    state: Arc<SandboxState>,
    base_url: String,
    certificate_authority: Option<String>,
}

impl Sandbox {
    /// Starts a sandbox on a port of 127.0.0.1. It serves as soon as this returns.
    ///
    /// # Errors
    /// - `InvalidInput` for an invalid [e-mail address](SandboxConfig::email), [API
    ///   key](SandboxConfig::api_key) or [network](SandboxConfig::network); for more offers than
    ///   [`SandboxConfig::MAX_OFFERS`]; for invalid offers, with their position in the file; and for a fault
    ///   on a custom route that the configuration does not have;
    /// - `AddrInUse` and others if the port, the file of offers or the thread is not available.
    pub fn start(config: SandboxConfig) -> io::Result<Self> {
        let port = config.port;
        let identity = config.https.map(Identity::new).transpose()?;
        let state = Arc::new(SandboxState::new(config)?);
        let scheme = if identity.is_some() { "https" } else { "http" };
        let certificate_authority = identity.as_ref().map(|identity| identity.authority.clone());
        let tls = identity.map(Identity::acceptor).transpose()?;
        let server = Server::start(router(&state), port, tls)?;
        let base_url = format!("{scheme}://{}", server.address());
        Ok(Self { server, state, base_url, certificate_authority })
    }

    /// Returns the base URL, such as `http://127.0.0.1:40123`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the certificate of the authority that clients have to trust, in PEM; `None` for plain HTTP.
    #[must_use]
    pub fn certificate_authority(&self) -> Option<&str> {
        self.certificate_authority.as_deref()
    }

    /// Returns the e-mail address of the account.
    #[must_use]
    pub fn email(&self) -> &str {
        self.state.checks.account.email()
    }

    /// Returns the API key of the account: by default, 32 lowercase hexadecimal digits.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.state.checks.account.api_key()
    }

    /// Returns how the affiliate sees an offer now; `None` for an unknown offer.
    #[must_use]
    pub fn offer_kind(&self, offer_id: u64) -> Option<OfferKind> {
        self.state.offers.get(offer_id).map(|offer| offer.kind())
    }

    /// Returns the affiliate's status for an offer; `None` for an unknown offer.
    #[must_use]
    pub fn affiliate_status(&self, offer_id: u64) -> Option<AffiliateStatus> {
        self.state.offers.get(offer_id).map(|offer| offer.status)
    }

    /// Sets the affiliate's status for an offer, from the next response on. Returns the status before; `None`
    /// for an unknown offer.
    pub fn set_affiliate_status(&self, offer_id: u64, status: AffiliateStatus) -> Option<AffiliateStatus> {
        let (before, _) = self.state.offers.change_status(offer_id, |_| status)?;
        Some(before)
    }

    /// Approves the application for an offer, if it is pending. Returns the status after that; `None` for an
    /// unknown offer.
    ///
    /// ```
    /// use offerslook_sandbox::{AffiliateStatus, Sandbox, SandboxConfig};
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let sandbox = Sandbox::start(SandboxConfig::default())?;
    /// sandbox.set_affiliate_status(3, AffiliateStatus::Pending);
    /// assert_eq!(sandbox.approve(3), Some(AffiliateStatus::Approved));
    /// assert_eq!(sandbox.reject(3), Some(AffiliateStatus::Approved), "no longer pending");
    /// # Ok(())
    /// # }
    /// ```
    pub fn approve(&self, offer_id: u64) -> Option<AffiliateStatus> {
        self.decide(offer_id, AffiliateStatus::Approved)
    }

    /// Rejects the application for an offer, like [`Sandbox::approve`].
    pub fn reject(&self, offer_id: u64) -> Option<AffiliateStatus> {
        self.decide(offer_id, AffiliateStatus::Rejected)
    }

    fn decide(&self, offer_id: u64, decided: AffiliateStatus) -> Option<AffiliateStatus> {
        let (_, after) = Applications::decide(&self.state.offers, offer_id, decided)?;
        Some(after)
    }

    /// Returns the log of arrivals. It contains a request before its response can be read.
    #[must_use]
    pub fn arrivals(&self) -> Arrivals {
        self.state.arrivals.snapshot()
    }

    /// Returns the current faults.
    pub fn faults(&self) -> Faults {
        self.state.faults.snapshot().0
    }

    /// Replaces the faults. All counts restart, even those of an unchanged rule. Requests that have arrived
    /// already keep their faults. A rule on a custom route that the sandbox does not have never fires.
    pub fn set_faults(&self, faults: Faults) {
        self.state.faults.replace(faults);
    }

    /// Returns how many calls each rule of [`Sandbox::faults`] has changed, in the order of the rules. A call
    /// counts before its response can be read.
    #[must_use]
    pub fn fired(&self) -> Vec<u64> {
        self.state.faults.snapshot().1
    }

    /// Stops the sandbox: closes the listener and all connections, and waits up to ten seconds for its
    /// thread.
    ///
    /// # Errors
    /// `TimedOut` if the thread did not end in time; `Other` if it panicked.
    pub fn stop(mut self) -> io::Result<()> {
        self.server.stop()
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
