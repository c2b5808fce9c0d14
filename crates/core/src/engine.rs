//! What the async and the blocking client share.

use std::sync::{Arc, Mutex, PoisonError};

use crate::call::{Call, Wanted};
use crate::config::{CallOptions, Config};
use crate::endpoint::Endpoint;
use crate::error::{DecodeReason, Error};
use crate::reply::{RawReply, Reply};

/// A client without its transport.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    config: Arc<Config>,
    options: Arc<CallOptions>,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl Engine {
    pub(crate) fn new(config: Config) -> Self {
        let random = config
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            options: Arc::new(config.call.clone()),
            config: Arc::new(config),
            random: Arc::new(Mutex::new(random)),
        }
    }

    pub(crate) fn with(&self, options: CallOptions) -> Self {
        Self {
            options: Arc::new(self.options.overlaid(options)),
            ..self.clone()
        }
    }

    pub(crate) fn begin<E: Endpoint>(&self, endpoint: &E, wanted: Wanted) -> Result<Call, Error> {
        let random = self
            .random
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fork();
        Ok(Call::new(
            E::SPEC,
            endpoint.encode()?,
            wanted,
            &self.config,
            &self.options,
            random,
        )?)
    }

    pub(crate) fn finish<E: Endpoint>(
        &self,
        call: &Call,
        reply: RawReply,
    ) -> Result<Reply<E::Output>, Error> {
        match E::decode(reply.headers(), reply.body()) {
            Ok(decoded) => Ok(Reply::new(decoded.value, decoded.deviations, reply)),
            Err(error) => Err(call.undecodable(reply, DecodeReason::Json, Some(error))),
        }
    }
}
