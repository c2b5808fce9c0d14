//! Registered apps.

use std::fmt;

use http::Uri;

use crate::http::Secret;

/// An app that workspaces can authorize, as it is registered in the Developer Hub.
///
/// Without any registered app, the emulator takes every client id and secret.
///
/// ```
/// use intercom_emulator::{Emulator, OAuthApp};
///
/// let emulator = Emulator::new();
/// emulator.register_app(
///     OAuthApp::new("a0b1", "s3cret").redirect_uri("http://localhost:3000/callback"),
/// )?;
/// # Ok::<(), intercom_emulator::InvalidOAuthApp>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "`Emulator::register_app` registers it"]
pub struct OAuthApp {
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    /// Empty for any.
    pub(crate) redirect_uris: Vec<String>,
}

impl OAuthApp {
    /// Creates an app that may redirect to any URL.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: Secret(client_secret.into()),
            redirect_uris: Vec::new(),
        }
    }

    /// Adds a URL to which the app may redirect. The first one is the default.
    pub fn redirect_uri(mut self, url: impl Into<String>) -> Self {
        self.redirect_uris.push(url.into());
        self
    }

    pub(crate) fn check(&self) -> Result<(), InvalidOAuthApp> {
        let invalid = |field, message| Err(InvalidOAuthApp { field, message });
        for (field, value) in [
            ("client_id", &self.client_id),
            ("client_secret", &self.client_secret.0),
        ] {
            if value.is_empty() {
                return invalid(field, format!("`{field}` must not be empty"));
            }
        }
        for url in &self.redirect_uris {
            if let Err(message) = check_redirect(url) {
                return invalid("redirect_uris", message);
            }
        }
        Ok(())
    }
}

/// Checks a URL to which a browser is to be redirected.
pub(super) fn check_redirect(url: &str) -> Result<(), String> {
    let uri = url
        .parse::<Uri>()
        .map_err(|error| format!("redirect_uri {url} is not a URL: {error}"))?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    if !is_web || uri.host().is_none_or(str::is_empty) {
        return Err(format!(
            "redirect_uri {url} must begin with https:// or http:// and a host"
        ));
    }
    if url.contains('#') {
        return Err(format!("redirect_uri {url} must not have a fragment (#)"));
    }
    Ok(())
}

/// Why an app cannot be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidOAuthApp {
    pub(crate) field: &'static str,
    pub(crate) message: String,
}

impl fmt::Display for InvalidOAuthApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidOAuthApp {}

#[cfg(test)]
mod tests {
    use super::OAuthApp;

    #[test]
    fn an_invalid_app_is_refused() {
        let with = |url: &str| OAuthApp::new("a0b1", "s3cret").redirect_uri(url);
        assert!(with("https://app.example/callback?a=b").check().is_ok());
        for (app, part) in [
            (OAuthApp::new("", "s3cret"), "`client_id` must not be empty"),
            (OAuthApp::new("a0b1", ""), "`client_secret` must not be"),
            (with("/callback"), "must begin with https://"),
            (with("javascript:alert(1)"), "redirect_uri javascript"),
            (with("https://app.example/#here"), "a fragment"),
        ] {
            let error = app.check().unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
    }
}
