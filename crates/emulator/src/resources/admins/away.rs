//! Away mode, and the reasons for it.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::admins::{ActivityLogEventType, ActivityLogMetadata, Admin, SetAway};
use intercom_core::api::away_status_reasons::{AwayStatusReason, List};
use intercom_core::model::{AwayStatusReasonId, List as ModelList, Timestamp};

use super::no_admin;
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Workspace {
    /// Stores a new reason for being away.
    pub(crate) fn add_away_reason(
        &mut self,
        label: &str,
        emoji: &str,
        now: Timestamp,
    ) -> AwayStatusReason {
        let reason = object!(AwayStatusReason {
            r#type: Some("away_status_reason".into()),
            id: AwayStatusReasonId::new(self.ids.decimal().to_string()),
            label: Some(label.to_owned()),
            emoji: Some(emoji.to_owned()),
            order: i64::try_from(self.away_reasons.len() + 1).ok(),
            deleted: Some(false),
            created_at: Some(now),
            updated_at: Some(now),
        });
        self.away_reasons.push(reason.clone());
        reason
    }
}

impl Handle<SetAway> for Workspace {
    fn handle(&mut self, set: SetAway, context: &Context) -> Result<Admin, Refusal> {
        let (id, mode) = (set.admin_id, set.body);
        self.admin(&id).ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::AdminNotFound,
                "Admin for admin_id not found",
            )
        })?;
        let reason = match &mode.away_status_reason_id {
            None => None,
            Some(id) => {
                let mut reasons = self.away_reasons.iter();
                let reason = reasons.find(|reason| reason.id == *id);
                Some(reason.cloned().ok_or_else(|| {
                    let message = "Away status reason not found";
                    Refusal::invalid("away_status_reason_id", message)
                })?)
            }
        };
        let mut admins = self.admins.iter_mut();
        let admin = admins.find(|admin| admin.id == id).ok_or_else(no_admin)?;
        admin.away_mode_enabled = Some(mode.away_mode_enabled);
        admin.away_mode_reassign = Some(mode.away_mode_reassign && mode.away_mode_enabled);
        admin.away_status_reason_id = reason.as_ref().map(|reason| reason.id.clone());
        let admin = admin.clone();
        let name = admin.name.clone().unwrap_or_default();
        let state = if mode.away_mode_enabled { "on" } else { "off" };
        let description = format!("{name} turned away mode {state}");
        let metadata = object!(ActivityLogMetadata {
            away_mode: Some(mode.away_mode_enabled),
            away_status_reason: reason.and_then(|reason| reason.label),
            reassign_conversations: Some(mode.away_mode_reassign),
        });
        let kind = ActivityLogEventType::AdminAwayModeChange;
        self.log_activity(kind, &id, description, metadata, context);
        Ok(admin)
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<ModelList<AwayStatusReason>, Refusal> {
        Ok(ModelList::from(self.away_reasons.clone()))
    }
}
