//! Brands. There is one, the workspace's own.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::brands::{Brand, Get, List};
use intercom_core::model::{BrandId, List as ModelList, ObjectType};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, WORKSPACE_NAME};
use crate::store::Workspace;

impl Workspace {
    /// Returns the workspace's own brand.
    fn brand(&self) -> Brand {
        let help_center = self.help_centers.first();
        let created_at = help_center.and_then(|it| it.created_at);
        object!(Brand {
            r#type: Some(ObjectType::from("brand")),
            id: BrandId::new("1"),
            name: Some(WORKSPACE_NAME.to_owned()),
            is_default: Some(true),
            help_center_id: help_center.map(|it| it.id.clone()),
            default_address_settings_id: Some(super::emails::ID.into()),
            created_at: created_at,
            updated_at: created_at,
        })
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<ModelList<Brand>, Refusal> {
        Ok(ModelList::from(vec![self.brand()]))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Brand, Refusal> {
        let brand = self.brand();
        if brand.id == get.brand_id {
            return Ok(brand);
        }
        Err(Refusal::new(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            "Brand not found",
        ))
    }
}
