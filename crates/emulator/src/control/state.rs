//! The state of an emulator, and what a request does to it.

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_core::ApiVersion;
use serde_json::json;

use super::faults::Faults;
use super::hooks::Hooks;
use super::journal::{Entry, Journal, JournalBody, without_secrets};
use super::own_fault::own_fault;
use super::webhooks::{
    Before, Event, RequestSeen, UNINSTALLED, Webhooks, company_deleted, events, request_completed,
};
use crate::http::{Exchange, FaultKind, Outcome, Service};
use crate::store::{Ids, Workspace};

/// Everything behind one lock: a request is performed as a whole or not at all.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) service: Service,
    pub(crate) faults: Faults,
    pub(crate) hooks: Hooks,
    pub(crate) journal: Journal,
    pub(crate) webhooks: Webhooks,
    /// Counts the requests and control operations that may have changed the workspace.
    pub(crate) revision: u64,
    /// How many notifications there were.
    created: u64,
}

impl State {
    pub(crate) fn new(service: Service) -> Self {
        Self {
            service,
            faults: Faults::default(),
            hooks: Hooks::default(),
            journal: Journal::default(),
            webhooks: Webhooks::default(),
            revision: 0,
            created: 0,
        }
    }

    /// Returns a state that begins as this one is now, without its faults, hooks, journal and deliveries.
    pub(crate) fn fork(&self) -> Self {
        Self {
            journal: Journal::of_many(),
            webhooks: self.webhooks.fork(),
            ..Self::new(Service {
                replica: self.service.replica.anew(),
                ..self.service.clone()
            })
        }
    }

    /// Begins anew with another state. What counts goes on counting. Webhooks stay subscribed, and apps registered.
    pub(crate) fn start_over(&mut self, mut fresh: Self) {
        self.journal.clear();
        fresh.service.oauth = self.service.oauth.fork();
        *self = Self {
            journal: std::mem::take(&mut self.journal),
            webhooks: self.webhooks.fork(),
            created: self.created,
            revision: self.revision + 1,
            ..fresh
        };
    }

    /// Answers a request. Returns its journal entry too if it is `observed`.
    pub(crate) fn answer(
        &mut self,
        request: &Request<Bytes>,
        observed: bool,
    ) -> (Outcome, Option<Entry>) {
        let at = self.service.clock.now().system;
        self.revision += u64::from(!request.method().is_safe());
        let mut exchange = self.service.accept(request);
        let (operation, version) = (exchange.operation, exchange.version.to_string());
        let mut fault = None;
        if exchange.is_accepted() {
            fault = self.faults.next(operation, request);
            match own_fault(&mut self.faults, request) {
                Ok(own) => fault = own.or(fault),
                Err(refusal) => exchange.refuse(refusal),
            }
        }
        let faulty = fault.is_some();
        let kept = if exchange.is_secret {
            |_: &Bytes| JournalBody::default()
        } else {
            JournalBody::new
        };
        let outcome = if self.webhooks.is_wanted() {
            self.finish_watched(exchange, request, fault)
        } else {
            self.service.finish(exchange, request, fault)
        };
        let target = request.uri().path_and_query();
        let mut entry = Entry {
            index: 0,
            at,
            operation,
            version,
            method: request.method().to_string(),
            path: target.map_or_else(|| "/".to_owned(), ToString::to_string),
            headers: without_secrets(request.headers()),
            body: kept(request.body()),
            status: None,
            reply_headers: HeaderMap::new(),
            reply_body: JournalBody::default(),
            faulty,
        };
        if let Outcome::Reply(reply, _) = &outcome {
            entry.status = Some(reply.status().as_u16());
            entry.reply_headers.clone_from(reply.headers());
            entry.reply_body = kept(reply.body());
        }
        let observed = observed.then(|| entry.clone());
        let index = self.journal.push(entry);
        (outcome, observed.map(|entry| Entry { index, ..entry }))
    }

    /// Finishes a request, and queues the notifications of what it did.
    fn finish_watched(
        &mut self,
        exchange: Exchange,
        request: &Request<Bytes>,
        fault: Option<FaultKind>,
    ) -> Outcome {
        let accepted = exchange.is_accepted();
        let (operation, uninstalls) = (exchange.operation, exchange.uninstalls);
        self.change(operation, |service| {
            let outcome = service.finish(exchange, request, fault);
            let context = service.context(&ApiVersion::LATEST);
            let workspace = &service.workspace;
            let mut events = Vec::new();
            if let Outcome::Reply(reply, _) = &outcome
                && accepted
            {
                events.extend(company_deleted(operation, reply.body()));
                let seen = RequestSeen {
                    method: request.method(),
                    path: request.uri().path(),
                    headers: request.headers(),
                    reply: reply.headers(),
                    status: reply.status().as_u16(),
                };
                events.push(request_completed(workspace, &seen, &context));
            }
            if uninstalls {
                let notice = json!({ "app_id": workspace.workspace_id });
                events.push(Event::new(UNINSTALLED, notice));
            }
            (outcome, events)
        })
    }

    /// Makes a change, and queues the notifications of what changed, and then of the events that it returns.
    pub(crate) fn change<T>(
        &mut self,
        operation: Option<&'static str>,
        change: impl FnOnce(&mut Service) -> (T, Vec<Event>),
    ) -> T {
        let before = Before::of(&self.service.workspace, operation);
        self.service.workspace.record_changes(true);
        let (outcome, more) = change(&mut self.service);
        let context = self.service.context(&ApiVersion::LATEST);
        let changes = self.service.workspace.take_changes();
        self.service.workspace.record_changes(false);
        let mut events = events(&self.service.workspace, &changes, &before, &context);
        events.extend(more);
        let now = self.service.clock.now().system;
        for event in events {
            self.created += 1;
            let id = notification_id(&self.service.workspace, self.created);
            self.webhooks.notify(event, &id, now);
        }
        outcome
    }
}

/// Returns the id of a notification. It does not come from the ids of the workspace, so that these do
/// not depend on who is notified.
fn notification_id(workspace: &Workspace, count: u64) -> String {
    let seed = Ids::seed_of(count, workspace.workspace_id.as_str());
    format!("notif_{}", Ids::new(seed).uuid())
}
