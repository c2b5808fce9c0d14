//! What the async and the blocking client share.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Request};

use crate::call::{Call, Wanted};
use crate::config::{BaseUrl, CallOptions, Config};
use crate::download::{Source, Transfer};
use crate::endpoint::Endpoint;
use crate::error::{DecodeReason, EncodeError, Error};
use crate::rate::{RateBudget, RateLimit, SharedRateBudget};
use crate::reply::{RawReply, Reply};
use crate::retry::RetryBudget;
use crate::token::ProvidedToken;
use crate::transport::Now;
use crate::version::{ApiVersion, Spec};

/// What all calls of a client share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) rate_budget: Arc<dyn RateBudget>,
    pub(crate) retry_budget: Arc<RetryBudget>,
}

impl Shared {
    /// Of a client with this configuration, of which a clone may be that of another client, for another
    /// workspace.
    pub(crate) fn new(config: Config) -> Self {
        let given = config.rate_budget.clone();
        Self {
            rate_budget: given.unwrap_or_else(|| Arc::new(SharedRateBudget::default())),
            retry_budget: Arc::default(),
            config,
        }
    }
}

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

    pub(crate) fn with(&self, options: CallOptions) -> Self {
        Self {
            options: Arc::new(self.options.overlaid(options)),
            ..self.clone()
        }
    }

    /// The same, with tokens from a provider.
    pub(crate) fn with_provider(self) -> Self {
        Self {
            provided: Some(Arc::default()),
            ..self
        }
    }

    pub(crate) fn base_url(&self) -> &BaseUrl {
        &self.shared.config.base_url
    }

    pub(crate) fn version(&self) -> ApiVersion {
        self.options.version.clone().unwrap_or_default()
    }

    /// What a provider gave, where there is one.
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
        Ok(Call::new(
            spec,
            encoded?,
            wanted,
            &self.shared,
            &self.options,
            self.provided.clone(),
            random,
        )?)
    }

    /// A call for a file, or for a part of it, as these headers say.
    pub(crate) fn begin_fetch(&self, source: &Source, headers: HeaderMap) -> Result<Call, Error> {
        let (spec, request) = (source.spec.clone(), source.request.clone());
        let mut call = self.begin(spec, Ok(request), Wanted::Stream)?;
        call.set_headers(headers);
        Ok(call)
    }

    /// The download of a file of which the head came.
    pub(crate) fn transfer(&self, source: &Source, head: RawReply) -> Result<Transfer, Error> {
        let policy = self.options.retry.unwrap_or_default();
        Transfer::new(source.subject(), head, policy, self.random())
    }

    fn random(&self) -> fastrand::Rng {
        self.random
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fork()
    }
}

/// A call that is over, with its reply.
pub(crate) struct Answer {
    pub(crate) call: Call,
    pub(crate) reply: RawReply,
}

impl Answer {
    /// Reads the reply.
    pub(crate) fn read<E: Endpoint>(self) -> Result<Reply<E::Output>, Error> {
        match E::decode(self.reply.headers(), self.reply.body()) {
            Ok(decoded) => Ok(Reply::new(decoded.value, decoded.deviations, self.reply)),
            Err(error) => Err(self.undecodable(error)),
        }
    }

    fn undecodable(mut self, error: serde_json::Error) -> Error {
        let error = self
            .call
            .undecodable(self.reply, DecodeReason::Json, Some(error));
        self.call.watch.undecodable(&error);
        error
    }
}
