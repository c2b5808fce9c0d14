//! Making the calls, and what their callers learn.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use intercom_core::api::contacts::Contact;
use intercom_core::api::data_export::DataExportCreate;
use intercom_core::api::notes::Note;
use intercom_core::api::{contacts, data_export, notes};
use intercom_core::model::Timestamp;
use intercom_core::{Client, Error, Paginate, PollPolicy, UpsertOutcome, blocking};

use crate::RETRIES;
use crate::plan::{Does, Plan};
use crate::service::item_id;
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
    /// The job was started, and waiting for it or downloading its file failed.
    Unfinished,
}

fn came<T>(result: Result<T, Error>, is_whole: impl FnOnce(&T) -> bool) -> Came {
    match result {
        Ok(value) if is_whole(&value) => Came::Done,
        Ok(_) => Came::Wrong,
        Err(error) => failed(error),
    }
}

fn failed(error: Error) -> Came {
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

fn export() -> data_export::Create {
    let (from, to) = (Timestamp::from_second(1), Timestamp::from_second(2));
    data_export::Create::new(DataExportCreate::new(from, to))
}

/// How a job is polled.
fn often() -> PollPolicy {
    let policy = PollPolicy::new().first(Duration::from_millis(1));
    policy.cap(Duration::from_millis(4))
}

/// What a caller of the blocking client reads a list with.
trait TryNext<T> {
    fn try_next(&mut self) -> Result<Option<T>, Error>;
}

impl<E: Paginate> TryNext<E::Item> for blocking::Items<E> {
    fn try_next(&mut self) -> Result<Option<E::Item>, Error> {
        self.next().transpose()
    }
}

/// Reads a list. What was read before an error is its start.
macro_rules! read_list {
    ($client:ident, $plan:ident, $number:ident $(, $wait:tt)*) => {{
        let list = notes::ListForContact::new($number.to_string());
        let mut items = $client.items(list);
        let mut count = 0;
        loop {
            match items.try_next()$(.$wait)* {
                Ok(Some(note)) if is_note(item_id($number, count), $number, &note) => count += 1,
                Ok(Some(_)) => break Came::Wrong,
                Ok(None) => break came(Ok(count), |count| *count == $plan.items($number)),
                Err(error) => break failed(error),
            }
        }
    }};
}

/// Reads a file. What was read before an error is its start.
macro_rules! read_file {
    ($download:expr, $plan:ident, $number:ident $(, $wait:tt)*) => {{
        match $download {
            Err(error) => failed(error),
            Ok(mut download) => {
                let mut read = Vec::new();
                loop {
                    match download.chunk()$(.$wait)* {
                        Ok(Some(chunk)) => read.extend_from_slice(&chunk),
                        Ok(None) => break came(Ok(read), |read| *read == $plan.file($number)),
                        Err(_) if !$plan.file($number).starts_with(&read) => break Came::Wrong,
                        Err(error) => break failed(error),
                    }
                }
            }
        }
    }};
}

/// Makes a call. The async and the blocking client differ in `await` only.
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
            Does::List => read_list!($client, plan, number $(, $wait)*),
            Does::Download => {
                let export = data_export::Download::new(number.to_string());
                read_file!($client.download(&export)$(.$wait)*, plan, number $(, $wait)*)
            }
            Does::Job => match $client.start(&export())$(.$wait)* {
                Err(error) => failed(error),
                Ok(job) if job.id().as_str() != number.to_string() => Came::Wrong,
                Ok(job) => match job.policy(often()).wait()$(.$wait)* {
                    Err(_) => Came::Unfinished,
                    Ok(job) => {
                        let file = job.download()$(.$wait)*;
                        match read_file!(file, plan, number $(, $wait)*) {
                            came @ (Came::Done | Came::Wrong) => came,
                            _ => Came::Unfinished,
                        }
                    }
                },
            },
            Does::Upsert => {
                let end = format!("end-{number}");
                let contact = contacts::ContactCreate::new().external_id(end);
                let result = $client.upsert_contact(contact)$(.$wait)*;
                came(result, |upserted| {
                    let created = upserted.outcome == UpsertOutcome::Created;
                    created != plan.exists(number) && is_contact(number, upserted)
                })
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
