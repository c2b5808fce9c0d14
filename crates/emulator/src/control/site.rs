//! What a server serves: the API of one workspace or of many, and the control API.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode};
use intercom_core::transport::Now;

use super::api::{self, Problem};
use super::cors::Cors;
use super::emulator::Emulator;
use super::guard;
use super::isolation::Workspaces;
use super::own_fault::HEADER;
use crate::http::event_stream::Subscription;
use crate::http::oauth::Step;
use crate::http::{Host, Later, MAX_BODY, Outcome, bearer};

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
        if let Some(subscription) = Subscription::of(request) {
            return workspaces.find(|emulator| emulator.knows(&subscription));
        }
        let token = bearer(request.headers()).filter(|token| !token.is_empty())?;
        Some(workspaces.of(token, &self.emulator))
    }

    fn control(&self, request: &Request<Bytes>) -> Outcome {
        if let Err(problem) = guard::check(request, self.loopback, self.cors.as_ref()) {
            return Outcome::reply(problem.reply());
        }
        let shared = api::is_shared(request.uri().path());
        match self.emulator(request) {
            Some(emulator) => api::answer(&emulator, request),
            None if shared => api::answer(&self.emulator, request),
            None => {
                let message = "each token has a workspace of its own: say which with the header `Authorization: Bearer TOKEN`";
                Outcome::reply(Problem::new(StatusCode::BAD_REQUEST, message).reply())
            }
        }
    }

    /// Lets pages of other origins read a reply.
    fn allow(&self, request: &Request<Bytes>, outcome: Outcome) -> Outcome {
        let Some(cors) = self.cors.clone() else {
            return outcome;
        };
        match outcome {
            Outcome::Reply(mut reply, delivery) => {
                cors.allow(request, &mut reply);
                Outcome::Reply(reply, delivery)
            }
            Outcome::Stream(mut reply, arrivals) => {
                cors.allow(request, &mut reply);
                Outcome::Stream(reply, arrivals)
            }
            Outcome::Later(later) => {
                let request = request.clone();
                Outcome::Later(Later(Box::pin(async move {
                    let mut reply = later.0.await;
                    cors.allow(&request, &mut reply);
                    reply
                })))
            }
            Outcome::Reset | Outcome::Hang => outcome,
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
        let outcome = if self.control && api::is_control(request.uri().path()) {
            self.control(request)
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
        self.allow(request, outcome)
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
