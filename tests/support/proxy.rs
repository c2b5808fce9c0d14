//! A proxy that makes tunnels, or does not.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};

/// Takes one connection on a free port of this machine.
pub(crate) struct Proxy {
    address: SocketAddr,
    heads: Receiver<String>,
    thread: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Answers so, and then passes everything on to this server, whatever it was asked for.
    pub(crate) fn tunnel(answer: &'static str, target: SocketAddr) -> Self {
        Self::start(move |mut client| {
            client.write_all(answer.as_bytes())?;
            let mut server = TcpStream::connect(target)?;
            let (mut from_server, mut to_client) = (server.try_clone()?, client.try_clone()?);
            let back = thread::spawn(move || {
                // However it ends, it is over.
                let _ = io::copy(&mut from_server, &mut to_client);
                let _ = to_client.shutdown(Shutdown::Both);
            });
            let _ = io::copy(&mut client, &mut server);
            let _ = server.shutdown(Shutdown::Both);
            let _ = back.join();
            Ok(())
        })
    }

    /// Answers so, and hangs up.
    pub(crate) fn refusing(answer: &'static str) -> Self {
        Self::start(move |mut client| client.write_all(answer.as_bytes()))
    }

    /// Begins an answer and sends it byte by byte, without an end, until the client hangs up.
    pub(crate) fn trickling() -> Self {
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
                    // The test is over, and nobody asked for anything.
                    _ => return,
                }
            }
            heard.send(String::from_utf8(head).unwrap()).unwrap();
            // How it ends is what the tests look at, from the other side.
            let _ = serve(client);
        });
        Self {
            address,
            heads,
            thread: Some(thread),
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it was asked, or `None` if it was not.
    pub(crate) fn asked(&self) -> Option<String> {
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
