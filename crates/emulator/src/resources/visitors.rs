//! Visitors.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::visitors::{
    Convert, Delete, Get, GetById, Update, Visitor, VisitorCompanies, VisitorDeleted, VisitorKey,
    VisitorSegments, VisitorSocialProfiles,
};
use intercom_core::model::tags::TagList;
use intercom_core::model::{Avatar, AvatarImage, ContactId, ObjectType, VisitorId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::attributes::check_attributes;
use crate::resources::{Context, Handle};
use crate::store::{ContactRecord, Workspace};

fn no_visitor() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "Visitor Not Found",
    )
}

impl Workspace {
    /// Stores a new visitor.
    pub(crate) fn add_visitor(&mut self, mut visitor: Visitor, context: &Context) -> Visitor {
        visitor.r#type = Some(ObjectType::from("visitor"));
        visitor.id = VisitorId::new(self.ids.hex(context.now));
        if visitor.user_id.is_none() {
            visitor.user_id = Some(self.ids.uuid());
        }
        visitor.anonymous = Some(true);
        visitor.app_id = Some(self.workspace_id.clone());
        for time in [
            &mut visitor.created_at,
            &mut visitor.remote_created_at,
            &mut visitor.signed_up_at,
            &mut visitor.updated_at,
        ] {
            time.get_or_insert(context.now);
        }
        visitor.email.get_or_insert_default();
        visitor.session_count.get_or_insert(0);
        for setting in [
            &mut visitor.unsubscribed_from_emails,
            &mut visitor.marked_email_as_spam,
            &mut visitor.has_hard_bounced,
        ] {
            setting.get_or_insert(false);
        }
        visitor.avatar.get_or_insert_with(|| {
            Avatar::Image(object!(AvatarImage {
                r#type: Some(ObjectType::Avatar),
            }))
        });
        visitor.location_data.get_or_insert_default();
        visitor.companies.get_or_insert_with(|| {
            object!(VisitorCompanies {
                r#type: Some(ObjectType::from("company.list")),
            })
        });
        visitor.social_profiles.get_or_insert_with(|| {
            object!(VisitorSocialProfiles {
                r#type: Some(ObjectType::from("social_profile.list")),
            })
        });
        visitor.tags.get_or_insert_with(|| {
            object!(TagList {
                r#type: Some(ObjectType::TagList),
            })
        });
        visitor.segments.get_or_insert_with(|| {
            object!(VisitorSegments {
                r#type: Some(ObjectType::SegmentList),
            })
        });
        self.visitors.insert(visitor.id.clone(), visitor.clone());
        visitor
    }

    pub(crate) fn visitor_by_user_id(&self, user_id: &str) -> Option<&Visitor> {
        let mut visitors = self.visitors.values();
        visitors.find(|visitor| visitor.user_id.as_deref() == Some(user_id))
    }

    /// Turns a visitor into a new contact.
    fn visitor_to_contact(
        &mut self,
        id: &VisitorId,
        role: Role,
        context: &Context,
    ) -> Result<ContactId, Refusal> {
        let visitor = self.visitors.remove(id).ok_or_else(no_visitor)?;
        let contact = object!(Contact {
            role: Some(role),
            external_id: visitor.user_id,
            email: visitor.email.filter(|email| !email.is_empty()),
            phone: visitor.phone,
            name: visitor.name,
            owner_id: visitor.owner_id,
            referrer: visitor.referrer,
            utm_campaign: visitor.utm_campaign,
            utm_content: visitor.utm_content,
            utm_medium: visitor.utm_medium,
            utm_source: visitor.utm_source,
            utm_term: visitor.utm_term,
            custom_attributes: visitor.custom_attributes,
        });
        let record = ContactRecord::new(contact, context.now, &mut self.strings);
        Ok(self.add_contact(record, context))
    }

    /// Turns a visitor into a lead.
    pub(crate) fn visitor_to_lead(
        &mut self,
        id: &VisitorId,
        context: &Context,
    ) -> Result<ContactId, Refusal> {
        self.visitor_to_contact(id, Role::Lead, context)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Visitor, Refusal> {
        let visitor = self.visitor_by_user_id(&get.user_id);
        visitor.cloned().ok_or_else(no_visitor)
    }
}

impl Handle<GetById> for Workspace {
    fn handle(&mut self, get: GetById, _: &Context) -> Result<Visitor, Refusal> {
        let visitor = self.visitors.get(&get.visitor_id);
        visitor.cloned().ok_or_else(no_visitor)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Visitor, Refusal> {
        let body = update.body;
        if let Some(attributes) = &body.custom_attributes {
            check_attributes(attributes)?;
        }
        let id = match &body.visitor {
            VisitorKey::Id(id) => Some(id.clone()),
            VisitorKey::UserId(id) => self.visitor_by_user_id(id).map(|it| it.id.clone()),
            _ => None,
        };
        let visitor = id.and_then(|id| self.visitors.get_mut(&id));
        let visitor = visitor.ok_or_else(no_visitor)?;
        visitor.name = body.name.or(visitor.name.take());
        for (name, value) in body.custom_attributes.into_iter().flatten() {
            if value.is_null() {
                visitor.custom_attributes.remove(&name);
            } else {
                visitor.custom_attributes.insert(name, value);
            }
        }
        visitor.updated_at = Some(context.now);
        Ok(visitor.clone())
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<VisitorDeleted, Refusal> {
        let visitor = self.visitors.remove(&delete.visitor_id);
        let visitor = visitor.ok_or_else(no_visitor)?;
        Ok(object!(VisitorDeleted {
            r#type: Some(ObjectType::from("visitor")),
            id: visitor.id,
            user_id: visitor.user_id,
        }))
    }
}

impl Handle<Convert> for Workspace {
    /// A visitor is merged into the contact that `user` names, or becomes a new one.
    fn handle(&mut self, convert: Convert, context: &Context) -> Result<Contact, Refusal> {
        let body = convert.body;
        if !matches!(body.r#type, Role::User | Role::Lead) {
            return Err(Refusal::invalid("type", "type must be user or lead"));
        }
        let wanted = &body.visitor;
        let visitor = match (&wanted.id, &wanted.user_id, &wanted.email) {
            (Some(id), _, _) => self.visitors.get(id),
            (_, Some(id), _) => self.visitor_by_user_id(id),
            (_, _, Some(email)) => {
                let mut visitors = self.visitors.values();
                visitors.find(|visitor| visitor.email.as_ref() == Some(email))
            }
            _ => None,
        };
        let visitor = visitor.ok_or_else(no_visitor)?.id.clone();
        let user = &body.user;
        let existing = match (&user.id, &user.user_id, &user.email) {
            (Some(id), _, _) => Some(self.contact(id)?),
            (_, Some(id), _) => self.contact_by_external_id(id),
            (_, _, Some(email)) => self.contacts_by_email(email).next(),
            _ => None,
        };
        let id = match existing.map(|record| record.id.clone()) {
            Some(id) => {
                let visitor = self.visitors.remove(&visitor).ok_or_else(no_visitor)?;
                let strings = &mut self.strings;
                self.contacts.update(&id, |contact| {
                    for (name, value) in visitor.custom_attributes {
                        if contact.attributes.get(&name).is_none() {
                            contact.attributes.set(&name, value, strings);
                        }
                    }
                    if contact.name.is_none() {
                        contact.name = visitor.name.map(String::into_boxed_str);
                    }
                    contact.updated_at = context.now;
                });
                id
            }
            None => {
                let id = self.visitor_to_contact(&visitor, body.r#type, context)?;
                self.contacts.update(&id, |contact| {
                    if let Some(id) = body.user.user_id {
                        contact.external_id = Some(id.into());
                    }
                    if let Some(email) = body.user.email {
                        contact.email = Some(email.into());
                    }
                });
                id
            }
        };
        Ok(self.show_contact(self.contact(&id)?, &context.version, None))
    }
}
