//! Canvas requests: what the service sends to an app when somebody uses it in the Inbox or the Messenger.

mod error;
mod flow;

use bytes::Bytes;
use http::Request;
use intercom_core::ApiVersion;
use intercom_core::model::{AdminId, ContactId, ConversationId};
use serde_json::{Map, Value, json};

pub use self::error::InvalidCanvasRequest;
use self::error::unknown;
#[cfg(feature = "serve")]
pub(crate) use self::flow::FLOWS;
pub(crate) use self::flow::{Flow, LOCATIONS};
use super::emulator::Emulator;
use super::signatures::{CANVAS, seal};
use crate::http::Service;
use crate::resources::Context;
use crate::store::Workspace;

/// A canvas request to an app: what somebody does with it, and where.
///
/// Without a [`location`](Self::location), `initialize` and `submit` are sent from the Inbox, and the others from a
/// conversation in the Messenger.
///
/// ```
/// use intercom_emulator::{CanvasRequest, Emulator};
///
/// let emulator = Emulator::new();
/// let ada = emulator.contact().name("Ada").create();
/// let click = CanvasRequest::submit("track").contact(ada.id).location("home");
/// let request = emulator.canvas_request(&click, "client secret")?;
/// assert!(request.headers().contains_key("x-body-signature"));
/// let body: serde_json::Value = serde_json::from_slice(request.body())?;
/// assert_eq!(body["component_id"], "track");
/// assert_eq!(body["user"]["name"], "Ada");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "`Emulator::canvas_request` builds the request"]
pub struct CanvasRequest {
    flow: Flow,
    conversation: Option<ConversationId>,
    contact: Option<ContactId>,
    admin: Option<AdminId>,
    location: Option<String>,
    /// What is sent as it is.
    fields: Map<String, Value>,
}

impl CanvasRequest {
    pub(crate) fn new(flow: Flow) -> Self {
        Self {
            flow,
            conversation: None,
            contact: None,
            admin: None,
            location: None,
            fields: Map::new(),
        }
    }

    /// Sets a field that is sent as it is.
    pub(crate) fn field(mut self, name: &str, value: Value) -> Self {
        self.fields.insert(name.to_owned(), value);
        self
    }

    /// The app is opened.
    pub fn initialize() -> Self {
        Self::new(Flow::Initialize)
    }

    /// The component with this id is used.
    pub fn submit(component_id: impl Into<String>) -> Self {
        Self::new(Flow::Submit).component_id(component_id)
    }

    /// A teammate adds the app to the Messenger. With a [`component_id`](Self::component_id), the component with this
    /// id is used.
    pub fn configure() -> Self {
        Self::new(Flow::Configure)
    }

    /// A live canvas is viewed: the canvas with `content_url` that the app sent before.
    pub fn live_canvas(canvas: Value) -> Self {
        Self::new(Flow::LiveCanvas).field("canvas", canvas)
    }

    /// The component with this id opens a sheet. The user is encrypted.
    pub fn open_sheet(component_id: impl Into<String>) -> Self {
        Self::new(Flow::OpenSheet).component_id(component_id)
    }

    /// The page of a sheet submits these values.
    pub fn submit_sheet(values: Value) -> Self {
        Self::new(Flow::SubmitSheet).field("sheet_values", values)
    }

    /// Sets the component that is used.
    pub fn component_id(self, id: impl Into<String>) -> Self {
        self.field("component_id", Value::String(id.into()))
    }

    /// Sets the conversation. Requests from the Inbox need one.
    pub fn conversation(mut self, id: impl Into<ConversationId>) -> Self {
        self.conversation = Some(id.into());
        self
    }

    /// Sets the contact; the first of the conversation by default.
    pub fn contact(mut self, id: impl Into<ContactId>) -> Self {
        self.contact = Some(id.into());
        self
    }

    /// Sets the teammate; the owner of the workspace by default.
    pub fn admin(mut self, id: impl Into<AdminId>) -> Self {
        self.admin = Some(id.into());
        self
    }

    /// Sends it from this place in the Messenger: `conversation`, `home`, `message` or `operator`.
    pub fn location(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Sets the values of the fields, by the ids of their components.
    pub fn input_values(self, values: Value) -> Self {
        self.field("input_values", values)
    }

    /// Sets the canvas that is shown, as the app sent it.
    pub fn current_canvas(self, canvas: Value) -> Self {
        self.field("current_canvas", canvas)
    }

    /// Sets what a teammate configured: the `results` that the app sent.
    pub fn card_creation_options(self, options: Value) -> Self {
        self.field("card_creation_options", options)
    }

    /// Returns the body, with the user of a sheet as it is.
    fn body(&self, service: &Service) -> Result<Map<String, Value>, InvalidCanvasRequest> {
        let context = service.context(&ApiVersion::LATEST);
        let workspace = &service.workspace;
        let is_messenger = self.location.is_some() || !self.flow.is_in_inbox();
        self.check(is_messenger)?;
        let mut body = self.fields.clone();
        let mut set = |name: &str, value| {
            body.entry(name).or_insert(value);
        };
        set("workspace_id", json!(workspace.workspace_id));
        set("workspace_region", json!("US"));
        let conversation = self.conversation_in(workspace, &context)?;
        let contact = self.contact_in(workspace, &context)?;
        if is_messenger {
            set("context", self.context_of_messenger());
            match self.flow {
                Flow::Initialize => set("card_creation_options", json!({})),
                Flow::Configure => set("admin", self.admin_of(workspace)?),
                Flow::LiveCanvas => set("contact", contact),
                Flow::Submit | Flow::OpenSheet | Flow::SubmitSheet => set("user", contact),
            }
        } else {
            set("admin", self.admin_of(workspace)?);
            set("conversation", conversation);
            set("contact", contact);
        }
        match self.flow {
            Flow::Submit | Flow::OpenSheet => {
                set("current_canvas", Value::Null);
                set("input_values", json!({}));
            }
            Flow::SubmitSheet => set("current_canvas", Value::Null),
            Flow::Initialize | Flow::Configure | Flow::LiveCanvas => {}
        }
        Ok(body)
    }

    fn check(&self, is_messenger: bool) -> Result<(), InvalidCanvasRequest> {
        let invalid = |field, message: String| Err(InvalidCanvasRequest { field, message });
        if let Some(location) = &self.location
            && !LOCATIONS.contains(&location.as_str())
        {
            let known = LOCATIONS.join(", ");
            let message = format!("`location` must be one of {known}, not {location}");
            return invalid("location", message);
        }
        if !is_messenger && self.conversation.is_none() {
            let message = "`conversation_id` is required in the Inbox: without one, set the `location` in the Messenger";
            return invalid("conversation_id", message.to_owned());
        }
        let required = match self.flow {
            Flow::Submit | Flow::OpenSheet => "component_id",
            Flow::LiveCanvas => "canvas",
            Flow::SubmitSheet => "sheet_values",
            Flow::Initialize | Flow::Configure => return Ok(()),
        };
        if self.fields.contains_key(required) {
            return Ok(());
        }
        let flow = self.flow.as_str();
        invalid(required, format!("`{required}` is required by {flow}"))
    }

    fn conversation_in(
        &self,
        workspace: &Workspace,
        context: &Context,
    ) -> Result<Value, InvalidCanvasRequest> {
        let Some(id) = &self.conversation else {
            return Ok(Value::Null);
        };
        let record = workspace.conversations.get(id);
        let record = record.ok_or_else(|| unknown("conversation_id", "conversation", id))?;
        Ok(json!(workspace.show_conversation(record, context, None)))
    }

    fn contact_in(
        &self,
        workspace: &Workspace,
        context: &Context,
    ) -> Result<Value, InvalidCanvasRequest> {
        let conversation = self.conversation.as_ref();
        let conversation = conversation.and_then(|id| workspace.conversations.get(id));
        let first = conversation.and_then(|record| record.contacts.first());
        let Some(id) = self.contact.as_ref().or(first) else {
            return Ok(Value::Null);
        };
        let record = workspace.contacts.get(id);
        let record = record.ok_or_else(|| unknown("contact_id", "contact", id))?;
        Ok(json!(workspace.show_contact(
            record,
            &context.version,
            None
        )))
    }

    fn admin_of(&self, workspace: &Workspace) -> Result<Value, InvalidCanvasRequest> {
        let admin = match &self.admin {
            Some(id) => workspace
                .admin(id)
                .ok_or_else(|| unknown("admin_id", "admin", id))?,
            None => match workspace.admins.first() {
                Some(owner) => owner,
                None => return Ok(Value::Null),
            },
        };
        Ok(json!(admin))
    }

    /// Returns where in the Messenger it happens, and how that looks.
    fn context_of_messenger(&self) -> Value {
        json!({
            "conversation_id": self.conversation,
            "location": self.location.as_deref().unwrap_or("conversation"),
            "locale": "en",
            "messenger_action_colour": "#1251ba",
            "messenger_background_colour": "#1251ba",
            "referrer": "http://localhost/",
        })
    }
}

impl Emulator {
    /// Builds a canvas request as the service sends it: to the path `/`, and signed with the client secret of the
    /// app in `X-Body-Signature`.
    ///
    /// # Errors
    ///
    /// If a field is missing that this kind of request needs, or if there is no such conversation, contact or admin.
    pub fn canvas_request(
        &self,
        request: &CanvasRequest,
        client_secret: &str,
    ) -> Result<Request<Bytes>, InvalidCanvasRequest> {
        self.canvas_request_to("/", request, client_secret)
    }

    pub(crate) fn canvas_request_to(
        &self,
        url: &str,
        request: &CanvasRequest,
        client_secret: &str,
    ) -> Result<Request<Bytes>, InvalidCanvasRequest> {
        let mut state = self.lock();
        let mut body = request.body(&state.service)?;
        if request.flow == Flow::OpenSheet
            && let Some(user) = body.get_mut("user")
        {
            let iv = state.service.workspace.ids.bytes();
            // It fails only for texts of many gigabytes.
            *user = json!(seal(client_secret, iv, user.to_string().into_bytes()));
        }
        let json = Value::Object(body).to_string();
        Ok(CANVAS.request(url, client_secret, json))
    }
}
