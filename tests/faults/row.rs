//! One row of the table, and how it is tried.

use std::thread;
use std::time::Duration;

use intercom_core::Error;
use intercom_core::error::DecodeErrorKind;

use crate::client::{Does, Transport};
use crate::support::http2::Frame;
use crate::support::{Play, Reads, Server};

/// A fault, and what it comes to.
///
/// What it comes to is written as it is told by [`outcome`]: how often the request was sent, then
/// how the call ended, then `unknown` where a write may have been done, and `again` where the call
/// may be repeated.
#[derive(Clone)]
pub(crate) struct Row {
    fault: &'static str,
    play: Play,
    timeout: Duration,
    size: usize,
    /// For a GET, a PUT and a POST.
    expected: [&'static str; 3],
}

/// A row whose fault the server plays for every request.
pub(crate) fn row(fault: &'static str, play: Play, expected: [&'static str; 3]) -> Row {
    Row {
        fault,
        play,
        // Less than a window of the rate limit takes, so that no call waits for its end, and than
        // the patience of the server.
        timeout: Duration::from_secs(8),
        size: 10,
        expected,
    }
}

impl Row {
    /// The call has little time, which the fault takes up.
    pub(crate) fn within(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The body of the request is larger than what connections buffer.
    pub(crate) fn large(mut self) -> Self {
        self.size = 2 * 1024 * 1024;
        self
    }
}

/// How the server of a group is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Clear,
    Tls,
    /// In the clear, on a connection that has served a request.
    Used,
    /// With TLS.
    Http2,
}

/// How many tries go on at the same time.
const SIDE_BY_SIDE: usize = 24;

/// Tries each row with each method: with a server that never gets better, and with one that does
/// after the first request.
pub(crate) fn all_hold(make: fn(Vec<u8>) -> Transport, by: By, rows: &[Row]) {
    let identity = Server::start_tls([]);
    let methods = [Does::Read, Does::Change, Does::Write];
    let tries: Vec<_> = rows
        .iter()
        .flat_map(|row| {
            methods
                .into_iter()
                .zip(row.expected)
                .map(move |it| (row, it))
        })
        .filter(|(_, (_, expected))| !expected.is_empty())
        .flat_map(|it| [(it, true), (it, false)])
        .collect();
    let mut wrong = Vec::new();
    for tries in tries.chunks(SIDE_BY_SIDE) {
        let stage = Stage {
            transport: make(identity.certificate()),
            identity: &identity,
            by,
        };
        let stage = &stage;
        thread::scope(|scope| {
            let started: Vec<_> = tries
                .iter()
                .map(|((row, (does, expected)), lasting)| {
                    scope.spawn(move || stage.disagrees(row, *does, expected, *lasting))
                })
                .collect();
            wrong.extend(started.into_iter().filter_map(|one| one.join().unwrap()));
        });
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// What tries share that go on at the same time.
struct Stage<'a> {
    transport: Transport,
    identity: &'a Server,
    by: By,
}

const GOOD: &str = r#"{"type":"contact","id":"1"}"#;

impl Stage<'_> {
    /// What is otherwise than expected.
    fn disagrees(&self, row: &Row, does: Does, expected: &str, lasting: bool) -> Option<String> {
        let seen = self.attempt(row, does, lasting);
        let expected = if lasting || expected.starts_with("1x") {
            expected
        } else {
            // Whoever asks again finds that it has passed.
            "2x done"
        };
        let fault = row.fault;
        let lasting = if lasting { "lasting" } else { "passing" };
        (seen != expected).then(|| format!("{fault} ({lasting}, {does:?}): {seen}, not {expected}"))
    }

    fn attempt(&self, row: &Row, does: Does, lasting: bool) -> String {
        let good = match self.by {
            By::Http2 => Play::frames([Frame::Head(200, GOOD.len()), Frame::Data(GOOD, true)]),
            _ => Play::reply(200, &[], GOOD),
        };
        let plays = if lasting { 8 } else { 1 };
        let mut script = vec![row.play.clone(); plays];
        script.push(good.clone());
        if self.by == By::Used {
            script.insert(0, good);
        }
        let server = match self.by {
            By::Tls => self.identity.another(script),
            By::Http2 => self.identity.another_http2(script),
            By::Clear | By::Used => Server::start(script),
        };
        let client = self.transport.client(&server.url(""), row.timeout);
        if self.by == By::Used {
            client.call(Does::Read, 0).unwrap();
        }
        let (begun, whole) = (server.begun(), server.requests().len());
        let result = client.call(does, row.size);
        let (begun, whole) = (server.begun() - begun, server.requests().len() - whole);

        let mut told = outcome(&result, begun);
        let attempts = attempts(&result).unwrap_or(begun);
        let late = told.contains("timeout") && begun < attempts;
        if begun != attempts && !late {
            told += &format!(" ({begun} began to come)");
        }
        let cut = match row.play.reads() {
            Reads::All => 0,
            _ if does == Does::Read => begun - whole,
            _ if lasting => begun,
            _ => 1,
        };
        if whole + cut != begun && !late {
            told += &format!(" ({whole} of {begun} came whole)");
        }
        told
    }
}

fn attempts(result: &Result<(), Error>) -> Option<usize> {
    match result {
        Err(Error::Transport(error)) => Some(error.attempts as usize),
        Err(Error::Api(error)) => Some(error.attempts as usize),
        Err(Error::Decode(error)) => Some(error.attempts as usize),
        _ => None,
    }
}

/// What came of a call, in a few words: see [`Row`]. `begun` is how often it was sent, for those
/// who do not say it.
pub(crate) fn outcome(result: &Result<(), Error>, begun: usize) -> String {
    let mut told = format!("{}x", attempts(result).unwrap_or(begun));
    let error = match result {
        Ok(()) => return told + " done",
        Err(error) => error,
    };
    if let Some(status) = error.status() {
        told += &format!(" {}", status.as_u16());
    }
    match error {
        Error::Transport(error) => {
            told += &format!(" {:?}", error.source.kind()).to_lowercase();
        }
        Error::Decode(error) => {
            told += match error.kind {
                DecodeErrorKind::Empty => " empty",
                DecodeErrorKind::TooLarge { .. } => " too large",
                _ => " not as documented",
            };
        }
        _ => {}
    }
    if error.outcome_unknown() {
        told += " unknown";
    }
    if error.is_retryable() {
        told += " again";
    }
    told
}
