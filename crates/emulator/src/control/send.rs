//! Sending requests to the programs of users.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST};
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long a program may take to reply.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest body of a reply.
const MAX_REPLY: usize = 1024 * 1024;

type Failure = Box<dyn Error + Send + Sync>;

/// Sends a request to the `http` address that it is for. The error is why there is no reply.
pub(crate) async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, String> {
    in_time(exchange(request, async |reply| {
        let (head, body) = reply.into_parts();
        let body = Limited::new(body, MAX_REPLY).collect().await?;
        Ok(Response::from_parts(head, body.to_bytes()))
    }))
    .await
}

/// Sends a request, and returns the status of the reply without reading its body.
pub(crate) async fn send_for_status(request: Request<Bytes>) -> Result<u16, String> {
    in_time(exchange(request, async |reply| Ok(reply.status().as_u16()))).await
}

async fn in_time<T>(sending: impl Future<Output = Result<T, Failure>>) -> Result<T, String> {
    match timeout(TIMEOUT, sending).await {
        Ok(outcome) => outcome.map_err(|error| error.to_string()),
        Err(_) => Err("no reply within 5 seconds".to_owned()),
    }
}

async fn exchange<T>(
    mut request: Request<Bytes>,
    read: impl AsyncFnOnce(Response<Incoming>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let uri: Uri = request.uri().clone();
    let authority = uri.authority().ok_or("the address has no host")?;
    let host = authority.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    let task = tokio::spawn(connection);
    let host = authority.as_str().parse()?;
    request.headers_mut().insert(HOST, host);
    let length = request.body().len();
    request.headers_mut().insert(CONTENT_LENGTH, length.into());
    let path = uri.path_and_query().map_or("/", |it| it.as_str());
    *request.uri_mut() = path.parse()?;
    let outcome = match sender.send_request(request.map(Full::new)).await {
        Ok(reply) => read(reply).await,
        Err(error) => Err(error.into()),
    };
    task.abort();
    outcome
}
