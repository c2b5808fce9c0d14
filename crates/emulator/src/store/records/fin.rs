//! What programs ask of Fin, and what Fin has to answer with.

use std::collections::VecDeque;

use intercom_core::model::{ConversationId, Timestamp};
use serde::{Deserialize, Serialize};

/// How long the events of a conversation can be subscribed to.
const LIFETIME: i64 = 3 * 60;

/// How many bytes of events are kept for a subscriber.
const KEPT: usize = 1024 * 1024;

/// A conversation that a program has with Fin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinSession {
    pub(crate) conversation: ConversationId,
    /// The user, as the program names it.
    pub(crate) user: String,
    /// The time of the last message, as the program sent it.
    pub(crate) last_message: Option<Timestamp>,
    pub(crate) stream: FinStream,
    /// The rating that Fin asked for, if it did.
    pub(crate) survey: Option<FinSurvey>,
}

/// A request for a rating.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct FinSurvey {
    /// From 1 to 5, once there is one.
    pub(crate) score: Option<u8>,
    /// Whether the rating can no longer be changed, because it has a remark.
    pub(crate) is_locked: bool,
}

/// The events since the last message of the program.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinStream {
    pub(crate) token: String,
    expires_at: Timestamp,
    /// Whether there will be no more events.
    is_over: bool,
    /// The number of the last event, from 1.
    last: u64,
    /// The latest events, as JSON.
    events: VecDeque<String>,
}

impl FinStream {
    pub(crate) fn new(token: String, now: Timestamp) -> Self {
        Self {
            token,
            expires_at: Timestamp::from_second(now.as_second() + LIFETIME),
            is_over: false,
            last: 0,
            events: VecDeque::new(),
        }
    }

    /// Whether more events can come.
    pub(crate) fn is_open(&self, now: Timestamp) -> bool {
        !self.is_over && now < self.expires_at
    }

    /// Whether it can be read from after the event with this number.
    pub(crate) fn is_readable(&self, number: u64, now: Timestamp) -> bool {
        self.is_open(now) || now < self.expires_at && self.after(number).next().is_some()
    }

    pub(crate) fn push(&mut self, event: String) {
        self.last += 1;
        self.events.push_back(event);
        while self.events.iter().map(String::len).sum::<usize>() > KEPT && self.events.len() > 1 {
            self.events.pop_front();
        }
    }

    /// Says that there will be no more events.
    pub(crate) fn end(&mut self) {
        self.is_over = true;
    }

    /// Returns the events after the one with this number, each with its own.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = (u64, &str)> {
        let first = self.last - self.events.len() as u64 + 1;
        (first..)
            .zip(self.events.iter().map(String::as_str))
            .filter(move |(each, _)| *each > number)
    }
}

/// A procedure of Fin that can be run through the API.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FinProcedure {
    pub(crate) name: String,
    pub(crate) description: String,
}
