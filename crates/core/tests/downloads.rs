//! Downloads, with a transport that plays a script.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod support;

use std::io::{self, Read, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::Response;
use intercom_core::api::data_export;
use intercom_core::error::DownloadErrorKind;
use intercom_core::{CallOptions, Client, Error, blocking};
use support::{Answer, Scripted, now};

const CSV: &[u8] = b"user_id,email\n7,ada@example.com\n";

fn gzip() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(CSV).unwrap();
    encoder.finish().unwrap()
}

fn file(bytes: &[u8]) -> Answer {
    Ok(Response::builder()
        .header("content-length", bytes.len())
        .body(Bytes::copy_from_slice(bytes))
        .unwrap())
}

fn export() -> data_export::Download {
    data_export::Download::new("x1")
}

fn client(transport: &Scripted) -> blocking::Client {
    blocking::Client::new(transport.clone(), "token")
}

#[test]
fn a_file_is_requested_unencoded_whatever_the_options_say() {
    let transport = Scripted::new([file(&gzip())]);
    let gzip = CallOptions::new().header("Accept-Encoding", "gzip");
    let download = client(&transport)
        .with_options(gzip)
        .download(&export())
        .unwrap();
    assert_eq!(download.reply().status().as_u16(), 200);
    assert_eq!(
        transport.header(0, "accept-encoding").as_deref(),
        Some("identity")
    );
    assert_eq!(
        transport.header(0, "accept").as_deref(),
        Some("application/octet-stream")
    );
}

#[test]
fn a_file_can_be_read_piece_by_piece_and_written_with_progress() {
    let transport = Scripted::new([file(&gzip()), file(&gzip()), file(&gzip())]);
    let intercom = client(&transport);
    let mut text = String::new();
    let mut download = intercom.download(&export()).unwrap();
    download.read_to_string(&mut text).unwrap();
    assert_eq!(text.as_bytes(), CSV);

    let (mut written, mut told) = (Vec::new(), Vec::new());
    let download = intercom.download(&export()).unwrap().compressed();
    download
        .write_to_with(&mut written, |progress| told.push(progress))
        .unwrap();
    assert_eq!(written, gzip());
    let last = told.last().unwrap();
    assert_eq!(last.received, gzip().len() as u64);
    assert_eq!(last.total, Some(last.received));

    let intercom = Client::new(transport, "token");
    let pieces = now(async {
        let mut download = intercom.download(&export()).await?;
        let mut pieces = Vec::new();
        while let Some(piece) = download.chunk().await? {
            pieces.extend_from_slice(&piece);
        }
        Ok::<_, Error>(pieces)
    });
    assert_eq!(pieces.unwrap(), CSV);
}

#[test]
fn the_end_of_a_file_that_is_cut_short_does_not_look_like_its_end() {
    let cut = &gzip()[..30];
    let mut download = client(&Scripted::new([file(cut)]))
        .download(&export())
        .unwrap();
    let mut read = Vec::new();
    let error = download.read_to_end(&mut read).unwrap_err();
    let error = error.get_ref().unwrap().downcast_ref::<Error>().unwrap();
    assert!(
        matches!(error, Error::Download(error) if matches!(error.kind, DownloadErrorKind::Truncated(_))),
        "{error}"
    );
    assert!(download.read(&mut [0; 8]).is_err());
}

#[test]
fn a_download_that_failed_has_no_end() {
    let cut = &gzip()[..30];
    let failed_before = |error: Error| matches!(error, Error::Download(error) if matches!(error.kind, DownloadErrorKind::AlreadyFailed));
    let mut download = client(&Scripted::new([file(cut)]))
        .download(&export())
        .unwrap();
    while let Ok(Some(_)) = download.chunk() {}
    assert!(download.read(&mut [0; 8]).is_err());
    assert!(failed_before(download.chunk().unwrap_err()));

    let intercom = Client::new(Scripted::new([file(cut)]), "token");
    let again = now(async {
        let mut download = intercom.download(&export()).await.unwrap();
        while let Ok(Some(_)) = download.chunk().await {}
        download.chunk().await
    });
    assert!(failed_before(again.unwrap_err()));
}

#[test]
fn a_writer_that_fails_is_an_error_that_says_so() {
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let told = |error: Error| match error {
        Error::Download(error) => matches!(error.kind, DownloadErrorKind::Write(_)),
        _ => false,
    };
    let transport = Scripted::new([file(&gzip()), file(&gzip())]);
    let download = client(&transport).download(&export()).unwrap();
    assert!(told(download.write_to(Full).unwrap_err()));
    let intercom = Client::new(transport, "token");
    let written = now(async { intercom.download(&export()).await?.write_to(Full).await });
    assert!(told(written.unwrap_err()));
}

#[test]
fn a_missing_file_is_an_api_error() {
    let gone = || Ok(Response::builder().status(404).body(Bytes::new()).unwrap());
    let error = client(&Scripted::new([gone()]))
        .download(&export())
        .unwrap_err();
    assert!(matches!(error, Error::Api(_)));
}
