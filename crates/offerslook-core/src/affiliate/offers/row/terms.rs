use crate::types::open::{integer_enum, string_enum};

string_enum! {
    /// What is paid for.
    pub enum PricingType {
        /// An action.
        Cpa = "CPA",
        /// An installation.
        Cpi = "CPI",
        /// A lead.
        Cpl = "CPL",
        /// A thousand impressions.
        Cpm = "CPM",
        /// A click.
        Cpc = "CPC",
        /// A sale, by a share of it.
        Cps = "CPS",
        /// An action, and a share of the sale.
        CpaAndCps = "CPA+CPS",
    }
}

integer_enum! {
    /// How conversions are told to the network.
    pub enum ConversionProtocol {
        /// By an image that the visitor's browser loads.
        ImagePixel = 1,
        /// By a URL that a server calls.
        PostbackUrl = 2,
        /// By HTML, such as a frame, in the page that the visitor sees.
        HtmlPixel = 3,
    }
}

integer_enum! {
    /// Whether an offer is for the targets, or for all but them.
    pub enum TargetMode {
        /// For the targets.
        Include = 1,
        /// For all but the targets.
        Exclude = 2,
    }
}
