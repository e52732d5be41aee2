use std::{fmt, io, sync::Arc};

use crate::{
    Arrivals, OfferKind, SandboxConfig, Standing, applications::Applications, routes, server::Server,
    service::Service,
};

/// A running stand-in for the service. Dropping it stops it, as [`Sandbox::stop`] does.
pub struct Sandbox {
    server: Server,
    service: Arc<Service>,
    base_url: String,
}

impl Sandbox {
    /// Starts a server on a free port of 127.0.0.1. It answers as soon as this returns.
    ///
    /// # Errors
    /// `InvalidInput` for an account that HTTP Basic cannot carry (see [`SandboxConfig::email`] and
    /// [`SandboxConfig::api_key`]), for a network that no host can name ([`SandboxConfig::network`]), for offers that
    /// cannot be used, with the place in their file, and for more offers than [`SandboxConfig::MOST_OFFERS`]; otherwise what
    /// the system said of a file that cannot be read, of the socket or of the thread.
    pub fn start(config: SandboxConfig) -> io::Result<Self> {
        let service = Arc::new(Service::new(config)?);
        let server = Server::start(routes::router(Arc::clone(&service)))?;
        let base_url = format!("http://{}", server.address());
        Ok(Self { server, service, base_url })
    }

    /// Where it listens, as `http://127.0.0.1:PORT`, without a trailing slash.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
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

    /// Changes how the affiliate stands to an offer, from the next answer on, and gives back how it stood before; `None`
    /// for an unknown offer, of which nothing is kept.
    pub fn set_standing(&self, offer_id: u64, standing: Standing) -> Option<Standing> {
        let (before, _) = self.service.offers.change_standing(offer_id, |_| standing)?;
        Some(before)
    }

    /// Approves the application for an offer, if it is pending, from the next answer on. Gives back how the affiliate
    /// stands to the offer then; `None` for an unknown offer.
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

    /// Stops it: closes the listener and every open connection, answered or not, and waits for its thread to end, for ten
    /// seconds at most.
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
