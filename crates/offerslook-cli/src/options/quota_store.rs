#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::path::PathBuf;

use clap::Args;
use offerslook_core::job::Fallback;

use super::values;

/// The Redis server that keeps the rate limit for many programs.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Connection")]
pub(crate) struct QuotaStoreOptions {
    /// Redis server that keeps the rate limit for many programs; --quota-store-password-file FILE
    /// holds its password
    #[arg(long, value_name = "URL")]
    pub(crate) quota_store: Option<String>,

    // Its name alone would be as wide as the column of names in the help, which every line would have to make room for.
    /// Read the password of that server from this file [env: OFFERSLOOK_QUOTA_STORE_PASSWORD_FILE]
    #[arg(long, value_name = "FILE", hide = true)]
    pub(crate) quota_store_password_file: Option<PathBuf>,
}

/// What to do without the Redis server.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Connection")]
pub(crate) struct QuotaFallbackOption {
    /// If that server is lost: wait, or local=N/SECONDS [default: wait]
    #[arg(long, value_name = "HOW", value_parser = values::fallback)]
    pub(crate) quota_fallback: Option<Fallback>,
}
