//! A notification: the envelope, and the event in it.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use intercom_model::{Deviation, Timestamp, WorkspaceId};
use ring::digest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::event::{Event, Topic};
use crate::hex;

/// Ids that are longer than this are not used as keys, so that a store need not expect them.
const MAX_KEY: usize = 128;

/// A notification that something happened in a workspace.
///
/// [`Receiver::receive`](super::Receiver::receive) returns verified ones, and
/// [`builder`](Self::builder) makes them for tests.
#[derive(Debug, Clone)]
pub struct Notification {
    envelope: Envelope,
    topic: Topic,
    event: Event,
    deviations: Vec<Deviation>,
    problem: Option<String>,
    body: Bytes,
    /// The part of the body that is the item; empty if there is none.
    item: Bytes,
}

/// The fields of a notification that are not its item.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Envelope {
    id: Option<String>,
    app_id: Option<WorkspaceId>,
    delivery_status: Option<String>,
    delivery_attempts: Option<u64>,
    first_sent_at: Option<Timestamp>,
    created_at: Option<Timestamp>,
}

/// The fields that are read on their own, so that a surprise in one does not cost the others.
#[derive(Deserialize)]
struct Frame<'a> {
    #[serde(borrow, default)]
    topic: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Data<'a> {
    #[serde(borrow, default)]
    item: Option<&'a RawValue>,
}

/// A body that is not a notification: not a JSON object, or one without a topic.
#[derive(Debug)]
pub struct UnreadableNotification {
    problem: String,
}

impl fmt::Display for UnreadableNotification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for UnreadableNotification {}

impl Notification {
    /// Reads a body that was verified before, such as one from your own queue. It does not check a
    /// signature.
    ///
    /// # Errors
    ///
    /// If the body is not a JSON object with a `topic`. An item that is not as expected is not an error:
    /// see [`problem`](Self::problem).
    pub fn read(body: impl Into<Bytes>) -> Result<Self, UnreadableNotification> {
        let body = body.into();
        let refuse = |problem: &dyn fmt::Display| UnreadableNotification {
            problem: problem.to_string(),
        };
        let text = std::str::from_utf8(&body).map_err(|error| refuse(&error))?;
        if !text.trim_start().starts_with('{') {
            return Err(refuse(&"it is not a JSON object"));
        }
        let frame: Frame<'_> = serde_json::from_str(text).map_err(|error| refuse(&error))?;
        let topic = match frame.topic {
            Some(topic) if !topic.is_empty() => Topic::from(&*topic),
            _ => return Err(refuse(&"the field `topic` is missing")),
        };
        let item = frame
            .data
            .filter(|data| data.get().starts_with('{'))
            .and_then(|data| serde_json::from_str::<Data<'_>>(data.get()).ok()?.item)
            .map(|item| body.slice_ref(item.get().as_bytes()))
            .unwrap_or_default();
        let (envelope, mut deviations) =
            intercom_model::from_slice::<Envelope>(&body).map_err(|error| refuse(&error))?;
        let (event, in_item, problem) = Event::read(topic.clone(), &item);
        deviations.extend(in_item.into_iter().map(|mut deviation| {
            let path = std::mem::take(&mut deviation.path);
            deviation.path = match path.as_str() {
                "" => "data.item".to_owned(),
                path => format!("data.item.{path}"),
            };
            deviation
        }));
        Ok(Self {
            envelope,
            topic,
            event,
            deviations,
            problem: problem.map(|error| error.to_string()),
            body,
            item,
        })
    }

    /// Returns the event.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.event
    }

    /// Returns the event by value.
    #[must_use]
    pub fn into_event(self) -> Event {
        self.event
    }

    /// Returns the topic.
    #[must_use]
    pub fn topic(&self) -> &Topic {
        &self.topic
    }

    /// Returns the id. Pings have none.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.envelope.id.as_deref()
    }

    /// Returns the key by which to recognize a notification that comes again: its id, or, if it has no
    /// usable one, the SHA-256 of the body. It has at most 128 bytes.
    #[must_use]
    pub fn key(&self) -> Cow<'_, str> {
        match self.id() {
            Some(id) if !id.is_empty() && id.len() <= MAX_KEY => id.into(),
            _ => {
                let digest = digest::digest(&digest::SHA256, &self.body);
                format!("sha256:{}", hex::encode(digest.as_ref())).into()
            }
        }
    }

    /// Returns the id of the workspace where it happened: one app receives the notifications of all
    /// workspaces that installed it.
    #[must_use]
    pub fn workspace_id(&self) -> Option<&WorkspaceId> {
        self.envelope.app_id.as_ref()
    }

    /// Returns the number of this delivery attempt, from 1.
    #[must_use]
    pub fn delivery_attempts(&self) -> Option<u64> {
        self.envelope.delivery_attempts
    }

    /// Returns the status of the delivery, such as `pending`.
    #[must_use]
    pub fn delivery_status(&self) -> Option<&str> {
        self.envelope.delivery_status.as_deref()
    }

    /// Returns when the notification was first sent.
    #[must_use]
    pub fn first_sent_at(&self) -> Option<Timestamp> {
        self.envelope.first_sent_at
    }

    /// Returns when the notification was created, which may be some seconds before it was first sent.
    #[must_use]
    pub fn created_at(&self) -> Option<Timestamp> {
        self.envelope.created_at
    }

    /// Returns the body as it was received.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the JSON of the item as it was received; empty if there is none.
    #[must_use]
    pub fn item(&self) -> &Bytes {
        &self.item
    }

    /// Reads the item as a type of your own, such as one with a field that this crate does not know.
    ///
    /// # Errors
    ///
    /// If the item is not of that type, or is missing.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.item)
    }

    /// Returns what was not as documented, and was read as missing.
    #[must_use]
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns why the item of a known topic could not be read as the type of the topic. The event is
    /// [`Event::Other`] then.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// Returns the fields of the item that its type does not read, by their paths in the item. It reads
    /// the item again, and is meant for those who watch for changes of the API.
    #[cfg(feature = "unread")]
    #[cfg_attr(docsrs, doc(cfg(feature = "unread")))]
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        Event::unread(&self.topic, &self.item).unwrap_or_default()
    }
}
