//! Audiences. Since 2.16. Nothing uses them.

use http::StatusCode;
use intercom_core::api::audiences::{Audience, Create, Delete, Get, List, Update};
use intercom_core::model::{AudienceId, CountedList, ObjectType};
use intercom_core::{Empty, ErrorCode};

use crate::object::object;
use crate::query::{Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, counted};
use crate::store::Workspace;

/// The default and the largest page size.
const PER_PAGE: u32 = 50;

fn named(name: String) -> Result<Option<String>, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::ValidationError,
            "Name must not be blank",
        ));
    }
    Ok(Some(name))
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<CountedList<Audience>, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: PER_PAGE,
        };
        let list = numbered(
            self.audiences.values(),
            self.audiences.len(),
            place,
            &context.url("/audiences"),
            Audience::clone,
        )?;
        Ok(counted(list))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Audience, Refusal> {
        let found = self.audiences.get(&get.audience_id).cloned();
        found.ok_or_else(Refusal::not_found)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Audience, Refusal> {
        let body = create.body;
        let audience = object!(Audience {
            r#type: Some(ObjectType::Audience),
            id: AudienceId::new(self.ids.decimal().to_string()),
            name: named(body.name)?,
            predicates: body.predicates.unwrap_or_default(),
            role_predicates: body.role_predicates.unwrap_or_default(),
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        self.audiences.insert(audience.id.clone(), audience.clone());
        Ok(audience)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Audience, Refusal> {
        let body = update.body;
        let audience = self.audiences.get_mut(&update.audience_id);
        let audience = audience.ok_or_else(Refusal::not_found)?;
        if let Some(name) = body.name {
            audience.name = named(name)?;
        }
        if let Some(predicates) = body.predicates {
            audience.predicates = predicates;
        }
        if let Some(predicates) = body.role_predicates {
            audience.role_predicates = predicates;
        }
        audience.updated_at = Some(context.now);
        Ok(audience.clone())
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Empty, Refusal> {
        let removed = self.audiences.remove(&delete.audience_id);
        removed.map(|_| Empty).ok_or_else(Refusal::not_found)
    }
}
