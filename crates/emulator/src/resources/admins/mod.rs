//! Admins, and the owner of the access token.

mod activity_logs;
mod away;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::admins::{Admin, AdminList, App, Get, List, Me, TeamPriorityLevel};
use intercom_core::model::{AdminId, Avatar, AvatarImage, ObjectType, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, WORKSPACE_NAME};
use crate::store::Workspace;

/// When the workspace was founded: 2024-01-01.
const FOUNDED: Timestamp = Timestamp::from_second(1_704_067_200);

impl Workspace {
    pub(crate) fn add_admin(&mut self, name: &str, email: &str) -> Admin {
        let admin = object!(Admin {
            r#type: Some(ObjectType::Admin),
            id: AdminId::new(self.ids.decimal().to_string()),
            name: Some(name.to_owned()),
            email: Some(email.to_owned()),
            away_mode_enabled: Some(false),
            away_mode_reassign: Some(false),
            has_inbox_seat: Some(true),
            team_ids: Some(Vec::new()),
        });
        self.admins.push(admin.clone());
        admin
    }

    pub(crate) fn admin(&self, id: &AdminId) -> Option<&Admin> {
        self.admins.iter().find(|admin| admin.id == *id)
    }
}

/// Returns an admin as replies show it: all of its teams come first.
fn show(admin: &Admin) -> Admin {
    let mut shown = admin.clone();
    shown.team_priority_level = Some(object!(TeamPriorityLevel {
        primary_team_ids: Some(admin.team_ids.clone().unwrap_or_default()),
        secondary_team_ids: Some(Vec::new()),
    }));
    shown
}

/// Returns the address of the picture of an admin.
fn picture(admin: &Admin) -> String {
    format!("https://static.example.com/avatars/{}.png", admin.id)
}

impl Handle<Me> for Workspace {
    fn handle(&mut self, _: Me, context: &Context) -> Result<Admin, Refusal> {
        let owner = self.admins.first().ok_or_else(Refusal::not_found)?;
        Ok(object!(Admin {
            r#type: Some(ObjectType::Admin),
            id: owner.id.clone(),
            name: owner.name.clone(),
            email: owner.email.clone(),
            email_verified: Some(true),
            has_inbox_seat: owner.has_inbox_seat,
            avatar: Some(Avatar::Image(object!(AvatarImage {
                r#type: Some(ObjectType::Avatar),
                image_url: Some(picture(owner)),
            }))),
            app: Some(object!(App {
                r#type: Some(ObjectType::App),
                id_code: Some(self.workspace_id.clone()),
                name: Some(WORKSPACE_NAME.to_owned()),
                created_at: Some(FOUNDED),
                identity_verification: Some(false),
                secure: Some(false),
                timezone: Some(context.utc_offset.name()),
                region: Some("US".to_owned()),
            })),
        }))
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, _: &Context) -> Result<AdminList, Refusal> {
        let mut admins: Vec<_> = self.admins.iter().map(show).collect();
        if list.display_avatar == Some(true) {
            for admin in &mut admins {
                admin.avatar = Some(Avatar::Url(picture(admin)));
            }
        }
        Ok(object!(AdminList {
            r#type: Some(ObjectType::AdminList),
            admins: admins,
        }))
    }
}

fn no_admin() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::AdminNotFound,
        "Admin not found",
    )
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Admin, Refusal> {
        self.admin(&get.admin_id).map(show).ok_or_else(no_admin)
    }
}
