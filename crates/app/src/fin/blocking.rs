//! The events of Fin without an async runtime.

use std::fmt;
use std::io::{ErrorKind, Read};
use std::sync::Arc;

use intercom_core::transport::blocking::{self, Body, Transport};
use intercom_core::transport::{TransportError, TransportErrorKind};
use intercom_model::Secret;
use intercom_model::fin_agent::FinEvent;

use super::error::EventsError;
use super::subscription::Subscription;

/// The events of a conversation with Fin, as an iterator.
///
/// It reconnects when the connection breaks, with the id of the last event, and ends once Fin waits for
/// the user, has asked for a rating, or is done and Intercom closes the connection. The token of the URL lives for three minutes; after that, the iterator ends with
/// [`EventsError::Expired`]. An event may come again after a break.
///
/// ```no_run
/// use std::sync::Arc;
///
/// use intercom_app::fin::{EventsError, blocking::Events};
/// use intercom_app::model::Secret;
/// use intercom_core::transport::blocking::Transport;
///
/// # fn example(transport: Arc<dyn Transport>, url: Secret) -> Result<(), EventsError> {
/// for event in Events::new(transport, url) {
///     let event = event?;
///     println!("{:?}: {:?}", event.event_name, event.chunk_text);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Events {
    transport: Arc<dyn Transport>,
    subscription: Subscription,
    body: Option<Body>,
    has_ended: bool,
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
            body: None,
            has_ended: false,
        }
    }

    fn try_next(&mut self) -> Result<Option<FinEvent>, EventsError> {
        loop {
            if let Some(event) = self.subscription.next() {
                return Ok(Some(event));
            }
            if self.subscription.is_over() {
                return Ok(None);
            }
            match self.body.take() {
                Some(body) => self.read(body)?,
                None => self.connect()?,
            }
        }
    }

    fn connect(&mut self) -> Result<(), EventsError> {
        let (request, deadline) = self.subscription.request(self.transport.now().instant)?;
        match blocking::send(&self.transport, request, deadline) {
            Ok(response) => {
                let (head, body) = response.into_parts();
                if self.subscription.head(head.status, &head.headers)? {
                    self.body = Some(body);
                } else if !self.subscription.is_over() {
                    self.transport.sleep(self.subscription.pause());
                }
                Ok(())
            }
            Err(error) => self.reconnect(Some(error)),
        }
    }

    fn read(&mut self, mut body: Body) -> Result<(), EventsError> {
        let mut buffer = [0; 8 * 1024];
        match body.read(&mut buffer) {
            Ok(0) => self.reconnect(None),
            Ok(count) => {
                self.subscription
                    .piece(buffer.get(..count).unwrap_or_default())?;
                self.body = Some(body);
                Ok(())
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                self.body = Some(body);
                Ok(())
            }
            Err(error) => {
                let error = TransportError::new(TransportErrorKind::Closed).with_source(error);
                self.reconnect(Some(error))
            }
        }
    }

    fn reconnect(&mut self, error: Option<TransportError>) -> Result<(), EventsError> {
        let now = self.transport.now().instant;
        let pause = self.subscription.broken(error, now)?;
        if !self.subscription.is_over() {
            self.transport.sleep(pause);
        }
        Ok(())
    }
}

impl Iterator for Events {
    type Item = Result<FinEvent, EventsError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_ended {
            return None;
        }
        let next = self.try_next().transpose();
        self.has_ended = !matches!(next, Some(Ok(_)));
        next
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
