//! Tags.

mod content;
mod inbox;

use http::StatusCode;
use intercom_core::api::tags::{
    AttachToContact, CreateOrUpdate, Delete, DetachFromContact, Get, List, ListForContact, Tag,
    TagCompanies, TagContacts, TagCreateOrUpdate, TagCreated, TagRequest, TaggedCompany,
    TaggedContact,
};
use intercom_core::model::{
    CompanyId, ContactId, List as ModelList, ObjectId, ObjectType, Reference, TagId,
};
use intercom_core::{ApiVersion, Empty, ErrorCode};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{TagApplied, Workspace};

fn invalid() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::ParameterInvalid,
        "invalid tag parameters",
    )
}

/// Adds a tag to those of an object, and returns it as it was first applied.
pub(crate) fn apply_tag(tags: &mut Vec<TagApplied>, new: &TagApplied) -> TagApplied {
    if let Some(tagged) = tags.iter().find(|tagged| tagged.tag == new.tag) {
        return tagged.clone();
    }
    tags.push(new.clone());
    new.clone()
}

/// Removes a tag from those of an object.
pub(crate) fn remove_tag(tags: &mut Vec<TagApplied>, tag: &TagId) -> Option<TagApplied> {
    let place = tags.iter().position(|tagged| tagged.tag == *tag)?;
    Some(tags.remove(place))
}

impl Workspace {
    /// Returns the tag of this name, creating it if needed.
    pub(crate) fn tag_named(&mut self, name: &str) -> TagId {
        match self.find_tag(name) {
            Some(id) => id.clone(),
            None => {
                let id = TagId::new(self.ids.decimal().to_string());
                self.tags.insert(id.clone(), name.to_owned());
                id
            }
        }
    }

    fn find_tag(&self, name: &str) -> Option<&TagId> {
        let same = |(_, other): &(&TagId, &String)| other.to_lowercase() == name.to_lowercase();
        self.tags.iter().find(same).map(|(id, _)| id)
    }

    pub(crate) fn tag(&self, id: &TagId) -> Result<Tag, Refusal> {
        let name = self.tags.get(id).ok_or_else(Refusal::not_found)?;
        Ok(object!(Tag {
            r#type: Some(ObjectType::Tag),
            id: id.clone(),
            name: Some(name.clone()),
        }))
    }

    pub(crate) fn show_applied(&self, tagged: &TagApplied) -> Result<Tag, Refusal> {
        let mut tag = self.tag(&tagged.tag)?;
        tag.applied_at = Some(tagged.at);
        tag.applied_by = Some(object!(Reference {
            r#type: Some(ObjectType::Admin),
            id: Some(ObjectId::new(tagged.by.as_str())),
        }));
        Ok(tag)
    }

    /// Returns the tag of this name, or renames a tag to it.
    fn create_or_rename(&mut self, request: TagCreateOrUpdate) -> Result<TagId, Refusal> {
        let Some(id) = request.id else {
            return Ok(self.tag_named(&request.name));
        };
        if self
            .find_tag(&request.name)
            .is_some_and(|other| *other != id)
        {
            return Err(invalid());
        }
        let name = self.tags.get_mut(&id).ok_or_else(Refusal::not_found)?;
        *name = request.name;
        Ok(id)
    }

    fn tag_contacts(
        &mut self,
        request: &TagContacts,
        context: &Context,
    ) -> (TagId, Vec<TaggedContact>) {
        let (tag, by) = (self.tag_named(&request.name), self.owner());
        let tagged = TagApplied {
            tag: tag.clone(),
            at: context.now,
            by,
        };
        let mut put = |contact: &ContactId| {
            let found = self.contacts.update(contact, |record| {
                apply_tag(&mut record.tags, &tagged);
            });
            object!(TaggedContact {
                id: Some(contact.clone()),
                tagged: Some(found.is_some()),
            })
        };
        let users = request.users.iter().map(|user| put(&user.id)).collect();
        (tag, users)
    }

    fn tag_companies(
        &mut self,
        request: &TagCompanies,
    ) -> Result<(TagId, Vec<TaggedCompany>), Refusal> {
        let tag = self.tag_named(&request.name);
        let mut companies = Vec::new();
        for wanted in &request.companies {
            let named = match (&wanted.id, &wanted.company_id) {
                (Some(id), _) => id.clone(),
                (None, Some(company_id)) => CompanyId::new(company_id.as_str()),
                (None, None) => return Err(invalid()),
            };
            let id = match (&wanted.id, &wanted.company_id) {
                (None, Some(company_id)) => self
                    .company_by_company_id(company_id)
                    .map(|record| record.company.id.clone()),
                _ => wanted.id.clone(),
            };
            let untag = wanted.untag == Some(true);
            let found = id.and_then(|id| {
                self.companies.update(&id, |record| {
                    record.tags.retain(|other| *other != tag);
                    if !untag {
                        record.tags.push(tag.clone());
                    }
                })
            });
            companies.push(object!(TaggedCompany {
                id: Some(named),
                tagged: Some(found.is_some() && !untag),
            }));
        }
        Ok((tag, companies))
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<ModelList<Tag>, Refusal> {
        let tags: Result<Vec<_>, _> = self.tags.keys().map(|id| self.tag(id)).collect();
        tags.map(ModelList::from)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Tag, Refusal> {
        self.tag(&get.tag_id)
    }
}

impl Handle<CreateOrUpdate> for Workspace {
    fn handle(
        &mut self,
        request: CreateOrUpdate,
        context: &Context,
    ) -> Result<TagCreated, Refusal> {
        let name = match &request.body {
            TagRequest::CreateOrUpdate(request) => &request.name,
            TagRequest::TagCompanies(request) => &request.name,
            TagRequest::TagContacts(request) => &request.name,
            _ => return Err(invalid()),
        };
        if name.trim().is_empty() {
            return Err(invalid());
        }
        let (mut users, mut companies) = (Vec::new(), Vec::new());
        let id = match request.body {
            TagRequest::TagContacts(request) => {
                let (id, tagged) = self.tag_contacts(&request, context);
                users = tagged;
                id
            }
            TagRequest::TagCompanies(request) => {
                let (id, tagged) = self.tag_companies(&request)?;
                companies = tagged;
                id
            }
            TagRequest::CreateOrUpdate(request) => self.create_or_rename(request)?,
            _ => return Err(invalid()),
        };
        let told = context.version >= ApiVersion::V2_16;
        Ok(object!(TagCreated {
            r#type: Some(ObjectType::Tag),
            name: self.tags.get(&id).cloned(),
            id: id,
            users: told.then_some(users),
            companies: told.then_some(companies),
        }))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Empty, Refusal> {
        let id = delete.tag_id;
        self.tags.remove(&id).ok_or_else(Refusal::not_found)?;
        self.contacts
            .update_all(|record| record.tags.retain(|tagged| tagged.tag != id));
        self.companies
            .update_all(|record| record.tags.retain(|tag| *tag != id));
        self.conversations
            .update_all(|record| record.tags.retain(|tagged| tagged.tag != id));
        self.tickets
            .update_all(|record| record.tags.retain(|tagged| tagged.tag != id));
        let articles = self.articles.values_mut().map(|record| &mut record.tags);
        let snippets = self.snippets.values_mut().map(|record| &mut record.tags);
        let internal = self.internal_article_tags.values_mut();
        for tags in articles.chain(snippets).chain(internal) {
            tags.retain(|tagged| tagged.tag != id);
        }
        Ok(Empty)
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, _: &Context) -> Result<ModelList<Tag>, Refusal> {
        let tagged = self.contact(&list.contact_id)?.tags.iter();
        let tags: Result<Vec<_>, _> = tagged.map(|tagged| self.show_applied(tagged)).collect();
        tags.map(ModelList::from)
    }
}

impl Handle<AttachToContact> for Workspace {
    fn handle(&mut self, attach: AttachToContact, context: &Context) -> Result<Tag, Refusal> {
        let tag = attach.body.id;
        let by = self.owner();
        self.contact(&attach.contact_id)?;
        self.tag(&tag)?;
        let at = context.now;
        let tagged = TagApplied { tag, at, by };
        let tagged = self.update_contact(&attach.contact_id, |record| {
            apply_tag(&mut record.tags, &tagged)
        })?;
        self.show_applied(&tagged)
    }
}

impl Handle<DetachFromContact> for Workspace {
    fn handle(&mut self, detach: DetachFromContact, _: &Context) -> Result<Tag, Refusal> {
        let removed = self.update_contact(&detach.contact_id, |record| {
            remove_tag(&mut record.tags, &detach.tag_id)
        })?;
        self.show_applied(&removed.ok_or_else(Refusal::not_found)?)
    }
}
