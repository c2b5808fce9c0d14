//! A server that does what the plan says, and writes down what it did.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use crate::plan::{Fault, Plan};

/// Serves HTTP/1.1 on connections that it keeps, in a thread of its own.
pub(crate) struct Server {
    address: SocketAddr,
    ledger: Arc<Ledger>,
    _runtime: Runtime,
}

/// What was asked and done, by the number of the call.
struct Ledger {
    plan: Plan,
    asked: Vec<AtomicU32>,
    done: Vec<AtomicU32>,
    /// How often each call was refused for the rate.
    rated: Vec<AtomicU32>,
    connections: AtomicUsize,
    open: AtomicUsize,
}

impl Server {
    pub(crate) fn start(plan: Plan, calls: usize) -> Self {
        let zeros = || (0..calls).map(|_| AtomicU32::new(0)).collect();
        let ledger = Arc::new(Ledger {
            plan,
            asked: zeros(),
            done: zeros(),
            rated: zeros(),
            connections: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listener = runtime.block_on(listener).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(accept(listener, Arc::clone(&ledger)));
        Self {
            address,
            ledger,
            _runtime: runtime,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How often the write of this number was done.
    pub(crate) fn done(&self, number: usize) -> u32 {
        self.ledger.done[number].load(Ordering::SeqCst)
    }

    pub(crate) fn rated(&self, number: usize) -> u32 {
        self.ledger.rated[number].load(Ordering::SeqCst)
    }

    /// How many requests came.
    pub(crate) fn asked(&self) -> u64 {
        let asked = self.ledger.asked.iter();
        asked.map(|it| u64::from(it.load(Ordering::SeqCst))).sum()
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.ledger.open.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, ledger: Arc<Ledger>) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        let number = ledger.connections.fetch_add(1, Ordering::SeqCst);
        if ledger.plan.turns_away(number) {
            reset(&socket).unwrap();
            continue;
        }
        ledger.open.fetch_add(1, Ordering::SeqCst);
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            // How it ends, the client tells.
            let _ = serve(socket, &ledger).await;
            ledger.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

/// Makes the end of the socket a reset.
fn reset(socket: &TcpStream) -> io::Result<()> {
    socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO))
}

async fn serve(mut socket: TcpStream, ledger: &Ledger) -> io::Result<()> {
    socket.set_nodelay(true)?;
    let mut received = Vec::new();
    loop {
        let head = loop {
            if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            if socket.read_buf(&mut received).await? == 0 {
                return Ok(());
            }
        };
        let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
        let number = digits(&text);
        let attempt = ledger.asked[number].fetch_add(1, Ordering::SeqCst);
        let fault = ledger.plan.fault(number, attempt);
        if fault == Some(Fault::ResetBeforeBody) {
            return reset(&socket);
        }

        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let whole = head + length.map_or(0, |length| length.parse().unwrap());
        while received.len() < whole {
            if socket.read_buf(&mut received).await? == 0 {
                return Ok(());
            }
        }
        let body = String::from_utf8_lossy(&received[head..whole]).into_owned();
        received.drain(..whole);
        if let Some(fault) = fault.filter(|fault| !fault.is_after()) {
            if !before(&mut socket, ledger, number, fault).await? {
                return Ok(());
            }
            continue;
        }
        if text.starts_with("post ") {
            ledger.done[digits(&body)].fetch_add(1, Ordering::SeqCst);
        }
        if !after(&mut socket, fault).await? {
            return Ok(());
        }
    }
}

/// The first number in a text.
fn digits(text: &str) -> usize {
    let start = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let end = start.find(|letter: char| !letter.is_ascii_digit());
    start[..end.unwrap_or(start.len())].parse().unwrap()
}

fn reply(status: u16, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} Planned\r\n{headers}content-length: {length}\r\n\r\n{body}").into()
}

/// A fault instead of what was asked. Whether the connection goes on.
async fn before(
    socket: &mut TcpStream,
    ledger: &Ledger,
    number: usize,
    fault: Fault,
) -> io::Result<bool> {
    let bytes = match fault {
        Fault::RateNow => reply(429, "retry-after: 0\r\n", ""),
        Fault::RateWindow => {
            let window = "retry-after: 0\r\ndate: Sun, 06 Nov 1994 08:49:37 GMT\r\nx-ratelimit-limit: 167\r\n\
                          x-ratelimit-remaining: 0\r\nx-ratelimit-reset: 784111777\r\n";
            reply(429, window, "")
        }
        Fault::StatusBefore(status) => reply(status, "", "<html>"),
        Fault::EmptyBefore => reply(200, "", ""),
        Fault::HangBefore => return hang(socket).await,
        _ => {
            reset(socket)?;
            return Ok(false);
        }
    };
    if matches!(fault, Fault::RateNow | Fault::RateWindow) {
        ledger.rated[number].fetch_add(1, Ordering::SeqCst);
    }
    socket.write_all(&bytes).await?;
    Ok(true)
}

/// The reply to what was done, or a fault in its place. Whether the connection goes on.
async fn after(socket: &mut TcpStream, fault: Option<Fault>) -> io::Result<bool> {
    let body = r#"{"type":"note","id":"1","body":"as it was written"}"#;
    let good = reply(200, "", body);
    let in_body = good.len() - body.len() / 2;
    let bytes = match fault {
        Some(Fault::ResetAfter | Fault::CloseAfter) => &[],
        Some(Fault::ResetInHead) => &good[..20],
        Some(Fault::ResetInBody | Fault::CloseInBody | Fault::HangInBody) => &good[..in_body],
        Some(Fault::HangAfter) => return hang(socket).await,
        Some(Fault::StatusAfter(status)) => &reply(status, "", "")[..],
        Some(Fault::EmptyAfter) => &reply(200, "", "")[..],
        Some(Fault::HalfOfJson) => &reply(200, "", &body[..body.len() / 2])[..],
        Some(Fault::CloseSaid) => &reply(200, "connection: close\r\n", body)[..],
        _ => &good[..],
    };
    if fault == Some(Fault::Trickle) {
        for piece in bytes.chunks(16) {
            socket.write_all(piece).await?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    } else {
        socket.write_all(bytes).await?;
    }
    match fault {
        Some(Fault::ResetAfter | Fault::ResetInHead | Fault::ResetInBody) => {
            reset(socket)?;
            Ok(false)
        }
        Some(Fault::CloseAfter | Fault::CloseInBody | Fault::CloseSaid | Fault::CloseUnsaid) => {
            Ok(false)
        }
        Some(Fault::HangInBody) => hang(socket).await,
        _ => Ok(true),
    }
}

/// Says nothing until the client has gone.
async fn hang(socket: &mut TcpStream) -> io::Result<bool> {
    while socket.read(&mut [0; 64]).await? > 0 {}
    Ok(false)
}
