//! Sockets that keep to a time.
//!
//! ureq's own give each write the whole of what is left, so that a server that takes a little now
//! and then would draw a deadline out.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use socket2::{SockRef, TcpKeepalive};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

/// The least time in which an address is tried.
const MIN_SHARE: Duration = Duration::from_millis(10);

/// Connects to one of these addresses. Each is given half of the time that is left, the last one
/// all of it, so that a dead address leaves time for the next.
pub(crate) fn connect(addresses: &[SocketAddr], over: Option<Instant>) -> io::Result<TcpStream> {
    let mut outcome = Err(io::ErrorKind::AddrNotAvailable.into());
    for (index, address) in addresses.iter().enumerate() {
        outcome = match over {
            None => TcpStream::connect(address),
            Some(over) => {
                let left = over.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(io::ErrorKind::TimedOut.into());
                }
                let last = index + 1 == addresses.len();
                let share = if last { left } else { left / 2 };
                TcpStream::connect_timeout(address, share.max(MIN_SHARE))
            }
        };
        if outcome.is_ok() {
            break;
        }
    }
    let stream = outcome?;
    stream.set_nodelay(true)?;
    // Finds a server that vanished while a long body is read without a deadline.
    let keepalive = TcpKeepalive::new()
        .with_time(Duration::from_secs(30))
        .with_interval(Duration::from_secs(10))
        .with_retries(3);
    SockRef::from(&stream).set_tcp_keepalive(&keepalive)?;
    Ok(stream)
}

/// A connection in the clear.
#[derive(Debug)]
pub(crate) struct Tcp {
    stream: TcpStream,
    buffers: LazyBuffers,
}

impl Tcp {
    /// With buffers of this size; a head that it is to send or receive must fit in.
    pub(crate) fn new(stream: TcpStream, buffer: usize) -> Self {
        Self {
            stream,
            buffers: LazyBuffers::new(buffer, buffer),
        }
    }
}

impl Transport for Tcp {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let over = end_of(timeout);
        let mut rest = self.buffers.output().get(..amount).unwrap_or_default();
        while !rest.is_empty() {
            self.stream.set_write_timeout(left(over, timeout)?)?;
            match self.stream.write(rest) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero).into()),
                Ok(count) => rest = rest.get(count..).unwrap_or_default(),
                Err(error) => check(error, timeout)?,
            }
        }
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let over = end_of(timeout);
        loop {
            self.stream.set_read_timeout(left(over, timeout)?)?;
            match self.stream.read(self.buffers.input_append_buf()) {
                Ok(count) => {
                    self.buffers.input_appended(count);
                    return Ok(count > 0);
                }
                Err(error) => check(error, timeout)?,
            }
        }
    }

    /// Looks whether the server has closed it, or sent what nobody asked for.
    fn is_open(&mut self) -> bool {
        let idle = || {
            self.stream.set_nonblocking(true)?;
            let idle = matches!(
                self.stream.peek(&mut [0]),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock
            );
            self.stream.set_nonblocking(false)?;
            Ok::<_, io::Error>(idle)
        };
        idle().unwrap_or(false)
    }
}

/// When the time is over that ureq gives as one from now.
fn end_of(timeout: NextTimeout) -> Option<Instant> {
    match timeout.after {
        Limit::Exact(after) => Instant::now().checked_add(after),
        Limit::NotHappening => None,
    }
}

/// What is left of it: `None` if it has no end.
fn left(over: Option<Instant>, timeout: NextTimeout) -> Result<Option<Duration>, ureq::Error> {
    let Some(over) = over else {
        return Ok(None);
    };
    match over.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(ureq::Error::Timeout(timeout.reason)),
        left => Ok(Some(left)),
    }
}

/// Lets pass what a signal interrupted, and names a timeout so.
fn check(error: io::Error, timeout: NextTimeout) -> Result<(), ureq::Error> {
    match error.kind() {
        io::ErrorKind::Interrupted => Ok(()),
        // Which of them depends on the platform.
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            Err(ureq::Error::Timeout(timeout.reason))
        }
        _ => Err(error.into()),
    }
}
