use std::{
    io::ErrorKind::{ConnectionAborted, ConnectionReset, UnexpectedEof},
    time::Duration,
};

use offerslook_core::{TransportError, TransportKind};
use ureq::{
    Error,
    unversioned::transport::{Buffers, NextTimeout, Transport, time},
};

/// A connection that reports when it breaks. ureq takes a broken connection for one that was closed, and so a truncated
/// body of unknown length for a complete one. Its timeouts are rounded up, so that few of them differ.
#[derive(Debug)]
pub(crate) struct Guarded(pub(super) Box<dyn Transport>);

impl Transport for Guarded {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, rounded_up(timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(rounded_up(timeout)).map_err(|error| match error {
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

/// The timeout in whole tenths of a second. The system is told one that has changed, which what is left of that of a call
/// does all the time.
fn rounded_up(timeout: NextTimeout) -> NextTimeout {
    let time::Duration::Exact(left) = timeout.after else { return timeout };
    let tenths = u64::try_from(left.as_nanos().div_ceil(100_000_000)).unwrap_or(u64::MAX);
    NextTimeout { after: Duration::from_millis(tenths.saturating_mul(100)).into(), ..timeout }
}
