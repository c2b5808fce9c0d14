//! Configuring a server.

use std::io;
use std::net::ToSocketAddrs;
use std::sync::Arc;

use super::cors::Cors;
use super::emulator::Emulator;
use super::isolation::{MAX_WORKSPACES, Workspaces};
use super::site::Site;
use crate::http::Host;
use crate::http::serve::{MAX_CONNECTIONS, Server};

/// Configures a [`Server`].
///
/// ```
/// use intercom_emulator::Emulator;
///
/// let emulator = Emulator::builder().demo().build();
/// let server = emulator.server().isolate(true).listen("127.0.0.1:0")?;
/// println!("{}/_emulator/health", server.url());
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// | Option            | Default                                        |
/// |-------------------|------------------------------------------------|
/// | `control`         | on if it listens on loopback, off elsewhere    |
/// | `isolate`         | off: all tokens share one workspace            |
/// | `max_workspaces`  | 10,000                                         |
/// | `cors`            | no pages of other origins                      |
/// | `max_connections` | 4,096                                          |
#[derive(Debug, Clone)]
#[must_use = "`listen` starts the server"]
pub struct ServerBuilder {
    emulator: Emulator,
    control: Option<bool>,
    isolate: bool,
    max_workspaces: usize,
    origins: Vec<String>,
    max_connections: usize,
}

impl Emulator {
    /// Configures a server.
    pub fn server(&self) -> ServerBuilder {
        ServerBuilder {
            emulator: self.clone(),
            control: None,
            isolate: false,
            max_workspaces: MAX_WORKSPACES,
            origins: Vec::new(),
            max_connections: MAX_CONNECTIONS,
        }
    }

    /// Serves over HTTP on this address; port 0 picks a free port.
    ///
    /// ```
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().demo().build();
    /// let server = emulator.serve("127.0.0.1:0")?;
    /// println!("{}/contacts", server.url());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the address cannot be bound or the thread cannot be started.
    pub fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Server> {
        self.server().listen(address)
    }
}

impl ServerBuilder {
    /// Serves the control API under `/_emulator`, or not. Who reaches it can change everything.
    pub const fn control(mut self, control: bool) -> Self {
        self.control = Some(control);
        self
    }

    /// Gives every access token a workspace of its own, which begins as the emulator's is at that
    /// moment, so that tests that run at once do not meet.
    pub const fn isolate(mut self, isolate: bool) -> Self {
        self.isolate = isolate;
        self
    }

    /// Limits the number of workspaces. Beyond it, the one that was not used for longest is dropped.
    pub const fn max_workspaces(mut self, workspaces: usize) -> Self {
        self.max_workspaces = workspaces;
        self
    }

    /// Lets pages of this origin, such as `http://localhost:3000`, send requests from a browser; `*`
    /// lets all.
    pub fn cors(mut self, origin: impl Into<String>) -> Self {
        self.origins.push(origin.into());
        self
    }

    /// Limits how many connections are open at once. Others wait to be accepted.
    pub const fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = if connections == 0 { 1 } else { connections };
        self
    }

    /// Starts the server on this address; port 0 picks a free port.
    ///
    /// # Errors
    ///
    /// Returns an error if the address cannot be bound or the thread cannot be started.
    pub fn listen(self, address: impl ToSocketAddrs) -> io::Result<Server> {
        let max_connections = self.max_connections;
        let site = |address: std::net::SocketAddr| {
            let loopback = address.ip().is_loopback();
            Arc::new(Site {
                emulator: self.emulator,
                workspaces: self.isolate.then(|| Workspaces::new(self.max_workspaces)),
                control: self.control.unwrap_or(loopback),
                loopback,
                cors: (!self.origins.is_empty()).then(|| Cors::new(self.origins)),
            }) as Arc<dyn Host>
        };
        Server::start(site, address, max_connections)
    }
}
