//! Cross-origin requests, for programs that run in browsers.

use bytes::Bytes;
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderValue, ORIGIN, VARY,
};
use http::{Method, Request, Response, StatusCode};

/// The headers of replies that programs may read.
const EXPOSED: &str = "x-request-id, intercom-version, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after, etag, link, content-range";

/// The origins whose pages may send requests.
#[derive(Debug, Clone)]
pub(crate) struct Cors {
    /// `*` stands for all.
    origins: Vec<String>,
}

impl Cors {
    pub(crate) fn new(origins: Vec<String>) -> Self {
        let trimmed = origins.into_iter();
        Self {
            origins: trimmed
                .map(|origin| origin.trim_end_matches('/').to_owned())
                .collect(),
        }
    }

    pub(crate) fn allows(&self, origin: &str) -> bool {
        let mut origins = self.origins.iter();
        origins.any(|allowed| allowed == "*" || allowed == origin)
    }

    fn origin<'a>(&self, request: &'a Request<Bytes>) -> Option<&'a HeaderValue> {
        let origin = request.headers().get(ORIGIN)?;
        self.allows(origin.to_str().ok()?).then_some(origin)
    }

    /// Answers the question of a browser whether it may send a request.
    pub(crate) fn preflight(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let asks = request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD);
        if request.method() != Method::OPTIONS || !asks {
            return None;
        }
        let mut reply = Response::default();
        *reply.status_mut() = StatusCode::NO_CONTENT;
        if self.origin(request).is_some() {
            let headers = reply.headers_mut();
            let methods = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
            if let Some(wanted) = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS) {
                headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
            }
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
        }
        self.allow(request, &mut reply);
        Some(reply)
    }

    /// Lets the page that sent a request read the reply.
    pub(crate) fn allow(&self, request: &Request<Bytes>, reply: &mut Response<Bytes>) {
        let headers = reply.headers_mut();
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = self.origin(request) {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            let exposed = HeaderValue::from_static(EXPOSED);
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        }
    }
}
