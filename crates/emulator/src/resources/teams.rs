//! Teams.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::ConversationState;
use intercom_core::api::teams::{
    AdminPriorityLevel, Get, List, ListMetrics, Team, TeamList, TeamMetric, UpdateMembers,
};
use intercom_core::model::{AdminId, List as ModelList, ObjectType, Patch, TeamId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// After how many seconds without a reply a conversation is idle.
const IDLE: u32 = 1_800;

fn no_team() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("team_not_found"),
        "Team not found",
    )
}

impl Workspace {
    /// Stores a new team. Members that are not admins are left out.
    pub(crate) fn add_team(&mut self, name: &str, members: &[AdminId]) -> Team {
        let id = TeamId::new(self.ids.decimal().to_string());
        let known = members.iter().filter(|id| self.admin(id).is_some());
        let admin_ids: Vec<_> = known.map(as_number).collect();
        let team = object!(Team {
            r#type: Some(ObjectType::Team),
            id: id.clone(),
            name: Some(name.to_owned()),
            admin_ids: admin_ids,
        });
        for admin in &mut self.admins {
            if members.contains(&admin.id) {
                admin
                    .team_ids
                    .get_or_insert_default()
                    .push(team_number(&id));
            }
        }
        self.teams.insert(id, team.clone());
        team
    }

    fn team(&self, id: &TeamId) -> Result<&Team, Refusal> {
        self.teams.get(id).ok_or_else(no_team)
    }
}

/// Returns the id as teams have those of their members: as a number.
fn as_number(id: &AdminId) -> AdminId {
    id.as_str()
        .parse::<u64>()
        .map_or_else(|_| id.clone(), AdminId::from)
}

fn team_number(id: &TeamId) -> TeamId {
    id.as_str()
        .parse::<u64>()
        .map_or_else(|_| id.clone(), TeamId::from)
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<TeamList, Refusal> {
        Ok(object!(TeamList {
            r#type: Some(ObjectType::from("team.list")),
            teams: self.teams.values().cloned().collect(),
        }))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Team, Refusal> {
        self.team(&get.team_id).cloned()
    }
}

impl Handle<UpdateMembers> for Workspace {
    fn handle(&mut self, update: UpdateMembers, _: &Context) -> Result<Team, Refusal> {
        let (id, body) = (update.team_id, update.body);
        self.team(&id)?;
        if let Some(unknown) = body.admin_ids.iter().find(|id| self.admin(id).is_none()) {
            return Err(Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::AdminNotFound,
                format!("Admin {unknown} not found"),
            ));
        }
        for admin in &mut self.admins {
            let teams = admin.team_ids.get_or_insert_default();
            teams.retain(|team| *team != id);
            if body.admin_ids.contains(&admin.id) {
                teams.push(team_number(&id));
            }
        }
        let team = self.teams.get_mut(&id).ok_or_else(no_team)?;
        team.admin_ids = body.admin_ids.iter().map(as_number).collect();
        match body.admin_priority_level {
            Patch::Keep => {}
            Patch::Clear => team.admin_priority_level = None,
            Patch::Set(level) => {
                let current = team.admin_priority_level.get_or_insert_default();
                apply_level(level.primary_admin_ids, current, |level| {
                    &mut level.primary_admin_ids
                });
                apply_level(level.secondary_admin_ids, current, |level| {
                    &mut level.secondary_admin_ids
                });
            }
        }
        Ok(team.clone())
    }
}

fn apply_level(
    patch: Patch<Vec<AdminId>>,
    level: &mut AdminPriorityLevel,
    ids: impl FnOnce(&mut AdminPriorityLevel) -> &mut Option<Vec<AdminId>>,
) {
    let ids = ids(level);
    match patch {
        Patch::Keep => {}
        Patch::Clear => *ids = None,
        Patch::Set(new) => *ids = Some(new.iter().map(as_number).collect()),
    }
}

impl Handle<ListMetrics> for Workspace {
    fn handle(
        &mut self,
        list: ListMetrics,
        context: &Context,
    ) -> Result<ModelList<TeamMetric>, Refusal> {
        let team = self.team(&list.team_id)?;
        let idle = list.idle_threshold.unwrap_or(IDLE);
        if !(1..=86_400).contains(&idle) {
            let message = "idle_threshold must be between 1 and 86400";
            return Err(Refusal::invalid("idle_threshold", message));
        }
        let metrics = team.admin_ids.iter().map(|admin| {
            let conversations = self.conversations.iter();
            let theirs = conversations.filter(|record| record.admin.as_ref() == Some(admin));
            let (mut open, mut idle_count, mut snoozed) = (0, 0, 0);
            for record in theirs {
                let quiet = context.now.as_second() - record.updated_at.as_second();
                match record.state {
                    ConversationState::Open => {
                        open += 1;
                        idle_count += u64::from(quiet >= i64::from(idle));
                    }
                    ConversationState::Snoozed => snoozed += 1,
                    _ => {}
                }
            }
            object!(TeamMetric {
                r#type: Some(ObjectType::from("team_metric")),
                admin_id: Some(AdminId::new(admin.as_str())),
                open: Some(open),
                idle: Some(idle_count),
                snoozed: Some(snoozed),
            })
        });
        Ok(ModelList::from(metrics.collect::<Vec<_>>()))
    }
}
