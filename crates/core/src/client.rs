//! The async client.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;

use crate::call::{Call, Event, Step, Wanted};
use crate::config::{CallOptions, Config};
use crate::download::{self, Download, Source};
use crate::endpoint::Endpoint;
use crate::engine::Engine;
use crate::error::Error;
use crate::job::{Job, StartJob};
use crate::paging::{Items, Pages, Paginate};
use crate::reply::{RawReply, Reply};
use crate::transport::{Body, Now, Transport, TransportError};

/// Calls the API, asynchronously.
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
    /// See [`Error`]. A call that is dropped before it is over is cancelled.
    pub async fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        let mut call = self.engine.begin(endpoint, Wanted::Body)?;
        let (reply, _) = run(&*self.transport, &mut call).await?;
        self.engine.finish::<E>(&call, reply)
    }

    /// Calls an endpoint, and gives the body of its reply as it arrives, whatever its size.
    /// For a file, there is [`download`](Self::download).
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). What happens to the body later, the body says.
    pub async fn stream<E: Endpoint>(&self, endpoint: &E) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin(endpoint, Wanted::Stream)?;
        let (reply, body) = run(&*self.transport, &mut call).await?;
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    /// Downloads a file of any size, which goes on where a connection broke, and is known to be whole
    /// at its end. See [`Download`].
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use intercom_core::api::data_export;
    /// use std::fs::File;
    ///
    /// let export = data_export::Download::new("orzzsbd7hk67xyu");
    /// let download = intercom.download(&export).await?;
    /// download
    ///     .write_to_with(File::create("export.csv")?, |progress| println!("{progress:?}"))
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), where there is nothing to download. What happens later, the download
    /// says.
    pub async fn download<E: Endpoint<Output = Bytes>>(
        &self,
        endpoint: &E,
    ) -> Result<Download, Error> {
        let source = Source::of(endpoint)?;
        let (head, body) = self.fetch(&source, download::headers()).await?;
        let transfer = self.engine.transfer(&source, head)?;
        Ok(Download::new(self.clone(), source, transfer, body))
    }

    /// Starts a job, to be waited for. See [`Job`].
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client, ticket: intercom_core::api::tickets::TicketCreate) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::tickets;
    ///
    /// let finished = intercom.start(&tickets::Enqueue::new(ticket)).await?.wait().await?;
    /// println!("created as {:?}", finished.resource_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call), and where the service named no job. That there are too many jobs
    /// already is told at once.
    pub async fn start<S: StartJob>(&self, endpoint: &S) -> Result<Job<S>, Error> {
        let reply = self.call(endpoint).await?;
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
    pub(crate) async fn fetch(
        &self,
        source: &Source,
        headers: HeaderMap,
    ) -> Result<(RawReply, Body), Error> {
        let mut call = self.engine.begin_fetch(source, headers)?;
        let (reply, body) = run(&*self.transport, &mut call).await?;
        Ok((reply, body.unwrap_or_else(|| Body::from(Bytes::new()))))
    }

    pub(crate) async fn sleep(&self, duration: Duration) {
        self.transport.sleep(duration).await;
    }

    pub(crate) fn now(&self) -> Now {
        self.transport.now()
    }
}

/// Walks a call to its end.
async fn run(
    transport: &dyn Transport,
    call: &mut Call,
) -> Result<(RawReply, Option<Body>), Error> {
    let mut body = None;
    let mut event = Event::Start;
    loop {
        event = match call.next(event, transport.now()) {
            Step::Wait(duration) => {
                transport.sleep(duration).await;
                Event::Waited
            }
            Step::Send(request, deadline) => match transport.send(request, deadline).await {
                Ok(response) => {
                    let (head, stream) = response.into_parts();
                    body = Some(stream);
                    Event::Head(head.status, head.headers)
                }
                Err(error) => Event::Failed(error),
            },
            Step::Read(limit) => collect(body.take(), limit)
                .await
                .unwrap_or_else(Event::Failed),
            Step::Done(reply) => return Ok((reply, body)),
            Step::Fail(error) => return Err(error),
        }
    }
}

async fn collect(body: Option<Body>, limit: u64) -> Result<Event, TransportError> {
    let Some(mut body) = body else {
        return Ok(Event::Body(Bytes::new()));
    };
    let Some(first) = body.chunk().await.transpose()? else {
        return Ok(Event::Body(Bytes::new()));
    };
    let mut collected = Collected::Whole(first);
    loop {
        if collected.len() > limit {
            return Ok(Event::TooLarge);
        }
        match body.chunk().await.transpose()? {
            Some(chunk) => collected = collected.with(&chunk),
            None => return Ok(Event::Body(collected.into_bytes())),
        }
    }
}

/// A body that is collected; most come in one piece, which is not copied.
enum Collected {
    Whole(Bytes),
    Pieces(BytesMut),
}

impl Collected {
    fn len(&self) -> u64 {
        match self {
            Self::Whole(bytes) => bytes.len() as u64,
            Self::Pieces(bytes) => bytes.len() as u64,
        }
    }

    fn with(self, chunk: &[u8]) -> Self {
        let mut pieces = match self {
            Self::Whole(first) => BytesMut::from(first),
            Self::Pieces(pieces) => pieces,
        };
        pieces.extend_from_slice(chunk);
        Self::Pieces(pieces)
    }

    fn into_bytes(self) -> Bytes {
        match self {
            Self::Whole(bytes) => bytes,
            Self::Pieces(bytes) => bytes.freeze(),
        }
    }
}
