//! Data events: what contacts did.

use std::collections::BTreeMap;
use std::ops::Bound;

use http::StatusCode;
use intercom_core::api::data_events::{
    Create, CreateSummaries, DataEvent, DataEventList, DataEventPages, List,
};
use intercom_core::model::{AttributeValue, ContactId, DataEventId, ObjectType, Timestamp};
use intercom_core::{Empty, ErrorCode};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, page_size};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ContactRecord, EventRecord, EventTally, Workspace};

/// The page size of lists of events.
const PER_PAGE: u32 = 15;

/// How long events are listed, in seconds: 90 days.
const LISTED: i64 = 90 * 24 * 60 * 60;

/// How a request names a contact.
struct Named<'a> {
    id: Option<&'a ContactId>,
    user_id: Option<&'a String>,
    email: Option<&'a String>,
}

impl Workspace {
    fn contact_named(&self, named: &Named<'_>) -> Result<&ContactRecord, Refusal> {
        let found = match (named.id, named.user_id, named.email) {
            (Some(id), _, _) => self.contacts.get(id),
            (_, Some(id), _) => self.contact_by_external_id(id),
            (_, _, Some(email)) => self.contacts_by_email(email).find(|it| !it.archived),
            (None, None, None) => {
                return Err(Refusal::missing(
                    "user_id",
                    "one of id, user_id and email is required",
                ));
            }
        };
        found
            .filter(|record| !record.archived)
            .ok_or_else(Refusal::no_contact)
    }

    /// Returns the events of a contact, oldest first.
    pub(crate) fn events_of(
        &self,
        contact: &ContactId,
        since: i64,
        before: i64,
    ) -> impl DoubleEndedIterator<Item = (i64, &EventRecord)> {
        let bounds = (
            Bound::Excluded((contact.clone(), since)),
            Bound::Excluded((contact.clone(), before.max(since.saturating_add(1)))),
        );
        let events = self.events.range(bounds);
        events.map(|((_, position), record)| (*position, record))
    }

    fn all_events_of(
        &self,
        contact: &ContactId,
    ) -> impl DoubleEndedIterator<Item = (i64, &EventRecord)> {
        self.events_of(contact, i64::MIN, i64::MAX)
    }

    /// Stores an event of a contact at the first free position.
    fn add_event(&mut self, contact: ContactId, mut position: i64, record: EventRecord) {
        while self.events.contains_key(&(contact.clone(), position)) {
            position += 1;
        }
        self.events.insert((contact, position), record);
    }

    fn take_events(&mut self, contact: &ContactId) -> Vec<(i64, EventRecord)> {
        let positions = self.all_events_of(contact).map(|(position, _)| position);
        let positions: Vec<_> = positions.collect();
        let taken = positions.into_iter().filter_map(|position| {
            let record = self.events.remove(&(contact.clone(), position))?;
            Some((position, record))
        });
        taken.collect()
    }

    pub(crate) fn delete_events_of(&mut self, contact: &ContactId) {
        self.take_events(contact);
        self.event_tallies.retain(|(other, _), _| other != contact);
    }

    /// Makes the events of one contact those of another.
    pub(crate) fn move_events(&mut self, from: &ContactId, into: &ContactId) {
        for (position, record) in self.take_events(from) {
            self.add_event(into.clone(), position, record);
        }
        let moved = self
            .event_tallies
            .extract_if(.., |(contact, _), _| contact == from);
        let moved: Vec<_> = moved.collect();
        for ((_, name), tally) in moved {
            let key = (into.clone(), name);
            self.event_tallies.entry(key).or_insert(tally);
        }
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, _: &Context) -> Result<Empty, Refusal> {
        let body = create.body;
        if body.event_name.trim().is_empty() {
            return Err(Refusal::missing("event_name", "event_name is required"));
        }
        let contact = self.contact_named(&Named {
            id: body.id.as_ref(),
            user_id: body.user_id.as_ref(),
            email: body.email.as_ref(),
        })?;
        let contact = contact.id.clone();
        let metadata = body.metadata.unwrap_or_default();
        check_metadata(&metadata)?;
        let record = EventRecord {
            id: DataEventId::new(self.ids.decimal().to_string()),
            name: body.event_name,
            created_at: body.created_at,
            metadata,
        };
        let position = body.created_at.as_second().saturating_mul(1_000);
        self.add_event(contact, position, record);
        Ok(Empty)
    }
}

/// Refuses metadata with arrays.
fn check_metadata(metadata: &BTreeMap<String, AttributeValue>) -> Result<(), Refusal> {
    let mut lists = metadata
        .iter()
        .filter(|(_, value)| value.as_list().is_some());
    match lists.next() {
        None => Ok(()),
        Some((name, _)) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::ParameterInvalid,
            format!("metadata '{name}' must not be an array"),
        )),
    }
}

impl Handle<CreateSummaries> for Workspace {
    fn handle(&mut self, create: CreateSummaries, context: &Context) -> Result<Empty, Refusal> {
        let body = create.body;
        let contact = self.contact_named(&Named {
            id: None,
            user_id: body.user_id.as_ref(),
            email: None,
        })?;
        let contact = contact.id.clone();
        if let Some(summary) = body.event_summaries {
            let name = summary
                .event_name
                .ok_or_else(|| Refusal::missing("event_name", "event_name is required"))?;
            let first = summary.first.unwrap_or(context.now);
            let tally = EventTally {
                count: summary.count.unwrap_or(1),
                first,
                last: summary.last.unwrap_or(first),
            };
            self.event_tallies.insert((contact, name), tally);
        }
        Ok(Empty)
    }
}

/// Returns the address of an event list from a position on, as pages name it.
fn position(name: &str, text: Option<&String>) -> Result<Option<i64>, Refusal> {
    text.map(|text| {
        text.parse().map_err(|_| {
            let message = format!("{name} must be a time in milliseconds since 1970");
            Refusal::invalid(name, message)
        })
    })
    .transpose()
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<DataEventList, Refusal> {
        if list.r#type != "user" {
            return Err(Refusal::invalid("type", "type must be user"));
        }
        let contact = self.contact_named(&Named {
            id: list.intercom_user_id.as_ref(),
            user_id: list.user_id.as_ref(),
            email: list.email.as_ref(),
        })?;
        if list.summary == Some(true) {
            return Ok(self.summary(contact));
        }
        let before = position("before", list.before.as_ref())?;
        let since = position("since", list.since.as_ref())?;
        let oldest = (context.now.as_second() - LISTED) * 1_000 - 1;
        let since = since.map_or(oldest, |since| since.max(oldest));
        let per_page = page_size(list.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let events = self.events_of(&contact.id, since, before.unwrap_or(i64::MAX));
        let mut page: Vec<_> = events.rev().take(per_page + 1).collect();
        let more = page.len() > per_page;
        page.truncate(per_page);
        let id = &contact.id;
        let address = |name: &str, event: Option<&(i64, &EventRecord)>| {
            let (position, _) = event?;
            Some(context.url(&format!(
                "/events?type=user&intercom_user_id={id}&{name}={position}"
            )))
        };
        Ok(object!(DataEventList {
            r#type: Some(ObjectType::DataEventList),
            pages: Some(object!(DataEventPages {
                next: address("before", page.last().filter(|_| more)),
                since: address("since", page.first()),
            })),
            events: page.iter().map(|(_, event)| show(contact, event)).collect(),
        }))
    }
}

fn show(contact: &ContactRecord, record: &EventRecord) -> DataEvent {
    object!(DataEvent {
        r#type: Some(ObjectType::DataEvent),
        id: Some(record.id.clone()),
        event_name: Some(record.name.clone()),
        created_at: Some(record.created_at),
        intercom_user_id: Some(contact.id.clone()),
        user_id: contact.external_id.clone().map(String::from),
        email: contact.email.clone().map(String::from),
        metadata: Some(record.metadata.clone()),
    })
}

impl Workspace {
    /// Counts the events of a contact by name.
    fn summary(&self, contact: &ContactRecord) -> DataEventList {
        let reported = self.event_tallies.iter();
        let mut tallies: BTreeMap<&str, EventTally> = reported
            .filter(|((id, _), _)| *id == contact.id)
            .map(|((_, name), tally)| (name.as_str(), *tally))
            .collect();
        for (_, event) in self.all_events_of(&contact.id) {
            let at: Timestamp = event.created_at;
            let tally = tallies.entry(&event.name).or_insert(EventTally {
                count: 0,
                first: at,
                last: at,
            });
            tally.count += 1;
            tally.first = tally.first.min(at);
            tally.last = tally.last.max(at);
        }
        let events = tallies.into_iter().map(|(name, tally)| {
            object!(DataEvent {
                name: Some(name.to_owned()),
                first: Some(tally.first),
                last: Some(tally.last),
                count: Some(tally.count),
            })
        });
        object!(DataEventList {
            r#type: Some(ObjectType::from("event.summary")),
            email: contact.email.clone().map(String::from),
            intercom_user_id: Some(contact.id.clone()),
            user_id: contact.external_id.clone().map(String::from),
            events: events.collect(),
        })
    }
}
