//! OAuth: how a workspace installs an app, and how teammates log in with Intercom.
//!
//! 1. Redirect the browser to [`App::authorize_url`], with a state from [`States::issue`].
//! 2. Intercom redirects back with `code` and `state`. Check the state with [`States::check`], which
//!    works once.
//! 3. [`App::exchange`] the code for an access token. It does not expire.
//! 4. Call [`admins::Me`](intercom_core::api::admins::Me) for the teammate, the workspace, and its
//!    [`region`].
//!
//! In a test, the emulator of `intercom-emulator` takes the place of Intercom:
//! [`App::authorize_page`] and [`App::base_url`] point at it.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use intercom_app::model::Timestamp;
//! use intercom_app::oauth::{App, States, region, verified_email};
//! use intercom_app::webhooks::MemoryDeduplicator;
//! use intercom_core::api::admins;
//! use intercom_core::{AccessToken, Client, Config, Transport};
//!
//! # async fn example(
//! #     transport: Arc<dyn Transport>, session_id: &str, code: &str, state: &str,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! let app = App::new("client id", "client secret");
//! let states = States::new("a secret of your own");
//! let used = MemoryDeduplicator::new(10_000);
//!
//! // The login page.
//! let url = app.authorize_url(&states.issue(session_id, Timestamp::now())?);
//!
//! // The callback.
//! states.check(state, session_id, Timestamp::now(), &used)?;
//! let grant = app.exchange(&transport, code).await?;
//! let client = Client::new(transport.clone(), grant.access_token.as_str());
//! let me = client.call(&admins::Me::new()).await?;
//! let email = verified_email(&me);
//! let config = Config::new(grant.access_token.as_str()).base_url(region(&me).unwrap_or_default());
//! let client = Client::new(transport, config);
//! # Ok(())
//! # }
//! ```

mod app;
mod error;
mod me;
mod state;
mod uninstall;

pub use self::app::{App, Grant};
pub use self::error::OAuthError;
pub use self::me::{region, verified_email};
pub use self::state::{StateError, States};
pub use self::uninstall::{Uninstall, UninstallNotice};
