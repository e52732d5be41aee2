use offerslook_core::{Account, BaseUrl, Credentials, Settings, affiliate::batches::GetTrackingLinks};
use offerslook_sandbox::{AffiliateStatus, Fault, Faults, OfferKind, Rule, Sandbox, SandboxConfig};

use crate::{any_transport::AnyTransport, expect::Outcome, fixtures::options};

/// A sandbox for one case: a server that knows the API, with faults.
pub(crate) struct TestSandbox(Sandbox);

impl TestSandbox {
    pub(crate) fn start(config: SandboxConfig) -> Self {
        Self(Sandbox::start(config).unwrap())
    }

    /// A sandbox with this fault in every call.
    pub(crate) fn with_fault(config: SandboxConfig, fault: Fault) -> Self {
        Self::start(config.faults(Faults::default().rule(Rule::new(fault))))
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

    /// Requests the tracking links of the two documented offers once, trusting the authority of the sandbox.
    pub(crate) fn call(&self, transport: &dyn AnyTransport, mut settings: Settings) -> Outcome {
        let authority = self.0.certificate_authority().map(|pem| pem.to_owned().into());
        settings.root_certificates.extend(authority);
        let account = self.account();
        let request = account.request(&GetTrackingLinks::new("16,102".parse().unwrap())).unwrap();
        transport.client(account, options(settings)).unwrap().execute(request)
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

    /// Fails the test if another number of calls arrived.
    #[track_caller]
    pub(crate) fn expect_arrivals(&self, calls: u64) {
        assert_eq!(self.arrivals(), calls, "the number of calls that arrived (left: what came)");
    }
}
