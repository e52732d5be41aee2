use std::{
    ffi::OsStr,
    fmt::Display,
    fs::File,
    io::{self, Read},
    path::Path,
};

use offerslook_core::{Account, ApiKey, BaseUrl, Credentials, Network, types::Secrets};
use offerslook_sandbox::Sandbox;
use secrecy::{ExposeSecret, SecretString};

use crate::{
    cli::AccountArgs,
    environment::{self, Environment},
    failure::Failure,
};

/// The account that the options and the environment name: an option beats a variable, and one kind of
/// option beats the other kind of variable.
///
/// # Errors
/// Where something is missing, named twice, or not valid.
pub(crate) fn resolve(
    args: &AccountArgs,
    environment: &Environment,
    secrets: &mut Secrets,
) -> Result<Account, Failure> {
    let place = Place::choose(args, environment)?;
    let email = args
        .email
        .as_deref()
        .map(|email| ("--email", email))
        .or(environment.email.as_deref().map(|email| (environment::EMAIL, email)));
    let key = KeySource::choose(args, environment)?;
    let (Some(place), Some((email_name, email)), Some(key)) = (&place, email, &key) else {
        return Err(missing(place.is_none(), email.is_none(), key.is_none()));
    };
    let base_url = place.base_url()?;
    let secret = key.read()?;
    secrets.hide_account(email, secret.expose_secret());
    let key: ApiKey = secret.expose_secret().parse().map_err(|error| at_fault(key, error))?;
    let credentials = Credentials::with_key(email, key).map_err(|error| at_fault(email_name, error))?;
    Ok(Account::new(base_url, credentials))
}

/// The account of the stand-in.
///
/// # Errors
/// Where it is not valid, which is a fault of the program.
pub(crate) fn of_sandbox(sandbox: &Sandbox, secrets: &mut Secrets) -> Result<Account, Failure> {
    let broken = |cause: &dyn Display| {
        Failure::other(
            format_args!("the sandbox's account: {cause}"),
            "Report this: the program is at fault.",
        )
    };
    secrets.hide_account(sandbox.email(), sandbox.api_key());
    let base_url: BaseUrl = sandbox.base_url().parse().map_err(|cause| broken(&cause))?;
    let credentials =
        Credentials::affiliate(sandbox.email(), sandbox.api_key()).map_err(|cause| broken(&cause))?;
    Ok(Account::new(base_url, credentials))
}

/// The stand-in has one account, its own.
///
/// # Errors
/// Where an option names another one.
pub(crate) fn forbid_beside_sandbox(args: &AccountArgs) -> Result<(), Failure> {
    let given = [
        ("--network", args.network.is_some()),
        ("--base-url", args.base_url.is_some()),
        ("--email", args.email.is_some()),
        ("--api-key-file", args.api_key_file.is_some()),
        ("--api-key-stdin", args.api_key_stdin),
    ];
    match given.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((option, _)) => Err(Failure::usage(
            format_args!("the sandbox brings its own account, so {option} cannot stand beside it"),
            "Leave one of them out.",
        )),
    }
}

/// Where the calls go, and what said so.
enum Place<'given> {
    Network(&'static str, &'given str),
    BaseUrl(&'static str, &'given str),
}

impl<'given> Place<'given> {
    fn choose(args: &'given AccountArgs, environment: &'given Environment) -> Result<Option<Self>, Failure> {
        let by_option = at_most_one(
            ("--network", args.network.as_deref()),
            ("--base-url", args.base_url.as_deref()),
            Self::Network,
            Self::BaseUrl,
        )?;
        if by_option.is_some() {
            return Ok(by_option);
        }
        at_most_one(
            (environment::NETWORK, environment.network.as_deref()),
            (environment::BASE_URL, environment.base_url.as_deref()),
            Self::Network,
            Self::BaseUrl,
        )
    }

    fn base_url(&self) -> Result<BaseUrl, Failure> {
        match self {
            Self::Network(name, text) => {
                text.parse::<Network>().map(BaseUrl::from).map_err(|error| at_fault(name, error))
            }
            Self::BaseUrl(name, text) => {
                text.parse().map_err(|error: offerslook_core::BaseUrlError| at_fault(name, error))
            }
        }
    }
}

/// What holds the API key.
enum KeySource<'given> {
    File(&'static str, &'given Path),
    StandardInput,
    Variable(&'given str),
}

impl<'given> KeySource<'given> {
    fn choose(args: &'given AccountArgs, environment: &'given Environment) -> Result<Option<Self>, Failure> {
        let by_option = at_most_one(
            ("--api-key-file", args.api_key_file.as_deref()),
            ("--api-key-stdin", args.api_key_stdin.then_some(())),
            Self::File,
            |_, ()| Self::StandardInput,
        )?;
        if by_option.is_some() {
            return Ok(by_option);
        }
        at_most_one(
            (environment::API_KEY, environment.api_key.as_deref()),
            (environment::API_KEY_FILE, environment.api_key_file.as_deref()),
            |_, key| Self::Variable(key),
            |name, path: &OsStr| Self::File(name, Path::new(path)),
        )
    }

    fn read(&self) -> Result<SecretString, Failure> {
        let unreadable = |cause| Failure::unreadable(self, &cause);
        match self {
            Self::File(_, path) => File::open(path).and_then(read_key).map_err(unreadable),
            Self::StandardInput => read_key(io::stdin().lock()).map_err(unreadable),
            Self::Variable(key) => Ok((*key).into()),
        }
    }
}

impl Display for KeySource<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            // By what names it, since what is taken for its path may be the key itself.
            Self::File(name, _) => write!(f, "the file that {name} names"),
            Self::StandardInput => f.write_str("standard input"),
            Self::Variable(_) => f.write_str(environment::API_KEY),
        }
    }
}

fn read_key(source: impl Read) -> io::Result<SecretString> {
    const LARGEST: u64 = 64 * 1024;
    let mut text = String::new();
    source.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() > 64 * 1024 {
        return Err(io::Error::other("it is too large to be an API key"));
    }
    Ok(text.into())
}

/// Two ways to say one thing, of which one may be used at a time.
fn at_most_one<A, B, T>(
    (a_name, a): (&'static str, Option<A>),
    (b_name, b): (&'static str, Option<B>),
    from_a: impl FnOnce(&'static str, A) -> T,
    from_b: impl FnOnce(&'static str, B) -> T,
) -> Result<Option<T>, Failure> {
    match (a, b) {
        (Some(_), Some(_)) => Err(Failure::usage(
            format_args!("{a_name} and {b_name} are both given, and say the same thing in two ways"),
            "Leave one of them out.",
        )),
        (Some(a), None) => Ok(Some(from_a(a_name, a))),
        (None, Some(b)) => Ok(Some(from_b(b_name, b))),
        (None, None) => Ok(None),
    }
}

fn at_fault(source: impl Display, error: impl Display) -> Failure {
    Failure::usage(format_args!("{source}: {error}"), "")
}

fn missing(place: bool, email: bool, key: bool) -> Failure {
    let parts = [
        (place, "the network", "--network NAME (or --base-url URL)", environment::NETWORK),
        (email, "the e-mail address", "--email ADDRESS", environment::EMAIL),
        (key, "the API key", "--api-key-file FILE", environment::API_KEY),
    ];
    let missing = || parts.iter().filter(|(missing, ..)| *missing);
    Failure::usage(
        format_args!("the account is not known: {} missing", listed(missing().map(|part| part.1), true)),
        format!(
            "Give {}, or set {}; or try --sandbox, which needs no account.",
            listed(missing().map(|part| part.2), false),
            listed(missing().map(|part| part.3), false),
        ),
    )
}

/// `a`, `a and b`, `a, b and c`; with a verb that fits, if wanted.
fn listed<'text>(parts: impl Iterator<Item = &'text str>, verb: bool) -> String {
    let parts: Vec<_> = parts.collect();
    let list = match parts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    };
    match (verb, parts.len()) {
        (true, 1) => list + " is",
        (true, _) => list + " are",
        (false, _) => list,
    }
}
