//! Downloads, told what happens by a script.

use std::collections::VecDeque;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{Transfer, TransferEvent, TransferStep};
use crate::error::{
    ApiError, DownloadError, DownloadErrorKind, Error, RequestInfo, TransportError,
    TransportErrorKind,
};
use crate::policy::RetryPolicy;
use crate::wire::{Method, RawReply};

/// A response, and how its body comes.
struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// How many bytes each piece has.
    pieces: usize,
    /// Breaks off after so many bytes.
    breaks_at: Option<usize>,
}

impl Answer {
    fn new(status: u16, body: &[u8]) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.to_vec(),
            pieces: 7,
            breaks_at: None,
        }
    }

    /// The whole file, with its length.
    fn whole(body: &[u8]) -> Self {
        Self::new(200, body).with("content-length", body.len())
    }

    /// The file from here on.
    fn rest(body: &[u8], from: usize) -> Self {
        let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
        Self::new(206, &body[from..]).with("content-range", range)
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    fn tagged(self, tag: &str) -> Self {
        self.with("etag", format!("\"{tag}\""))
    }

    fn breaking_at(mut self, at: usize) -> Self {
        self.breaks_at = Some(at);
        self
    }

    fn in_pieces_of(mut self, bytes: usize) -> Self {
        self.pieces = bytes;
        self
    }

    fn head(&self) -> RawReply {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            map.insert(
                HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let status = StatusCode::from_u16(self.status).unwrap();
        RawReply::new(status, map, Bytes::new())
    }

    fn events(&self) -> VecDeque<TransferEvent> {
        let end = self.breaks_at.unwrap_or(self.body.len());
        let data = self.body[..end].chunks(self.pieces);
        let mut events: VecDeque<_> = data
            .map(|piece| TransferEvent::Data(Bytes::copy_from_slice(piece)))
            .collect();
        events.push_back(match self.breaks_at {
            Some(_) => TransferEvent::Broken(TransportError::new(TransportErrorKind::Closed)),
            None => TransferEvent::End,
        });
        events
    }
}

/// How a download went.
#[derive(Debug)]
struct Outcome {
    delivered: Vec<u8>,
    /// The `Range` and `If-Range` of the requests after the first.
    asked: Vec<(Option<String>, Option<String>)>,
    waits: usize,
    result: Result<(), DownloadError>,
}

impl Outcome {
    fn kind(&self) -> &DownloadErrorKind {
        &self.result.as_ref().unwrap_err().kind
    }
}

fn info() -> RequestInfo {
    RequestInfo {
        endpoint: "data_export::Download",
        method: Method::Get,
        path: "/download/content/data/7".to_owned(),
    }
}

fn download(answers: impl IntoIterator<Item = Answer>) -> Outcome {
    download_with(RetryPolicy::default(), false, answers)
}

fn download_with(
    policy: RetryPolicy,
    compressed: bool,
    answers: impl IntoIterator<Item = Answer>,
) -> Outcome {
    let mut answers = answers.into_iter();
    let mut outcome = Outcome {
        delivered: Vec::new(),
        asked: Vec::new(),
        waits: 0,
        result: Ok(()),
    };
    let first = answers.next().unwrap();
    let random = fastrand::Rng::with_seed(7);
    let mut transfer = match Transfer::new(info(), first.head(), policy, random) {
        Ok(transfer) => transfer,
        Err(Error::Download(error)) => {
            outcome.result = Err(*error);
            return outcome;
        }
        Err(other) => panic!("{other}"),
    };
    if compressed {
        transfer.keep_compressed();
    }
    let mut body = first.events();
    let mut event = TransferEvent::Next;
    loop {
        event = match transfer.next(event) {
            TransferStep::Deliver(piece) => {
                outcome.delivered.extend_from_slice(&piece);
                TransferEvent::Next
            }
            TransferStep::Read => body.pop_front().expect("nothing is read behind the end"),
            TransferStep::Sleep(wait) => {
                assert!(wait <= Duration::from_secs(20));
                outcome.waits += 1;
                TransferEvent::Waited
            }
            TransferStep::Fetch(headers) => {
                assert_eq!(headers["accept-encoding"], "identity");
                let text = |name| {
                    headers
                        .get(name)
                        .map(|value: &HeaderValue| value.to_str().unwrap().to_owned())
                };
                outcome.asked.push((text("range"), text("if-range")));
                let answer = answers.next().expect("an answer for every request");
                body = answer.events();
                if answer.status < 400 {
                    TransferEvent::Head(answer.head())
                } else {
                    let error = ApiError::new(info(), 1, answer.head(), false);
                    TransferEvent::Refused(Error::Api(Box::new(error)))
                }
            }
            TransferStep::Done => {
                assert!(matches!(
                    transfer.next(TransferEvent::Next),
                    TransferStep::Done
                ));
                return outcome;
            }
            TransferStep::Fail(Error::Download(error)) => {
                assert!(matches!(
                    transfer.next(TransferEvent::Next),
                    TransferStep::Done
                ));
                outcome.result = Err(*error);
                return outcome;
            }
            TransferStep::Fail(other) => panic!("{other}"),
        };
    }
}

/// A CSV that compresses, but not to nothing.
fn csv() -> Vec<u8> {
    (0..5_000_u32)
        .flat_map(|n| format!("{n},{}\n", n.wrapping_mul(2_654_435_761)).into_bytes())
        .collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn only_gzip_files_are_decompressed() {
    for pieces in [1, 2, 1000, usize::MAX] {
        let outcome = download([Answer::whole(&gzip(&csv())).in_pieces_of(pieces)]);
        outcome.result.unwrap();
        assert!(outcome.delivered == csv());
        let outcome = download([Answer::whole(&csv()).in_pieces_of(pieces)]);
        assert!(outcome.delivered == csv());
    }
    assert_eq!(download([Answer::whole(b"\x1f")]).delivered, b"\x1f");
}

#[test]
fn a_gzip_file_can_be_returned_compressed() {
    let file = gzip(&csv());
    let outcome = download_with(RetryPolicy::NEVER, true, [Answer::whole(&file)]);
    outcome.result.unwrap();
    assert!(outcome.delivered == file);
}

#[test]
fn a_truncated_gzip_file_is_an_error_compressed_or_not() {
    let file = gzip(b"a file that is long enough to be cut");
    for compressed in [false, true] {
        for length in 2..file.len() {
            let answer = Answer::whole(&file[..length]);
            let outcome = download_with(RetryPolicy::default(), compressed, [answer]);
            assert!(
                matches!(outcome.kind(), DownloadErrorKind::Truncated(_)),
                "{length}: {outcome:?}"
            );
        }
    }
    let error = download([Answer::whole(&file[..20])]).result.unwrap_err();
    assert!(error.to_string().starts_with(
        "the download stopped after 20 of 20 bytes: the gzip is truncated, or its checksum is wrong: "
    ));
}

#[test]
fn a_gzip_with_a_wrong_checksum_or_length_is_an_error() {
    for from_end in [1, 8] {
        let mut file = gzip(&csv());
        let at = file.len() - from_end;
        file[at] ^= 1;
        let outcome = download([Answer::whole(&file)]);
        assert!(matches!(outcome.kind(), DownloadErrorKind::Truncated(_)));
    }
}

#[test]
fn a_body_wrongly_announced_as_gzip_is_an_error() {
    for body in [&b"user_id,email\n"[..], b"u"] {
        let outcome = download([Answer::whole(body).with("content-type", "application/gzip")]);
        let reason = outcome.kind();
        assert!(matches!(
            reason,
            DownloadErrorKind::Corrupt(_) | DownloadErrorKind::Truncated(_)
        ));
    }
}

#[test]
fn a_file_that_the_transport_decompressed_cannot_resume() {
    // As where it is sent as an encoding too. Whoever undoes that takes the length away.
    let undone = || Answer::new(200, &csv()).with("content-type", "application/gzip");
    for compressed in [false, true] {
        let outcome = download_with(RetryPolicy::default(), compressed, [undone()]);
        outcome.result.unwrap();
        assert!(outcome.delivered == csv());
    }
    let outcome = download([undone().tagged("a").breaking_at(100)]);
    let reason = outcome.kind();
    assert!(matches!(reason, DownloadErrorKind::NotResumable(_)));
}

#[test]
fn a_download_resumes_from_any_position() {
    let file = gzip(b"a file that is long enough to be cut");
    for at in 0..=file.len() {
        let outcome = download([
            Answer::whole(&file).tagged("a").breaking_at(at),
            if at == 0 {
                Answer::whole(&file).tagged("a")
            } else {
                Answer::rest(&file, at.min(file.len() - 1)).tagged("a")
            },
        ]);
        outcome.result.unwrap();
        assert_eq!(outcome.delivered, b"a file that is long enough to be cut");
        let range = (at > 0).then(|| format!("bytes={at}-"));
        let tag = (at > 0).then(|| "\"a\"".to_owned());
        // With its last byte, a file is whole, whatever becomes of the connection.
        let asked = if at == file.len() {
            vec![]
        } else {
            vec![(range, tag)]
        };
        assert_eq!(outcome.asked, asked);
    }
}

#[test]
fn a_body_that_ends_early_is_an_error() {
    let file = gzip(&csv());
    let mut short = Answer::whole(&file).tagged("a");
    short.body.truncate(100);
    let outcome = download([short, Answer::rest(&file, 100).tagged("a")]);
    outcome.result.unwrap();
    assert!(outcome.delivered == csv());
}

#[test]
fn a_file_sent_in_parts_is_requested_part_by_part() {
    let file = gzip(&csv());
    let part = |from: usize, to: usize| {
        let range = format!("bytes {from}-{}/{}", to - 1, file.len());
        Answer::new(206, &file[from..to]).with("content-range", range)
    };
    let outcome = download([
        Answer::whole(&file).breaking_at(50),
        part(50, 90),
        part(90, 91),
        part(91, file.len()),
    ]);
    outcome.result.unwrap();
    assert!(outcome.delivered == csv());
}

#[test]
fn without_range_support_the_received_part_is_skipped() {
    let file = csv();
    let outcome = download([
        Answer::whole(&file).tagged("a").breaking_at(100),
        // It breaks again, before anything new came.
        Answer::whole(&file).tagged("a").breaking_at(60),
        Answer::whole(&file).tagged("a"),
    ]);
    outcome.result.unwrap();
    assert!(outcome.delivered == file);
    let again = (Some("bytes=100-".to_owned()), Some("\"a\"".to_owned()));
    assert_eq!(outcome.asked, [again.clone(), again]);
}

#[test]
fn another_file_is_never_appended() {
    let file = gzip(&csv());
    let begun = || Answer::whole(&file).tagged("a").breaking_at(100);
    let other = Answer::whole(&gzip(b"other")).tagged("b");
    let longer = Answer::rest(&[&file[..], b"more"].concat(), 100).tagged("a");
    for second in [
        other,
        Answer::rest(&file, 100).tagged("b"),
        longer,
        Answer::new(416, b"").with("content-range", "bytes */50"),
    ] {
        let outcome = download([begun(), second]);
        assert!(
            matches!(outcome.kind(), DownloadErrorKind::Changed),
            "{outcome:?}"
        );
    }
}

#[test]
fn another_part_than_was_asked_for_is_an_error() {
    let file = gzip(&csv());
    let begun = || Answer::whole(&file).tagged("a").breaking_at(100);
    let mut too_long = Answer::rest(&file, 100);
    too_long.body.push(0);
    for second in [
        Answer::rest(&file, 90),
        Answer::rest(&file, 110),
        Answer::new(206, &file[100..]),
        too_long,
    ] {
        let outcome = download([begun(), second]);
        assert!(
            matches!(outcome.kind(), DownloadErrorKind::WrongRange),
            "{outcome:?}"
        );
    }
    let outcome = download([Answer::rest(&file, 10)]);
    assert!(matches!(outcome.kind(), DownloadErrorKind::WrongRange));
}

#[test]
fn a_gzip_file_resumes_without_an_etag_because_its_checksum_verifies_it() {
    let file = gzip(&csv());
    let outcome = download([
        Answer::whole(&file).breaking_at(100),
        Answer::rest(&file, 100),
    ]);
    outcome.result.unwrap();
    assert_eq!(outcome.asked, [(Some("bytes=100-".to_owned()), None)]);

    let mut other = Answer::rest(&file, 100);
    other.body.reverse();
    let outcome = download([Answer::whole(&file).breaking_at(100), other]);
    assert!(outcome.result.is_err());
}

#[test]
fn a_download_that_cannot_resume_reports_how_much_was_returned() {
    let plain = csv();
    let outcome = download([Answer::whole(&plain).breaking_at(100)]);
    let error = outcome.result.unwrap_err();
    assert!(matches!(error.kind, DownloadErrorKind::NotResumable(_)));
    assert_eq!((error.received, error.delivered), (100, 100));
    assert_eq!(
        error.to_string(),
        format!(
            "the download stopped after 100 of {} bytes: the connection broke; the service cannot \
             resume it, so download the file again (GET /download/content/data/7)",
            plain.len()
        )
    );

    let file = gzip(&plain);
    let outcome = download([Answer::whole(&file).breaking_at(100), Answer::whole(&file)]);
    assert!(matches!(outcome.kind(), DownloadErrorKind::NotResumable(_)));
}

#[test]
fn a_download_without_progress_fails() {
    let file = gzip(&csv());
    let stuck = || Answer::rest(&file, 100).tagged("a").breaking_at(0);
    let outcome = download([
        Answer::whole(&file).tagged("a").breaking_at(100),
        stuck(),
        stuck(),
        stuck(),
    ]);
    assert!(matches!(outcome.kind(), DownloadErrorKind::Interrupted(_)));
    assert_eq!(outcome.waits, 3);
}

#[test]
fn a_download_that_makes_progress_keeps_being_retried() {
    let file = gzip(&csv());
    let mut answers = vec![Answer::whole(&file).tagged("a").breaking_at(100)];
    for at in 100..200 {
        answers.push(Answer::rest(&file, at).tagged("a").breaking_at(1));
    }
    answers.push(Answer::rest(&file, 200).tagged("a"));
    let outcome = download(answers);
    outcome.result.unwrap();
    assert_eq!((outcome.delivered == csv(), outcome.waits), (true, 101));
}

#[test]
fn a_client_without_retries_does_not_resume_downloads() {
    let file = gzip(&csv());
    let broken = Answer::whole(&file).tagged("a").breaking_at(100);
    let outcome = download_with(RetryPolicy::NEVER, false, [broken]);
    assert!(matches!(outcome.kind(), DownloadErrorKind::Interrupted(_)));
}

#[test]
fn an_empty_file_is_requested_again_and_then_an_error() {
    let outcome = download([Answer::whole(b""), Answer::whole(&gzip(b"a"))]);
    assert_eq!(outcome.delivered, b"a");
    let outcome = download([(); 4].map(|()| Answer::whole(b"")));
    assert!(matches!(outcome.kind(), DownloadErrorKind::Empty));
}

#[test]
fn a_rejected_resume_request_keeps_its_reply() {
    let file = gzip(&csv());
    let begun = Answer::whole(&file).tagged("a").breaking_at(100);
    let outcome = download([begun, Answer::new(404, b"")]);
    let error = Error::Download(Box::new(outcome.result.unwrap_err()));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(
        error.to_string(),
        format!(
            "the download stopped after 100 of {} bytes: resuming it: \
             404 without a body (GET /download/content/data/7)",
            file.len()
        )
    );
    assert!(!error.is_retryable());
}

#[test]
fn a_file_without_a_length_is_complete_at_its_end() {
    let file = gzip(&csv());
    let outcome = download([
        Answer::new(200, &file).breaking_at(file.len()),
        Answer::new(416, b"").with("content-range", format!("bytes */{}", file.len())),
    ]);
    outcome.result.unwrap();
    assert!(outcome.delivered == csv());
}

#[test]
fn a_download_that_the_transport_decompressed_does_not_resume() {
    let mut transfer = {
        let head = Answer::new(200, b"").tagged("a").head();
        let random = fastrand::Rng::with_seed(7);
        Transfer::new(info(), head, RetryPolicy::default(), random).unwrap()
    };
    transfer.next(TransferEvent::Data(Bytes::from_static(b"user_id,email\n")));
    let error = TransportError::new(TransportErrorKind::Encoding);
    assert!(matches!(
        transfer.next(TransferEvent::Broken(error)),
        TransferStep::Fail(_)
    ));
}
