//! What comes back from a call.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use intercom_model::Deviation;
use serde::de::DeserializeOwned;

use crate::rate::RateLimit;
use crate::version::ApiVersion;

/// The reply to a call: the value, to which it derefs, and everything that came with it.
#[derive(Debug, Clone)]
pub struct Reply<T> {
    value: T,
    deviations: Vec<Deviation>,
    raw: RawReply,
}

impl<T> Reply<T> {
    pub(crate) const fn new(value: T, deviations: Vec<Deviation>, raw: RawReply) -> Self {
        Self {
            value,
            deviations,
            raw,
        }
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The value, where the service sent something other than it documents, and the response as it
    /// came.
    pub fn into_parts(self) -> (T, Vec<Deviation>, RawReply) {
        (self.value, self.deviations, self.raw)
    }

    /// The same with what is made of the value, such as a part of it.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Reply<U> {
        Reply {
            value: make(self.value),
            deviations: self.deviations,
            raw: self.raw,
        }
    }

    /// Where the service sent something other than it documents. Those values read as missing.
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Reads the same body as another type: fields that this crate does not know are one line away.
    ///
    /// # Errors
    ///
    /// Where the body is not of that type.
    pub fn decode<U: DeserializeOwned>(&self) -> Result<U, serde_json::Error> {
        self.raw.decode()
    }

    /// The response as it came.
    pub const fn raw(&self) -> &RawReply {
        &self.raw
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// The body as it came, after gzip was undone.
    pub const fn body(&self) -> &Bytes {
        self.raw.body()
    }

    /// What to name to Intercom's support.
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// The version that answered.
    pub fn version(&self) -> Option<ApiVersion> {
        self.raw.version()
    }

    /// What is left of the rate limit, by the service's account.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.raw.rate_limit()
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A response as it came.
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

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, after gzip was undone.
    #[must_use]
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Reads the body as JSON of this type, such as what a proxy says in an error of its own.
    ///
    /// # Errors
    ///
    /// Where the body is not of that type.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }

    /// What to name to Intercom's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.text("x-request-id")
    }

    /// The version that answered.
    #[must_use]
    pub fn version(&self) -> Option<ApiVersion> {
        self.text("intercom-version").map(ApiVersion::from)
    }

    /// What is left of the rate limit, by the service's account.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.headers)
    }

    /// How long the service asks to wait: `Retry-After` in seconds, or up to a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let text = self.text("retry-after")?.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let until = httpdate::parse_http_date(text).ok()?;
        // By the clock of the server, so that ours may be wrong.
        let now = httpdate::parse_http_date(self.text(header::DATE.as_str())?).ok()?;
        Some(until.duration_since(now).unwrap_or_default())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// The headers whose values show in `Debug`. Others may be secrets, such as cookies and the signed
/// address of a redirect.
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

/// Shows the size of the body instead of the body, which may hold personal data, and of the headers
/// those that hold neither that nor secrets.
impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawReply")
            .field("status", &self.status)
            .field("headers", &Headers(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
