//! Keeps the access token out of the log.
//!
//! At the level `trace`, the HTTP half of ureq logs every byte of the requests that it makes. So it
//! makes them without their `Authorization`, which is put in behind it, on the way to the
//! connection. ureq works in the thread that calls it, which therefore is where the header waits.

use std::cell::RefCell;

use http::HeaderValue;

thread_local! {
    static WAITING: RefCell<Option<HeaderValue>> = const { RefCell::new(None) };
}

/// Runs this, and puts the header into the first bytes that it sends.
pub(crate) fn sending<T>(authorization: Option<HeaderValue>, run: impl FnOnce() -> T) -> T {
    WAITING.set(authorization);
    let outcome = run();
    WAITING.set(None);
    outcome
}

/// Puts the header that waits, if any, after the first line of what the buffer begins with.
///
/// Gives how much of the buffer is then to be sent, or `None` if it is too small.
pub(crate) fn put_in(buffer: &mut [u8], amount: usize) -> Option<usize> {
    let Some(authorization) = WAITING.take() else {
        return Some(amount);
    };
    let line = buffer
        .get(..amount)?
        .windows(2)
        .position(|pair| pair == b"\r\n")?
        + 2;
    let header = [b"authorization: ", authorization.as_bytes(), b"\r\n"].concat();
    let rest = line + header.len();
    let total = amount + header.len();
    if total > buffer.len() {
        return None;
    }
    buffer.copy_within(line..amount, rest);
    buffer.get_mut(line..rest)?.copy_from_slice(&header);
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

    /// What is sent in two pieces from a buffer of this size.
    fn sent(size: usize, authorization: Option<&'static str>) -> [Option<Vec<u8>>; 2] {
        sending(authorization.map(HeaderValue::from_static), || {
            [PLAIN, b"body\r\n"].map(|piece| {
                let mut buffer = vec![0; size];
                buffer[..piece.len()].copy_from_slice(piece);
                put_in(&mut buffer, piece.len()).map(|amount| buffer[..amount].to_vec())
            })
        })
    }

    #[test]
    fn the_header_goes_into_the_first_piece_only() {
        let with = b"GET / HTTP/1.1\r\nauthorization: x\r\nhost: a\r\n\r\n".to_vec();
        let [first, second] = sent(with.len(), Some("x"));
        assert_eq!(first, Some(with));
        assert_eq!(second, Some(b"body\r\n".to_vec()));
    }

    #[test]
    fn nothing_changes_without_a_header() {
        assert_eq!(sent(PLAIN.len(), None)[0].as_deref(), Some(PLAIN));
    }

    #[test]
    fn a_buffer_that_is_too_small_is_not_overrun() {
        assert_eq!(sent(PLAIN.len(), Some("x"))[0], None);
    }

    #[test]
    fn a_header_that_was_not_used_waits_for_no_other_request() {
        sending(Some(HeaderValue::from_static("x")), || ());
        assert_eq!(sent(PLAIN.len(), None)[0].as_deref(), Some(PLAIN));
    }
}
