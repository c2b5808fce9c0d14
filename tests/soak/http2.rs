//! Connections of HTTP/2.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::server::{self, SendResponse};
use h2::{Reason, RecvStream, SendStream};
use http::Response;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::plan::Fault;
use crate::service::{Ledger, Reply, Request};

/// How a stream ends its connection.
enum End {
    /// GOAWAY, after which the streams finish.
    Graceful,
    /// GOAWAY, after which nothing follows.
    Abrupt,
    /// The socket closes.
    Close,
}

pub(crate) async fn serve(
    socket: impl AsyncRead + AsyncWrite + Unpin,
    ledger: &Arc<Ledger>,
) -> Result<(), h2::Error> {
    let mut connection = server::handshake(socket).await?;
    let (end, mut ended) = unbounded_channel();
    loop {
        tokio::select! {
            accepted = connection.accept() => {
                let Some(accepted) = accepted else {
                    return Ok(());
                };
                let (request, respond) = accepted?;
                let (ledger, end) = (Arc::clone(ledger), end.clone());
                tokio::spawn(async move {
                    // The client reports how it ends.
                    let _ = exchange(request, respond, &ledger, &end).await;
                });
            }
            Some(end) = ended.recv() => match end {
                End::Graceful => connection.graceful_shutdown(),
                End::Abrupt => connection.abrupt_shutdown(Reason::NO_ERROR),
                End::Close => return Ok(()),
            }
        }
    }
}

async fn exchange(
    request: http::Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    ledger: &Ledger,
    end: &UnboundedSender<End>,
) -> Result<(), h2::Error> {
    let (head, mut body) = request.into_parts();
    let header = |name: &str| {
        let value = head.headers.get(name)?.to_str();
        value.ok().map(ToOwned::to_owned)
    };
    let mut request = Request {
        number: header("soak-call").unwrap().parse().unwrap(),
        method: head.method.to_string(),
        target: head.uri.path_and_query().unwrap().to_string(),
        token: header("authorization").unwrap_or_default(),
        range: header("range"),
        accepts_gzip: header("accept-encoding").is_some_and(|it| it.contains("gzip")),
        body: Vec::new(),
    };
    let fault = ledger.receive(&request);
    match fault {
        Some(Fault::ResetBeforeBody) => {
            respond.send_reset(Reason::INTERNAL_ERROR);
            return Ok(());
        }
        Some(Fault::Early { done, close }) => {
            let reply = match done {
                true => ledger.reply(&request, None),
                false => Reply::new(413, ""),
            };
            send(&mut respond, &reply)?;
            if !close {
                read(&mut body).await?;
            }
            return Ok(());
        }
        _ => {}
    }
    request.body = read(&mut body).await?;
    match fault {
        Some(Fault::ResetBefore) => respond.send_reset(Reason::CANCEL),
        Some(Fault::RefusedStream) => respond.send_reset(Reason::REFUSED_STREAM),
        Some(Fault::GoAway) => {
            let _ = end.send(End::Abrupt);
            hang(&mut respond).await?;
        }
        Some(Fault::HangBefore) => hang(&mut respond).await?,
        _ => match fault.and_then(|fault| ledger.refusal(fault, &request)) {
            Some(refusal) => send(&mut respond, &refusal)?,
            None => {
                let whole = ledger.reply(&request, fault);
                reply(respond, whole, fault, end).await?;
            }
        },
    }
    Ok(())
}

/// Sends the reply to a request that was processed, or as much of it as the fault allows.
async fn reply(
    mut respond: SendResponse<Bytes>,
    reply: Reply,
    fault: Option<Fault>,
    end: &UnboundedSender<End>,
) -> Result<(), h2::Error> {
    let half = reply.body.len() / 2;
    match fault {
        Some(Fault::ResetAfter | Fault::ResetInHead) => respond.send_reset(Reason::INTERNAL_ERROR),
        Some(Fault::CloseAfter) => {
            let _ = end.send(End::Close);
        }
        Some(Fault::HangAfter) => hang(&mut respond).await?,
        Some(Fault::InterimReset) => {
            respond.send_informational(hints())?;
            respond.send_reset(Reason::INTERNAL_ERROR);
        }
        Some(Fault::ResetInBody | Fault::CloseInBody | Fault::HangInBody) if half > 0 => {
            let mut stream = begin(&mut respond, &reply, false)?;
            let closes = fault == Some(Fault::CloseInBody);
            stream.send_data(reply.body[..half].to_vec().into(), closes)?;
            match fault {
                Some(Fault::ResetInBody) => stream.send_reset(Reason::CANCEL),
                Some(Fault::HangInBody) => {
                    poll_fn(|context| stream.poll_reset(context)).await?;
                }
                _ => {}
            }
        }
        Some(Fault::Trickle) if half > 0 => {
            let mut stream = begin(&mut respond, &reply, false)?;
            for piece in reply.body.chunks(16) {
                stream.send_data(piece.to_vec().into(), false)?;
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            stream.send_data(Bytes::new(), true)?;
        }
        Some(Fault::Interim) => {
            respond.send_informational(hints())?;
            send(&mut respond, &reply)?;
        }
        Some(Fault::CloseSaid) => {
            let _ = end.send(End::Graceful);
            send(&mut respond, &reply)?;
        }
        Some(Fault::CloseUnsaid) => {
            send(&mut respond, &reply)?;
            let _ = end.send(End::Abrupt);
        }
        _ => send(&mut respond, &reply)?,
    }
    Ok(())
}

fn hints() -> Response<()> {
    Response::builder().status(103).body(()).unwrap()
}

/// Sends the head of a reply.
fn begin(
    respond: &mut SendResponse<Bytes>,
    reply: &Reply,
    is_all: bool,
) -> Result<SendStream<Bytes>, h2::Error> {
    let mut response = Response::builder()
        .status(reply.status)
        .header("content-length", reply.body.len());
    for (name, value) in &reply.headers {
        response = response.header(*name, value);
    }
    respond.send_response(response.body(()).unwrap(), is_all)
}

fn send(respond: &mut SendResponse<Bytes>, reply: &Reply) -> Result<(), h2::Error> {
    let is_all = reply.body.is_empty();
    let mut stream = begin(respond, reply, is_all)?;
    if !is_all {
        stream.send_data(reply.body.clone().into(), true)?;
    }
    Ok(())
}

async fn read(body: &mut RecvStream) -> Result<Vec<u8>, h2::Error> {
    let mut whole = Vec::new();
    while let Some(chunk) = body.data().await {
        let chunk = chunk?;
        body.flow_control().release_capacity(chunk.len())?;
        whole.extend_from_slice(&chunk);
    }
    Ok(whole)
}

/// Sends nothing until the client resets the stream, or the connection ends.
async fn hang(respond: &mut SendResponse<Bytes>) -> Result<(), h2::Error> {
    poll_fn(|context| respond.poll_reset(context)).await?;
    Ok(())
}
