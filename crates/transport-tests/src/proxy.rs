//! A proxy that makes a tunnel, or refuses to.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};

/// A proxy on a free port of this machine, for one connection.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    heads: Receiver<String>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Replies with `answer` and then relays to `target`, whatever the request names.
    #[must_use]
    pub fn tunnel(answer: &'static str, target: SocketAddr) -> Self {
        Self::start(move |mut client| {
            client.write_all(answer.as_bytes())?;
            let mut server = TcpStream::connect(target)?;
            let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
            let back = thread::spawn(move || {
                let _ = io::copy(&mut from_server, &mut to_client);
                let _ = to_client.shutdown(Shutdown::Both);
            });
            let _ = io::copy(&mut client, &mut server);
            let _ = server.shutdown(Shutdown::Both);
            let _ = back.join();
            Ok(())
        })
    }

    /// Replies with `answer` and closes the connection.
    #[must_use]
    pub fn refusing(answer: &'static str) -> Self {
        Self::start(move |mut client| client.write_all(answer.as_bytes()))
    }

    /// Sends an endless reply byte by byte, until the client closes the connection.
    #[must_use]
    pub fn trickling() -> Self {
        Self::start(|mut client| {
            client.write_all(b"HTTP/1.1 200 OK\r\nx: ")?;
            client.set_read_timeout(Some(std::time::Duration::from_millis(5)))?;
            loop {
                match client.read(&mut [0]) {
                    Ok(0) => return Ok(()),
                    _ => client.write_all(b"x")?,
                }
            }
        })
    }

    fn start(serve: impl FnOnce(TcpStream) -> io::Result<()> + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (heard, heads) = channel();
        let thread = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                match client.read(&mut byte) {
                    Ok(1) => head.push(byte[0]),
                    // The test is over, and there was no request.
                    _ => return,
                }
            }
            heard.send(String::from_utf8(head).unwrap()).unwrap();
            // The tests look at how it ends, from the other side.
            let _ = serve(client);
        });
        Self {
            address,
            heads,
            thread: Some(thread),
        }
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The head of the request that it got, if any.
    #[must_use]
    pub fn asked(&self) -> Option<String> {
        self.heads.try_recv().ok()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // Wakes the listener, if it still waits.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
