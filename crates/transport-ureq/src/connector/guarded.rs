use std::io::ErrorKind::{ConnectionAborted, ConnectionReset, UnexpectedEof};

use offerslook_core::{TransportError, TransportKind};
use ureq::{
    Error,
    unversioned::transport::{Buffers, NextTimeout, Transport},
};

/// A connection that reports when it breaks. ureq takes a broken connection for one that was closed, and so a truncated
/// body of unknown length for a complete one.
#[derive(Debug)]
pub(crate) struct Guarded(pub(super) Box<dyn Transport>);

impl Transport for Guarded {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            Error::Io(cause)
                if matches!(cause.kind(), ConnectionAborted | ConnectionReset | UnexpectedEof) =>
            {
                let interrupted = TransportError::from(TransportKind::Interrupted);
                Error::Other(Box::new(interrupted.with_source(cause)))
            }
            other => other,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
