//! What moves bytes: the only part that performs I/O.

pub mod guard;
mod gzip;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

pub use self::gzip::Gunzip;

/// Moves requests and responses, asynchronously.
///
/// A transport only moves bytes. It follows no redirect, and answers 4xx and 5xx like any other
/// response; what to do about them is decided above it. It sends a request once, whatever its method:
/// only one that was not begun on a pooled connection that turned out to be closed may go out on
/// another. It keeps to its [`Deadline`], pauses of the body included. It undoes
/// `Content-Encoding: gzip`, and removes that header and `Content-Length` when it did.
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and gives the head of the response, with its body as a stream.
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError>;

    /// Comes back after this time.
    async fn sleep(&self, duration: Duration);

    /// What time it is. A transport with a clock of its own answers by that.
    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// One transport for many clients, such as those of many workspaces.
#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        (**self).send(request, deadline).await
    }

    async fn sleep(&self, duration: Duration) {
        (**self).sleep(duration).await;
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// The same for programs without an async runtime.
pub mod blocking {
    use std::fmt;
    use std::io::Read;
    use std::sync::Arc;
    use std::time::Duration;

    use bytes::Bytes;
    use http::{Request, Response};

    use super::{Deadline, Now, TransportError};

    /// Moves requests and responses, blocking the thread; otherwise as [`super::Transport`] says.
    pub trait Transport: fmt::Debug + Send + Sync {
        /// Sends a request and gives the head of the response, with its body to be read.
        fn send(
            &self,
            request: Request<Bytes>,
            deadline: Deadline,
        ) -> Result<Response<Body>, TransportError>;

        /// Comes back after this time.
        fn sleep(&self, duration: Duration);

        /// What time it is. A transport with a clock of its own answers by that.
        fn now(&self) -> Now {
            Now::from_system()
        }
    }

    /// One transport for many clients, such as those of many workspaces.
    impl<T: Transport + ?Sized> Transport for Arc<T> {
        fn send(
            &self,
            request: Request<Bytes>,
            deadline: Deadline,
        ) -> Result<Response<Body>, TransportError> {
            (**self).send(request, deadline)
        }

        fn sleep(&self, duration: Duration) {
            (**self).sleep(duration);
        }

        fn now(&self) -> Now {
            (**self).now()
        }
    }

    /// The body of a response, read as it arrives.
    ///
    /// An [`std::io::Error`] that it gives may wrap a [`TransportError`], which is then taken as
    /// the reason; any other is one of the connection.
    pub struct Body(Box<dyn Read + Send>);

    impl Body {
        /// A body that is read from here.
        pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
            Self(Box::new(reader))
        }
    }

    impl From<Bytes> for Body {
        fn from(bytes: Bytes) -> Self {
            Self::from_reader(std::io::Cursor::new(bytes))
        }
    }

    impl Read for Body {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl fmt::Debug for Body {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Body")
        }
    }
}

/// The body of a response, as it arrives.
pub struct Body(Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>);

impl Body {
    /// A body that arrives in these pieces.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Self(Box::pin(stream))
    }

    /// The next piece, or `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        struct Once(Option<Bytes>);

        impl Stream for Once {
            type Item = Result<Bytes, TransportError>;

            fn poll_next(
                mut self: Pin<&mut Self>,
                _: &mut Context<'_>,
            ) -> Poll<Option<Self::Item>> {
                Poll::Ready(self.0.take().map(Ok))
            }
        }

        Self::from_stream(Once(Some(bytes)))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

/// How long a transport may take. What is passed is answered with [`TransportErrorKind::Timeout`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// When all must be over: everything from the start of the send to the last byte of the body.
    pub whole: Option<Instant>,
    /// When the head of the response must have come. The body may come later.
    pub head: Option<Instant>,
    /// How long making a connection may take.
    pub connect: Option<Duration>,
    /// How long the body may pause. A reader who is slow does not count.
    pub idle: Option<Duration>,
}

impl Deadline {
    /// No limit.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            whole: None,
            head: None,
            connect: None,
            idle: None,
        }
    }

    /// All must be over by then.
    #[must_use]
    pub const fn at(whole: Instant) -> Self {
        Self {
            whole: Some(whole),
            ..Self::none()
        }
    }

    /// The head of the response must have come by then.
    #[must_use]
    pub const fn head_at(head: Instant) -> Self {
        Self {
            head: Some(head),
            ..Self::none()
        }
    }

    /// Limits the time that making a connection may take.
    #[must_use]
    pub const fn with_connect(mut self, limit: Option<Duration>) -> Self {
        self.connect = limit;
        self
    }

    /// Limits the time for which the body may pause.
    #[must_use]
    pub const fn with_idle(mut self, limit: Option<Duration>) -> Self {
        self.idle = limit;
        self
    }

    /// When the head of the response must have come, by either limit.
    #[must_use]
    pub fn until_head(&self) -> Option<Instant> {
        self.whole.into_iter().chain(self.head).min()
    }
}

/// What time it is: `instant` for measuring, `system` for comparing with the server's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// A clock that never goes back.
    pub instant: Instant,
    /// The time of day.
    pub system: SystemTime,
}

impl Now {
    /// By the clocks of this machine.
    #[must_use]
    pub fn from_system() -> Self {
        Self {
            instant: Instant::now(),
            system: SystemTime::now(),
        }
    }
}

/// A time beyond what the clocks can tell is no later than now.
impl std::ops::Add<Duration> for Now {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self {
            instant: self.instant.checked_add(duration).unwrap_or(self.instant),
            system: self.system.checked_add(duration).unwrap_or(self.system),
        }
    }
}

/// A request that got no response, or a response whose body broke off.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    sent: bool,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What went wrong on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection could be made: no such host, refused, unreachable.
    Connect,
    /// No TLS session could be made: most often a certificate that is not trusted.
    Tls,
    /// It took longer than the deadline allows.
    Timeout,
    /// The connection broke.
    Closed,
    /// What came was not HTTP, or not as announced.
    Protocol,
    /// The body was not the gzip that it was announced to be, or ended before its end.
    Encoding,
    /// The request is not let out: the transport does not send such a one, for example without TLS to
    /// another machine, or the proxy does not let it through. It is the same for the next attempt.
    Refused,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    const fn describe(self) -> &'static str {
        match self {
            Self::Connect => "no connection could be made",
            Self::Tls => "no TLS session could be made",
            Self::Timeout => "the deadline passed",
            Self::Closed => "the connection broke",
            Self::Protocol => "the reply was not valid HTTP",
            Self::Encoding => "the body was not valid gzip",
            Self::Refused => "the request was refused before it was sent",
            Self::Other => "the transport failed",
        }
    }
}

impl TransportError {
    /// An error of a request of which the server may have received anything from nothing to all.
    ///
    /// Unless [`not_sent`](Self::not_sent) says otherwise, it counts as sent: a write is then not
    /// repeated.
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            sent: true,
            source: None,
        }
    }

    /// The server certainly received nothing of the request, so that it may be sent again.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.sent = false;
        self
    }

    /// Keeps what the error came from.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have received the request.
    #[must_use]
    pub const fn sent(&self) -> bool {
        self.sent
    }

    /// What it came from.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.source.as_deref()
    }

    /// What a body's [`std::io::Error`] stands for: the transport error in it, or a broken connection.
    #[must_use]
    pub fn from_body_error(error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => {
                TransportErrorKind::Timeout
            }
            _ => TransportErrorKind::Closed,
        };
        error
            .downcast::<Self>()
            .unwrap_or_else(|error| Self::new(kind).with_source(error))
    }
}

/// Shows the reason with everything that caused it, on one line.
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.describe())?;
        let mut source = self
            .source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static));
        let mut last = String::new();
        while let Some(error) = source {
            let text = error.to_string();
            // Many errors repeat their source in their own text.
            if !last.contains(&text) {
                write!(f, ": {text}")?;
            }
            last = text;
            source = error.source();
        }
        Ok(())
    }
}

/// What it came from is in its text, and is given by [`cause`](TransportError::cause); it has no
/// `source` beside, which reports would show twice.
impl std::error::Error for TransportError {}
