//! Email addresses that a workspace sends from. There is one.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::emails::{EmailSetting, Get, List};
use intercom_core::model::{BrandId, EmailId, List as ModelList, ObjectType};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The id of the only address.
pub(crate) const ID: &str = "10";

impl Workspace {
    /// Returns the only address.
    fn email_setting(&self) -> EmailSetting {
        let created_at = self.help_centers.first().and_then(|it| it.created_at);
        object!(EmailSetting {
            r#type: Some(ObjectType::from("email_setting")),
            id: EmailId::new(ID),
            email: Some("support@workspace.example".to_owned()),
            verified: Some(true),
            domain: Some("workspace.example".to_owned()),
            brand_id: Some(BrandId::new("1")),
            forwarding_enabled: Some(false),
            created_at: created_at,
            updated_at: created_at,
        })
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<ModelList<EmailSetting>, Refusal> {
        Ok(ModelList::from(vec![self.email_setting()]))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<EmailSetting, Refusal> {
        if get.email_id.as_str() == ID {
            return Ok(self.email_setting());
        }
        Err(Refusal::new(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            "Email setting not found",
        ))
    }
}
