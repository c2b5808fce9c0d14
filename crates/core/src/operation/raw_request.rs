//! Requests that no endpoint covers.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::encode::with_query;
use super::endpoint::{Decoded, Endpoint};
use crate::error::{EncodeError, EncodeErrorKind, UnreadableReply};
use crate::wire::{Method, Spec};

/// A request with any method and path, for what no endpoint covers. It is called like an endpoint, with
/// the same retries, pacing, deadlines and errors.
///
/// The reply is read as `T`, by default as any JSON. An empty reply reads as `null`.
///
/// ```
/// # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
/// use intercom_core::RawRequest;
///
/// #[derive(serde::Deserialize)]
/// struct Survey { name: Option<String> }
///
/// let survey = intercom.call(&RawRequest::<Survey>::get("/surveys/7").query("locale", "en")).await?;
/// println!("{:?}", survey.name);
/// intercom.call(&RawRequest::<()>::post("/surveys/7/close").json(&serde_json::json!({ "at": 1 }))).await?;
/// # Ok(())
/// # }
/// ```
pub struct RawRequest<T = serde_json::Value> {
    method: Method,
    path: String,
    query: Vec<(String, String)>,
    body: Body,
    idempotent: bool,
    reply: PhantomData<fn() -> T>,
}

#[derive(Clone)]
enum Body {
    Nothing,
    Bytes(HeaderValue, Bytes),
    /// It cannot be sent.
    Wrong(EncodeErrorKind),
}

impl<T> RawRequest<T> {
    /// Creates a request of this path, such as `/surveys/7`. The path must be percent-encoded, and may
    /// have a query.
    #[must_use]
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            body: Body::Nothing,
            idempotent: !matches!(method, Method::Post | Method::Patch),
            reply: PhantomData,
        }
    }

    /// Creates a GET.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self::new(Method::Get, path)
    }

    /// Creates a POST.
    #[must_use]
    pub fn post(path: impl Into<String>) -> Self {
        Self::new(Method::Post, path)
    }

    /// Creates a PUT.
    #[must_use]
    pub fn put(path: impl Into<String>) -> Self {
        Self::new(Method::Put, path)
    }

    /// Creates a PATCH.
    #[must_use]
    pub fn patch(path: impl Into<String>) -> Self {
        Self::new(Method::Patch, path)
    }

    /// Creates a DELETE.
    #[must_use]
    pub fn delete(path: impl Into<String>) -> Self {
        Self::new(Method::Delete, path)
    }

    /// Adds an argument to the query, and percent-encodes it.
    #[must_use]
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// Sets the body, as JSON.
    #[must_use]
    pub fn json(mut self, body: &(impl Serialize + ?Sized)) -> Self {
        self.body = match serde_json::to_vec(body) {
            Ok(json) => Body::Bytes(HeaderValue::from_static("application/json"), json.into()),
            Err(error) => Body::Wrong(EncodeErrorKind::Body(error.to_string())),
        };
        self
    }

    /// Sets the body, with its media type.
    #[must_use]
    pub fn body(mut self, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.body = match HeaderValue::from_str(content_type) {
            Ok(content_type) => Body::Bytes(content_type, body.into()),
            Err(_) => Body::Wrong(EncodeErrorKind::Header {
                name: CONTENT_TYPE.to_string(),
            }),
        };
        self
    }

    /// The path without a query, which may hold personal data.
    fn path_alone(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// Sets whether sending the request twice has the same effect as sending it once, so that it may be
    /// retried. By default, it is for all methods except POST and PATCH.
    #[must_use]
    pub const fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = idempotent;
        self
    }
}

impl<T: DeserializeOwned + Send + 'static> Endpoint for RawRequest<T> {
    const SPEC: Spec = {
        let mut spec = Spec::new("RawRequest", Method::Get, "");
        spec.has_body = false;
        spec
    };

    type Output = T;

    fn spec(&self) -> Spec {
        Spec {
            method: self.method,
            idempotent: self.idempotent,
            ..Self::SPEC
        }
    }

    fn encode(&self) -> Result<Request<Bytes>, EncodeError> {
        let refuse = |problem| EncodeError::new(Self::SPEC.name, problem);
        let path = self.path_alone();
        let wrong = if !path.starts_with('/') {
            Some("does not start with `/`")
        } else if self.path.contains('#') {
            // What follows it would not be sent.
            Some("is followed by a `#`, or has one: send it as `%23`")
        } else if path.split('/').any(|part| matches!(part, "." | "..")) {
            Some("has a part that is `.` or `..`, so that it may be taken for another path")
        } else {
            None
        };
        if let Some(wrong) = wrong {
            let reason = format!("`{path}` {wrong}");
            return Err(refuse(EncodeErrorKind::Target(reason)));
        }
        let target = PathAndQuery::try_from(self.path.as_str())
            .and_then(|path| with_query(path, &self.query))
            .map_err(|error| refuse(EncodeErrorKind::Target(error.to_string())))?;
        let (content_type, body) = match self.body.clone() {
            Body::Nothing => (None, Bytes::new()),
            Body::Bytes(content_type, body) => (Some(content_type), body),
            Body::Wrong(problem) => return Err(refuse(problem)),
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.into();
        *request.uri_mut() = target.into();
        if let Some(content_type) = content_type {
            request.headers_mut().insert(CONTENT_TYPE, content_type);
        }
        Ok(request)
    }

    fn decode(_: &HeaderMap, body: &Bytes) -> Result<Decoded<T>, UnreadableReply> {
        let body: &[u8] = if body.is_empty() { b"null" } else { body };
        Ok(Decoded::new(serde_json::from_slice(body)?))
    }
}

impl<T> Clone for RawRequest<T> {
    fn clone(&self) -> Self {
        Self {
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            ..*self
        }
    }
}

/// Shows neither the query nor the body, which may hold personal data.
impl<T> fmt::Debug for RawRequest<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawRequest")
            .field("method", &self.method)
            .field("path", &self.path_alone())
            .field("idempotent", &self.idempotent)
            .finish_non_exhaustive()
    }
}
