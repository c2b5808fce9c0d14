//! The async client.

mod download;
mod job;
mod paging;
mod pending;

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;

pub use self::download::Download;
pub use self::job::{FinishedJob, Job};
pub use self::paging::{Items, Pages, TypedItems};
use self::pending::BoxFuture;
use crate::error::Error;
use crate::machine::{Call, Engine, Event, Source, Step, Wanted, decode};
use crate::operation::Endpoint;
use crate::policy::{AccessToken, BaseUrl, BaseUrlError, CallOptions, Config, TokenProvider};
use crate::transport::{self, Body, Now, Transport};
use crate::wire::{ApiVersion, RateLimit, RawReply, Reply};

/// A client of the API, for async programs.
///
/// ```no_run
/// # async fn example(transport: impl intercom_core::Transport + 'static) -> Result<(), intercom_core::Error> {
/// use intercom_core::api::contacts;
/// use intercom_core::{Client, Config, Region};
///
/// let intercom = Client::new(transport, Config::new("token").base_url(Region::Eu));
///
/// let contact = intercom.call(&contacts::Get::new("6762f0d01bb69f9f2193bb7d")).await?;
/// println!("{:?}", contact.name);
///
/// let mut all = intercom.items(contacts::List::new());
/// while let Some(contact) = all.try_next().await? {
///     println!("{:?}", contact.email);
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

    /// Sends a request and decodes the reply. Dropping the future cancels the call.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        let mut call = self
            .engine
            .begin(endpoint.spec(), endpoint.encode(), Wanted::Body)?;
        let mut event = Event::Start;
        loop {
            let (reply, _) = self.run(&mut call, event).await?;
            match decode::<E>(reply) {
                Ok(reply) => {
                    call.end();
                    return Ok(reply);
                }
                Err(undecodable) => event = Event::Undecodable(undecodable),
            }
        }
    }

    /// Sends a request and returns the body of the reply as it arrives, whatever its size. For a file,
    /// use [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). Later errors come from the body.
    pub async fn stream<E: Endpoint>(&self, endpoint: &E) -> Result<(RawReply, Body), Error> {
        let (spec, request) = (endpoint.spec(), endpoint.encode());
        let mut call = self.engine.begin(spec, request, Wanted::Stream)?;
        let (reply, body) = self.run(&mut call, Event::Start).await?;
        call.end();
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    /// Requests a file, or a part of it.
    async fn fetch(&self, source: &Source, headers: HeaderMap) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin_fetch(source, headers)?;
        let (reply, body) = self.run(&mut call, Event::Start).await?;
        call.end();
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    fn now(&self) -> Now {
        self.transport.now()
    }

    async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }

    fn sleep_owned(&self, duration: Duration) -> BoxFuture<()> {
        let client = self.clone();
        Box::pin(async move { client.sleep(duration).await })
    }

    /// Drives a call from an event to its end.
    async fn run(
        &self,
        call: &mut Call,
        mut event: Event,
    ) -> Result<(RawReply, Option<Body>), Error> {
        let transport = &self.transport;
        let mut body = None;
        loop {
            event = match call.next(event, transport.now()) {
                Step::Token(refused, left) => self.token(refused, left).await,
                Step::Wait(duration) => {
                    transport.sleep(duration).await;
                    Event::Waited
                }
                Step::Send(request, deadline) => {
                    let sending = transport::send(transport, request, deadline);
                    match call.reporter().trace.future(sending).await {
                        Ok(response) => {
                            let (head, stream) = response.into_parts();
                            body = Some(stream);
                            Event::Head(head.status, head.headers)
                        }
                        Err(error) => Event::Failed(error, Bytes::new()),
                    }
                }
                Step::Read(limit) => {
                    let reading = collect(body.take(), limit);
                    call.reporter().trace.future(reading).await
                }
                Step::Done(reply) => return Ok((reply, body)),
                Step::Fail(error) => return Err(error),
            }
        }
    }

    /// Requests a token from the provider, within this time.
    async fn token(&self, refused: Option<AccessToken>, left: Option<Duration>) -> Event {
        let (Some(provider), Some(provided)) = (self.tokens.clone(), self.engine.provided()) else {
            return Event::NoToken;
        };
        let ask =
            |refused: Option<AccessToken>| async move { provider.token(refused.as_ref()).await };
        let mut token = pin!(provided.ask(refused, self.now(), ask));
        let Some(left) = left else {
            return Event::Token(token.await);
        };
        let mut late = self.transport.sleep(left);
        poll_fn(|context| match token.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Event::Token(result)),
            Poll::Pending => late.as_mut().poll(context).map(|()| Event::NoToken),
        })
        .await
    }
}

/// A call that owns what it needs.
fn call_owned<E: Endpoint + Send + Sync + 'static>(
    client: &Client,
    endpoint: E,
) -> BoxFuture<Result<Reply<E::Output>, Error>> {
    let client = client.clone();
    Box::pin(async move { client.call(&endpoint).await })
}

async fn collect(body: Option<Body>, limit: u64) -> Event {
    let mut collected = Collected::Whole(Bytes::new());
    let Some(mut body) = body else {
        return Event::Body(collected.into_bytes());
    };
    loop {
        match body.chunk().await {
            Some(Ok(chunk)) => collected = collected.with(chunk),
            Some(Err(error)) => return Event::Failed(error, collected.into_bytes()),
            None => return Event::Body(collected.into_bytes()),
        }
        if collected.len() > limit {
            let mut start = collected.into_bytes();
            start.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
            return Event::TooLarge(start);
        }
    }
}

/// A body that is being collected. Most arrive in one chunk, which is not copied.
enum Collected {
    Whole(Bytes),
    Chunks(BytesMut),
}

impl Collected {
    fn len(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Chunks(bytes) => bytes.len() as u64,
        }
    }

    fn with(self, chunk: Bytes) -> Self {
        let mut chunks = match self {
            Self::Whole(first) if first.is_empty() => return Self::Whole(chunk),
            Self::Whole(first) => BytesMut::from(first),
            Self::Chunks(chunks) => chunks,
        };
        chunks.extend_from_slice(&chunk);
        Self::Chunks(chunks)
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Chunks(bytes) => bytes.freeze(),
        }
    }
}
