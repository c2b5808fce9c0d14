//! What the async and the blocking client share.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request};

use super::call::{Call, Undecodable, Wanted};
use super::shared::Shared;
use super::transfer::{Source, Transfer};
use crate::error::{EncodeError, Error};
use crate::operation::Endpoint;
use crate::policy::{BaseUrl, BaseUrlError, CallOptions, Config, ProvidedToken};
use crate::transport::Now;
use crate::wire::{ApiVersion, RateLimit, RawReply, Reply, Spec};

/// A client without its transport.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    shared: Arc<Shared>,
    options: Arc<CallOptions>,
    provided: Option<Arc<ProvidedToken>>,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl Engine {
    pub(crate) fn new(config: Config) -> Self {
        let random = config
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            options: Arc::new(config.call.clone()),
            shared: Arc::new(Shared::new(config)),
            provided: None,
            random: Arc::new(Mutex::new(random)),
        }
    }

    pub(crate) fn with_options(&self, options: CallOptions) -> Self {
        Self {
            options: Arc::new(self.options.overridden_by(options)),
            ..self.clone()
        }
    }

    /// Takes tokens from a provider.
    pub(crate) fn with_provider(self) -> Self {
        Self {
            provided: Some(Arc::default()),
            ..self
        }
    }

    pub(crate) fn base_url(&self) -> Result<&BaseUrl, &BaseUrlError> {
        self.shared.config.base_url.as_ref()
    }

    pub(crate) fn version(&self) -> ApiVersion {
        self.options.version.clone().unwrap_or_default()
    }

    /// The token of the provider, if there is one.
    pub(crate) const fn provided(&self) -> Option<&Arc<ProvidedToken>> {
        self.provided.as_ref()
    }

    pub(crate) fn rate_limit(&self, now: Now) -> Option<RateLimit> {
        self.shared.rate_budget.state(now)
    }

    pub(crate) fn begin(
        &self,
        spec: Spec,
        encoded: Result<Request<Bytes>, EncodeError>,
        wanted: Wanted,
    ) -> Result<Call, Error> {
        let random = self.random();
        Call::new(
            spec,
            encoded?,
            wanted,
            &self.shared,
            &self.options,
            self.provided.clone(),
            random,
        )
    }

    /// A call that requests a file, or a part of it if the headers say so.
    pub(crate) fn begin_fetch(&self, source: &Source, headers: HeaderMap) -> Result<Call, Error> {
        let (spec, request) = (source.spec.clone(), source.request.clone());
        let mut call = self.begin(spec, Ok(request), Wanted::Stream)?;
        call.set_headers(headers);
        Ok(call)
    }

    /// The download of a file of which the head arrived.
    pub(crate) fn transfer(&self, source: &Source, head: RawReply) -> Result<Transfer, Error> {
        let policy = self.options.retry.unwrap_or_default();
        Transfer::new(source.info(), head, policy, self.random())
    }

    fn random(&self) -> fastrand::Rng {
        self.random
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fork()
    }
}

/// Decodes the reply of a call. If it cannot be decoded, the call decides what follows.
pub(crate) fn decode<E: Endpoint>(reply: RawReply) -> Result<Reply<E::Output>, Box<Undecodable>> {
    match E::decode(reply.headers(), reply.body()) {
        Ok(decoded) => Ok(Reply::new(
            decoded.value,
            decoded.deviations,
            #[cfg(feature = "unread")]
            decoded.unread,
            reply,
        )),
        Err(error) => Err(Box::new(Undecodable { reply, error })),
    }
}
