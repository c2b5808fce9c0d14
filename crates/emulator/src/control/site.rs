//! What a server serves: the API of one workspace or of many, and the control API.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use intercom_core::transport::Now;

use super::api::{self, Problem};
use super::cors::Cors;
use super::emulator::Emulator;
use super::guard;
use super::isolation::Workspaces;
use super::own_fault::HEADER;
use crate::http::oauth::Step;
use crate::http::{Host, MAX_BODY, Outcome, bearer};

/// What a server serves.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) emulator: Emulator,
    /// The workspaces of the tokens, if each has its own.
    pub(crate) workspaces: Option<Workspaces>,
    /// Whether there is a control API.
    pub(crate) control: bool,
    /// Whether it listens on loopback only.
    pub(crate) loopback: bool,
    pub(crate) cors: Option<Cors>,
}

impl Site {
    /// Returns the emulator that a request is for; `None` if it names no workspace.
    fn emulator(&self, request: &Request<Bytes>) -> Option<Emulator> {
        let Some(workspaces) = &self.workspaces else {
            return Some(self.emulator.clone());
        };
        // What comes before there is a token belongs to all of them.
        let is_of_all = Step::of(request).is_some_and(Step::needs_no_token)
            || api::is_of_apps(request.uri().path());
        if is_of_all {
            return Some(self.emulator.clone());
        }
        let token = bearer(request.headers()).filter(|token| !token.is_empty())?;
        Some(workspaces.of(token, &self.emulator))
    }

    fn control(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if let Err(problem) = guard::check(request, self.loopback, self.cors.as_ref()) {
            return problem.reply();
        }
        let shared = api::is_shared(request.uri().path());
        match self.emulator(request) {
            Some(emulator) => api::answer(&emulator, request),
            None if shared => api::answer(&self.emulator, request),
            None => Problem::new(
                StatusCode::BAD_REQUEST,
                "each token has a workspace of its own: say which with the header `Authorization: Bearer TOKEN`",
            )
            .reply(),
        }
    }
}

impl Host for Site {
    fn answer(&self, request: &Request<Bytes>) -> Outcome {
        if let Some(cors) = &self.cors
            && let Some(reply) = cors.preflight(request)
        {
            return Outcome::reply(reply);
        }
        let mut outcome = if self.control && api::is_control(request.uri().path()) {
            Outcome::reply(self.control(request))
        } else {
            // Without a token the request is refused, whichever workspace it goes to.
            let emulator = self.emulator(request);
            let emulator = emulator.as_ref().unwrap_or(&self.emulator);
            if !self.control && request.headers().contains_key(HEADER) {
                let mut plain = request.clone();
                plain.headers_mut().remove(HEADER);
                emulator.answer(&plain)
            } else {
                emulator.answer(request)
            }
        };
        if let (Some(cors), Outcome::Reply(reply, _)) = (&self.cors, &mut outcome) {
            cors.allow(request, reply);
        }
        outcome
    }

    fn has_control(&self) -> bool {
        self.control
    }

    fn max_body(&self, head: &http::request::Parts) -> usize {
        if self.control && api::is_control(head.uri.path()) {
            api::max_body(head.uri.path())
        } else {
            MAX_BODY
        }
    }

    fn now(&self) -> Now {
        Host::now(&self.emulator)
    }

    fn wait_until(&self, instant: Instant) -> Duration {
        Host::wait_until(&self.emulator, instant)
    }
}
