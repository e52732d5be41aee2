use std::io::{self, Write};

use anstream::AutoStream;

use crate::{exit::Exit, failure::Failure};

/// Prints a text with colours to standard output, where they show if it is a terminal.
///
/// # Errors
/// If it cannot be written. That its reader has seen enough is no error.
pub(crate) fn print(text: &str) -> Result<Exit, Failure> {
    let mut stdout = AutoStream::auto(io::stdout().lock());
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(cause) if cause.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::unwritable(&"standard output", &cause))
        }
        _ => Ok(Exit::Success),
    }
}
