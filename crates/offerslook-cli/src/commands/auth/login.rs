#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::io::{self, IsTerminal, stderr, stdin};

use clap::Args;
use dialoguer::{Input, Password};
use offerslook_core::Credentials;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    account::{
        Address, KeySource, Named, at_most_one,
        profile::{Choice, ConfigFile, Profile},
    },
    context::Context,
    environment::{self, Environment},
    exit::Exit,
    failure::Failure,
};

#[derive(Args)]
#[command(next_help_heading = "Account")]
pub(crate) struct Login {
    /// Name of the network: acme of acme.api.offerslook.com
    #[arg(long, value_name = "NAME")]
    network: Option<String>,

    /// API domain of a network on any other host
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,

    /// E-mail address that you log in with
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,

    /// Read the API key from standard input, instead of asking for it
    #[arg(long)]
    api_key_stdin: bool,

    /// Name of the profile [default: default] [env: OFFERSLOOK_PROFILE]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,

    /// Allow a base URL with plain http, which exposes the API key to the network
    #[arg(long)]
    insecure_http: bool,
}

/// Asks for what is missing, checks it, and stores the profile. Nothing is sent.
/// Fails if a part is missing without a terminal to ask on, or is not valid, or the file cannot be written.
pub(super) fn run(command: &Login, context: &Context) -> Result<Exit, Failure> {
    let environment = context.environment()?;
    let choice = Choice::new(command.profile.as_deref(), environment);
    check_name(choice.name)?;
    let mut config = ConfigFile::require(environment)?;
    let before = config.profile(choice.name)?.unwrap_or_default();
    let (address, email, key) = command.parts(before)?;
    context.console.hide_account(&email.value, key.expose_secret());
    address.base_url(command.insecure_http)?;
    Credentials::affiliate(&email.value, key.expose_secret())
        .map_err(|error| Failure::usage(error, "Nothing was stored."))?;
    let (network, base_url) = match address {
        Address::Network(Named { value, .. }) => (Some(value), None),
        Address::BaseUrl(Named { value, .. }) => (None, Some(value)),
    };
    let trimmed = |text: &str| Some(text.trim().to_owned());
    let profile = Profile {
        network: network.as_deref().and_then(trimmed),
        base_url: base_url.as_deref().and_then(trimmed),
        email: trimmed(&email.value),
        api_key: trimmed(key.expose_secret()),
        ..Profile::default()
    };
    config.set(choice.name, profile)?;
    config.save()?;
    tell(context, environment, &choice, &config);
    Ok(Exit::Success)
}

impl Login {
    /// Takes each part from the options, else from the profile that is there already, else from the terminal.
    fn parts(&self, before: Profile) -> Result<(Address, Named, SecretString), Failure> {
        let named = |source: &str, value: Option<String>| {
            value.map(|value| Named { source: source.to_owned(), value })
        };
        let address = at_most_one(
            ("--network", named("--network", self.network.clone()).map(Address::Network)),
            ("--base-url", named("--base-url", self.base_url.clone()).map(Address::BaseUrl)),
        )?
        .or(named("the network of the profile", before.network).map(Address::Network))
        .or(named("the base URL of the profile", before.base_url).map(Address::BaseUrl));
        let email =
            named("--email", self.email.clone()).or(named("the e-mail address of the profile", before.email));
        self.check_terminal(address.is_none(), email.is_none())?;
        let address = match address {
            Some(address) => address,
            None => Address::of_answer(ask("Network, or base URL of the API")?),
        };
        let email = match email {
            Some(email) => email,
            None => Named {
                source: "the e-mail address".to_owned(),
                value: ask("E-mail address that you log in with")?,
            },
        };
        let key = if self.api_key_stdin { KeySource::StandardInput.read()? } else { ask_key()? };
        Ok((address, email, key))
    }

    /// Refuses to ask where nobody can answer.
    fn check_terminal(&self, needs_address: bool, needs_email: bool) -> Result<(), Failure> {
        let needed = [
            (needs_address, "--network NAME"),
            (needs_email, "--email ADDRESS"),
            (!self.api_key_stdin, "--api-key-stdin"),
        ];
        let missing: Vec<_> =
            needed.iter().filter(|(is_needed, _)| *is_needed).map(|(_, name)| *name).collect();
        // What is piped in is the key alone.
        if missing.is_empty() || (stdin().is_terminal() && stderr().is_terminal()) {
            return Ok(());
        }
        Err(Failure::usage(
            "there is no terminal to ask for the account on",
            format!("Give {}.", missing.join(", ")),
        ))
    }
}

impl Address {
    fn of_answer(value: String) -> Self {
        let named = |source: &str, value| Named { source: source.to_owned(), value };
        if value.contains("://") {
            Self::BaseUrl(named("the base URL", value))
        } else {
            Self::Network(named("the network", value))
        }
    }
}

fn ask(question: &str) -> Result<String, Failure> {
    Input::new().with_prompt(question).interact_text().map_err(unanswered)
}

/// Asks without showing what is typed.
fn ask_key() -> Result<SecretString, Failure> {
    Password::new().with_prompt("API key (not shown)").interact().map(Into::into).map_err(unanswered)
}

#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` passes")]
fn unanswered(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(cause) = error;
    if cause.kind() == io::ErrorKind::Interrupted {
        return Failure::new(Exit::Interrupted, "interrupted; nothing was stored", "");
    }
    Failure::not_possible("ask on the terminal", &cause)
}

/// The name may be something else by mistake, and is not repeated.
fn check_name(name: &str) -> Result<(), Failure> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if (1..=64).contains(&name.len()) && name.chars().all(is_plain) {
        return Ok(());
    }
    Err(Failure::usage(
        "this is not a name for a profile",
        "Use 1 to 64 letters, digits, hyphens, underscores and dots.",
    ))
}

/// Says where the profile is, and what still beats it.
fn tell(context: &Context, environment: &Environment, choice: &Choice<'_>, config: &ConfigFile) {
    context.console.summary(format_args!(
        "profile {:?} is stored in {}; offerslook doctor checks it",
        choice.name,
        config.path().display()
    ));
    let set = [
        (environment::NETWORK, environment.network.is_some()),
        (environment::BASE_URL, environment.base_url.is_some()),
        (environment::EMAIL, environment.email.is_some()),
        (environment::API_KEY, environment.api_key.is_some()),
        (environment::API_KEY_FILE, environment.api_key_file.is_some()),
    ];
    let set: Vec<_> = set.iter().filter(|(_, is_set)| *is_set).map(|(name, _)| *name).collect();
    if !set.is_empty() {
        context.console.warning(format_args!("the environment beats the profile: unset {}", set.join(", ")));
    }
}
