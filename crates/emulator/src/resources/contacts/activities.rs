//! What happened to contacts.

use intercom_core::api::contacts::{ContactActivity, ContactActivityType, ListActivities};
use intercom_core::model::{ActivityId, ContactId, List, NextCursor, NextPage, ObjectType, Pages};

use crate::object::object;
use crate::query::{DEFAULT_PER_PAGE, Key, Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Workspace {
    /// Notes down what happened to a contact.
    pub(crate) fn record(
        &mut self,
        event: ContactActivityType,
        id: &ContactId,
        context: &Context,
    ) -> &mut ContactActivity {
        let contact = self.contacts.get(id).map(|record| &record.contact);
        let activity = object!(ContactActivity {
            r#type: Some(ObjectType::ContactActivity),
            id: Some(ActivityId::new(format!(
                "{}.{:06x}",
                context.now.as_millisecond(),
                self.activities.len() + 1
            ))),
            event_type: Some(event),
            contact_id: Some(id.clone()),
            external_id: contact.and_then(|contact| contact.external_id.clone()),
            role: contact.and_then(|contact| contact.role.clone()),
            created_at: Some(context.now),
        });
        self.activities.push_mut(activity)
    }
}

impl Handle<ListActivities> for Workspace {
    fn handle(
        &mut self,
        list: ListActivities,
        _: &Context,
    ) -> Result<List<ContactActivity>, Refusal> {
        let activities = self.activities.iter().enumerate().map(|(index, activity)| {
            let rank = Rank {
                key: Key::Number(index as f64),
                id: String::new(),
            };
            (rank, activity)
        });
        let cursor = list.starting_after.as_deref();
        let cut = after_cursor(activities.collect(), false, cursor, list.per_page)?;
        let next = cut.next.map(|cursor| {
            NextPage::Cursor(object!(NextCursor {
                starting_after: Some(cursor)
            }))
        });
        let per_page = list.per_page.unwrap_or(DEFAULT_PER_PAGE);
        let mut page = List::from(cut.items.into_iter().cloned().collect::<Vec<_>>());
        page.pages = Some(object!(Pages {
            r#type: Some(ObjectType::Pages),
            per_page: Some(u64::from(per_page)),
            next: next,
        }));
        Ok(page)
    }
}
