//! Sending requests to an emulator in process.

use std::io::Read as _;

use bytes::Bytes;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_emulator::Emulator;

/// A request, with the query in the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Empty if there is none.
    pub(crate) body: String,
}

/// A reply.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    /// 0 if there was none.
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

/// Sends a request, and returns what came back; a broken reply has the status 0.
pub(crate) fn send(emulator: &Emulator, version: &str, request: &Request) -> Reply {
    let built = http::Request::builder()
        .method(request.method.as_str())
        .uri(&request.path)
        .header("authorization", "Bearer any")
        .header("content-type", "application/json")
        .header("intercom-version", version)
        .body(Bytes::from(request.body.clone()));
    let Ok(built) = built else {
        return Reply::default();
    };
    let Ok(reply) = Transport::send(&emulator.transport(), built, Deadline::none()) else {
        return Reply::default();
    };
    let status = reply.status().as_u16();
    let mut body = Vec::new();
    match reply.into_body().read_to_end(&mut body) {
        Ok(_) => Reply { status, body },
        Err(_) => Reply::default(),
    }
}
