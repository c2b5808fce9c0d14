//! The client of programs without an async runtime.

mod download;
mod job;
mod paging;

use std::io::Read;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;

pub use self::download::Download;
pub use self::job::{FinishedJob, Job};
pub use self::paging::{Items, Pages, TypedItems};
use crate::error::{Error, TransportError};
use crate::handle::{Driver, sealed::Sealed};
use crate::machine::{Call, Engine, Event, Source, Step, Wanted, decode};
use crate::operation::Endpoint;
pub use crate::policy::BlockingTokenProvider as TokenProvider;
use crate::policy::{AccessToken, BaseUrl, BaseUrlError, CallOptions, Config};
pub use crate::transport::blocking::{Body, Transport};
use crate::transport::{Now, blocking as transport};
use crate::wire::{ApiVersion, RateLimit, RawReply, Reply};

/// A client of the API, for programs without an async runtime. Its calls block the thread.
///
/// ```no_run
/// # fn example(transport: impl intercom_core::blocking::Transport + 'static) -> Result<(), intercom_core::Error> {
/// use intercom_core::api::contacts;
/// use intercom_core::blocking::Client;
/// use intercom_core::{Config, Region};
///
/// let intercom = Client::new(transport, Config::new("token").base_url(Region::Eu));
///
/// let contact = intercom.call(&contacts::Get::new("6762f0d01bb69f9f2193bb7d"))?;
/// println!("{:?}", contact.name);
///
/// for contact in intercom.items(contacts::List::new()) {
///     println!("{:?}", contact?.email);
/// }
/// # Ok(())
/// # }
/// ```
///
/// | to | call |
/// | --- | --- |
/// | send a request | [`call`](Self::call) |
/// | read a list | [`items`](Self::items), [`pages`](Self::pages) |
/// | download a file | [`download`](Self::download) |
/// | start a job and wait for it | [`start`](Self::start), [`job`](Self::job) |
/// | create or update a contact | [`upsert_contact`](Self::upsert_contact) |
/// | use other options for some calls | [`with_options`](Self::with_options) |
///
/// A client is cheap to clone and has no type parameters. Clones share connections and the rate
/// budget.
#[derive(Debug, Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    tokens: Option<Arc<dyn TokenProvider>>,
    engine: Engine,
}

impl Client {
    /// Creates a client with an access token, or with a [`Config`].
    pub fn new(transport: impl Transport + 'static, config: impl Into<Config>) -> Self {
        Self {
            transport: Arc::new(transport),
            tokens: None,
            engine: Engine::new(config.into()),
        }
    }

    /// Takes access tokens from a provider instead of the configuration:
    /// `Client::new(transport, Config::default()).token_provider(vault)`.
    #[must_use]
    pub fn token_provider(self, provider: impl TokenProvider + 'static) -> Self {
        Self {
            transport: self.transport,
            tokens: Some(Arc::new(provider)),
            engine: self.engine.with_provider(),
        }
    }

    /// Returns a client that makes its calls with these options. It shares everything else with this
    /// one.
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        Self {
            engine: self.engine.with_options(options),
            ..self.clone()
        }
    }

    /// Returns the URL that requests are sent to.
    ///
    /// # Errors
    ///
    /// If the configured text is not a usable URL.
    pub fn base_url(&self) -> Result<&BaseUrl, &BaseUrlError> {
        self.engine.base_url()
    }

    /// Returns the version that calls request.
    #[must_use]
    pub fn version(&self) -> ApiVersion {
        self.engine.version()
    }

    /// Returns the state of the rate limit, as estimated from the replies so far; `None` before the
    /// first.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.engine.rate_limit(self.transport.now())
    }

    /// Sends a request and decodes the reply.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        let mut call = self
            .engine
            .begin(endpoint.spec(), endpoint.encode(), Wanted::Body)?;
        let mut event = Event::Start;
        loop {
            let (reply, _) = self.run(&mut call, event)?;
            match decode::<E>(reply) {
                Ok(reply) => {
                    call.end();
                    return Ok(reply);
                }
                Err(undecodable) => event = Event::Undecodable(undecodable),
            }
        }
    }

    /// Sends a request and returns the body of the reply, to be read as it arrives, whatever its size.
    /// For a file, use [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). Later errors come from the body.
    pub fn stream<E: Endpoint>(&self, endpoint: &E) -> Result<(RawReply, Body), Error> {
        let (spec, request) = (endpoint.spec(), endpoint.encode());
        let mut call = self.engine.begin(spec, request, Wanted::Stream)?;
        let (reply, body) = self.run(&mut call, Event::Start)?;
        call.end();
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    /// Requests a file, or a part of it.
    fn fetch(&self, source: &Source, headers: HeaderMap) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin_fetch(source, headers)?;
        let (reply, body) = self.run(&mut call, Event::Start)?;
        call.end();
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    fn now(&self) -> Now {
        self.transport.now()
    }

    fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration);
    }

    /// Drives a call from an event to its end.
    fn run(&self, call: &mut Call, mut event: Event) -> Result<(RawReply, Option<Body>), Error> {
        let transport = &self.transport;
        let mut body = None;
        loop {
            event = match call.next(event, transport.now()) {
                Step::Token(refused, _) => self.token(refused),
                Step::Wait(duration) => {
                    transport.sleep(duration);
                    Event::Waited
                }
                Step::Send(request, deadline) => {
                    let send = || transport::send(transport, request, deadline);
                    match call.reporter().trace.blocking(send) {
                        Ok(response) => {
                            let (head, stream) = response.into_parts();
                            body = Some(stream);
                            Event::Head(head.status, head.headers)
                        }
                        Err(error) => Event::Failed(error, Bytes::new()),
                    }
                }
                Step::Read(limit) => {
                    let read = || collect(body.take(), limit);
                    call.reporter().trace.blocking(read)
                }
                Step::Done(reply) => return Ok((reply, body)),
                Step::Fail(error) => return Err(error),
            }
        }
    }

    /// Requests a token from the provider. Nothing interrupts it.
    fn token(&self, refused: Option<AccessToken>) -> Event {
        let (Some(provider), Some(provided)) = (self.tokens.clone(), self.engine.provided()) else {
            return Event::NoToken;
        };
        let ask = |refused: Option<AccessToken>| async move { provider.token(refused.as_ref()) };
        // It awaits nothing, so it is done after one poll.
        let mut context = Context::from_waker(Waker::noop());
        match pin!(provided.ask(refused, self.now(), ask)).poll(&mut context) {
            Poll::Ready(result) => Event::Token(result),
            Poll::Pending => Event::NoToken,
        }
    }
}

impl Sealed for Client {}

impl Driver for Client {
    type Body = Body;
    type Pending<T: 'static> = ();
}

fn collect(body: Option<Body>, limit: u64) -> Event {
    let mut collected = Vec::new();
    let read = body.map_or(Ok(0), |body| {
        body.take(limit.saturating_add(1))
            .read_to_end(&mut collected)
    });
    let is_large = collected.len() as u64 > limit;
    collected.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let collected = Bytes::from(collected);
    match read {
        Err(error) => Event::Failed(TransportError::from_body_error(error), collected),
        Ok(_) if is_large => Event::TooLarge(collected),
        Ok(_) => Event::Body(collected),
    }
}
