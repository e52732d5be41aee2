//! Calls to the sandbox: a server that knows the API, and makes the faults that it is told to make.

use offerslook_core::{
    Account, BaseUrl, Credentials, Response, Settings, TransportError, affiliate::batches::GetTrackingLinks,
};
use offerslook_sandbox::{AffiliateStatus, Fault, Faults, Rule, Sandbox, SandboxConfig};

use crate::{Adapter, given::options};

/// A sandbox for one case.
pub(crate) struct Sandboxed(Sandbox);

impl Sandboxed {
    pub(crate) fn start(config: SandboxConfig) -> Self {
        Self(Sandbox::start(config).unwrap())
    }

    /// One in which this goes wrong at every call.
    pub(crate) fn with_fault(config: SandboxConfig, fault: Fault) -> Self {
        Self::start(config.faults(Faults::default().rule(Rule::new(fault))))
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        self.0.set_faults(faults);
    }

    /// How often each rule changed something for a client.
    pub(crate) fn fired(&self) -> Vec<u64> {
        self.0.fired()
    }

    /// Approves the affiliate for an offer, and so hides it from no list.
    pub(crate) fn approve(&self, offer_id: u64) {
        self.0.set_affiliate_status(offer_id, AffiliateStatus::Approved);
    }

    pub(crate) fn account(&self) -> Account {
        let base_url: BaseUrl = self.0.base_url().parse().unwrap();
        Account::new(base_url, Credentials::affiliate(self.0.email(), self.0.api_key()).unwrap())
    }

    /// Asks once for the links of the two documented offers, with these settings and trust in the sandbox's authority.
    pub(crate) fn call(&self, adapter: &dyn Adapter, settings: Settings) -> Result<Response, TransportError> {
        let mut settings = settings;
        let authority = self.0.certificate_authority().map(|pem| pem.to_owned().into());
        settings.root_certificates.extend(authority);
        let account = self.account();
        let request = account.request(&GetTrackingLinks::new("16,102".parse().unwrap())).unwrap();
        adapter.client(account, options(settings)).unwrap().execute(request)
    }

    /// Fails the test where another number of calls has arrived.
    #[track_caller]
    pub(crate) fn was_called(&self, times: u64) {
        assert_eq!(self.0.arrivals().total, times, "calls that arrived");
    }
}
