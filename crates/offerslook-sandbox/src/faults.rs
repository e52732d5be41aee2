mod active;
mod body;
mod document;
mod error;
mod fault;
mod instead;
mod layers;
mod probability;
mod rows;
mod rule;
mod status;
#[cfg(test)]
mod tests;
mod when;

pub(crate) use active::ActiveFaults;
pub use error::FaultsError;
pub(crate) use error::from_json;
pub use fault::Fault;
pub(crate) use layers::{apply, reset_connections};
pub use probability::Probability;
pub use rule::Rule;
use serde::{Deserialize, Serialize};
pub use status::Status;
pub use when::When;

use crate::byte_order_mark;

/// What goes wrong, and when: rules, and the seed that their probabilities draw from. The default has no
/// rule.
///
/// Rules apply in their order. One that answers in place of the work (see [`Fault`]) ends the list for its
/// call: the rules after it neither see nor count the call. One that changes the answer also changes what a
/// later rule answers. [`Fault::Reset`] comes before everything, the check of the credentials included, and
/// so is not part of that order.
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
#[serde(deny_unknown_fields, expecting = "a table with `seed` and `rules`")]
pub struct Faults {
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    rules: Vec<Rule>,
}

impl Faults {
    /// No rules yet, and a seed for those that have a probability.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self { seed, rules: Vec::new() }
    }

    /// Adds a rule after the others.
    #[must_use]
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// The seed that probabilities draw from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The rules, in the order in which they apply.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Reads a TOML file. [The crate's documentation](crate#faults) has an example.
    ///
    /// # Errors
    /// Text that is no TOML; unknown fields, kinds and routes; values that make no sense. The error names
    /// line, column and field.
    pub fn from_toml(text: &str) -> Result<Self, FaultsError> {
        let input = toml::Deserializer::parse(text).map_err(|error| FaultsError::toml(text, "", &error))?;
        serde_path_to_error::deserialize(input)
            .map_err(|error| FaultsError::toml(text, &error.path().to_string(), error.inner()))
    }

    /// Reads the same structure as JSON: `{"seed": 7, "rules": [{"fault": {"kind": "reset"}}]}`.
    ///
    /// # Errors
    /// As [`Faults::from_toml`].
    pub fn from_json(text: &str) -> Result<Self, FaultsError> {
        error::from_json(byte_order_mark::without(text).as_bytes())
    }
}
