//! The events of Fin as a stream.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use http::Response;
use intercom_core::Transport;
use intercom_core::transport::{self, Body, TransportError};
use intercom_model::Secret;
use intercom_model::fin_agent::FinEvent;

use super::error::EventsError;
use super::subscription::Subscription;

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The events of a conversation with Fin, as a [`Stream`].
///
/// It reconnects when the connection breaks, with the id of the last event, and ends once Fin waits for
/// the user, has asked for a rating, or is done and Intercom closes the connection. The token of the URL lives for three minutes; after that, the stream ends with
/// [`EventsError::Expired`]. An event may come again after a break.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use intercom_app::fin::Events;
/// use intercom_app::model::Secret;
/// use intercom_core::Transport;
///
/// # async fn example(transport: Arc<dyn Transport>, url: Secret) -> Result<(), intercom_app::fin::EventsError> {
/// let mut events = Events::new(transport, url);
/// while let Some(event) = events.try_next().await? {
///     println!("{:?}: {:?}", event.event_name, event.chunk_text);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Events {
    transport: Arc<dyn Transport>,
    subscription: Subscription,
    step: Step,
}

enum Step {
    Connect,
    Connecting(Boxed<Result<Response<Body>, TransportError>>),
    Reading(Box<Body>),
    Waiting(Boxed<()>),
    Ended,
}

impl Events {
    /// Subscribes to the events at this URL, from the reply of `fin_agent::Start` or `fin_agent::Reply`.
    /// It connects when the first event is asked for.
    #[must_use]
    pub fn new(transport: Arc<dyn Transport>, sse_subscription_url: impl Into<Secret>) -> Self {
        let now = transport.now().instant;
        Self {
            subscription: Subscription::new(sse_subscription_url.into(), now),
            transport,
            step: Step::Connect,
        }
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the stream ends before Fin is done. It has no more events then.
    pub async fn try_next(&mut self) -> Result<Option<FinEvent>, EventsError> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    fn end(&mut self, error: EventsError) -> Poll<Option<Result<FinEvent, EventsError>>> {
        self.step = Step::Ended;
        Poll::Ready(Some(Err(error)))
    }

    fn wait(&mut self, pause: std::time::Duration) {
        let transport = Arc::clone(&self.transport);
        self.step = Step::Waiting(Box::pin(async move { transport.sleep(pause).await }));
    }
}

impl Stream for Events {
    type Item = Result<FinEvent, EventsError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(event) = this.subscription.next() {
                return Poll::Ready(Some(Ok(event)));
            }
            if this.subscription.is_over() {
                this.step = Step::Ended;
            }
            match &mut this.step {
                Step::Ended => return Poll::Ready(None),
                Step::Connect => {
                    let now = this.transport.now().instant;
                    let (request, deadline) = match this.subscription.request(now) {
                        Ok(request) => request,
                        Err(error) => return this.end(error),
                    };
                    let transport = Arc::clone(&this.transport);
                    this.step = Step::Connecting(Box::pin(async move {
                        transport::send(&transport, request, deadline).await
                    }));
                }
                Step::Connecting(response) => match response.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(response)) => {
                        let (head, body) = response.into_parts();
                        match this.subscription.head(head.status, &head.headers) {
                            Ok(true) => this.step = Step::Reading(Box::new(body)),
                            Ok(false) => this.wait(this.subscription.pause()),
                            Err(error) => return this.end(error),
                        }
                    }
                    Poll::Ready(Err(error)) => {
                        let now = this.transport.now().instant;
                        match this.subscription.broken(Some(error), now) {
                            Ok(pause) => this.wait(pause),
                            Err(error) => return this.end(error),
                        }
                    }
                },
                Step::Reading(body) => match Pin::new(&mut **body).poll_next(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Ok(piece))) => {
                        if let Err(error) = this.subscription.piece(&piece) {
                            return this.end(error);
                        }
                    }
                    Poll::Ready(ended) => {
                        let error = ended.and_then(Result::err);
                        let now = this.transport.now().instant;
                        match this.subscription.broken(error, now) {
                            Ok(pause) => this.wait(pause),
                            Err(error) => return this.end(error),
                        }
                    }
                },
                Step::Waiting(sleep) => match sleep.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(()) => this.step = Step::Connect,
                },
            }
        }
    }
}

/// Shows no token.
impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("subscription", &self.subscription)
            .finish_non_exhaustive()
    }
}
