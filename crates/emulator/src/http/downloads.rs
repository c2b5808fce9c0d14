//! Range requests for files.

use bytes::Bytes;
use flate2::Crc;
use http::header::{
    ACCEPT_RANGES, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_RANGE, RANGE,
};
use http::{Response, StatusCode};

/// Replies with a file, or with the range that was requested.
pub(crate) fn part(mut reply: Response<Bytes>, headers: &HeaderMap) -> Response<Bytes> {
    let length = reply.body().len();
    let tag = tag(reply.body());
    let range = headers
        .get(RANGE)
        .filter(|_| headers.get(IF_RANGE).is_none_or(|name| *name == *tag))
        .and_then(|range| bounds(range.to_str().ok()?, length));
    let headers = reply.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set(headers, ETAG, tag);
    match range {
        None => {}
        Some((start, end)) if start < end => {
            let content = format!("bytes {start}-{}/{length}", end - 1);
            set(headers, CONTENT_RANGE, content);
            *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
            *reply.body_mut() = reply.body().slice(start..end);
        }
        Some(_) => {
            set(headers, CONTENT_RANGE, format!("bytes */{length}"));
            *reply.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            *reply.body_mut() = Bytes::new();
        }
    }
    reply
}

fn set(headers: &mut HeaderMap, name: http::HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

/// Returns the entity tag of a file.
pub(crate) fn tag(file: &[u8]) -> String {
    let mut crc = Crc::new();
    crc.update(file);
    format!("\"{:08x}-{:x}\"", crc.sum(), file.len())
}

/// Parses a range. The result is empty if the range is not satisfiable, and `None` if the header is to
/// be ignored, as one with several ranges is.
fn bounds(range: &str, length: usize) -> Option<(usize, usize)> {
    let (first, last) = range.trim().strip_prefix("bytes=")?.split_once('-')?;
    if first.is_empty() {
        let count = last.parse::<usize>().ok()?;
        return Some((length.saturating_sub(count), length));
    }
    let first = first.parse::<usize>().ok()?;
    let end = match last {
        "" => length,
        last => last.parse::<usize>().ok()?.checked_add(1)?.min(length),
    };
    Some((first, end))
}

#[cfg(test)]
mod tests {
    use super::bounds;

    #[test]
    fn a_range_is_of_the_file_or_ignored() {
        assert_eq!(bounds("bytes=0-", 10), Some((0, 10)));
        assert_eq!(bounds("bytes=4-5", 10), Some((4, 6)));
        assert_eq!(bounds("bytes=4-99", 10), Some((4, 10)));
        assert_eq!(bounds("bytes=-3", 10), Some((7, 10)));
        assert_eq!(bounds("bytes=10-", 10), Some((10, 10)));
        for ignored in ["bytes=1-2,4-5", "lines=1-2", "bytes=a-b", "bytes"] {
            assert_eq!(bounds(ignored, 10), None, "{ignored}");
        }
    }
}
