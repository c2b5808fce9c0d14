//! A connection of the server, with or without TLS.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::{HandshakeKind, ServerConfig, ServerConnection, StreamOwned};

pub(super) enum Connection {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Connection {
    pub(super) fn new(socket: TcpStream, tls: Option<Arc<ServerConfig>>) -> io::Result<Self> {
        match tls {
            None => Ok(Self::Plain(socket)),
            Some(config) => {
                let session = ServerConnection::new(config).map_err(io::Error::other)?;
                Ok(Self::Tls(Box::new(StreamOwned::new(session, socket))))
            }
        }
    }

    /// Performs the TLS handshake, if any. Returns whether it resumed an earlier session.
    pub(super) fn handshake(&mut self) -> io::Result<bool> {
        let Self::Tls(stream) = self else {
            return Ok(false);
        };
        while stream.conn.is_handshaking() {
            if let Err(error) = stream.conn.complete_io(&mut stream.sock) {
                // Closing with unread input would reset the connection, and the client might miss the
                // alert.
                stream.sock.shutdown(Shutdown::Write)?;
                io::copy(&mut stream.sock, &mut io::sink())?;
                return Err(error);
            }
        }
        Ok(stream.conn.handshake_kind() == Some(HandshakeKind::Resumed))
    }

    /// Whether the client agreed to HTTP/2.
    pub(super) fn speaks_http2(&self) -> bool {
        matches!(self, Self::Tls(stream) if stream.conn.alpn_protocol() == Some(b"h2"))
    }

    /// Closes the connection in good order.
    pub(super) fn close(&mut self) -> io::Result<()> {
        if let Self::Tls(stream) = self {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        self.socket().shutdown(Shutdown::Both)
    }

    /// Makes dropping this value reset the connection.
    pub(super) fn reset_on_drop(&self) -> io::Result<()> {
        socket2::SockRef::from(self.socket()).set_linger(Some(Duration::ZERO))
    }

    fn socket(&self) -> &TcpStream {
        match self {
            Self::Plain(socket) => socket,
            Self::Tls(stream) => &stream.sock,
        }
    }
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(bytes),
            Self::Tls(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}
