//! Webhooks: who is notified of what.

mod delivery;
mod events;
mod pump;
#[cfg(feature = "serve")]
mod sender;
mod state;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Uri};

pub use self::delivery::{Attempt, Delivery, DeliveryState};
pub(crate) use self::events::{
    Before, Event, RequestSeen, TOPICS, company_deleted, events, request_completed,
};
#[cfg(feature = "serve")]
pub(crate) use self::sender::Sender;
#[cfg(feature = "serve")]
pub(crate) use self::state::Subscription;
pub(crate) use self::state::Webhooks;
use crate::http::Secret;

/// What receives notifications in process, and returns a status.
pub(crate) type Receiver = Arc<dyn Fn(&Request<Bytes>) -> u16 + Send + Sync>;

/// The events of the Fin Agent API that webhooks get.
pub(crate) const FIN_TOPICS: &[&str] = &["csat_requested", "fin_replied", "fin_status_updated"];

/// The notice that an app was uninstalled.
pub(crate) const UNINSTALLED: &str = "app.uninstalled";

/// What a webhook is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookKind {
    /// Notifications of the topics to which an app subscribes. They are signed with the client secret of the app,
    /// in `X-Hub-Signature`.
    #[default]
    Notifications,
    /// Events of the Fin Agent API. They are signed with the secret of its settings, in
    /// `X-Fin-Agent-API-Webhook-Signature`.
    FinAgent,
    /// The notice that an app was uninstalled. It is not signed.
    Uninstall,
}

impl WebhookKind {
    pub(crate) const ALL: [Self; 3] = [Self::Notifications, Self::FinAgent, Self::Uninstall];

    /// Returns the name in the control API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Notifications => "notifications",
            Self::FinAgent => "fin_agent",
            Self::Uninstall => "uninstall",
        }
    }

    /// Returns what such webhooks get.
    pub(crate) const fn topics(self) -> &'static [&'static str] {
        match self {
            Self::Notifications => TOPICS,
            Self::FinAgent => FIN_TOPICS,
            Self::Uninstall => &[UNINSTALLED],
        }
    }
}

/// A webhook to subscribe: where it is, and what it is notified of.
///
/// ```
/// use std::sync::mpsc;
///
/// use intercom_core::api::contacts::{self, ContactCreate};
/// use intercom_core::blocking::Client;
/// use intercom_emulator::{Emulator, Webhook};
///
/// let emulator = Emulator::new();
/// let (sender, received) = mpsc::channel();
/// let webhook = Webhook::to_fn(move |request| {
///     sender.send(request.body().clone()).map_or(500, |()| 200)
/// });
/// emulator.subscribe(webhook.secret("s3cret").topic("contact.*"))?;
///
/// let intercom = Client::new(emulator.transport(), "any token");
/// intercom.call(&contacts::Create::new(ContactCreate::new().email("ada@example.com")))?;
/// let body: serde_json::Value = serde_json::from_slice(&received.recv()?)?;
/// assert_eq!(body["topic"], "contact.user.created");
/// assert_eq!(emulator.deliveries().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "`Emulator::subscribe` subscribes it"]
pub struct Webhook {
    pub(crate) target: Target,
    pub(crate) kind: WebhookKind,
    pub(crate) secret: Secret,
    /// Empty for all topics of its kind.
    pub(crate) topics: Vec<String>,
    pub(crate) duplicates: u32,
    pub(crate) delay: Duration,
    pub(crate) reorder: bool,
}

/// Where notifications go.
#[derive(Clone)]
pub(crate) enum Target {
    Url(String),
    Receiver(Receiver),
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => f.write_str(url),
            Self::Receiver(_) => f.write_str("in process"),
        }
    }
}

impl Webhook {
    fn new(target: Target) -> Self {
        Self {
            target,
            kind: WebhookKind::default(),
            secret: Secret(String::new()),
            topics: Vec::new(),
            duplicates: 0,
            delay: Duration::ZERO,
            reorder: false,
        }
    }

    /// Notifies an address by HTTP. It must reply 2xx to a `HEAD` request first. `https` is not
    /// supported.
    #[cfg(feature = "serve")]
    #[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
    pub fn to_url(url: impl Into<String>) -> Self {
        Self::new(Target::Url(url.into()))
    }

    /// Notifies a function, which returns the status of its reply. It is called after the request that
    /// caused the notification, on the thread that made it.
    pub fn to_fn(receiver: impl Fn(&Request<Bytes>) -> u16 + Send + Sync + 'static) -> Self {
        Self::new(Target::Receiver(Arc::new(receiver)))
    }

    /// Sets what the webhook is for; notifications by default.
    pub const fn kind(mut self, kind: WebhookKind) -> Self {
        self.kind = kind;
        self
    }

    /// Sets the secret with which requests are signed; empty by default.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Secret(secret.into());
        self
    }

    /// Adds a topic, or with a `*` at its end all that begin so. Without any, all are notified of.
    pub fn topic(mut self, topic: impl Into<String>) -> Self {
        self.topics.push(topic.into());
        self
    }

    /// Delivers every notification this many times more.
    pub const fn duplicates(mut self, times: u32) -> Self {
        self.duplicates = times;
        self
    }

    /// Delivers every notification later, by the emulator's clock.
    pub const fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Delivers the notifications that are due together in the reverse order.
    pub const fn reordered(mut self) -> Self {
        self.reorder = true;
        self
    }

    /// Checks the address, the topics and the limits.
    pub(crate) fn check(&self) -> Result<(), InvalidWebhook> {
        let topics = self.kind.topics();
        for topic in &self.topics {
            let known = match topic.strip_suffix('*') {
                Some(start) => topics.iter().any(|known| known.starts_with(start)),
                None => topics.contains(&topic.as_str()),
            };
            if !known {
                let message = format!(
                    "there is no topic `{topic}` of the kind {}; the topics are {}",
                    self.kind.as_str(),
                    topics.join(", ")
                );
                return Err(InvalidWebhook::new("topics", message));
            }
        }
        if self.duplicates > MAX_DUPLICATES {
            let message = format!("`duplicates` must not exceed {MAX_DUPLICATES}");
            return Err(InvalidWebhook::new("duplicates", message));
        }
        if let Target::Url(url) = &self.target {
            check_url(url).map_err(|message| InvalidWebhook::new("url", message))?;
        }
        Ok(())
    }
}

/// How many times a notification can be delivered besides.
const MAX_DUPLICATES: u32 = 100;

/// Checks the address of an app.
pub(crate) fn check_url(url: &str) -> Result<(), String> {
    let uri: Uri = url
        .parse()
        .map_err(|error| format!("`{url}` is not a URL: {error}"))?;
    match (uri.scheme_str(), uri.host()) {
        (Some("http"), Some(host)) if !host.is_empty() => Ok(()),
        (Some("https"), _) => Err(
            "https is not supported: the emulator sends to programs on this machine or network, by http"
                .to_owned(),
        ),
        _ => Err(format!("`{url}` must begin with http:// and a host")),
    }
}

/// Identifies a subscribed webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WebhookId(pub(crate) u64);

/// Why a webhook cannot be subscribed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidWebhook {
    pub(crate) field: &'static str,
    message: String,
}

impl InvalidWebhook {
    fn new(field: &'static str, message: String) -> Self {
        Self { field, message }
    }
}

impl fmt::Display for InvalidWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidWebhook {}

/// There is no topic of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTopic(String);

impl fmt::Display for UnknownTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = TOPICS.join(", ");
        write!(f, "there is no topic `{}`; the topics are {known}", self.0)
    }
}

impl std::error::Error for UnknownTopic {}

#[cfg(test)]
mod tests {
    use super::{Target, Webhook, WebhookKind};

    #[test]
    fn an_invalid_webhook_is_refused() {
        let to = |url: &str| Webhook::new(Target::Url(url.to_owned()));
        assert!(to("http://127.0.0.1:3000/hooks").check().is_ok());
        for (webhook, part) in [
            (to("https://example.com"), "https is not supported"),
            (to("/hooks"), "must begin with http://"),
            (to("example.com/hooks"), "is not a URL"),
            (to("http://"), "is not a URL"),
            (
                to("http://a").topic("contact.usr.created"),
                "there is no topic `contact.usr.created` of the kind notifications",
            ),
            (
                to("http://a").kind(WebhookKind::FinAgent).topic("ping"),
                "there is no topic `ping` of the kind fin_agent",
            ),
            (to("http://a").duplicates(1000), "must not exceed 100"),
        ] {
            let error = webhook.check().unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert!(to("http://a").topic("contact.*").check().is_ok());
    }
}
