//! A TCP connection that the pool can look at while hyper owns it.

use std::io;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::{Connected, Connection};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// A TCP connection, in two halves so that a [`Peephole`] can share one of them.
#[derive(Debug)]
pub(crate) struct Socket {
    read: OwnedReadHalf,
    write: Arc<Mutex<OwnedWriteHalf>>,
}

/// Looks at a socket without keeping it open.
#[derive(Debug, Clone)]
pub(crate) struct Peephole(Weak<Mutex<OwnedWriteHalf>>);

impl Socket {
    pub(crate) fn new(stream: TcpStream) -> Self {
        let (read, write) = stream.into_split();
        Self {
            read,
            write: Arc::new(Mutex::new(write)),
        }
    }

    pub(crate) fn peephole(&self) -> Peephole {
        Peephole(Arc::downgrade(&self.write))
    }

    fn write(&self) -> MutexGuard<'_, OwnedWriteHalf> {
        self.write.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Peephole {
    /// Whether the socket is open and has nothing to read.
    ///
    /// This asks the operating system. What tokio knows may be out of date, since a runtime that was
    /// blocked has not looked at its sockets.
    pub(crate) fn is_quiet(&self) -> bool {
        let Some(socket) = self.0.upgrade() else {
            return false;
        };
        let socket = socket.lock().unwrap_or_else(PoisonError::into_inner);
        let stream: &TcpStream = socket.as_ref();
        let peeked = SockRef::from(stream).peek(&mut [MaybeUninit::uninit()]);
        peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.read).poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.write()).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.write()).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.write().is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.write()).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.write()).poll_shutdown(context)
    }
}

impl Connection for Socket {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
