//! Connections of HTTP/1.1.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::plan::Fault;
use crate::service::{Ledger, Reply, Request, contact};

/// A connection, with or without TLS.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Unpin {
    fn tcp(&self) -> &TcpStream;
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Socket for TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().0
    }
}

/// Makes the end of the socket a reset.
pub(crate) fn reset(socket: &TcpStream) -> io::Result<()> {
    socket2::SockRef::from(socket).set_linger(Some(Duration::ZERO))
}

pub(crate) async fn serve(mut socket: impl Socket, ledger: &Ledger) -> io::Result<()> {
    let mut received = Vec::new();
    while exchange(&mut socket, &mut received, ledger).await? {}
    Ok(())
}

/// Serves a request. Returns whether the connection stays open.
async fn exchange(
    socket: &mut impl Socket,
    received: &mut Vec<u8>,
    ledger: &Ledger,
) -> io::Result<bool> {
    let Some((mut request, length)) = read_head(socket, received).await? else {
        return Ok(false);
    };
    let fault = ledger.receive(&request);
    match fault {
        Some(Fault::ResetBeforeBody) => {
            reset(socket.tcp())?;
            return Ok(false);
        }
        Some(Fault::Early { done, close }) => {
            let reply = match done {
                true => ledger.reply(&request, None),
                false => Reply::new(413, ""),
            };
            socket.write_all(&encode(&reply)).await?;
            socket.flush().await?;
            let open = !close && read_body(socket, received, length).await?.is_some();
            return Ok(open);
        }
        _ => {}
    }
    let Some(body) = read_body(socket, received, length).await? else {
        return Ok(false);
    };
    request.body = body;
    match fault {
        Some(Fault::ResetBefore | Fault::RefusedStream | Fault::GoAway) => {
            reset(socket.tcp())?;
            Ok(false)
        }
        Some(Fault::HangBefore) => hang(socket).await,
        _ => match fault.and_then(|fault| ledger.refusal(fault, &request)) {
            Some(refusal) => {
                socket.write_all(&encode(&refusal)).await?;
                socket.flush().await?;
                Ok(true)
            }
            None => reply(socket, &ledger.reply(&request, fault), fault).await,
        },
    }
}

/// Reads the head of a request; `None` at the end of the connection.
async fn read_head(
    socket: &mut impl Socket,
    received: &mut Vec<u8>,
) -> io::Result<Option<(Request, usize)>> {
    let end = loop {
        if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if socket.read_buf(received).await? == 0 {
            return Ok(None);
        }
    };
    let text = String::from_utf8_lossy(&received[..end]).into_owned();
    received.drain(..end);
    let mut lines = text.lines();
    let mut first = lines.next().unwrap().split(' ').map(ToOwned::to_owned);
    let headers: Vec<_> = lines.filter_map(|line| line.split_once(": ")).collect();
    let header = |wanted: &str| {
        let found = headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| (*value).to_owned())
    };
    let length = header("content-length").map_or(0, |length| length.parse().unwrap());
    let request = Request {
        number: header("soak-call").unwrap().parse().unwrap(),
        method: first.next().unwrap(),
        target: first.next().unwrap(),
        token: header("authorization").unwrap_or_default(),
        range: header("range"),
        accepts_gzip: header("accept-encoding").is_some_and(|it| it.contains("gzip")),
        body: Vec::new(),
    };
    Ok(Some((request, length)))
}

/// Reads the body of a request; `None` if the connection ends in it.
async fn read_body(
    socket: &mut impl Socket,
    received: &mut Vec<u8>,
    length: usize,
) -> io::Result<Option<Vec<u8>>> {
    while received.len() < length {
        if socket.read_buf(received).await? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(received.drain(..length).collect()))
}

fn encode(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Planned\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &format!("content-length: {}\r\n\r\n", reply.body.len());
    [head.as_bytes(), &reply.body].concat()
}

/// Sends the reply to a request that was processed, or as much of it as the fault allows. Returns
/// whether the connection stays open.
async fn reply(socket: &mut impl Socket, reply: &Reply, fault: Option<Fault>) -> io::Result<bool> {
    const HINTS: &str = "HTTP/1.1 103 Early Hints\r\nlink: </style.css>\r\n\r\n";
    const LATE: &str = "HTTP/1.1 408 Planned\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

    let whole = encode(reply);
    let in_body = whole.len() - reply.body.len().div_ceil(2);
    let bytes = match fault {
        Some(Fault::ResetAfter | Fault::CloseAfter) => Vec::new(),
        Some(Fault::ResetInHead) => whole[..20].to_vec(),
        Some(Fault::ResetInBody | Fault::CloseInBody | Fault::HangInBody) => {
            whole[..in_body].to_vec()
        }
        Some(Fault::HangAfter) => return hang(socket).await,
        Some(Fault::CloseSaid) => encode(&reply.clone().with("connection", "close")),
        Some(Fault::Interim) => {
            let processing = "HTTP/1.1 102 Processing\r\n\r\n".repeat(2);
            [processing.as_bytes(), HINTS.as_bytes(), &whole].concat()
        }
        Some(Fault::InterimReset) => HINTS.into(),
        Some(Fault::Stray { close: false }) => {
            let stray = encode(&Reply::new(200, contact(usize::MAX)));
            [whole, stray].concat()
        }
        Some(Fault::Stray { close: true }) => [&whole, LATE.as_bytes()].concat(),
        _ => whole,
    };
    if fault == Some(Fault::Trickle) {
        for piece in bytes.chunks(16) {
            socket.write_all(piece).await?;
            socket.flush().await?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    } else {
        socket.write_all(&bytes).await?;
        socket.flush().await?;
    }
    match fault {
        Some(Fault::ResetAfter | Fault::ResetInHead | Fault::ResetInBody | Fault::InterimReset) => {
            reset(socket.tcp())?;
            Ok(false)
        }
        Some(
            Fault::CloseAfter
            | Fault::CloseInBody
            | Fault::CloseSaid
            | Fault::CloseUnsaid
            | Fault::Stray { close: true },
        ) => Ok(false),
        Some(Fault::HangInBody) => hang(socket).await,
        _ => Ok(true),
    }
}

/// Sends nothing until the client has gone.
async fn hang(socket: &mut impl Socket) -> io::Result<bool> {
    while socket.read(&mut [0; 64]).await? > 0 {}
    Ok(false)
}
