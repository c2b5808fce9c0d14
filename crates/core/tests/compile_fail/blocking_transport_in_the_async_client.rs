use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::Client;
use intercom_core::transport::{Deadline, TransportError, blocking};

#[derive(Debug)]
struct Blocking;

impl blocking::Transport for Blocking {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        unimplemented!()
    }

    fn sleep(&self, _: Duration) {}
}

fn main() {
    let _ = Client::new(Blocking, "token");
}
