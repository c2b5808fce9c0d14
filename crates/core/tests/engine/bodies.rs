//! How much of a body is read, and what is kept of it.

use std::io::{self, Cursor, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use intercom_core::api::contacts;
use intercom_core::error::DecodeErrorKind;
use intercom_core::transport::{self, Body, Deadline, TransportError, TransportErrorKind};
use intercom_core::{Client, Config, Error, RetryPolicy, blocking};

use crate::support::now;

const PIECE: usize = 1000;

/// A body in pieces, which ends or breaks off after so many.
#[derive(Debug, Clone, Copy)]
struct Pieces {
    count: usize,
    breaks: bool,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(if self.count > 0 {
            self.count -= 1;
            Some(Ok(Bytes::from_static(&[b'.'; PIECE])))
        } else {
            let breaks = std::mem::take(&mut self.breaks);
            breaks.then(|| Err(TransportError::new(TransportErrorKind::Closed)))
        })
    }
}

/// The end of a body that breaks off.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

/// Answers each request with this status and body.
#[derive(Debug, Clone, Copy)]
struct Answers(u16, Pieces);

impl Answers {
    fn with<T>(self, body: T) -> Result<Response<T>, TransportError> {
        Ok(Response::builder().status(self.0).body(body).unwrap())
    }

    /// The errors of both clients.
    fn errors(self) -> [Error; 2] {
        let never = RetryPolicy::NEVER;
        let config = || Config::new("token").max_json_body(2_500).retry(never);
        let get = contacts::Get::new("1");
        let blocking = blocking::Client::new(self, config());
        [
            now(Client::new(self, config()).call(&get)).unwrap_err(),
            blocking.call(&get).unwrap_err(),
        ]
    }
}

#[async_trait]
impl transport::Transport for Answers {
    async fn send(&self, _: Request<Bytes>, _: Deadline) -> Result<Response<Body>, TransportError> {
        self.with(Body::from_stream(self.1))
    }

    async fn sleep(&self, _: Duration) {}
}

impl blocking::Transport for Answers {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let whole = Cursor::new(vec![b'.'; self.1.count * PIECE]);
        self.with(if self.1.breaks {
            blocking::Body::from_reader(whole.chain(Broken))
        } else {
            blocking::Body::from_reader(whole)
        })
    }

    fn sleep(&self, _: Duration) {}
}

/// How much of the body an error has.
fn kept(error: &Error) -> usize {
    error.reply().unwrap().body().len()
}

#[test]
fn an_error_keeps_the_first_megabyte_of_a_long_body() {
    let (count, breaks) = (2_000, false);
    for error in Answers(404, Pieces { count, breaks }).errors() {
        assert_eq!((error.kind(), kept(&error)), ("api", 1024 * 1024));
    }
}

#[test]
fn an_error_keeps_the_start_of_a_body_that_broke_off() {
    let breaks = true;
    for (status, kind) in [(404, "api"), (200, "transport")] {
        for error in Answers(status, Pieces { count: 2, breaks }).errors() {
            assert_eq!((error.kind(), kept(&error)), (kind, 2 * PIECE));
        }
    }
}

#[test]
fn a_reply_over_the_limit_is_kept_up_to_it() {
    let (count, breaks) = (3, false);
    for error in Answers(200, Pieces { count, breaks }).errors() {
        let Error::Decode(decode) = &error else {
            panic!("{error:?}");
        };
        assert!(matches!(decode.kind, DecodeErrorKind::TooLarge { .. }));
        assert_eq!(kept(&error), 2_500);
    }
}
