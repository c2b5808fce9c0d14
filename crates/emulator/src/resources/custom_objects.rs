//! Instances of custom objects. Their types need not be defined.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::custom_objects::{
    CreateOrUpdate, CustomObjectInstance, Delete, DeleteByExternalId, Get, List,
};
use intercom_core::model::{
    AttributeValue, CustomObjectInstanceId, Deleted, Found, ObjectType, Patch,
};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::{Attributes, Workspace};

/// The page size.
const PER_PAGE: u32 = 10;

fn no_instance() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "Custom object instance not found",
    )
}

impl Workspace {
    fn instances_of(&self, kind: &str) -> impl Iterator<Item = &CustomObjectInstance> {
        let instances = self.custom_objects.values();
        instances.filter(move |instance| instance.r#type.as_deref() == Some(kind))
    }

    fn instance_by_external_id(&self, kind: &str, id: &str) -> Option<&CustomObjectInstance> {
        self.instances_of(kind)
            .find(|instance| instance.external_id.as_deref() == Some(id))
    }
}

/// Whether attributes have a custom object among their values.
fn refer_to(attributes: &Attributes, instance: &CustomObjectInstance) -> bool {
    attributes.iter().any(|(_, value)| {
        let instances = match value {
            AttributeValue::Object(fields) => fields.get("instances"),
            _ => None,
        };
        let instances = instances
            .and_then(AttributeValue::as_list)
            .unwrap_or_default();
        instances.iter().any(|other| match other {
            AttributeValue::Object(fields) => {
                let id = fields.get("id").and_then(AttributeValue::as_str);
                id == Some(instance.id.as_str())
            }
            _ => false,
        })
    })
}

impl Handle<List> for Workspace {
    fn handle(
        &mut self,
        list: List,
        context: &Context,
    ) -> Result<Found<CustomObjectInstance>, Refusal> {
        let kind = list.custom_object_type_identifier.as_str();
        if let Some(id) = &list.external_id {
            let found = self.instance_by_external_id(kind, id);
            let found = found.ok_or_else(no_instance)?;
            return Ok(Found::One(Box::new(found.clone())));
        }
        let contact = list
            .references_contact_id
            .as_ref()
            .map(|id| self.contact(id));
        let contact = contact.transpose()?;
        let conversation = list.references_conversation_id.as_ref();
        let conversation = conversation.map(|id| self.conversation(id)).transpose()?;
        let found = self.instances_of(kind).filter(|instance| {
            contact.is_none_or(|contact| refer_to(&contact.attributes, instance))
                && conversation.is_none_or(|it| refer_to(&it.attributes, instance))
        });
        let found: Vec<_> = found.collect();
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = format!("/custom_object_instances/{kind}");
        let total = found.len();
        numbered(found, total, place, &context.url(&path), Clone::clone).map(Found::List)
    }
}

impl Handle<CreateOrUpdate> for Workspace {
    fn handle(
        &mut self,
        create: CreateOrUpdate,
        context: &Context,
    ) -> Result<CustomObjectInstance, Refusal> {
        let (kind, body) = (create.custom_object_type_identifier, create.body);
        let external_id = body
            .external_id
            .ok_or_else(|| Refusal::missing("external_id", "external_id is required"))?;
        let known = self.instance_by_external_id(&kind, &external_id).cloned();
        let mut instance = known.unwrap_or_else(|| {
            object!(CustomObjectInstance {
                id: CustomObjectInstanceId::new(self.ids.decimal().to_string()),
                r#type: Some(kind),
                external_id: Some(external_id),
                created_at: Some(context.now),
            })
        });
        body.external_created_at
            .apply(&mut instance.external_created_at);
        body.external_updated_at
            .apply(&mut instance.external_updated_at);
        match body.custom_attributes {
            Patch::Keep => {}
            Patch::Clear => instance.custom_attributes = Default::default(),
            Patch::Set(attributes) => {
                for (name, value) in attributes {
                    if value.is_null() {
                        instance.custom_attributes.remove(&name);
                    } else {
                        instance.custom_attributes.insert(name, value);
                    }
                }
            }
        }
        instance.updated_at = Some(context.now);
        self.custom_objects
            .insert(instance.id.clone(), instance.clone());
        Ok(instance)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<CustomObjectInstance, Refusal> {
        let instance = self.custom_objects.get(&get.custom_object_instance_id);
        let kind = Some(get.custom_object_type_identifier);
        let instance = instance.filter(|instance| instance.r#type == kind);
        instance.cloned().ok_or_else(no_instance)
    }
}

impl Workspace {
    fn delete_instance(
        &mut self,
        kind: &str,
        id: CustomObjectInstanceId,
    ) -> Result<Deleted<CustomObjectInstanceId>, Refusal> {
        self.custom_objects.remove(&id).ok_or_else(no_instance)?;
        Ok(deleted(id, ObjectType::from(kind)))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(
        &mut self,
        delete: Delete,
        _: &Context,
    ) -> Result<Deleted<CustomObjectInstanceId>, Refusal> {
        let kind = delete.custom_object_type_identifier;
        let id = delete.custom_object_instance_id;
        let instance = self.custom_objects.get(&id);
        instance
            .filter(|instance| instance.r#type.as_ref() == Some(&kind))
            .ok_or_else(no_instance)?;
        self.delete_instance(&kind, id)
    }
}

impl Handle<DeleteByExternalId> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteByExternalId,
        _: &Context,
    ) -> Result<Deleted<CustomObjectInstanceId>, Refusal> {
        let kind = delete.custom_object_type_identifier;
        let instance = self.instance_by_external_id(&kind, &delete.external_id);
        let id = instance.ok_or_else(no_instance)?.id.clone();
        self.delete_instance(&kind, id)
    }
}
