//! Data events: what contacts did.

use std::collections::BTreeSet;

use intercom_core::Empty;
use intercom_core::api::contacts::Contact;
use intercom_core::api::data_events::{Create, DataEvent, DataEventList, DataEventPages, List};
use intercom_core::model::{ContactId, DataEventId, ObjectType};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, page_size};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{EventRecord, Workspace};

/// How many events a page has unless the request says.
const PER_PAGE: u32 = 15;

/// How many seconds an event is listed: 90 days.
const LISTED: i64 = 90 * 24 * 60 * 60;

/// Whom an event or a list of them is about.
struct Whom<'a> {
    id: Option<&'a ContactId>,
    user_id: Option<&'a String>,
    email: Option<&'a String>,
}

impl Workspace {
    fn contact_named(&self, whom: &Whom<'_>) -> Result<&Contact, Refusal> {
        let is = |contact: &Contact| {
            let same_email = |email: &String| {
                let other = contact.email.as_ref();
                other.is_some_and(|other| other.eq_ignore_ascii_case(email))
            };
            match (whom.id, whom.user_id, whom.email) {
                (Some(id), _, _) => contact.id == *id,
                (_, Some(id), _) => contact.external_id.as_ref() == Some(id),
                (_, _, Some(email)) => same_email(email),
                _ => false,
            }
        };
        let mut contacts = self.active_contacts().map(|record| &record.contact);
        contacts
            .find(|contact| is(contact))
            .ok_or_else(Refusal::no_contact)
    }

    /// The first place from this one on that no event of the contact has.
    fn free_place(&self, contact: &ContactId, place: i64) -> i64 {
        let events = self
            .events
            .values()
            .filter(|event| event.contact == *contact);
        let taken: BTreeSet<i64> = events.map(|event| event.position).collect();
        let mut place = place;
        while taken.contains(&place) {
            place += 1;
        }
        place
    }

    /// Makes the events of one contact those of another.
    pub(crate) fn move_events(&mut self, from: &ContactId, into: &ContactId) {
        let events = self.events.iter();
        let moved = events.filter(|(_, event)| event.contact == *from);
        let moved: Vec<_> = moved
            .map(|(id, event)| (id.clone(), event.position))
            .collect();
        for (id, place) in moved {
            let place = self.free_place(into, place);
            if let Some(event) = self.events.get_mut(&id) {
                (event.contact, event.position) = (into.clone(), place);
            }
        }
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, _: &Context) -> Result<Empty, Refusal> {
        let body = create.body;
        if body.event_name.trim().is_empty() {
            return Err(Refusal::missing("event_name", "event_name is required"));
        }
        let contact = self.contact_named(&Whom {
            id: body.id.as_ref(),
            user_id: body.user_id.as_ref(),
            email: body.email.as_ref(),
        });
        // The service takes it all the same, and tells nobody.
        let Ok(contact) = contact else {
            return Ok(Empty);
        };
        let event = object!(DataEvent {
            r#type: Some(ObjectType::DataEvent),
            event_name: Some(body.event_name),
            created_at: Some(body.created_at),
            intercom_user_id: Some(contact.id.clone()),
            user_id: contact.external_id.clone(),
            email: contact.email.clone(),
            metadata: Some(body.metadata.unwrap_or_default()),
        });
        let contact = contact.id.clone();
        let second = body.created_at.as_second();
        let place = self.free_place(&contact, second * 1_000);
        let id = DataEventId::new(self.ids.decimal().to_string());
        let mut record = EventRecord {
            contact,
            event,
            position: place,
        };
        record.event.id = Some(id.clone());
        self.events.insert(id, record);
        Ok(Empty)
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<DataEventList, Refusal> {
        if list.r#type != "user" {
            return Err(Refusal::invalid("type", "type must be user"));
        }
        let contact = self.contact_named(&Whom {
            id: list.intercom_user_id.as_ref(),
            user_id: list.user_id.as_ref(),
            email: list.email.as_ref(),
        })?;
        let place = |name: &str, place: Option<&String>| match place {
            None => Ok(None),
            Some(text) => text.parse::<i64>().map(Some).map_err(|_| {
                Refusal::invalid(
                    name,
                    format!("{name} must be a time in milliseconds since 1970"),
                )
            }),
        };
        let before = place("before", list.before.as_ref())?;
        let since = place("since", list.since.as_ref())?;
        let oldest = (context.now.as_second() - LISTED) * 1_000;
        let mut events: Vec<_> = self
            .events
            .values()
            .filter(|event| {
                event.contact == contact.id
                    && event.position >= oldest
                    && before.is_none_or(|before| event.position < before)
                    && since.is_none_or(|since| event.position > since)
            })
            .collect();
        events.sort_by_key(|event| std::cmp::Reverse(event.position));
        let per_page = page_size(list.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let more = events.len() > per_page;
        events.truncate(per_page);
        let id = &contact.id;
        let address = |name: &str, event: Option<&&EventRecord>| {
            let place = event?.position;
            Some(format!(
                "https://api.intercom.io/events?type=user&intercom_user_id={id}&{name}={place}"
            ))
        };
        Ok(object!(DataEventList {
            r#type: Some(ObjectType::DataEventList),
            pages: Some(object!(DataEventPages {
                next: address("before", events.last().filter(|_| more)),
                since: address("since", events.first()),
            })),
            events: events.iter().map(|record| record.event.clone()).collect(),
        }))
    }
}
