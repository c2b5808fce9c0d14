//! Replies to canvas requests.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::check::{InvalidCanvas, Surface};
use super::content::{Canvas, Content};

/// The reply to an initialize, submit, configure or submit-sheet request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CanvasResponse {
    #[serde(skip_serializing_if = "Option::is_none")]
    canvas: Option<Canvas>,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_creation_options: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<Value>,
}

impl CanvasResponse {
    fn new(canvas: Canvas, surface: Surface) -> Result<Self, InvalidCanvas> {
        canvas.check(surface)?;
        Ok(Self {
            canvas: Some(canvas),
            results: None,
            card_creation_options: None,
            event: None,
        })
    }

    /// Shows a canvas in the Inbox.
    ///
    /// # Errors
    ///
    /// If Intercom would not show it, with the place of the mistake.
    pub fn inbox(canvas: Canvas) -> Result<Self, InvalidCanvas> {
        Self::new(canvas, Surface::Inbox)
    }

    /// Shows a canvas in the Messenger.
    ///
    /// # Errors
    ///
    /// If Intercom would not show it, with the place of the mistake.
    pub fn messenger(canvas: Canvas) -> Result<Self, InvalidCanvas> {
        Self::new(canvas, Surface::Messenger)
    }

    /// Ends a configuration. The results come back as the `card_creation_options` of
    /// [`Initialize`](super::Initialize).
    #[must_use]
    pub fn results(results: Map<String, Value>) -> Self {
        Self {
            canvas: None,
            results: Some(results),
            card_creation_options: None,
            event: None,
        }
    }

    /// Inserts the app into the conversation as a card with these options, in reply to a submit request
    /// of the Inbox.
    #[must_use]
    pub fn card(mut self, options: Map<String, Value>) -> Self {
        self.card_creation_options = Some(options);
        self
    }

    /// Tells Intercom that the user has completed the app, in reply to a submit request.
    #[must_use]
    pub fn completed(mut self) -> Self {
        self.event = Some(json!({ "type": "completed" }));
        self
    }

    /// Returns the body of the reply, whose type is `application/json`.
    #[must_use]
    pub fn to_json(&self) -> Bytes {
        to_json(self)
    }
}

/// The reply to a request of a live canvas.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LiveResponse {
    content: Content,
}

impl LiveResponse {
    /// Shows these components.
    ///
    /// # Errors
    ///
    /// If Intercom would not show them, with the place of the mistake.
    pub fn new(content: Content) -> Result<Self, InvalidCanvas> {
        content.check(Surface::Messenger)?;
        Ok(Self { content })
    }

    /// Returns the body of the reply, whose type is `application/json`.
    #[must_use]
    pub fn to_json(&self) -> Bytes {
        to_json(self)
    }
}

/// The types of a reply have nothing that cannot be written as JSON.
fn to_json(reply: &impl Serialize) -> Bytes {
    serde_json::to_vec(reply).unwrap_or_default().into()
}
