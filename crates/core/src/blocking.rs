//! The client for programs without an async runtime.

use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;

use crate::call::{Call, Event, Step, Wanted};
use crate::config::{CallOptions, Config};
use crate::endpoint::Endpoint;
use crate::engine::Engine;
use crate::error::Error;
use crate::paging::Paginate;
pub use crate::paging::blocking::{Items, Pages};
use crate::reply::{RawReply, Reply};
use crate::transport::TransportError;
pub use crate::transport::blocking::{Body, Transport};

/// Calls the API, blocking the thread.
///
/// It is cheap to clone, and has no type parameters. Clones share the connections and the account
/// of the rate limit.
#[derive(Debug, Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    engine: Engine,
}

impl Client {
    /// A client with this access token, or with a whole [`Config`].
    pub fn new(transport: impl Transport + 'static, config: impl Into<Config>) -> Self {
        Self {
            transport: Arc::new(transport),
            engine: Engine::new(config.into()),
        }
    }

    /// The same client, with these options for its calls.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self {
            transport: Arc::clone(&self.transport),
            engine: self.engine.with(options),
        }
    }

    /// Calls an endpoint.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        let mut call = self.engine.begin(endpoint, Wanted::Body)?;
        let (reply, _) = run(&*self.transport, &mut call)?;
        self.engine.finish::<E>(&call, reply)
    }

    /// Calls an endpoint, and gives the body of its reply to be read as it arrives, whatever its
    /// size.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). What happens to the body later, reading it says.
    pub fn stream<E: Endpoint>(&self, endpoint: &E) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin(endpoint, Wanted::Stream)?;
        let (reply, body) = run(&*self.transport, &mut call)?;
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    /// The pages of a list, from the one that the endpoint names.
    pub fn pages<E: Paginate>(&self, endpoint: E) -> Pages<E> {
        Pages::new(self.clone(), endpoint)
    }

    /// The items of a list, on all its pages.
    pub fn items<E: Paginate>(&self, endpoint: E) -> Items<E> {
        Items::new(self.pages(endpoint))
    }
}

/// Walks a call to its end.
fn run(transport: &dyn Transport, call: &mut Call) -> Result<(RawReply, Option<Body>), Error> {
    let mut body = None;
    let mut event = Event::Start;
    loop {
        event = match call.next(event, transport.now()) {
            Step::Wait(duration) => {
                transport.sleep(duration);
                Event::Waited
            }
            Step::Send(request, deadline) => match transport.send(request, deadline) {
                Ok(response) => {
                    let (head, stream) = response.into_parts();
                    body = Some(stream);
                    Event::Head(head.status, head.headers)
                }
                Err(error) => Event::Failed(error),
            },
            Step::Read(limit) => collect(body.take(), limit).unwrap_or_else(Event::Failed),
            Step::Done(reply) => return Ok((reply, body)),
            Step::Fail(error) => return Err(error),
        }
    }
}

fn collect(body: Option<Body>, limit: u64) -> Result<Event, TransportError> {
    let mut collected = Vec::new();
    if let Some(body) = body {
        body.take(limit.saturating_add(1))
            .read_to_end(&mut collected)
            .map_err(TransportError::from_body_error)?;
    }
    if collected.len() as u64 > limit {
        return Ok(Event::TooLarge);
    }
    Ok(Event::Body(Bytes::from(collected)))
}
