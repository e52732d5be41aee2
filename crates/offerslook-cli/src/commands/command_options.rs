use std::path::Path;

use clap::Args;
use offerslook_core::job::OptionsBuilder;

use crate::{
    console::Console,
    context::Context,
    failure::Failure,
    options::{AccountOptions, ConnectionOptions, OutputOptions},
    output::{Inputs, Sink, Writer},
    session::Session,
};

/// The options of every command that calls the API and writes rows.
#[derive(Args)]
pub(crate) struct CommandOptions {
    #[command(flatten)]
    pub(crate) account: AccountOptions,
    #[command(flatten)]
    pub(crate) connection: ConnectionOptions,
    #[command(flatten)]
    pub(crate) output: OutputOptions,
}

impl CommandOptions {
    /// Finds the account and builds the client. Nothing is sent.
    ///
    /// # Errors
    /// If the account or the options are not valid.
    pub(crate) fn session(&self, context: &Context, options: OptionsBuilder) -> Result<Session, Failure> {
        Session::open(context, &self.account, &self.connection.call, options)
    }

    /// As [`CommandOptions::session`], without a look at the store of the quota.
    ///
    /// # Errors
    /// If the account or the options are not valid.
    pub(crate) fn prepare(&self, context: &Context, options: OptionsBuilder) -> Result<Session, Failure> {
        Session::prepare(context, &self.account, &self.connection.call, options)
    }

    /// Returns the files that the run reads, which none of its output may replace.
    pub(crate) fn inputs(&self, from: Option<&Path>, context: &Context) -> Inputs {
        Inputs::of_call(&self.account, &self.connection.call, context).and("--from", from)
    }

    /// Opens the output, so that it is known to work before anything is sent.
    ///
    /// # Errors
    /// If it cannot be written, or `--fields` names a column that there is not.
    pub(crate) fn writer(
        &self,
        session: &Session,
        inputs: &Inputs,
        columns: &[&'static str],
        in_table: &[&str],
        console: &Console,
    ) -> Result<Writer, Failure> {
        let sink = Sink::open(self.output.file.path(), inputs, session.interrupt())?;
        Writer::with_table_columns(sink, &self.output, columns, in_table, console)
    }
}
