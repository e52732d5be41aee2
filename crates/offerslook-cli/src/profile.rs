//! Profiles: accounts that are kept in `config.toml`.

use crate::{
    account::{Environment, Layer},
    console::Console,
    failure::Failure,
};

/// Returns what the chosen profile says about the account: nothing if none is chosen.
///
/// # Errors
/// If there is no such profile.
pub(crate) fn layer(
    option: Option<&str>,
    environment: &Environment,
    _console: &Console,
) -> Result<Layer, Failure> {
    match option.or(environment.profile.as_deref()) {
        None => Ok(Layer::default()),
        Some(name) => Err(Failure::usage(
            format_args!("there is no profile {name:?}"),
            "Name the account with options or variables instead.",
        )),
    }
}
