//! What the attempt that this thread is making has to keep to.
//!
//! ureq works in the thread that calls it, so what its connectors and connections have to know of
//! an attempt waits there, from its start until the head of the reply has come.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use http::HeaderValue;

/// An attempt to send a request.
#[derive(Debug, Default)]
pub(crate) struct Attempt {
    /// Kept out of ureq: at the level `trace`, its HTTP half logs every byte of the requests that it
    /// makes. The header is put in behind it, on the way to the connection.
    pub(crate) authorization: Option<HeaderValue>,
    /// When a new connection must have been made.
    pub(crate) connect: Option<Instant>,
    /// When the head of the reply must have come.
    pub(crate) head: Option<Instant>,
    /// When the body must have ended.
    pub(crate) whole: Option<Instant>,
    /// How long the body may pause.
    pub(crate) idle: Option<Duration>,
    /// Whether any of the request was given to a connection.
    pub(crate) begun: bool,
}

thread_local! {
    static CURRENT: RefCell<Option<Attempt>> = const { RefCell::new(None) };
}

/// Runs this as that attempt. Gives what it gives, and whether the request was begun.
pub(crate) fn running<T>(attempt: Attempt, run: impl FnOnce() -> T) -> (T, bool) {
    CURRENT.set(Some(attempt));
    let over = Over;
    let outcome = run();
    let begun = with(|attempt| attempt.begun).unwrap_or(false);
    drop(over);
    (outcome, begun)
}

/// Takes the attempt out of the thread, also where a panic ends it.
struct Over;

impl Drop for Over {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

/// What the attempt of this thread says, if there is one.
pub(crate) fn with<T>(ask: impl FnOnce(&mut Attempt) -> T) -> Option<T> {
    CURRENT.with_borrow_mut(|current| current.as_mut().map(ask))
}

/// Puts the header that waits, if any, after the first line of what the buffer begins with.
///
/// Gives how much of the buffer is then to be sent, or `None` if it is too small.
pub(crate) fn put_in_authorization(buffer: &mut [u8], amount: usize) -> Option<usize> {
    let Some(authorization) = with(|attempt| attempt.authorization.take()).flatten() else {
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
        let attempt = Attempt {
            authorization: authorization.map(HeaderValue::from_static),
            ..Attempt::default()
        };
        running(attempt, || {
            [PLAIN, b"body\r\n"].map(|piece| {
                let mut buffer = vec![0; size];
                buffer[..piece.len()].copy_from_slice(piece);
                put_in_authorization(&mut buffer, piece.len())
                    .map(|amount| buffer[..amount].to_vec())
            })
        })
        .0
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
    fn a_panic_leaves_nothing_in_the_thread() {
        let panics = || running(Attempt::default(), || panic!("as a test"));
        assert!(std::panic::catch_unwind(panics).is_err());
        assert_eq!(with(|_| ()), None);
    }

    #[test]
    fn a_header_that_was_not_used_waits_for_no_other_request() {
        let attempt = Attempt {
            authorization: Some(HeaderValue::from_static("x")),
            ..Attempt::default()
        };
        running(attempt, || ());
        assert_eq!(sent(PLAIN.len(), None)[0].as_deref(), Some(PLAIN));
    }
}
