//! OAuth: a workspace authorizes an app, whose server exchanges the code for an access token.

mod app;
mod fields;
mod page;

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use intercom_core::ErrorCode;
use intercom_core::server::json_reply;
use serde_json::json;

pub use self::app::{InvalidOAuthApp, OAuthApp};
use self::fields::Fields;
use crate::refusal::Refusal;
use crate::store::Ids;

/// How long a code can be exchanged.
const CODE_LIFETIME: Duration = Duration::from_secs(600);

/// How many codes and tokens are remembered; beyond that, the oldest is forgotten.
const MOST: usize = 1000;

/// What a request of OAuth asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The page on which to authorize an app.
    Page,
    /// The form of that page was sent.
    Decision,
    /// The app exchanges its code.
    Token,
    /// The app is uninstalled from the workspace of the token.
    Uninstall,
}

impl Step {
    pub(crate) fn of(request: &Request<Bytes>) -> Option<Self> {
        match (request.method(), request.uri().path()) {
            (&Method::GET | &Method::HEAD, "/oauth") => Some(Self::Page),
            (&Method::POST, "/oauth") => Some(Self::Decision),
            (&Method::POST, "/auth/eagle/token") => Some(Self::Token),
            (&Method::POST, "/auth/uninstall") => Some(Self::Uninstall),
            _ => None,
        }
    }

    /// Whether the request comes before there is a token.
    pub(crate) const fn needs_no_token(self) -> bool {
        !matches!(self, Self::Uninstall)
    }
}

/// The apps, and what was granted to them.
#[derive(Debug, Clone, Default)]
pub(crate) struct OAuth {
    apps: Vec<OAuthApp>,
    /// Oldest first.
    codes: VecDeque<Code>,
    /// Issued tokens, oldest first.
    issued: VecDeque<String>,
    /// Tokens of apps that were uninstalled, oldest first.
    revoked: VecDeque<String>,
}

#[derive(Debug, Clone)]
struct Code {
    code: String,
    client_id: String,
    expires: SystemTime,
}

fn remember<T>(recent: &mut VecDeque<T>, item: T) {
    if recent.len() >= MOST {
        recent.pop_front();
    }
    recent.push_back(item);
}

impl OAuth {
    /// Registers an app, or replaces the one with its client id.
    pub(crate) fn register(&mut self, app: OAuthApp) {
        self.remove(&app.client_id);
        self.apps.push(app);
    }

    /// Removes an app. Returns false if there is none with this client id.
    pub(crate) fn remove(&mut self, client_id: &str) -> bool {
        let before = self.apps.len();
        self.apps.retain(|app| app.client_id != client_id);
        self.apps.len() < before
    }

    pub(crate) fn apps(&self) -> &[OAuthApp] {
        &self.apps
    }

    /// Returns the same apps, to which nothing was granted yet.
    pub(crate) fn fork(&self) -> Self {
        Self {
            apps: self.apps.clone(),
            ..Self::default()
        }
    }

    pub(crate) fn has_issued(&self, token: &str) -> bool {
        self.issued.iter().any(|issued| issued == token)
    }

    pub(crate) fn has_revoked(&self, token: &str) -> bool {
        self.revoked.iter().any(|revoked| revoked == token)
    }

    pub(crate) fn revoke(&mut self, token: &str) {
        self.issued.retain(|issued| issued != token);
        remember(&mut self.revoked, token.to_owned());
    }

    /// Returns the page on which to authorize an app.
    pub(crate) fn page(&self, request: &Request<Bytes>, workspace: &str) -> Response<Bytes> {
        let query = request.uri().query().unwrap_or_default();
        let fields = Fields::of_form(query.as_bytes());
        match self.redirect(&fields) {
            Ok(redirect) => page::authorize(&fields, redirect, workspace),
            Err(problem) => page::problem(&problem),
        }
    }

    /// Redirects to the app, with a code if it was authorized.
    pub(crate) fn decide(
        &mut self,
        request: &Request<Bytes>,
        ids: &mut Ids,
        now: SystemTime,
    ) -> Response<Bytes> {
        let fields = Fields::of_form(request.body());
        let redirect = match self.redirect(&fields) {
            Ok(redirect) => redirect.to_owned(),
            Err(problem) => return page::problem(&problem),
        };
        let state = fields.get("state");
        match fields.get("decision") {
            None | Some("authorize") => {
                // Codes end in `=`, which careless clients lose.
                let code = STANDARD.encode(format!("code:{}", ids.uuid()));
                remember(
                    &mut self.codes,
                    Code {
                        code: code.clone(),
                        client_id: fields.get("client_id").unwrap_or_default().to_owned(),
                        expires: now + CODE_LIFETIME,
                    },
                );
                page::redirect(&redirect, ("code", &code), state)
            }
            Some("deny") => page::redirect(&redirect, ("error", "access_denied"), state),
            Some(other) => page::problem(&format!(
                "decision must be \"authorize\" or \"deny\", not \"{other}\""
            )),
        }
    }

    /// Returns where the browser goes after the decision, or what is wrong.
    fn redirect<'a>(&'a self, fields: &'a Fields) -> Result<&'a str, String> {
        let client_id = fields
            .get("client_id")
            .ok_or("client_id is missing: it is the id of the app that asks for access")?;
        let asked = fields.get("redirect_uri");
        if self.apps.is_empty() {
            let asked = asked.ok_or(
                "redirect_uri is missing: it may be left out only for an app that is registered with one",
            )?;
            return app::check_redirect(asked).map(|()| asked);
        }
        let app = self.apps.iter().find(|app| app.client_id == client_id);
        let app = app.ok_or_else(|| format!("there is no app with the client_id {client_id}"))?;
        match asked {
            None => app
                .redirect_uris
                .first()
                .map(String::as_str)
                .ok_or_else(|| {
                    format!(
                        "redirect_uri is missing, and the app {client_id} is registered without one"
                    )
                }),
            Some(asked) if app.redirect_uris.is_empty() => {
                app::check_redirect(asked).map(|()| asked)
            }
            Some(asked) if app.redirect_uris.iter().any(|known| known == asked) => Ok(asked),
            Some(asked) => Err(format!(
                "redirect_uri {asked} is not registered; the app {client_id} has {}",
                app.redirect_uris.join(", ")
            )),
        }
    }

    /// Exchanges a code for an access token.
    pub(crate) fn exchange(
        &mut self,
        request: &Request<Bytes>,
        ids: &mut Ids,
        now: SystemTime,
    ) -> Result<Response<Bytes>, Refusal> {
        let kind = request.headers().get(CONTENT_TYPE);
        let fields = Fields::of_body(kind, request.body())?;
        let [client_id, secret, code] =
            ["client_id", "client_secret", "code"].map(|name| fields.required(name));
        let (client_id, secret, code) = (client_id?, secret?, code?);
        let known = |app: &OAuthApp| app.client_id == client_id && app.client_secret.0 == secret;
        if !self.apps.is_empty() && !self.apps.iter().any(known) {
            return Err(unauthorized("Unauthorized Client"));
        }
        let place = self
            .codes
            .iter()
            .position(|known| known.code == code && known.client_id == client_id);
        let found = place.and_then(|place| self.codes.remove(place));
        if found.is_none_or(|code| code.expires <= now) {
            return Err(unauthorized("Unauthorized Code"));
        }
        let token = STANDARD.encode(format!("tok:{}", ids.uuid()));
        remember(&mut self.issued, token.clone());
        let body = json!({"token_type": "Bearer", "token": token, "access_token": token});
        let mut reply = json_reply(&body);
        let no_store = HeaderValue::from_static("no-store");
        reply.headers_mut().insert(CACHE_CONTROL, no_store);
        Ok(reply)
    }
}

fn unauthorized(message: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, message)
}
