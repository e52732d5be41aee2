use std::path::Path;

use clap::Args;
use offerslook_core::job::OptionsBuilder;

use crate::{
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
    pub(crate) fn session(&self, context: &Context, options: OptionsBuilder) -> Result<Session, Failure> {
        Session::open(context, &self.account, &self.connection.call, options)
    }

    /// Returns the files that the run reads, which none of its output may replace.
    pub(crate) fn inputs(&self, from: Option<&Path>, context: &Context) -> Inputs {
        Inputs::of_call(&self.account, &self.connection.call, context).and("--from", from)
    }

    /// Opens the output, so that it is known to work before anything is sent.
    pub(crate) fn writer(
        &self,
        session: &Session,
        from: Option<&Path>,
        columns: &[&'static str],
        in_table: &[&str],
        context: &Context,
    ) -> Result<Writer, Failure> {
        let sink = Sink::open(self.output.file.path(), &self.inputs(from, context), session.interrupt())?;
        Writer::new(sink, &self.output, columns, in_table, &context.console)
    }
}
