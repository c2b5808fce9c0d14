//! The log of what admins did.

use intercom_core::api::admins::{
    ActivityLog, ActivityLogEventType, ActivityLogEventTypeList, ActivityLogList,
    ActivityLogMetadata, ActivityLogPerformer, ListActivityLogEventTypes, ListActivityLogs,
    SearchActivityLogs,
};
use intercom_core::model::{ActivityLogId, AdminId, ObjectType, Timestamp};

use crate::object::object;
use crate::query::{Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 20;

/// The largest page of a search.
const MAX_PER_PAGE: u32 = 250;

impl Workspace {
    /// Logs what an admin did.
    pub(crate) fn log_activity(
        &mut self,
        kind: ActivityLogEventType,
        by: &AdminId,
        description: String,
        metadata: ActivityLogMetadata,
        context: &Context,
    ) {
        let admin = self.admin(by);
        let performer = object!(ActivityLogPerformer {
            r#type: Some(ObjectType::Admin),
            id: Some(by.clone()),
            email: admin.and_then(|admin| admin.email.clone()),
            ip: Some("127.0.0.1".to_owned()),
        });
        let log = object!(ActivityLog {
            id: ActivityLogId::new(self.ids.uuid()),
            performed_by: Some(performer),
            metadata: Some(metadata),
            created_at: Some(context.now),
            activity_type: Some(kind),
            activity_description: Some(description),
        });
        self.activity_logs.push(log);
    }

    /// Returns a page of the logs between two times, newest first.
    fn page_of_logs(
        &self,
        (after, before): (Timestamp, Option<Timestamp>),
        kinds: Option<&[ActivityLogEventType]>,
        (page, per_page): (Option<u32>, Option<u32>),
        context: &Context,
    ) -> Result<ActivityLogList, Refusal> {
        if before.is_some_and(|before| before < after) {
            let message = "created_at_before must not be earlier than created_at_after";
            return Err(Refusal::invalid("created_at_before", message));
        }
        let logs = self.activity_logs.iter().rev().filter(|log| {
            let at = log.created_at.unwrap_or_default();
            let kind = log.activity_type.as_ref();
            at >= after
                && before.is_none_or(|before| at <= before)
                && kinds.is_none_or(|kinds| kind.is_some_and(|kind| kinds.contains(kind)))
        });
        let logs: Vec<_> = logs.collect();
        let place = Numbered {
            page,
            per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = format!(
            "/admins/activity_logs?created_at_after={}",
            after.as_second()
        );
        let total = logs.len();
        let list = numbered(logs, total, place, &context.url(&path), Clone::clone)?;
        Ok(object!(ActivityLogList {
            r#type: Some(ObjectType::from("activity_log.list")),
            pages: list.pages,
            activity_logs: list.data,
        }))
    }
}

impl Handle<ListActivityLogs> for Workspace {
    fn handle(
        &mut self,
        list: ListActivityLogs,
        context: &Context,
    ) -> Result<ActivityLogList, Refusal> {
        let times = (list.created_at_after, list.created_at_before);
        self.page_of_logs(times, None, (list.page, None), context)
    }
}

impl Handle<SearchActivityLogs> for Workspace {
    fn handle(
        &mut self,
        search: SearchActivityLogs,
        context: &Context,
    ) -> Result<ActivityLogList, Refusal> {
        let body = search.body;
        let times = (body.created_at_after, body.created_at_before);
        let kinds = body.event_types.as_deref();
        self.page_of_logs(times, kinds, (body.page, body.per_page), context)
    }
}

impl Handle<ListActivityLogEventTypes> for Workspace {
    fn handle(
        &mut self,
        _: ListActivityLogEventTypes,
        _: &Context,
    ) -> Result<ActivityLogEventTypeList, Refusal> {
        Ok(object!(ActivityLogEventTypeList {
            r#type: Some(ObjectType::List),
            event_types: ActivityLogEventType::KNOWN.to_vec(),
        }))
    }
}
