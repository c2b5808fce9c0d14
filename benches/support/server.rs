//! A server that does as little as it can, so that what is measured is the client.

use std::io::{BufRead, BufReader, IoSlice, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

/// A body, in pieces that may be shared with other bodies.
pub(crate) type Pieces = Vec<Arc<[u8]>>;

/// What is answered to a path with its query.
type Answers = dyn Fn(&str) -> Pieces + Send + Sync;

/// The seconds of a window of the rate limit, which no benchmark comes near to.
const WINDOW: u64 = 10;

/// Serves HTTP/1.1 until the process ends, a thread for each connection.
pub(crate) fn serve(answers: impl Fn(&str) -> Pieces + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let answers: Arc<Answers> = Arc::new(answers);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let answers = Arc::clone(&answers);
            // A client that goes away ends its connection, as it may.
            thread::spawn(move || drop(connection(stream.unwrap(), &*answers)));
        }
    });
    address
}

fn connection(mut stream: TcpStream, answers: &Answers) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    let (mut path, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if requests.read_line(&mut line)? == 0 {
            return Ok(());
        }
        path.clear();
        path.push_str(line.split(' ').nth(1).unwrap_or_default());
        while line != "\r\n" {
            line.clear();
            requests.read_line(&mut line)?;
        }
        let body = answers(&path);
        let head = head(body.iter().map(|piece| piece.len()).sum());
        // In one write, as far as the system takes it.
        let mut slices: Vec<IoSlice<'_>> = vec![IoSlice::new(head.as_bytes())];
        slices.extend(body.iter().map(|piece| IoSlice::new(piece)));
        let mut rest = &mut slices[..];
        while !rest.is_empty() {
            let written = stream.write_vectored(rest)?;
            IoSlice::advance_slices(&mut rest, written);
        }
    }
}

/// The headers that the service sends, as far as clients look at them.
fn head(length: usize) -> String {
    let now = SystemTime::now();
    let reset = now.duration_since(UNIX_EPOCH).unwrap().as_secs() / WINDOW * WINDOW + WINDOW;
    format!(
        "HTTP/1.1 200 OK\r\n\
         date: {date}\r\n\
         content-type: application/json; charset=utf-8\r\n\
         content-length: {length}\r\n\
         intercom-version: 2.16\r\n\
         x-request-id: 000v6g5u0jgl6kh0b9kg\r\n\
         x-ratelimit-limit: 10000000\r\n\
         x-ratelimit-remaining: 9999999\r\n\
         x-ratelimit-reset: {reset}\r\n\r\n",
        date = httpdate::fmt_http_date(now),
    )
}
