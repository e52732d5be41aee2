#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::path::PathBuf;

use clap::Args;

use crate::failure::Failure;

/// Which account to use.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Account")]
pub(crate) struct AccountOptions {
    /// Name of the network: acme of acme.api.offerslook.com [env: OFFERSLOOK_NETWORK]
    #[arg(long, value_name = "NAME")]
    pub(crate) network: Option<String>,

    /// API domain of a network on any other host [env: OFFERSLOOK_BASE_URL]
    #[arg(long, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Use the built-in sandbox, with its own account, instead of the real service
    #[arg(long)]
    pub(crate) sandbox: bool,

    /// Use the account of this profile [env: OFFERSLOOK_PROFILE]
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// E-mail address that you log in with [env: OFFERSLOOK_EMAIL]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,

    /// Read the API key from this file [env: OFFERSLOOK_API_KEY_FILE, or OFFERSLOOK_API_KEY for the key]
    #[arg(long, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Read the API key from standard input
    #[arg(long)]
    pub(crate) api_key_stdin: bool,

    /// Allow a base URL with plain http, which exposes the API key to the network
    #[arg(long)]
    pub(crate) insecure_http: bool,
}

impl AccountOptions {
    /// Refuses options that name an account beside `--sandbox`, which brings its own.
    pub(crate) fn check_sandbox(&self) -> Result<(), Failure> {
        let given = [
            ("--network", self.network.is_some()),
            ("--base-url", self.base_url.is_some()),
            ("--profile", self.profile.is_some()),
            ("--email", self.email.is_some()),
            ("--api-key-file", self.api_key_file.is_some()),
            ("--api-key-stdin", self.api_key_stdin),
            ("--insecure-http", self.insecure_http),
        ];
        match given.iter().find(|(_, given)| self.sandbox && *given) {
            None => Ok(()),
            Some((option, _)) => Err(Failure::usage(
                format_args!("{option} cannot be used with --sandbox, which brings its own account"),
                "Leave one of them out.",
            )),
        }
    }
}
