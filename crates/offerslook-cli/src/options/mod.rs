//! Options that several commands share, in groups. A command has the groups that mean something to it.

mod account;
mod connection;
mod console;
mod output;
mod quota_store;
pub(crate) mod values;

pub(crate) use account::AccountOptions;
pub(crate) use connection::{
    BatchOptions, CallOptions, ConcurrencyOptions, ConnectionOptions, TransportName,
};
pub(crate) use console::{ConsoleOptions, choose_colours};
pub(crate) use output::{FileOption, Format, OutputOptions};
pub(crate) use quota_store::{QuotaFallbackOption, QuotaStoreOptions};
