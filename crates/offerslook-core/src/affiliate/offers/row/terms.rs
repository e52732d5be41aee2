use crate::types::open::{integer_enum, string_enum};

string_enum! {
    /// What is paid for.
    pub enum PricingType {
        /// An action.
        Cpa = "CPA",
        /// An app installation.
        Cpi = "CPI",
        /// A lead.
        Cpl = "CPL",
        /// A thousand impressions.
        Cpm = "CPM",
        /// A click.
        Cpc = "CPC",
        /// A sale: a share of it.
        Cps = "CPS",
        /// An action, plus a share of the sale.
        CpaAndCps = "CPA+CPS",
    }
}

integer_enum! {
    /// Whether targets are included or excluded.
    pub enum TargetMode {
        /// Only the targets.
        Include = 1, "include",
        /// All but the targets.
        Exclude = 2, "exclude",
    }
}
