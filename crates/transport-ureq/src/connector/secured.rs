use std::{
    fmt,
    io::{Read, Write},
};

use rustls::{ClientConnection, StreamOwned};
use ureq::{
    Error,
    unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport, TransportAdapter},
};

/// TLS over a connection.
pub(super) struct Secured {
    stream: StreamOwned<ClientConnection, TransportAdapter>,
    buffers: LazyBuffers,
}

impl Secured {
    pub(super) fn new(session: ClientConnection, stream: TransportAdapter, buffers: LazyBuffers) -> Self {
        Self { stream: StreamOwned::new(session, stream), buffers }
    }
}

impl Transport for Secured {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        Ok(self.stream.write_all(output)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let amount = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(amount);
        Ok(amount > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Secured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Secured").field(&self.stream.sock.inner()).finish()
    }
}
