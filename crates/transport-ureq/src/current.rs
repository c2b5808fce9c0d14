//! The attempt that this thread is making, or the body that it is reading.
//!
//! ureq hands its connectors and connections the configuration of a request, and no more. But it works
//! in the thread that calls it, so the thread keeps what else they need to know.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use http::HeaderValue;

/// An attempt to send a request.
#[derive(Debug, Default)]
pub(crate) struct Attempt {
    /// Kept from ureq, which logs every byte of a request at the level `trace`. It is inserted on the
    /// way to the connection.
    pub(crate) authorization: Option<HeaderValue>,
    /// When a new connection must be there.
    pub(crate) connect: Option<Instant>,
    /// When the head of the response must have arrived.
    pub(crate) head: Option<Instant>,
    /// When the body must have ended.
    pub(crate) whole: Option<Instant>,
    /// For how long the body may pause.
    pub(crate) idle: Option<Duration>,
    /// Whether any of the request was given to a connection.
    pub(crate) begun: bool,
}

thread_local! {
    static CURRENT: RefCell<Option<Attempt>> = const { RefCell::new(None) };
    static READING: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Runs this as a read from a body, which begins now.
pub(crate) fn reading<T>(run: impl FnOnce() -> T) -> T {
    READING.set(Some(Instant::now()));
    let outcome = run();
    READING.set(None);
    outcome
}

/// When the read began that this thread is making, or now.
pub(crate) fn reading_since() -> Instant {
    READING.get().unwrap_or_else(Instant::now)
}

/// Runs this as an attempt. Returns also whether the request was begun.
pub(crate) fn running<T>(attempt: Attempt, run: impl FnOnce() -> T) -> (T, bool) {
    CURRENT.set(Some(attempt));
    let over = Over;
    let outcome = run();
    let begun = with(|attempt| attempt.begun).unwrap_or(false);
    drop(over);
    (outcome, begun)
}

/// Removes the attempt from the thread, even after a panic.
struct Over;

impl Drop for Over {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

/// Asks the attempt of this thread, if there is one.
pub(crate) fn with<T>(ask: impl FnOnce(&mut Attempt) -> T) -> Option<T> {
    CURRENT.with_borrow_mut(|current| current.as_mut().map(ask))
}

/// Inserts the header that is kept back, if any, after the first line in the buffer.
///
/// Returns how much of the buffer to send; `None` if it is too small.
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
    fn an_unused_header_is_not_kept_for_the_next_request() {
        let attempt = Attempt {
            authorization: Some(HeaderValue::from_static("x")),
            ..Attempt::default()
        };
        running(attempt, || ());
        assert_eq!(sent(PLAIN.len(), None)[0].as_deref(), Some(PLAIN));
    }
}
