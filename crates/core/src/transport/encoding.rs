//! Which requests ask for gzip, and which responses are in gzip.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use http::{HeaderMap, Method, Request, StatusCode};

/// Asks for gzip, unless the request asks for another encoding.
pub(super) fn accept_gzip(request: &mut Request<Bytes>) {
    let encodings = request.headers_mut().entry(ACCEPT_ENCODING);
    encodings.or_insert(HeaderValue::from_static("gzip"));
}

/// Whether the response has a body in gzip. If so, the headers that describe the encoding are removed.
///
/// Without a body, as after HEAD, they stay: they describe the body that a GET would have.
pub(super) fn take_gzip(method: &Method, status: StatusCode, headers: &mut HeaderMap) -> bool {
    let has_body = method != Method::HEAD
        && status != StatusCode::NO_CONTENT
        && status != StatusCode::NOT_MODIFIED;
    let is_gzip = has_body && is_gzip(headers);
    if is_gzip {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    is_gzip
}

/// Whether gzip is the only encoding.
fn is_gzip(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let (Some(encoding), None) = (encodings.next(), encodings.next()) else {
        return false;
    };
    let encoding = encoding.as_bytes().trim_ascii();
    encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(method: &Method, status: StatusCode, encodings: &[&'static str]) -> (bool, usize) {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_LENGTH, 7.into());
        for &encoding in encodings {
            headers.append(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        (take_gzip(method, status, &mut headers), headers.len())
    }

    #[test]
    fn only_a_decompressed_body_loses_its_encoding_headers() {
        let of = |encodings| taken(&Method::GET, StatusCode::OK, encodings);
        assert_eq!(of(&["gzip"]), (true, 0));
        assert_eq!(of(&[" X-GZip "]), (true, 0));
        assert_eq!(of(&[]), (false, 1));
        assert_eq!(of(&["br"]), (false, 2));
        assert_eq!(of(&["gzip, gzip"]), (false, 2));
        assert_eq!(of(&["gzip", "gzip"]), (false, 3));
    }

    #[test]
    fn a_response_without_a_body_keeps_the_headers_of_its_encoding() {
        assert_eq!(taken(&Method::HEAD, StatusCode::OK, &["gzip"]), (false, 2));
        for status in [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED] {
            assert_eq!(taken(&Method::GET, status, &["gzip"]), (false, 2));
        }
    }

    #[test]
    fn another_encoding_that_a_request_asks_for_is_kept() {
        let mut request = Request::new(Bytes::new());
        accept_gzip(&mut request);
        assert_eq!(request.headers()[ACCEPT_ENCODING], "gzip");
        let identity = HeaderValue::from_static("identity");
        request.headers_mut().insert(ACCEPT_ENCODING, identity);
        accept_gzip(&mut request);
        assert_eq!(request.headers()[ACCEPT_ENCODING], "identity");
    }
}
