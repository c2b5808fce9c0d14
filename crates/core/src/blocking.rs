//! The client for programs without an async runtime.

use std::io::Read;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request};

use crate::api::contacts::{self, ContactCreate};
use crate::call::{Call, Event, Step, Wanted};
use crate::config::{BaseUrl, CallOptions, Config};
pub use crate::download::blocking::Download;
use crate::download::{self, Source};
use crate::endpoint::Endpoint;
use crate::engine::{Answer, Engine};
use crate::error::{EncodeError, Error};
use crate::job::StartJob;
pub use crate::job::blocking::{FinishedJob, Job};
use crate::paging::Paginate;
pub use crate::paging::blocking::{Items, Pages};
use crate::rate::RateLimit;
use crate::reply::{RawReply, Reply};
use crate::token::AccessToken;
pub use crate::token::blocking::TokenProvider;
pub use crate::transport::blocking::{Body, Transport};
use crate::transport::{Now, TransportError};
use crate::upsert::{self, Upserted};
use crate::version::{ApiVersion, Spec};

/// Calls the API, blocking the thread.
///
/// It is cheap to clone, and has no type parameters. Clones share the connections and the account
/// of the rate limit.
#[derive(Debug, Clone)]
pub struct Client {
    transport: Arc<dyn Transport>,
    tokens: Option<Arc<dyn TokenProvider>>,
    engine: Engine,
}

impl Client {
    /// A client with this access token, or with a whole [`Config`].
    pub fn new(transport: impl Transport + 'static, config: impl Into<Config>) -> Self {
        Self {
            transport: Arc::new(transport),
            tokens: None,
            engine: Engine::new(config.into()),
        }
    }

    /// The same client, with access tokens from here instead of that of the configuration:
    /// `Client::new(transport, Config::default()).token_provider(vault)`.
    #[must_use]
    pub fn token_provider(self, provider: impl TokenProvider + 'static) -> Self {
        Self {
            transport: self.transport,
            tokens: Some(Arc::new(provider)),
            engine: self.engine.with_provider(),
        }
    }

    /// The same client, with these options for its calls.
    #[must_use]
    pub fn with(&self, options: CallOptions) -> Self {
        Self {
            engine: self.engine.with(options),
            ..self.clone()
        }
    }

    /// Where its calls go.
    #[must_use]
    pub fn base_url(&self) -> &BaseUrl {
        self.engine.base_url()
    }

    /// The version that its calls ask for.
    #[must_use]
    pub fn version(&self) -> ApiVersion {
        self.engine.version()
    }

    /// What is left of the rate limit, as far as replies told; `None` until one did.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.engine.rate_limit(self.transport.now())
    }

    /// Calls an endpoint.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        let answer = self.exchange(endpoint.spec(), endpoint.encode());
        answer?.read::<E>()
    }

    /// Calls an endpoint, and gives the body of its reply to be read as it arrives, whatever its
    /// size. For a file, there is [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). What happens to the body later, reading it says.
    pub fn stream<E: Endpoint>(&self, endpoint: &E) -> Result<(RawReply, Body), Error> {
        let (spec, request) = (endpoint.spec(), endpoint.encode());
        let mut call = self.engine.begin(spec, request, Wanted::Stream)?;
        let (reply, body) = self.run(&mut call)?;
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    /// Creates a contact, or updates the one that exists with these details.
    ///
    /// The service answers 409 where there is one, and names it in words alone. If it does not, it is
    /// searched for by its external id, or else by its email among those of its role, which is a user
    /// where none is set.
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts::ContactCreate;
    ///
    /// let ada = ContactCreate::new().external_id("ada-1").name("Ada Lovelace");
    /// let contact = intercom.upsert_contact(ada)?;
    /// println!("{} ({})", contact.id, if contact.created { "new" } else { "updated" });
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). Where the contact that exists cannot be told, the 409. Of the up to
    /// three calls, each has the whole [`Config::timeout`].
    pub fn upsert_contact(&self, contact: ContactCreate) -> Result<Upserted, Error> {
        let conflict = match self.call(&contacts::Create::new(contact.clone())) {
            Ok(reply) => {
                return Ok(Upserted {
                    reply,
                    created: true,
                });
            }
            Err(error) => upsert::conflict(error)?,
        };
        let mut id = conflict.existing_contact();
        if id.is_none()
            && let Some(search) = upsert::search(&contact)
        {
            id = upsert::found(&contact, &*self.call(&search)?);
        }
        let Some(id) = id else {
            return Err(conflict);
        };
        let reply = self.call(&contacts::Update::new(id, contact))?;
        Ok(Upserted {
            reply,
            created: false,
        })
    }

    /// Downloads a file of any size, which goes on where a connection broke, and is known to be whole
    /// at its end. See [`Download`].
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use intercom_core::api::data_export;
    /// use std::fs::File;
    ///
    /// let export = data_export::Download::new("orzzsbd7hk67xyu");
    /// let download = intercom.download(&export)?;
    /// download.write_to_with(File::create("export.csv")?, |progress| println!("{progress:?}"))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), where there is nothing to download. What happens later, the download
    /// says.
    pub fn download<E: Endpoint<Output = Bytes>>(&self, endpoint: &E) -> Result<Download, Error> {
        let source = Source::of(endpoint)?;
        let (head, body) = self.fetch(&source, download::headers())?;
        let transfer = self.engine.transfer(&source, head)?;
        Ok(Download::new(self.clone(), source, transfer, body))
    }

    /// Starts a job, to be waited for. See [`Job`].
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client, ticket: intercom_core::api::tickets::TicketCreate) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::tickets;
    ///
    /// let finished = intercom.start(&tickets::Enqueue::new(ticket))?.wait()?;
    /// println!("created as {:?}", finished.resource_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), and where the service named no job. That there are too many jobs
    /// already is told at once.
    pub fn start<S: StartJob>(&self, endpoint: &S) -> Result<Job<S>, Error> {
        let reply = self.call(endpoint)?;
        Job::started(self.clone(), &reply)
    }

    /// A job that was started before, by its [id](Job::id).
    pub fn job<S: StartJob>(&self, id: impl Into<S::Id>) -> Job<S> {
        Job::new(self.clone(), id.into())
    }

    /// The pages of a list, from the one that the endpoint names.
    pub fn pages<E: Paginate>(&self, endpoint: E) -> Pages<E> {
        Pages::new(self.clone(), endpoint)
    }

    /// The items of a list, on all its pages.
    pub fn items<E: Paginate>(&self, endpoint: E) -> Items<E> {
        Items::new(self.pages(endpoint))
    }

    /// Asks for a file, or for a part of it.
    pub(crate) fn fetch(
        &self,
        source: &Source,
        headers: HeaderMap,
    ) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin_fetch(source, headers)?;
        let (reply, body) = self.run(&mut call)?;
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    pub(crate) fn now(&self) -> Now {
        self.transport.now()
    }

    pub(crate) fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration);
    }

    /// A call, but for what depends on the endpoint, so that this is compiled once.
    fn exchange(
        &self,
        spec: Spec,
        request: Result<Request<Bytes>, EncodeError>,
    ) -> Result<Answer, Error> {
        let mut call = self.engine.begin(spec, request, Wanted::Body)?;
        let (reply, _) = self.run(&mut call)?;
        Ok(Answer { call, reply })
    }

    /// Walks a call to its end.
    fn run(&self, call: &mut Call) -> Result<(RawReply, Option<Body>), Error> {
        let transport = &*self.transport;
        let mut body = None;
        let mut event = Event::Start;
        loop {
            event = match call.next(event, transport.now()) {
                Step::Token(refused, _) => self.token(refused),
                Step::Wait(duration) => {
                    transport.sleep(duration);
                    Event::Waited
                }
                Step::Send(request, deadline) => {
                    let send = || transport.send(request, deadline);
                    match call.watch().trace.blocking(send) {
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
                    call.watch().trace.blocking(read)
                }
                Step::Done(reply) => return Ok((reply, body)),
                Step::Fail(error) => return Err(error),
            }
        }
    }

    /// Asks the provider for a token, which nothing ends.
    fn token(&self, refused: Option<AccessToken>) -> Event {
        let (Some(provider), Some(provided)) = (self.tokens.clone(), self.engine.provided()) else {
            return Event::NoToken;
        };
        let ask = |refused: Option<AccessToken>| async move { provider.token(refused.as_ref()) };
        // It awaits nothing, so that it is over when it was polled.
        let mut context = Context::from_waker(Waker::noop());
        match pin!(provided.ask(refused, self.now(), ask)).poll(&mut context) {
            Poll::Ready(answer) => Event::Token(answer),
            Poll::Pending => Event::NoToken,
        }
    }
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
