/// What this transport does differently, and why: cases of the conformance suite.
pub const DEVIATIONS: &[(&str, &str)] = &[("proxies: *", "the transport leaves out proxies")];
