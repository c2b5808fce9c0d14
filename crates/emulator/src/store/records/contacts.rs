//! Contacts.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use intercom_core::api::contacts::{
    Contact, ContactActivityType, Location, MergeHistoryItem, Role,
};
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::model::{
    AdminId, Avatar, AvatarImage, CompanyId, ContactId, ObjectType, SubscriptionTypeId, TagId,
    Timestamp,
};

use crate::object::object;
use crate::store::strings::{Attributes, Place, Strings};
use crate::store::table::{Entries, Record};

/// A contact, in a compact form: a workspace may have a million of them.
///
/// The fields are in this order in memory too: those that most searches read stand beside the id, which a
/// scan reads ahead.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[repr(C)]
pub(crate) struct ContactRecord {
    pub(crate) id: ContactId,
    pub(crate) created_at: Timestamp,
    pub(crate) archived: bool,
    pub(crate) blocked: bool,
    pub(crate) unsubscribed_from_emails: bool,
    pub(crate) name: Option<Box<str>>,
    pub(crate) attributes: Attributes,
    pub(crate) email: Option<Box<str>>,
    pub(crate) location: Option<Arc<Place>>,
    pub(crate) role: Role,
    pub(crate) updated_at: Timestamp,
    pub(crate) external_id: Option<Box<str>>,
    pub(crate) phone: Option<Box<str>>,
    pub(crate) avatar: Option<Box<str>>,
    pub(crate) owner: Option<AdminId>,
    pub(crate) signed_up_at: Option<Timestamp>,
    pub(crate) last_seen_at: Option<Timestamp>,
    pub(crate) last_replied_at: Option<Timestamp>,
    pub(crate) last_contacted_at: Option<Timestamp>,
    pub(crate) language_override: Option<Arc<str>>,
    pub(crate) browser: Option<Arc<str>>,
    pub(crate) browser_language: Option<Arc<str>>,
    pub(crate) os: Option<Arc<str>>,
    /// Fields that no request sets, if any of them has a value.
    pub(crate) rest: Option<Box<Contact>>,
    pub(crate) tags: Vec<TagApplied>,
    pub(crate) companies: Vec<CompanyId>,
    pub(crate) subscriptions: Vec<(SubscriptionTypeId, ConsentType)>,
    /// The contacts that were merged into this one, oldest first.
    pub(crate) merges: Vec<MergeHistoryItem>,
}

/// A tag on an object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TagApplied {
    pub(crate) tag: TagId,
    pub(crate) at: Timestamp,
    pub(crate) by: AdminId,
}

/// A contact that was merged into another one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MergedContact {
    pub(crate) into: ContactId,
}

/// An entry of the log of activities.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Activity {
    pub(crate) event: ContactActivityType,
    pub(crate) contact: ContactId,
    pub(crate) at: Timestamp,
    pub(crate) external_id: Option<Box<str>>,
    pub(crate) role: Option<Role>,
    pub(crate) merge: Option<Box<MergeActivity>>,
}

/// The merge that an activity is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct MergeActivity {
    pub(crate) from: ContactId,
    pub(crate) into: ContactId,
    pub(crate) failure: Option<String>,
}

/// The indexes of contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ContactIndex {
    /// By email, in lower case.
    Email,
    /// By external id, in lower case, as searches compare it.
    ExternalId,
    /// By creation; without archived contacts.
    CreatedAt,
    /// By company; without archived contacts.
    Company,
}

impl Record for ContactRecord {
    type Id = ContactId;
    type Index = ContactIndex;

    fn id(&self) -> &ContactId {
        &self.id
    }

    fn entries(&self, entries: &mut Entries<ContactIndex>) {
        if let Some(email) = &self.email {
            entries.add(ContactIndex::Email, email.to_lowercase().as_str());
        }
        if let Some(id) = &self.external_id {
            entries.add(ContactIndex::ExternalId, id.to_lowercase().as_str());
        }
        if !self.archived {
            entries.add(ContactIndex::CreatedAt, self.created_at.as_second());
            for company in &self.companies {
                entries.add(ContactIndex::Company, company.as_str());
            }
        }
    }

    fn is_counted(index: ContactIndex) -> bool {
        index == ContactIndex::Company
    }
}

impl ContactRecord {
    /// Converts from the model. Lists that are embedded in the contact are dropped.
    pub(crate) fn new(mut contact: Contact, now: Timestamp, strings: &mut Strings) -> Self {
        let boxed = |text: Option<String>| text.map(String::into_boxed_str);
        let known = contact.email.is_some() || contact.external_id.is_some();
        let default = if known { Role::User } else { Role::Lead };
        let mut record = Self {
            id: std::mem::take(&mut contact.id),
            role: contact.role.take().unwrap_or(default),
            external_id: boxed(contact.external_id.take()),
            email: boxed(contact.email.take()),
            phone: boxed(contact.phone.take()),
            name: boxed(contact.name.take()),
            avatar: boxed(
                contact
                    .avatar
                    .take()
                    .and_then(|avatar| avatar.url().map(str::to_owned)),
            ),
            owner: contact.owner_id.take(),
            created_at: contact.created_at.take().unwrap_or(now),
            updated_at: contact.updated_at.take().unwrap_or(now),
            signed_up_at: contact.signed_up_at.take(),
            last_seen_at: contact.last_seen_at.take(),
            last_replied_at: contact.last_replied_at.take(),
            last_contacted_at: contact.last_contacted_at.take(),
            language_override: strings.intern_option(contact.language_override.take()),
            browser: strings.intern_option(contact.browser.take()),
            browser_language: strings.intern_option(contact.browser_language.take()),
            os: strings.intern_option(contact.os.take()),
            location: contact
                .location
                .take()
                .map(|location| strings.intern_place(*location)),
            attributes: Attributes::new(std::mem::take(&mut contact.custom_attributes), strings),
            rest: None,
            tags: Vec::new(),
            companies: Vec::new(),
            subscriptions: Vec::new(),
            merges: Vec::new(),
            unsubscribed_from_emails: contact.unsubscribed_from_emails.take() == Some(true),
            archived: false,
            blocked: false,
        };
        contact.r#type = None;
        contact.workspace_id = None;
        contact.email_domain = None;
        if contact != Contact::default() {
            record.rest = Some(Box::new(contact));
        }
        record
    }

    /// Shares the strings that many contacts have.
    pub(crate) fn share(&mut self, strings: &mut Strings) {
        for text in [
            &mut self.language_override,
            &mut self.browser,
            &mut self.browser_language,
            &mut self.os,
        ] {
            strings.share(text);
        }
        strings.share_place(&mut self.location);
        self.attributes.share(strings);
    }

    /// Converts to the model. Lists that are embedded in the contact are left out.
    pub(crate) fn to_model(&self) -> Contact {
        let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
        let shared = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
        let mut contact = self.rest.as_deref().cloned().unwrap_or_default();
        contact.r#type = Some(ObjectType::Contact);
        contact.id = self.id.clone();
        contact.role = Some(self.role.clone());
        contact.external_id = text(&self.external_id);
        contact.email = text(&self.email);
        contact.phone = text(&self.phone);
        contact.name = text(&self.name);
        contact.avatar = self.avatar.as_deref().map(|url| {
            Box::new(Avatar::Image(object!(AvatarImage {
                r#type: Some(ObjectType::Avatar),
                image_url: Some(url.to_owned()),
            })))
        });
        contact.owner_id = self.owner.clone();
        contact.created_at = Some(self.created_at);
        contact.updated_at = Some(self.updated_at);
        contact.signed_up_at = self.signed_up_at;
        contact.last_seen_at = self.last_seen_at;
        contact.last_replied_at = self.last_replied_at;
        contact.last_contacted_at = self.last_contacted_at;
        contact.language_override = shared(&self.language_override);
        contact.browser = shared(&self.browser);
        contact.browser_language = shared(&self.browser_language);
        contact.os = shared(&self.os);
        contact.location = Some(Box::new(location(self.location.as_deref())));
        contact.custom_attributes = self.attributes.to_model();
        contact.unsubscribed_from_emails = Some(self.unsubscribed_from_emails);
        contact
    }
}

fn location(place: Option<&Place>) -> Location {
    let text = |get: fn(&Place) -> &Option<Arc<str>>| {
        let text = get(place?).as_deref();
        text.map(str::to_owned)
    };
    object!(Location {
        r#type: Some(ObjectType::Location),
        country: text(|place| &place.country),
        region: text(|place| &place.region),
        city: text(|place| &place.city),
        country_code: text(|place| &place.country_code),
        continent_code: text(|place| &place.continent_code),
    })
}
