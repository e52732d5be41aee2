use clap::Args;
use offerslook_core::affiliate::offer_postbacks::{GetPostback, PostbackId};

use super::row::{COLUMNS, cells};
use crate::{
    commands::each::Each,
    context::Context,
    exit::Exit,
    failure::Failure,
    options::{AccountOptions, ConnectionOptions, OutputOptions},
    output::{Inputs, Sink, Writer},
    session::Session,
};

#[derive(Args)]
pub(super) struct ShowPostbacks {
    /// Postback ids
    #[arg(value_name = "ID", required = true)]
    ids: Vec<PostbackId>,

    #[command(flatten)]
    account: AccountOptions,
    #[command(flatten)]
    connection: ConnectionOptions,
    #[command(flatten)]
    output: OutputOptions,
}

/// Shows postbacks, one call for each.
///
/// # Errors
/// If none can be shown, or the output cannot be written.
pub(super) fn run(command: &ShowPostbacks, context: &Context) -> Result<Exit, Failure> {
    command.output.chosen(&COLUMNS)?;
    let session =
        Session::open(context, &command.account, &command.connection.call, command.connection.builder()?)?;
    let inputs = Inputs::of_call(&command.account, &command.connection.call, context);
    let sink = Sink::open(command.output.file.path(), &inputs, session.interrupt())?;
    let mut each = Each::new(Writer::new(sink, &command.output, &COLUMNS)?, ("postback", "postbacks"));
    for id in &command.ids {
        let result = session.client.run(session.client.jobs().call(&GetPostback::new(*id)))?.result();
        if !each.take(id, result.map(cells), &context.console)? {
            break;
        }
    }
    each.conclude(&context.console)
}
