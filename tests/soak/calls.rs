//! Making the calls, and what their callers learn.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use intercom_core::api::contacts::Contact;
use intercom_core::api::notes::Note;
use intercom_core::api::{contacts, notes};
use intercom_core::{Client, Error, blocking};

use crate::RETRIES;
use crate::plan::{Does, Plan};
use crate::witness::{Planned, work_on};

/// What a caller learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    Done,
    /// A success that is not the service's reply to this call.
    Wrong,
    /// An error: the request may have been processed.
    Unknown,
    /// An error: the request was not processed, or was a read.
    Not {
        /// Whether there were attempts left.
        gave_up: bool,
    },
    /// The call was dropped before its end.
    Dropped,
    /// The observer or the provider panicked.
    Panicked,
    /// The reply could not be decoded, to a call that is idempotent.
    Unreadable,
}

fn came<T>(result: Result<T, Error>, is_whole: impl FnOnce(&T) -> bool) -> Came {
    let error = match result {
        Ok(value) if is_whole(&value) => return Came::Done,
        Ok(_) => return Came::Wrong,
        Err(error) => error,
    };
    let attempts = match &error {
        Error::Transport(error) => error.attempts,
        Error::Api(error) if matches!(error.status().as_u16(), 408 | 500 | 502 | 503 | 504) => {
            error.attempts
        }
        // No attempt follows.
        _ => RETRIES + 1,
    };
    if error.outcome_unknown() {
        Came::Unknown
    } else if matches!(error, Error::Decode(_)) {
        Came::Unreadable
    } else {
        let gave_up = attempts <= RETRIES && !error.is_timeout();
        Came::Not { gave_up }
    }
}

fn read(number: usize) -> contacts::Get {
    contacts::Get::new(number.to_string())
}

fn change(number: usize) -> contacts::Update {
    let update = contacts::ContactUpdate::new().name("Ada");
    contacts::Update::new(number.to_string(), update)
}

fn write(plan: Plan, number: usize) -> notes::CreateForContact {
    let mut note = notes::NoteCreate::new(format!("end-{number}"));
    if plan.is_large(number) {
        // No id is that long, so it is sent as it is and nobody reads it.
        note = note.contact_id("x".repeat(300_000));
    }
    notes::CreateForContact::new(number.to_string(), note)
}

fn is_contact(number: usize, contact: &Contact) -> bool {
    let end = format!("end-{number}");
    contact.id.as_str() == number.to_string() && contact.external_id == Some(end)
}

fn is_note(id: usize, number: usize, note: &Note) -> bool {
    note.id.as_str() == id.to_string() && note.body == Some(format!("end-{number}"))
}

/// Defines a function that makes a call. The async and the blocking one differ in `await` only.
macro_rules! make_call {
    ($client:ident, $plan:ident, $number:ident $(, $wait:tt)*) => {{
        let (plan, number) = ($plan, $number);
        match plan.does(number) {
            Does::Read => {
                let result = $client.call(&read(number))$(.$wait)*;
                came(result, |contact| is_contact(number, contact))
            }
            Does::Change => {
                let result = $client.call(&change(number))$(.$wait)*;
                came(result, |contact| is_contact(number, contact))
            }
            Does::Write => {
                let result = $client.call(&write(plan, number))$(.$wait)*;
                came(result, |note| is_note(number, number, note))
            }
        }
    }};
}

pub(crate) fn call_blocking(client: &blocking::Client, plan: Plan, number: usize) -> Came {
    let came = work_on(number, || make_call!(client, plan, number));
    came.unwrap_or(Came::Panicked)
}

pub(crate) async fn call_async(client: Client, plan: Plan, number: usize) -> Came {
    let call = async move { make_call!(client, plan, number, await) };
    let mut call: Option<Pin<Box<dyn Future<Output = Came> + Send>>> = Some(Box::pin(call));
    let mut polls = plan.dropped_after(number);
    poll_fn(|context| {
        let polled = work_on(number, || match &mut call {
            Some(call) => call.as_mut().poll(context),
            None => Poll::Ready(Came::Dropped),
        });
        let came = match polled {
            Ok(Poll::Ready(came)) => came,
            Ok(Poll::Pending) => {
                polls = polls.map(|left| left - 1);
                if polls != Some(0) {
                    return Poll::Pending;
                }
                Came::Dropped
            }
            Err(Planned) => Came::Panicked,
        };
        // The observer may panic here, too.
        let _ = work_on(number, || call = None);
        Poll::Ready(came)
    })
    .await
}
