//! Whether a response continues the same file.

use http::HeaderMap;
use http::header::{CONTENT_RANGE, DATE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED};

/// A strong validator: two responses with the same one have the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Validator {
    header: HeaderName,
    pub(super) value: HeaderValue,
}

impl Validator {
    /// A strong `ETag`, or else a `Last-Modified` that is strong by RFC 9110.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let (header, value) = match headers.get(ETAG) {
            Some(tag) => (
                ETAG,
                Some(tag).filter(|tag| tag.as_bytes().starts_with(b"\""))?,
            ),
            None => (LAST_MODIFIED, headers.get(LAST_MODIFIED)?),
        };
        // A date has a resolution of one second, in which the file may have changed again.
        if header == LAST_MODIFIED && time(value)? >= time(headers.get(DATE)?)? {
            return None;
        }
        Some(Self {
            header,
            value: value.clone(),
        })
    }

    /// Whether a response is of this file; `None` if it does not say.
    pub(super) fn names(&self, headers: &HeaderMap) -> Option<bool> {
        headers.get(&self.header).map(|value| *value == self.value)
    }
}

fn time(value: &HeaderValue) -> Option<std::time::SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

/// The part of a file that a response contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// The offset of the first byte, and of the end; `None` if the response has no part of the file.
    pub(crate) bytes: Option<(u64, u64)>,
    /// The size of the file.
    pub(crate) total: Option<u64>,
}

impl Range {
    /// Parses `Content-Range`: `bytes 100-199/1000`, or `bytes */1000`.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(CONTENT_RANGE)?.to_str().ok()?;
        let (range, total) = text.trim().strip_prefix("bytes ")?.trim().split_once('/')?;
        let total = match total {
            "*" => None,
            total => Some(total.parse::<u64>().ok()?),
        };
        let bytes = match range {
            "*" => None,
            range => {
                let (first, last) = range.split_once('-')?;
                let (first, end) = (
                    first.parse::<u64>().ok()?,
                    last.parse::<u64>().ok()?.checked_add(1)?,
                );
                if end <= first || total.is_some_and(|total| end > total) {
                    return None;
                }
                Some((first, end))
            }
        };
        Some(Self { bytes, total })
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;
    use http::header::{CONTENT_RANGE, DATE, ETAG, HeaderValue, LAST_MODIFIED};

    use super::{Range, Validator};

    const EARLIER: &str = "Wed, 01 Jan 2025 00:00:00 GMT";
    const LATER: &str = "Wed, 01 Jan 2025 00:00:01 GMT";

    fn headers(headers: &[(http::HeaderName, &str)]) -> HeaderMap {
        headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect()
    }

    fn validator(of: &[(http::HeaderName, &str)]) -> Option<String> {
        Validator::of(&headers(of)).map(|found| found.value.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_file_is_identified_by_a_strong_etag_or_a_past_date() {
        assert_eq!(validator(&[(ETAG, "\"a\"")]).as_deref(), Some("\"a\""));
        let dated = [(LAST_MODIFIED, EARLIER), (DATE, LATER)];
        assert_eq!(validator(&dated).as_deref(), Some(EARLIER));
    }

    #[test]
    fn an_ambiguous_validator_does_not_identify_a_file() {
        assert_eq!(validator(&[]), None);
        assert_eq!(validator(&[(ETAG, "W/\"a\"")]), None);
        assert_eq!(validator(&[(LAST_MODIFIED, EARLIER)]), None);
        assert_eq!(
            validator(&[(LAST_MODIFIED, EARLIER), (DATE, EARLIER)]),
            None
        );
        let weak = [(ETAG, "W/\"a\""), (LAST_MODIFIED, EARLIER), (DATE, LATER)];
        assert_eq!(validator(&weak), None);
    }

    #[test]
    fn only_a_consistent_content_range_is_read() {
        let part = |text| Range::of(&headers(&[(CONTENT_RANGE, text)]));
        let read = |text| part(text).map(|part| (part.bytes, part.total));
        assert_eq!(
            read("bytes 100-199/1000"),
            Some((Some((100, 200)), Some(1000)))
        );
        assert_eq!(read("bytes 0-0/*"), Some((Some((0, 1)), None)));
        assert_eq!(read("bytes */1000"), Some((None, Some(1000))));
        for wrong in [
            "bytes 5-4/10",
            "bytes 5-10/10",
            "lines 0-1/2",
            "bytes 0-18446744073709551615/*",
            "bytes",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
