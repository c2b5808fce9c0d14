//! The transport under test.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{self, Deadline, Transport, TransportError, blocking};
use tokio::runtime::{Builder, Runtime};

use crate::server::Identity;

/// The options that a promise sets up a transport with. The others keep their defaults.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Setup {
    /// Root certificates to trust, each in DER or PEM.
    pub roots: Vec<Vec<u8>>,
    /// The certificate chain and the key of the client, in DER or PEM.
    pub client: Option<(Vec<u8>, Vec<u8>)>,
    /// The URL of a proxy.
    pub proxy: Option<String>,
    /// How long a connection may be idle and still be used.
    pub idle_timeout: Option<Duration>,
    /// How old a connection may be and still be used.
    pub max_age: Option<Duration>,
    /// How many idle connections to a host are kept.
    pub max_idle: Option<usize>,
}

/// Sends a request and reads the whole response, whatever runtime that takes.
///
/// It sends as a client does, with [`transport::send`] or [`blocking::send`], and so tests what a
/// transport and the layer above it promise together.
///
/// [`Subject::blocking`] and [`Subject::on_tokio`] implement it. Implement it for an async transport
/// that needs another runtime, and make the subject with [`Subject::new`].
pub trait Exchanges {
    /// Sends a request and reads the whole response. An error of the body is returned as the transport
    /// error that it stands for.
    ///
    /// # Errors
    ///
    /// The transport error.
    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError>;

    /// Returns the `Debug` output of the transport.
    fn debug(&self) -> String;

    /// Lets the background tasks of the transport run, as they do in a program between two calls.
    fn settle(&self) {}
}

type Make = Arc<dyn Fn(&Setup) -> Result<Box<dyn Exchanges>, String>>;

/// A kind of transport, and one of that kind.
pub struct Subject {
    make: Make,
    transport: Box<dyn Exchanges>,
}

impl Subject {
    /// A blocking transport, which `make` sets up.
    ///
    /// # Panics
    ///
    /// If `make` fails with one root certificate and nothing else.
    pub fn blocking<T: blocking::Transport + 'static>(
        make: impl Fn(&Setup) -> Result<T, String> + 'static,
    ) -> Self {
        Self::new(move |setup| Ok(Box::new(Blocking(Arc::new(make(setup)?)))))
    }

    /// An async transport, which `make` sets up. Each has a tokio runtime of one thread, which does not
    /// run between two requests.
    ///
    /// # Panics
    ///
    /// If `make` fails with one root certificate and nothing else.
    pub fn on_tokio<T: Transport + 'static>(
        make: impl Fn(&Setup) -> Result<T, String> + 'static,
    ) -> Self {
        Self::new(move |setup| {
            let runtime = Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(|error| error.to_string())?;
            let transport = {
                let _inside = runtime.enter();
                Arc::new(make(setup)?)
            };
            Ok(Box::new(OnTokio { transport, runtime }))
        })
    }

    /// A transport that `make` sets up, or says why it cannot.
    ///
    /// # Panics
    ///
    /// If `make` fails with one root certificate and nothing else.
    pub fn new(make: impl Fn(&Setup) -> Result<Box<dyn Exchanges>, String> + 'static) -> Self {
        // A root that no server has, for machines whose platform has none.
        let setup = Setup {
            roots: vec![Identity::of(&["nobody"]).der().0],
            ..Setup::default()
        };
        let transport = make(&setup).expect("one root certificate is enough for a transport");
        Self {
            make: Arc::new(make),
            transport,
        }
    }

    /// Sets up another transport of this kind.
    ///
    /// # Errors
    ///
    /// Why there is none, in the words of the transport.
    pub fn set_up(&self, setup: &Setup) -> Result<Self, String> {
        Ok(Self {
            make: Arc::clone(&self.make),
            transport: (self.make)(setup)?,
        })
    }

    /// Sets up another transport of this kind that also trusts `root`.
    pub(crate) fn trusting(&self, root: Vec<u8>) -> Self {
        let roots = vec![root];
        self.set_up(&Setup {
            roots,
            ..Setup::default()
        })
        .unwrap()
    }

    pub(crate) fn debug(&self) -> String {
        self.transport.debug()
    }

    pub(crate) fn settle(&self) {
        self.transport.settle();
    }

    pub(crate) fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.transport.exchange(request, deadline)
    }

    /// Sends with a deadline that only a broken transport exceeds.
    pub(crate) fn send(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let end = Instant::now() + Duration::from_secs(30);
        self.exchange(request, Deadline::at(end))
    }

    pub(crate) fn get(&self, url: impl AsRef<str>) -> Result<Response<Vec<u8>>, TransportError> {
        self.send(request("GET", url, ""))
    }

    pub(crate) fn post(
        &self,
        url: impl AsRef<str>,
        body: &'static str,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.send(request("POST", url, body))
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject").field(&self.debug()).finish()
    }
}

/// A request with this body, which is JSON unless it is empty.
pub(crate) fn request(method: &str, url: impl AsRef<str>, body: &'static str) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(url.as_ref());
    if !body.is_empty() {
        request = request.header("content-type", "application/json");
    }
    request.body(Bytes::from_static(body.as_bytes())).unwrap()
}

struct Blocking(Arc<dyn blocking::Transport>);

impl Exchanges for Blocking {
    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        use std::io::Read;

        let (parts, mut body) = blocking::send(&self.0, request, deadline)?.into_parts();
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)
            .map_err(TransportError::from_body_error)?;
        Ok(Response::from_parts(parts, bytes))
    }

    fn debug(&self) -> String {
        format!("{:?}", self.0)
    }
}

struct OnTokio {
    transport: Arc<dyn Transport>,
    runtime: Runtime,
}

impl Exchanges for OnTokio {
    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.runtime.block_on(async {
            let response = transport::send(&self.transport, request, deadline).await?;
            let (parts, mut body) = response.into_parts();
            let mut bytes = Vec::new();
            while let Some(piece) = body.chunk().await {
                bytes.extend_from_slice(&piece?);
            }
            // A connection is put back into the pool.
            settle().await;
            Ok(Response::from_parts(parts, bytes))
        })
    }

    fn settle(&self) {
        self.runtime.block_on(settle());
    }

    fn debug(&self) -> String {
        format!("{:?}", self.transport)
    }
}

/// Lets the tasks of the runtime run until they wait for something.
async fn settle() {
    for _ in 0..16 {
        tokio::task::yield_now().await;
    }
}
