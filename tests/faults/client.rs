//! Both clients, as the rows use them.

use std::time::Duration;

use intercom_core::api::{companies, contacts, notes};
use intercom_core::{BaseUrl, Client, Config, Endpoint, Error, RetryPolicy, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use tokio::runtime::Runtime;

/// What is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// A GET.
    Read,
    /// A PUT, which may be sent twice.
    Change,
    /// A POST, which must not.
    Write,
    /// A GET that must not either, for it moves something on.
    ReadOnce,
}

/// A transport that many clients share; each has budgets of its own.
pub(crate) enum Transport {
    Hyper(Box<HyperTransport>, Runtime),
    Ureq(UreqTransport),
}

impl Transport {
    pub(crate) fn hyper(root: Vec<u8>) -> Self {
        let transport = HyperTransport::builder().root_certificates([root]).build();
        // Connections live in the worker, so that they go on between the calls.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        Self::Hyper(Box::new(transport.unwrap()), runtime.unwrap())
    }

    pub(crate) fn ureq(root: Vec<u8>) -> Self {
        let transport = UreqTransport::builder().root_certificates([root]).build();
        Self::Ureq(transport.unwrap())
    }

    /// A client that gives up after three attempts, which follow one another at once, or after this
    /// time; and that takes small replies only.
    pub(crate) fn client(&self, url: &str, timeout: Duration) -> Intercom<'_> {
        let policy = RetryPolicy::default()
            .retries(2)
            .base(Duration::from_millis(1));
        let config = Config::new("token")
            .base_url(BaseUrl::parse(url).unwrap())
            .retry(policy)
            .timeout(timeout)
            .max_json_body(64 * 1024)
            .seed(7);
        match self {
            Self::Hyper(transport, runtime) => {
                Intercom::Async(Client::new((**transport).clone(), config), runtime)
            }
            Self::Ureq(transport) => {
                Intercom::Blocking(blocking::Client::new(transport.clone(), config))
            }
        }
    }
}

pub(crate) enum Intercom<'a> {
    Async(Client, &'a Runtime),
    Blocking(blocking::Client),
}

impl Intercom<'_> {
    /// Calls, with so many bytes of text where there is a body.
    pub(crate) fn call(&self, does: Does, size: usize) -> Result<(), Error> {
        let text = "x".repeat(size);
        match does {
            Does::Read => self.run(&contacts::Get::new("1")),
            Does::Change => {
                let update = contacts::ContactUpdate::new().name(text);
                self.run(&contacts::Update::new("1", update))
            }
            Does::ReadOnce => self.run(&companies::Scroll::new()),
            Does::Write => {
                let note = notes::NoteCreate::new(text);
                self.run(&notes::CreateForContact::new("1", note))
            }
        }
    }

    fn run<E: Endpoint>(&self, endpoint: &E) -> Result<(), Error> {
        match self {
            Self::Async(client, runtime) => runtime.block_on(client.call(endpoint)).map(drop),
            Self::Blocking(client) => client.call(endpoint).map(drop),
        }
    }
}
