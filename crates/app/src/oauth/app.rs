//! An app, and the exchange of a code for an access token.

use std::fmt;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use intercom_core::transport::{self, Deadline, TransportError, TransportErrorKind, blocking};
use intercom_core::{BaseUrl, BaseUrlError, Region, Transport};
use intercom_model::Secret;
use serde::Deserialize;

use super::error::OAuthError;

/// The longest response that is read: an access token has less than a hundred characters.
const MAX_RESPONSE: usize = 64 * 1024;

/// How long the exchange may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The credentials of an app, from its page in the Developer Hub.
#[derive(Clone)]
pub struct App {
    client_id: String,
    client_secret: Secret,
    authorize_page: String,
    redirect_uri: Option<String>,
    base_url: Result<BaseUrl, BaseUrlError>,
    timeout: Duration,
}

/// What a workspace granted to the app. The access token never shows in `Debug`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Grant {
    /// The access token. It does not expire.
    pub access_token: Secret,
    /// How the token is sent: `Bearer`.
    pub token_type: Option<String>,
}

#[derive(Deserialize)]
struct GrantBody {
    #[serde(default)]
    access_token: Option<Secret>,
    /// The same value, by its older name.
    #[serde(default)]
    token: Option<Secret>,
    #[serde(default)]
    token_type: Option<String>,
}

#[derive(Deserialize)]
struct ErrorBody {
    #[serde(default)]
    errors: Vec<ErrorEntry>,
    #[serde(default)]
    request_id: Option<String>,
}

#[derive(Deserialize)]
struct ErrorEntry {
    #[serde(default)]
    message: Option<String>,
}

impl App {
    /// Creates an app of the region US.
    #[must_use]
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<Secret>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            authorize_page: authorize_page(Region::Us).to_owned(),
            redirect_uri: None,
            base_url: Ok(Region::Us.into()),
            timeout: TIMEOUT,
        }
    }

    /// Sets the region where workspaces authorize the app, and where codes are exchanged. The API of the
    /// region US also exchanges the codes of the others.
    #[must_use]
    pub fn region(mut self, region: Region) -> Self {
        authorize_page(region).clone_into(&mut self.authorize_page);
        self.base_url = Ok(region.into());
        self
    }

    /// Sets the URL of the page on which a workspace authorizes the app, such as that of an emulator.
    #[must_use]
    pub fn authorize_page(mut self, url: impl Into<String>) -> Self {
        self.authorize_page = url.into();
        self
    }

    /// Sets the URL of the API that exchanges codes. One that is not valid fails the exchange.
    #[must_use]
    pub fn base_url<U>(mut self, url: U) -> Self
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<BaseUrlError>,
    {
        self.base_url = url.try_into().map_err(Into::into);
        self
    }

    /// Selects one of the redirect URLs of the app. By default, Intercom uses the first.
    #[must_use]
    pub fn redirect_uri(mut self, url: impl Into<String>) -> Self {
        self.redirect_uri = Some(url.into());
        self
    }

    /// Sets how long the exchange may take: 30 seconds by default.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Returns the URL to which to redirect the browser of a teammate, with a state from
    /// [`States::issue`](super::States::issue).
    ///
    /// There is no scope in it: the permissions of an app are set in the Developer Hub.
    ///
    /// ```
    /// use intercom_app::oauth::App;
    /// use intercom_core::Region;
    ///
    /// let app = App::new("a0b1", "secret").region(Region::Eu);
    /// assert_eq!(app.authorize_url("s7="), "https://app.eu.intercom.com/oauth?client_id=a0b1&state=s7%3D");
    /// ```
    #[must_use]
    pub fn authorize_url(&self, state: &str) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("client_id", &self.client_id);
        query.append_pair("state", state);
        if let Some(url) = &self.redirect_uri {
            query.append_pair("redirect_uri", url);
        }
        let separator = if self.authorize_page.contains('?') {
            '&'
        } else {
            '?'
        };
        format!("{}{separator}{}", self.authorize_page, query.finish())
    }

    /// Exchanges the code of the callback for an access token.
    ///
    /// It is sent once: a code works once, so a failure without a response cannot be retried.
    ///
    /// # Errors
    ///
    /// If there is no response, or no access token in it.
    pub async fn exchange(
        &self,
        transport: &Arc<dyn Transport>,
        code: &str,
    ) -> Result<Grant, OAuthError> {
        let request = self.request(code)?;
        let deadline = self.deadline(transport.now().instant);
        let response = transport::send(transport, request, deadline)
            .await
            .map_err(OAuthError::Transport)?;
        let (head, mut body) = response.into_parts();
        let mut read = Vec::new();
        while let Some(piece) = body.chunk().await {
            let piece = piece.map_err(OAuthError::Transport)?;
            read.extend_from_slice(&piece);
            if read.len() > MAX_RESPONSE {
                return Err(too_long());
            }
        }
        grant(head.status, &head.headers, &read)
    }

    /// Exchanges the code of the callback for an access token, as [`exchange`](Self::exchange) does, over
    /// a blocking transport.
    ///
    /// # Errors
    ///
    /// If there is no response, or no access token in it.
    pub fn exchange_blocking(
        &self,
        transport: &Arc<dyn blocking::Transport>,
        code: &str,
    ) -> Result<Grant, OAuthError> {
        let request = self.request(code)?;
        let deadline = self.deadline(transport.now().instant);
        let response =
            blocking::send(transport, request, deadline).map_err(OAuthError::Transport)?;
        let (head, body) = response.into_parts();
        let mut read = Vec::new();
        let most = u64::try_from(MAX_RESPONSE).unwrap_or(u64::MAX);
        body.take(most + 1)
            .read_to_end(&mut read)
            .map_err(|error| {
                let error = TransportError::new(TransportErrorKind::Closed).with_source(error);
                OAuthError::Transport(error)
            })?;
        if read.len() > MAX_RESPONSE {
            return Err(too_long());
        }
        grant(head.status, &head.headers, &read)
    }

    fn deadline(&self, now: std::time::Instant) -> Deadline {
        now.checked_add(self.timeout)
            .map_or(Deadline::none(), Deadline::at)
    }

    fn request(&self, code: &str) -> Result<Request<Bytes>, OAuthError> {
        if code.is_empty() {
            return Err(OAuthError::NoCode);
        }
        let base_url = self
            .base_url
            .as_ref()
            .map_err(|error| OAuthError::BaseUrl(error.to_string()))?;
        // The form encodes the `=` at the end of a code.
        let body = Serializer::new(String::new())
            .append_pair("code", code)
            .append_pair("client_id", &self.client_id)
            .append_pair("client_secret", self.client_secret.as_str())
            .finish();
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        Request::post(format!("{base_url}/auth/eagle/token"))
            .header(CONTENT_TYPE, form)
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .body(body.into())
            .map_err(|error| OAuthError::BaseUrl(error.to_string()))
    }
}

/// Shows no secret.
impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", &self.client_id)
            .field("authorize_page", &self.authorize_page)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

fn authorize_page(region: Region) -> &'static str {
    match region {
        Region::Eu => "https://app.eu.intercom.com/oauth",
        Region::Au => "https://app.au.intercom.com/oauth",
        _ => "https://app.intercom.com/oauth",
    }
}

fn too_long() -> OAuthError {
    OAuthError::NoToken {
        problem: format!("it is longer than {MAX_RESPONSE} bytes"),
    }
}

fn grant(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Result<Grant, OAuthError> {
    if !status.is_success() {
        let error = serde_json::from_slice::<ErrorBody>(body).ok();
        let of_header = headers.get("x-request-id").and_then(|id| id.to_str().ok());
        let (message, request_id) = match error {
            Some(error) => (
                error.errors.into_iter().find_map(|entry| entry.message),
                error.request_id,
            ),
            None => (None, None),
        };
        return Err(OAuthError::Refused {
            status,
            message,
            request_id: request_id.or_else(|| of_header.map(str::to_owned)),
        });
    }
    // The error of serde could show the token.
    let body: GrantBody = serde_json::from_slice(body).map_err(|_| OAuthError::NoToken {
        problem: "it is not a JSON object with `access_token`".to_owned(),
    })?;
    let token = body.access_token.or(body.token);
    match token.filter(|token| !token.as_str().is_empty()) {
        Some(access_token) => Ok(Grant {
            access_token,
            token_type: body.token_type,
        }),
        None => Err(OAuthError::NoToken {
            problem: "`access_token` is missing".to_owned(),
        }),
    }
}
