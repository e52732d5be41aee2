use offerslook_core::{Account, BaseUrl, Credentials};
use offerslook_sandbox::{AffiliateStatus, Faults, OfferKind, Sandbox, SandboxConfig};

/// A sandbox for one case: a server that knows the API, with faults.
pub(crate) struct TestSandbox(Sandbox);

impl TestSandbox {
    pub(crate) fn start(config: SandboxConfig) -> Self {
        Self(Sandbox::start(config).unwrap())
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        self.0.set_faults(faults);
    }

    /// Returns how often each rule fired.
    pub(crate) fn fired(&self) -> Vec<u64> {
        self.0.fired()
    }

    /// Approves the affiliate for an offer, so that every list shows it.
    pub(crate) fn approve(&self, offer_id: u64) {
        self.0.set_affiliate_status(offer_id, AffiliateStatus::Approved);
    }

    pub(crate) fn account(&self) -> Account {
        let base_url: BaseUrl = self.0.base_url().parse().unwrap();
        Account::new(base_url, Credentials::affiliate(self.0.email(), self.0.api_key()).unwrap())
    }

    /// Returns the outcome that a job for tracking links has for this offer.
    pub(crate) fn outcome(&self, offer_id: u64) -> &'static str {
        match self.0.offer_kind(offer_id) {
            Some(OfferKind::Approved | OfferKind::Public) => "found",
            Some(OfferKind::NotApproved) => "no link",
            _ => "no row",
        }
    }

    /// Returns the number of calls that were not answered with status 200.
    pub(crate) fn rejections(&self) -> usize {
        self.0.arrivals().newest.iter().filter(|arrival| arrival.status != Some(200)).count()
    }

    /// Returns the number of calls that arrived.
    pub(crate) fn arrivals(&self) -> u64 {
        self.0.arrivals().total
    }
}
