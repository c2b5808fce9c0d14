//! The log of what happened to contacts.

use intercom_core::api::contacts::{ContactActivity, ContactActivityType, ListActivities};
use intercom_core::model::{ActivityId, ContactId, List, NextCursor, NextPage, ObjectType, Pages};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, MAX_PER_PAGE, Rank, in_order, page_size};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{Activity, Workspace};

impl Workspace {
    /// Logs what happened to a contact.
    pub(crate) fn record_activity(
        &mut self,
        event: ContactActivityType,
        id: &ContactId,
        context: &Context,
    ) -> &mut Activity {
        let contact = self.contacts.get(id);
        let activity = Activity {
            event,
            contact: id.clone(),
            at: context.now,
            external_id: contact.and_then(|contact| contact.external_id.clone()),
            role: contact.map(|contact| contact.role.clone()),
            merge: None,
        };
        self.activities.push_mut(activity)
    }
}

fn show(index: usize, activity: &Activity) -> ContactActivity {
    let merge = activity.merge.as_deref();
    object!(ContactActivity {
        r#type: Some(ObjectType::ContactActivity),
        id: Some(ActivityId::new(format!(
            "{}.{:06x}",
            activity.at.as_millisecond(),
            index + 1
        ))),
        event_type: Some(activity.event.clone()),
        contact_id: Some(activity.contact.clone()),
        external_id: activity.external_id.clone().map(String::from),
        role: activity.role.clone(),
        created_at: Some(activity.at),
        merge_source_id: merge.map(|merge| merge.from.clone()),
        merge_target_id: merge.map(|merge| merge.into.clone()),
        failure_reason: merge.and_then(|merge| merge.failure.clone()),
    })
}

impl Handle<ListActivities> for Workspace {
    fn handle(
        &mut self,
        list: ListActivities,
        _: &Context,
    ) -> Result<List<ContactActivity>, Refusal> {
        let per_page = page_size(list.per_page, CONTACTS_PER_PAGE, MAX_PER_PAGE)?;
        let cursor = list.starting_after.as_deref().filter(|it| !it.is_empty());
        let seen = cursor.map(Rank::from_cursor).transpose()?;
        let seen = seen.map_or(0, |(_, seen)| seen);
        let activities = self.activities.iter().enumerate().skip(seen);
        let ranked = activities.map(|activity| (Rank::by_number(activity.0 as i64, ""), activity));
        let slice = in_order(ranked, seen, self.activities.len(), per_page);
        let next = slice.next.map(|cursor| {
            NextPage::Cursor(object!(NextCursor {
                starting_after: Some(cursor)
            }))
        });
        let items = slice.items.into_iter();
        let items = items.map(|(index, activity)| show(index, activity));
        let mut page = List::from(items.collect::<Vec<_>>());
        page.pages = Some(object!(Pages {
            r#type: Some(ObjectType::Pages),
            per_page: Some(per_page as u64),
            next: next,
        }));
        Ok(page)
    }
}
