//! Replies.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use intercom_model::Deviation;
use serde::de::DeserializeOwned;

use super::rate_limit::RateLimit;
use super::version::ApiVersion;

/// The reply to a call. It derefs to the value.
///
/// ```
/// # use intercom_core::{Reply, api::contacts::Contact};
/// # fn example(reply: Reply<Contact>) {
/// println!("{:?}", reply.name);                         // a field of the contact
/// println!("{}", reply.raw().status());                 // of the HTTP response
/// println!("{:?}", reply.raw().request_id());           // to quote to Intercom support
/// println!("{:?}", reply.deviations());                 // values that were not as documented
/// let contact = reply.into_value();
/// # }
/// ```
///
/// Everything about the response is in [`raw`](Self::raw), so that nothing hides a field or method of
/// the value.
#[derive(Debug, Clone)]
pub struct Reply<T> {
    value: T,
    deviations: Vec<Deviation>,
    #[cfg(feature = "unread")]
    unread: Vec<String>,
    raw: RawReply,
}

impl<T> Reply<T> {
    pub(crate) const fn new(
        value: T,
        deviations: Vec<Deviation>,
        #[cfg(feature = "unread")] unread: Vec<String>,
        raw: RawReply,
    ) -> Self {
        Self {
            value,
            deviations,
            #[cfg(feature = "unread")]
            unread,
            raw,
        }
    }

    /// Returns the value.
    pub fn into_value(self) -> T {
        self.value
    }

    /// Returns the value, the deviations and the raw response.
    pub fn into_parts(self) -> (T, Vec<Deviation>, RawReply) {
        (self.value, self.deviations, self.raw)
    }

    /// Replaces the value with one that is made from it, such as a part of it.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reply<U> {
        Reply {
            value: make(self.value),
            deviations: self.deviations,
            #[cfg(feature = "unread")]
            unread: self.unread,
            raw: self.raw,
        }
    }

    /// Returns the values that were not of the documented kind. They were read as missing.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns the paths of the fields that the type of the reply does not have, such as
    /// `data.0.shoe_size`: at most 100. Watch them to learn of changes of the API.
    #[cfg(feature = "unread")]
    #[cfg_attr(docsrs, doc(cfg(feature = "unread")))]
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Reads the body as another type, such as one with fields that this crate does not know.
    ///
    /// # Errors
    ///
    /// If the body is not of that type.
    pub fn decode<U: DeserializeOwned>(&self) -> Result<U, serde_json::Error> {
        self.raw.decode()
    }

    /// Returns the response: status, headers, raw body, request id, version, rate limit.
    pub const fn raw(&self) -> &RawReply {
        &self.raw
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A response as it was received.
#[derive(Clone)]
pub struct RawReply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl RawReply {
    pub(crate) const fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// Returns the HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body, after decompression.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not JSON of that type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// Returns the request id to quote to Intercom support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.text("x-request-id")
    }

    /// Returns the version of the API that replied.
    #[must_use]
    pub fn version(&self) -> Option<ApiVersion> {
        self.text("intercom-version").map(ApiVersion::from)
    }

    /// Returns the state of the rate limit as the service reports it.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// Returns how long the service asks to wait: `Retry-After`, in seconds or as a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.text("retry-after")?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        // By the server's clock, so that ours may be wrong.
        let now = httpdate::parse_http_date(self.text(header::DATE.as_str())?).ok()?;
        Some(until.duration_since(now).unwrap_or_default())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The headers whose values show in `Debug`. Others may be secret, such as cookies and signed URLs.
const SHOWN: &[&str] = &[
    "content-length",
    "content-type",
    "date",
    "intercom-version",
    "retry-after",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

struct Headers<'a>(&'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if SHOWN.contains(&name.as_str()) {
                map.entry(name, value);
            } else {
                map.entry(name, &format_args!(".."));
            }
        }
        map.finish()
    }
}

/// Shows the size of the body instead of the body, which may hold personal data, and only headers that
/// hold neither personal data nor secrets.
impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("status", &self.status)
            .field("headers", &Headers(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
