use clap::Args;
use offerslook_core::affiliate::offer_postbacks::{GetPostback, PostbackId};

use super::row::{COLUMNS, cells};
use crate::{
    commands::{command_options::CommandOptions, each::Each},
    context::Context,
    exit::Exit,
    failure::Failure,
};

#[derive(Args)]
pub(crate) struct ShowPostbacks {
    /// Postback ids
    #[arg(value_name = "ID", required = true)]
    ids: Vec<PostbackId>,

    #[command(flatten)]
    options: CommandOptions,
}

/// Shows postbacks, one call for each.
pub(super) fn run(command: &ShowPostbacks, context: &Context) -> Result<Exit, Failure> {
    let options = &command.options;
    options.output.chosen(&COLUMNS)?;
    let session = options.session(context, options.connection.builder()?)?;
    let writer = options.writer(&session, None, &COLUMNS, &COLUMNS, context)?;
    let mut each = Each::new(writer, ("postback", "postbacks"));
    for id in &command.ids {
        let result = session.client.run(session.client.jobs().call(&GetPostback::new(*id)))?.result();
        if !each.take(id, result.map(cells), &context.console)? {
            break;
        }
    }
    each.conclude(&context.console)
}
