use clap::Args;
use offerslook_core::{ApiKey, Credentials};
use secrecy::ExposeSecret;

use crate::{
    account::{self, KeySource, Sources},
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{AccountOptions, OutputOptions},
    output::{Cell, Inputs, Sink, Tone, Writer},
    worker::Worker,
};

#[derive(Args)]
pub(crate) struct ShowStatus {
    #[command(flatten)]
    account: AccountOptions,
    #[command(flatten)]
    output: OutputOptions,
}

const COLUMNS: &[&str] = &["setting", "status", "source", "problem"];

/// One part of the account: what it comes from, and what is wrong with it.
struct Part {
    setting: &'static str,
    source: Option<String>,
    problem: Option<String>,
}

/// Shows where each part comes from. Nothing is sent, and no value is shown.
pub(super) fn run(command: &ShowStatus, context: &Context) -> Result<Exit, Failure> {
    command.account.check_sandbox()?;
    let parts = if command.account.sandbox {
        ["address", "email", "api_key"].map(|setting| Part {
            setting,
            source: Some("the built-in sandbox".to_owned()),
            problem: None,
        })
    } else {
        let environment = context.environment()?;
        parts(account::sources(&command.account, environment, &context.console)?, &command.account)
    };
    let worker = Worker::start()?;
    let inputs = Inputs::of_account(&command.account, context);
    let sink = Sink::open(command.output.file.path(), &inputs, worker.interrupt())?;
    let mut writer = Writer::new(sink, &command.output, COLUMNS, COLUMNS, &context.console)?;
    let is_whole = parts.iter().all(|part| part.problem.is_none());
    for part in parts {
        writer.row(&part.cells(context))?;
    }
    writer.finish(true)?;
    Ok(if is_whole { Exit::Success } else { Exit::Usage })
}

fn parts(sources: Sources, options: &AccountOptions) -> [Part; 3] {
    let Sources { address, email, key, .. } = sources;
    let address = Part::new(
        "address",
        address
            .as_ref()
            .map(|address| (address.source().to_owned(), address.base_url(options.insecure_http).map(drop))),
        "give --network NAME, or set OFFERSLOOK_NETWORK, or run offerslook auth login",
    );
    let email = Part::new(
        "email",
        email.as_ref().map(|email| {
            // The key is none of this part's business.
            let check = Credentials::affiliate(&email.value, "key");
            (email.source.clone(), check.map(drop).map_err(|error| Failure::usage(error, "")))
        }),
        "give --email ADDRESS, or set OFFERSLOOK_EMAIL, or run offerslook auth login",
    );
    let key = Part::new(
        "api_key",
        key.as_ref().map(|key| (key.to_string(), check_key(key))),
        "give --api-key-file FILE, or set OFFERSLOOK_API_KEY, or run offerslook auth login",
    );
    [address, email, key]
}

fn check_key(source: &KeySource) -> Result<(), Failure> {
    // What comes by standard input is for the run that needs it.
    if matches!(source, KeySource::StandardInput) {
        return Ok(());
    }
    let key = source.read()?;
    key.expose_secret().parse::<ApiKey>().map(drop).map_err(|error| Failure::usage(error, ""))
}

impl Part {
    fn new(setting: &'static str, found: Option<(String, Result<(), Failure>)>, missing: &str) -> Self {
        match found {
            Some((source, check)) => {
                Self { setting, source: Some(source), problem: check.err().map(|failure| failure.what) }
            }
            None => Self { setting, source: None, problem: Some(missing.to_owned()) },
        }
    }

    fn cells(self, context: &Context) -> Vec<Cell<'static>> {
        let status = match (&self.source, &self.problem) {
            (Some(_), None) => Cell::Word("set".into(), Tone::Good),
            (Some(_), Some(_)) => Cell::Word("invalid".into(), Tone::Bad),
            (None, _) => Cell::Word("missing".into(), Tone::Doubtful),
        };
        let safe = |text: Option<String>| Cell::text(text.map(|text| context.console.safe(&text)));
        vec![Cell::Text(self.setting.into()), status, safe(self.source), safe(self.problem)]
    }
}
