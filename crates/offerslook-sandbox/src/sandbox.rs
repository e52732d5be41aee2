use std::{fmt, io, sync::Arc};

use crate::{
    Arrivals, Faults, OfferKind, SandboxConfig, Standing, applications::Applications, certificates::Identity,
    routes, server::Server, service::Service, tls,
};

/// A running stand-in for the service. Dropping it stops it, as [`Sandbox::stop`] does.
pub struct Sandbox {
    server: Server,
    service: Arc<Service>,
    base_url: String,
    certificate_authority: Option<String>,
}

impl Sandbox {
    /// Starts a server on a port of 127.0.0.1, a free one unless the configuration names one. It answers as
    /// soon as this returns.
    ///
    /// # Errors
    /// `InvalidInput` for an account that HTTP Basic cannot carry (see [`SandboxConfig::email`] and
    /// [`SandboxConfig::api_key`]), for a network that no host can name ([`SandboxConfig::network`]), for
    /// offers that cannot be used, with the place in their file, and for more offers than
    /// [`SandboxConfig::MOST_OFFERS`]; otherwise what the system said of a file that cannot be read, of the
    /// socket or of the thread.
    pub fn start(config: SandboxConfig) -> io::Result<Self> {
        let port = config.port;
        let identity = config.https.map(Identity::new).transpose()?;
        let service = Arc::new(Service::new(config)?);
        let scheme = if identity.is_some() { "https" } else { "http" };
        let certificate_authority = identity.as_ref().map(|identity| identity.authority.clone());
        let tls = identity.map(tls::acceptor).transpose()?;
        let server = Server::start(routes::router(Arc::clone(&service)), port, tls)?;
        let base_url = format!("{scheme}://{}", server.address());
        Ok(Self { server, service, base_url, certificate_authority })
    }

    /// Where it listens, as `http://127.0.0.1:PORT`, or `https`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The certificate of the authority to trust, in PEM; `None` if it serves plain HTTP.
    #[must_use]
    pub fn certificate_authority(&self) -> Option<&str> {
        self.certificate_authority.as_deref()
    }

    /// The e-mail address of the one account that it lets in.
    #[must_use]
    pub fn email(&self) -> &str {
        self.service.account.email()
    }

    /// The API key of that account: 32 lowercase hexadecimal digits, unless the configuration says otherwise.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.service.account.api_key()
    }

    /// What the affiliate meets under an id at this moment; `None` for an unknown offer.
    #[must_use]
    pub fn offer_kind(&self, offer_id: u64) -> Option<OfferKind> {
        self.service.offers.get(offer_id).map(|offer| offer.kind())
    }

    /// How the affiliate stands to an offer at this moment; `None` for an unknown offer.
    #[must_use]
    pub fn standing(&self, offer_id: u64) -> Option<Standing> {
        self.service.offers.get(offer_id).map(|offer| offer.standing)
    }

    /// Changes how the affiliate stands to an offer, from the next answer on, and gives back how it stood
    /// before; `None` for an unknown offer, of which nothing is kept.
    pub fn set_standing(&self, offer_id: u64, standing: Standing) -> Option<Standing> {
        let (before, _) = self.service.offers.change_standing(offer_id, |_| standing)?;
        Some(before)
    }

    /// Approves the application for an offer, if it is pending, from the next answer on. Gives back how the
    /// affiliate stands to the offer then; `None` for an unknown offer.
    ///
    /// ```
    /// use offerslook_sandbox::{Sandbox, SandboxConfig, Standing};
    ///
    /// # fn main() -> std::io::Result<()> {
    /// let sandbox = Sandbox::start(SandboxConfig::default())?;
    /// sandbox.set_standing(3, Standing::Pending);
    /// assert_eq!(sandbox.approve(3), Some(Standing::Approved));
    /// assert_eq!(sandbox.reject(3), Some(Standing::Approved), "decided already");
    /// # Ok(())
    /// # }
    /// ```
    pub fn approve(&self, offer_id: u64) -> Option<Standing> {
        self.decide(offer_id, Standing::Approved)
    }

    /// Rejects the application for an offer, if it is pending, as [`Sandbox::approve`] approves it.
    pub fn reject(&self, offer_id: u64) -> Option<Standing> {
        self.decide(offer_id, Standing::Rejected)
    }

    fn decide(&self, offer_id: u64, decided: Standing) -> Option<Standing> {
        let (_, after) = Applications::decide(&self.service.offers, offer_id, decided)?;
        Some(after)
    }

    /// The requests that have arrived so far. A request is in it before its answer can be read.
    #[must_use]
    pub fn arrivals(&self) -> Arrivals {
        self.service.arrivals.snapshot()
    }

    /// What goes wrong now.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.service.faults.listing().0
    }

    /// Replaces what goes wrong. Every count starts anew, also that of a rule that was there before; requests
    /// that have arrived keep the faults that they met.
    pub fn set_faults(&self, faults: Faults) {
        self.service.faults.replace(faults);
    }

    /// How often each of the rules of [`Sandbox::faults`] changed something for a client, in their order. It
    /// is counted before the answer can be read.
    #[must_use]
    pub fn fired(&self) -> Vec<u64> {
        self.service.faults.listing().1
    }

    /// Stops it: closes the listener and every open connection, answered or not, and waits for its thread to
    /// end, for ten seconds at most.
    ///
    /// # Errors
    /// `TimedOut` if the thread did not end in time; `Other` if it had panicked.
    pub fn stop(mut self) -> io::Result<()> {
        self.server.stop()
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}
