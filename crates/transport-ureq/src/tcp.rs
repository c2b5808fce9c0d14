//! Sockets with deadlines.
//!
//! The sockets of ureq give each write all of the time that is left, so a server that reads a little
//! now and then could extend a deadline forever.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use socket2::{SockRef, TcpKeepalive};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

/// The shortest time for which an address is tried.
const MIN_SHARE: Duration = Duration::from_millis(10);

/// Connects to the first of these addresses that responds. Each gets half of the time that is left, and
/// the last one all of it, so that a dead address leaves time for the next.
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

/// A connection without TLS.
#[derive(Debug)]
pub(crate) struct Tcp {
    stream: TcpStream,
    buffers: LazyBuffers,
}

impl Tcp {
    /// `buffer` is the size of each buffer, which must hold the head of a request or response.
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

    /// Whether the server has neither closed it nor sent anything that was not asked for.
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

/// The end of a timeout that begins now.
fn end_of(timeout: NextTimeout) -> Option<Instant> {
    match timeout.after {
        Limit::Exact(after) => Instant::now().checked_add(after),
        Limit::NotHappening => None,
    }
}

/// The time that is left; `None` without a limit.
fn left(over: Option<Instant>, timeout: NextTimeout) -> Result<Option<Duration>, ureq::Error> {
    let Some(over) = over else {
        return Ok(None);
    };
    match over.saturating_duration_since(Instant::now()) {
        Duration::ZERO => Err(ureq::Error::Timeout(timeout.reason)),
        left => Ok(Some(left)),
    }
}

/// Ignores an interruption by a signal, and recognises a timeout.
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
