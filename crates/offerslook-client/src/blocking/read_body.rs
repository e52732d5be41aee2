use std::{
    io::{self, Read},
    time::Instant,
};

use offerslook_core::{
    Response, TransportError,
    transport::{BodyReader, Exchange},
};

/// Reads the body of a response to its end.
///
/// `began` is when the exchange began. Between two reads the exchange's timeout is checked, so that an endless body ends
/// even where the library resets its own timeout with every read. `classify` translates the library's errors.
///
/// # Errors
/// Those of [`BodyReader`], of `classify`, and [`Exchange::timed_out`].
pub fn read_body(
    exchange: &Exchange,
    began: Instant,
    mut body: BodyReader,
    mut source: impl Read,
    classify: impl FnOnce(io::Error) -> TransportError,
) -> Result<Response, TransportError> {
    let mut piece = vec![0; 16 * 1024];
    loop {
        let read = source.read(&mut piece);
        // Some libraries end a call that takes too long by closing its connection, which looks like another error.
        if began.elapsed() >= exchange.timeout() && !matches!(read, Ok(0)) {
            return Err(exchange.timed_out());
        }
        match read {
            Ok(0) => return body.finish(),
            Ok(length) => body.push(piece.get(..length).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(classify(error)),
        }
    }
}
