//! A download takes the same memory whatever its size. A program of its own, for it looks at the
//! memory of the whole process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};

use flate2::Compression;
use flate2::write::GzEncoder;
use intercom_core::api::data_export;
use intercom_core::{BaseUrl, Client, Config, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;

const MIB: u64 = 1024 * 1024;

/// How large the file is.
const SIZE: u64 = 64 * MIB;

/// How much memory the download of it may take.
const LIMIT: u64 = 16 * MIB;

/// Serves the file twice, as gzip that is as large as what is in it, and gives the address.
fn serve() -> BaseUrl {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut member = GzEncoder::new(Vec::new(), Compression::none());
        member.write_all(&vec![b'x'; MIB as usize]).unwrap();
        let member = member.finish().unwrap();
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            while !lines.next().unwrap().unwrap().is_empty() {}
            let length = member.len() as u64 * (SIZE / MIB);
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n"
            )
            .unwrap();
            for _ in 0..SIZE / MIB {
                stream.write_all(&member).unwrap();
            }
        }
    });
    BaseUrl::parse(&url).unwrap()
}

/// The most memory that the process had so far, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kilobytes = line.unwrap().split_whitespace().nth(1).unwrap();
    kilobytes.parse::<u64>().unwrap() * 1024
}

#[test]
fn a_download_takes_the_same_memory_whatever_its_size() {
    let config = Config::new("token").base_url(serve());
    let download = data_export::Download::new("7");
    let hyper = Client::new(HyperTransport::new().unwrap(), config.clone());
    let ureq = blocking::Client::new(UreqTransport::new().unwrap(), config);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();

    let before = peak();
    let written = ureq.download(&download).unwrap().write_to(io::sink());
    assert_eq!(written.unwrap(), SIZE);
    let blocking = peak() - before;
    let written = runtime.block_on(async {
        let download = hyper.download(&download).await?;
        download.write_to(io::sink()).await
    });
    assert_eq!(written.unwrap(), SIZE);
    let both = peak() - before;
    assert!(both < LIMIT, "{blocking} bytes, and {both} with hyper");
}
