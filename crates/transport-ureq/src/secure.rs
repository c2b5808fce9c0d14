//! TLS on a connection.
//!
//! This replaces the TLS of ureq, which rebuilds its configuration for requests with options and panics
//! if the client certificate cannot be used.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;

use intercom_core::transport::guard;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use ureq::unversioned::transport::{
    Buffers, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

use crate::tcp::Tcp;

/// A connection with TLS.
pub(crate) struct Tls {
    stream: StreamOwned<ClientConnection, TransportAdapter<Tcp>>,
    buffers: LazyBuffers,
}

impl Tls {
    /// Performs the handshake, within the deadline of the connection.
    pub(crate) fn handshake(
        config: &Arc<ClientConfig>,
        host: &str,
        mut connection: TransportAdapter<Tcp>,
        buffer: usize,
    ) -> Result<Self, ureq::Error> {
        let name = ServerName::try_from(guard::bare(host).to_owned())
            .map_err(|error| ureq::Error::Other(error.into()))?;
        let mut session = ClientConnection::new(Arc::clone(config), name)
            .map_err(|error| ureq::Error::Other(error.into()))?;
        while session.is_handshaking() {
            session.complete_io(&mut connection)?;
        }
        Ok(Self {
            stream: StreamOwned::new(session, connection),
            buffers: LazyBuffers::new(buffer, buffer),
        })
    }
}

impl Transport for Tls {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.stream.sock.set_timeout(timeout);
        let count = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(count);
        Ok(count > 0)
    }

    /// Whether the server has neither closed it nor sent anything that was not asked for.
    fn is_open(&mut self) -> bool {
        let decrypted = self.stream.conn.reader().into_first_chunk();
        let is_quiet = decrypted.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock);
        is_quiet && self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}
