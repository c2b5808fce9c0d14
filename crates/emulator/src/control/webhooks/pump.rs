//! Webhooks of an emulator.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::delivery::Delivery;
use super::state::{Job, Outcome};
use super::{Event, InvalidWebhook, TOPICS, Target, UnknownTopic, Webhook, WebhookId};
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

    /// Notifies of something that does not happen in the emulator, such as `call.ended`, or that shall have another
    /// item than the emulator's own. Every webhook gets it that is subscribed to the topic.
    ///
    /// ```
    /// use intercom_emulator::{Emulator, Webhook};
    /// use serde_json::json;
    ///
    /// let emulator = Emulator::new();
    /// emulator.subscribe(Webhook::to_fn(|_| 200).topic("call.*"))?;
    /// emulator.notify("call.ended", json!({"type": "call", "id": "1", "direction": "inbound"}))?;
    /// assert_eq!(emulator.deliveries().len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no such topic.
    pub fn notify(&self, topic: &str, item: Value) -> Result<(), UnknownTopic> {
        let known = TOPICS.iter().find(|known| **known == topic);
        let known = known.ok_or_else(|| UnknownTopic(topic.to_owned()))?;
        let event = Event::new(known, item);
        self.lock().change(None, |_| ((), vec![event]));
        self.deliver();
        Ok(())
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
