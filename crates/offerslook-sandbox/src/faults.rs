mod active;
mod apply;
mod body;
mod call;
mod document;
mod error;
mod fault;
mod json;
mod probability;
mod replacement_response;
mod rule;
mod status;
mod when;

pub(crate) use active::ActiveFaults;
pub(crate) use apply::{apply, reset_connection};
pub use error::FaultsError;
pub(crate) use error::from_json;
pub use fault::Fault;
pub use probability::Probability;
pub use rule::Rule;
use serde::{Deserialize, Serialize};
pub use status::Status;
pub use when::When;

use crate::{Route, custom_routes::CustomRoutes, text::strip_byte_order_mark};

/// The faults of a sandbox: rules, and the seed of their probabilities. The default has no rules.
///
/// Rules apply in their order. A fault that replaces the response (see [`Fault`]) ends the list for its call:
/// the rules after it neither see nor count the call, and the rules before it change its response.
/// [`Fault::Reset`] is not part of that order: it comes before everything, even before the check of the
/// credentials.
///
/// ```
/// use offerslook_sandbox::{Fault, Faults, Route, Rule};
///
/// let faults = Faults::seeded(7)
///     .rule(Rule::new(Fault::RateLimited { retry_after: Some(3) }).on(Route::GetTrackingLinks).calls([1, 2]))
///     .rule(Rule::new(Fault::DuplicateRows).with_probability(0.05));
/// assert_eq!(faults.rules().len(), 2);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[must_use]
#[serde(deny_unknown_fields, expecting = "a table with `seed` and `rules`")]
pub struct Faults {
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    rules: Vec<Rule>,
}

impl Faults {
    /// Creates an empty list, with the seed for probabilistic rules.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, rules: Vec::new() }
    }

    /// Adds a rule after the others.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Returns the rules, in the order in which they apply.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Returns the first route of a rule that the sandbox does not have.
    pub(crate) fn unknown_route(&self, routes: &CustomRoutes) -> Option<&Route> {
        self.rules.iter().filter_map(Rule::route).find(|route| !routes.has(route))
    }

    /// Parses a TOML file. [The documentation of the crate](crate#faults) has an example.
    ///
    /// # Errors
    /// Text that is not TOML; unknown fields, kinds and routes; invalid values. The error names line, column
    /// and field.
    pub fn from_toml(text: &str) -> Result<Self, FaultsError> {
        let input = toml::Deserializer::parse(text).map_err(|error| FaultsError::toml(text, "", &error))?;
        serde_path_to_error::deserialize(input)
            .map_err(|error| FaultsError::toml(text, &error.path().to_string(), error.inner()))
    }

    /// Parses the same structure as JSON: `{"seed": 7, "rules": [{"fault": {"kind": "reset"}}]}`.
    ///
    /// # Errors
    /// The same as those of [`Faults::from_toml`], and text that is not JSON.
    pub fn from_json(text: &str) -> Result<Self, FaultsError> {
        error::from_json(strip_byte_order_mark(text).as_bytes())
    }
}
