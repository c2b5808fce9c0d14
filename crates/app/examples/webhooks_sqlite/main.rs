//! Receives webhooks with tiny_http, without an async runtime, and keeps them in SQLite.
//!
//! ```console
//! $ INTERCOM_CLIENT_SECRET=s3cr3t cargo run -p intercom-app --example webhooks_sqlite
//! ```
//!
//! A notification is on disk before the reply is sent, and is handled in one transaction with what the
//! handler writes. So it is neither lost nor handled twice, whenever the program ends. Stops when its
//! standard input ends (Ctrl-D).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

mod queue;

use std::error::Error;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use intercom_app::webhooks::Receiver;
use tiny_http::{Request, Response, Server};

use self::queue::Queue;

const MAX_BODY: usize = 1024 * 1024;

/// Returns the status to reply with.
fn receive(receiver: &Receiver, queue: &Queue, request: &mut Request) -> u16 {
    let Ok(method) = request.method().as_str().parse::<Method>() else {
        return 405;
    };
    let headers = request.headers().iter().filter_map(|header| {
        let name: HeaderName = header.field.as_str().as_str().parse().ok()?;
        Some((name, HeaderValue::from_bytes(header.value.as_bytes()).ok()?))
    });
    let mut received = HeaderMap::new();
    for (name, value) in headers {
        received.append(name, value);
    }
    let mut body = Vec::new();
    let most = MAX_BODY as u64 + 1;
    if request
        .as_reader()
        .take(most)
        .read_to_end(&mut body)
        .is_err()
    {
        return 400;
    }
    match receiver.receive(&method, &received, body) {
        Ok(notification) => match queue.store(&notification) {
            Ok(_) => 200,
            // Intercom sends it again.
            Err(error) => {
                eprintln!("storing: {error}");
                500
            }
        },
        Err(reply) => {
            if reply.is_refusal() {
                eprintln!("refused: {reply}");
            }
            reply.status().as_u16()
        }
    }
}

pub(crate) fn main() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::new(std::env::var("INTERCOM_CLIENT_SECRET")?).max_body(MAX_BODY);
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let file = std::env::var("DATABASE").unwrap_or_else(|_| "webhooks.sqlite".to_owned());
    let queue = Queue::open(&file)?;
    let server = Arc::new(Server::http(address).map_err(|error| error.to_string())?);
    println!("listening on http://{}/", server.server_addr());

    let is_stopping = Arc::new(AtomicBool::new(false));
    let (to_stop, stopping) = (Arc::clone(&server), Arc::clone(&is_stopping));
    thread::spawn(move || {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        stopping.store(true, Ordering::SeqCst);
        to_stop.unblock();
    });

    // What an earlier run had stored and not handled.
    let mut worker = queue::Worker::start(&file)?;
    for mut request in server.incoming_requests() {
        let status = receive(&receiver, &queue, &mut request);
        if let Err(error) = request.respond(Response::empty(status)) {
            eprintln!("replying: {error}");
        }
        worker.wake();
        if is_stopping.load(Ordering::SeqCst) {
            break;
        }
    }
    worker.stop();
    Ok(())
}
