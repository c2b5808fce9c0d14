//! Webhooks of an emulator.

use std::time::{Duration, Instant};

use super::delivery::Delivery;
use super::state::{Job, Outcome};
use super::{InvalidWebhook, Target, Webhook, WebhookId};
use crate::control::Emulator;

impl Emulator {
    /// Subscribes a webhook to notifications.
    ///
    /// # Errors
    ///
    /// If its address cannot be used, or if there is no such topic.
    pub fn subscribe(&self, webhook: Webhook) -> Result<WebhookId, InvalidWebhook> {
        webhook.check()?;
        let id = {
            let mut state = self.lock();
            let now = state.service.clock.now().system;
            state.webhooks.subscribe(webhook, now)
        };
        self.deliver();
        Ok(id)
    }

    /// Removes a webhook. Returns false if it has been removed already.
    pub fn unsubscribe(&self, id: WebhookId) -> bool {
        self.lock().webhooks.unsubscribe(id)
    }

    /// Returns the deliveries so far, oldest first. Beyond 16 MiB the oldest are dropped.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.lock().webhooks.deliveries().cloned().collect()
    }

    /// Delivers a notification again. Returns the number of the new delivery, or `None` if there is no
    /// such delivery or its webhook is gone.
    pub fn replay(&self, delivery: u64) -> Option<u64> {
        let id = {
            let mut state = self.lock();
            let now = state.service.clock.now().system;
            state.webhooks.replay(delivery, now)
        };
        self.deliver();
        id
    }

    /// Sends a ping. Returns the number of the delivery, or `None` if there is no such webhook.
    pub fn ping(&self, id: WebhookId) -> Option<u64> {
        let id = {
            let mut state = self.lock();
            let now = state.service.clock.now().system;
            state.webhooks.ping(id, now)
        };
        self.deliver();
        id
    }

    pub(crate) fn take_jobs(&self, remote: bool) -> Vec<Job> {
        let mut state = self.lock();
        let now = state.service.clock.now().system;
        let app_id = state.service.workspace.workspace_id.to_string();
        state.webhooks.take_jobs(&app_id, now, remote)
    }

    pub(crate) fn finish_job(&self, delivery: u64, outcome: Outcome) {
        let mut state = self.lock();
        let now = state.service.clock.now().system;
        state.webhooks.finish(delivery, outcome, now);
    }

    /// Delivers what is due: to functions at once, to addresses on a thread of its own.
    pub(crate) fn deliver(&self) {
        if !self.lock().webhooks.has_pending() {
            return;
        }
        loop {
            let jobs = self.take_jobs(false);
            if jobs.is_empty() {
                break;
            }
            for job in jobs {
                let started = Instant::now();
                let status = match &job.target {
                    // Without the lock, for the function may send requests.
                    Target::Receiver(receive) => Ok(receive(&job.request)),
                    Target::Url(_) => Err("not a function".to_owned()),
                };
                let took: Duration = started.elapsed();
                self.finish_job(job.delivery, Outcome { status, took });
            }
        }
        #[cfg(feature = "serve")]
        self.wake_sender();
    }
}
