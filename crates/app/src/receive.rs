//! From a request to its verified body, or to the reply that refuses it.

use std::fmt;

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
#[cfg(any(feature = "axum", feature = "tower"))]
use http::{Request, request::Parts};
use intercom_model::Secret;

use crate::signature::{SignatureError, Verifier};

/// The largest body that is accepted unless another limit is set: 1 MiB.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// A reply to send back without handling the request: a probe or a ping that needs nothing else, or a
/// refusal.
///
/// [`reason`](Self::reason) is for your logs. The body tells the sender no more than the status.
///
/// ```
/// use http::{HeaderMap, Method, StatusCode};
/// use intercom_app::webhooks::Receiver;
///
/// let receiver = Receiver::new("client secret");
/// let reply = receiver.receive(&Method::POST, &HeaderMap::new(), "{}").unwrap_err();
/// assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
/// assert_eq!(reply.to_string(), "401: the header x-hub-signature is missing");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    reason: Reason,
}

/// Why a request is not handled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// Intercom checks that the URL exists, with HEAD: 200.
    Probe,
    /// A verified ping: 200.
    Ping,
    /// A method other than POST and HEAD: 405.
    Method(Method),
    /// The body is longer than this limit in bytes: 413.
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The request is not signed by Intercom: 401.
    Signature(SignatureError),
    /// The body is signed, but it is not the JSON that was expected: 400.
    Unreadable(String),
    /// The body could not be received: 400.
    Incomplete(String),
}

impl Reply {
    pub(crate) fn new(reason: Reason) -> Self {
        Self { reason }
    }

    /// Returns the status of the reply.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match &self.reason {
            Reason::Probe | Reason::Ping => StatusCode::OK,
            Reason::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Reason::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Reason::Signature(_) => StatusCode::UNAUTHORIZED,
            Reason::Unreadable(_) | Reason::Incomplete(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// Returns the body of the reply, which is plain text.
    #[must_use]
    pub fn body(&self) -> &'static str {
        match self.status() {
            StatusCode::OK => "",
            status => status.canonical_reason().unwrap_or_default(),
        }
    }

    /// Returns why the request is not handled.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Returns `true` if the request was refused, and `false` for probes and pings.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        !matches!(self.reason, Reason::Probe | Reason::Ping)
    }

    /// Returns the whole reply.
    #[must_use]
    pub fn to_response<B: From<&'static str>>(&self) -> Response<B> {
        let mut response = Response::new(B::from(self.body()));
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        if let Reason::Method(_) = self.reason {
            headers.insert(ALLOW, HeaderValue::from_static("HEAD, POST"));
        }
        response
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status().as_u16(), self.reason)
    }
}

impl std::error::Error for Reply {}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Probe => f.write_str("a probe of the URL"),
            Self::Ping => f.write_str("a ping"),
            Self::Method(method) => write!(f, "the method is {method}, not POST or HEAD"),
            Self::TooLarge { limit } => write!(f, "the body is longer than {limit} bytes"),
            Self::Signature(error) => error.fmt(f),
            Self::Unreadable(problem) => write!(f, "the body cannot be read: {problem}"),
            Self::Incomplete(problem) => write!(f, "receiving the body: {problem}"),
        }
    }
}

/// What the receivers of all kinds of requests share.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    verifier: Verifier,
    /// Another scheme, for requests without a signature of the first.
    alternative: Option<Verifier>,
    pub(crate) max_body: usize,
}

impl Gate {
    pub(crate) fn new(verifier: Verifier) -> Self {
        Self {
            verifier,
            alternative: None,
            max_body: MAX_BODY,
        }
    }

    /// Accepts another secret.
    pub(crate) fn also(mut self, secret: &Secret) -> Self {
        self.verifier = self.verifier.also(secret);
        self
    }

    /// Accepts another scheme too.
    pub(crate) fn or(mut self, alternative: Verifier) -> Self {
        self.alternative = Some(alternative);
        self
    }

    /// Returns the verified body, which is not read before it is verified.
    pub(crate) fn admit(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Bytes, Reply> {
        self.check_method(method)?;
        let body = body.into();
        if body.len() > self.max_body {
            let limit = self.max_body;
            return Err(Reply::new(Reason::TooLarge { limit }));
        }
        let is_signed = |verifier: &&Verifier| headers.contains_key(&verifier.scheme().header);
        let alternative = self.alternative.as_ref().filter(is_signed);
        let verifier = match alternative {
            Some(alternative) if !is_signed(&&self.verifier) => alternative,
            _ => &self.verifier,
        };
        match verifier.verify(headers, &body) {
            Ok(()) => Ok(body),
            Err(error) => Err(Reply::new(Reason::Signature(error))),
        }
    }

    /// Refuses a request whose body is not worth receiving.
    fn check_method(&self, method: &Method) -> Result<(), Reply> {
        match *method {
            Method::POST => Ok(()),
            Method::HEAD => Err(Reply::new(Reason::Probe)),
            _ => Err(Reply::new(Reason::Method(method.clone()))),
        }
    }

    /// Receives a request with its body, up to the limit. One that is refused by its method is not received.
    #[cfg(any(feature = "axum", feature = "tower"))]
    pub(crate) async fn collect<B>(&self, request: Request<B>) -> Result<(Parts, Bytes), Reply>
    where
        B: http_body::Body,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        use http_body_util::{BodyExt, LengthLimitError, Limited};

        self.check_method(request.method())?;
        let (parts, body) = request.into_parts();
        match Box::pin(Limited::new(body, self.max_body).collect()).await {
            Ok(collected) => Ok((parts, collected.to_bytes())),
            Err(error) if error.is::<LengthLimitError>() => Err(Reply::new(Reason::TooLarge {
                limit: self.max_body,
            })),
            Err(error) => Err(Reply::new(Reason::Incomplete(error.to_string()))),
        }
    }
}

/// The reply as a response of axum.
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
impl axum_core::response::IntoResponse for Reply {
    fn into_response(self) -> axum_core::response::Response {
        self.to_response()
    }
}
