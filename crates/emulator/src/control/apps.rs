//! The apps that workspaces can authorize.

use super::emulator::Emulator;
use crate::http::oauth::{InvalidOAuthApp, OAuthApp};

impl Emulator {
    /// Registers an app for OAuth, or replaces the one with its client id. From then on only registered
    /// apps are authorized; before, every client id and secret is taken.
    ///
    /// # Errors
    ///
    /// If the client id or the secret is empty, or a redirect URL is not one.
    pub fn register_app(&self, app: OAuthApp) -> Result<(), InvalidOAuthApp> {
        app.check()?;
        self.lock().service.oauth.register(app);
        Ok(())
    }

    /// Removes a registered app. Returns false if there is none with this client id.
    pub fn remove_app(&self, client_id: &str) -> bool {
        self.lock().service.oauth.remove(client_id)
    }
}
