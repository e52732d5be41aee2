/// The base URLs of an offer's links, and the affiliate that they count for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tracker {
    pub(super) click: &'static str,
    pub(super) impression: &'static str,
    pub(super) affiliate_id: u64,
}

/// The tracker of all offers but the documented ones.
pub(super) const SANDBOX: Tracker = Tracker {
    click: "https://click.sandbox.example/index.php",
    impression: "https://click.sandbox.example/impr.php",
    affiliate_id: 40,
};

impl Default for Tracker {
    fn default() -> Self {
        SANDBOX
    }
}

impl Tracker {
    pub(crate) fn link(&self, offer_id: u64) -> String {
        format!("{}?offer_id={offer_id}&aff_id={}", self.click, self.affiliate_id)
    }

    /// Returns the impression pixel of an offer: an HTML snippet, with the spaces and quotes of the service.
    pub(crate) fn impression_pixel(&self, offer_id: u64) -> String {
        format!(
            "<img src='{}?offer_id={offer_id}&aff_id={}'  border='0'  width='1'  height='1' />",
            self.impression, self.affiliate_id
        )
    }
}
