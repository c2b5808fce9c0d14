//! Contacts as replies show them.

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{Contact, Role, SocialProfiles};
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::model::{Addressable, AdminId, ContactId, EmbeddedList, ObjectId, ObjectType};

use crate::object::object;
use crate::store::{ContactRecord, Workspace};

/// The most items in a list that is embedded in a contact.
const EMBEDDED: usize = 10;

impl Workspace {
    /// Returns a contact as this version shows it.
    pub(crate) fn show_contact(
        &self,
        record: &ContactRecord,
        version: &ApiVersion,
        merge_history: Option<bool>,
    ) -> Contact {
        let mut contact = record.to_model();
        let id = &record.id;
        contact.workspace_id = Some(self.workspace_id.clone());
        let domain = email_domain(record.email.as_deref());
        let shows_domain = *version >= ApiVersion::Preview;
        contact.email_domain = domain.filter(|_| shows_domain).map(str::to_owned);
        contact.owner_id = contact
            .owner_id
            .map(|owner| owner_in(version, owner.as_str()));
        contact.formatted_phone = contact
            .phone
            .clone()
            .filter(|_| *version == ApiVersion::V2_11 || *version >= ApiVersion::Preview);
        contact.has_hard_bounced.get_or_insert(false);
        contact.marked_email_as_spam.get_or_insert(false);
        contact.sms_consent.get_or_insert(false);
        contact.unsubscribed_from_sms.get_or_insert(false);
        if *version >= ApiVersion::V2_16 {
            contact.enabled_push_messaging.get_or_insert(false);
        }
        contact.social_profiles.get_or_insert_with(|| {
            Box::new(object!(SocialProfiles {
                r#type: Some(ObjectType::List)
            }))
        });

        let tags = record.tags.iter().map(|tagged| tagged.tag.as_str());
        contact.tags = Some(embedded(id, "tags", "/tags", ObjectType::Tag, tags));
        let notes = self.notes_of(id);
        let notes = notes.iter().map(|note| note.id.as_str());
        contact.notes = Some(embedded(id, "notes", "/notes", ObjectType::Note, notes));
        let companies = record.companies.iter().map(|company| company.as_str());
        let kind = ObjectType::Company;
        contact.companies = Some(embedded(id, "companies", "/companies", kind, companies));
        let chosen = |consent: ConsentType| {
            let chosen = record.subscriptions.iter();
            let chosen = chosen.filter(|(_, choice)| *choice == consent);
            let ids = chosen.map(|(id, _)| id.as_str());
            let kind = ObjectType::Subscription;
            let (list, path) = ("subscriptions", "/subscription_types");
            Some(embedded(id, list, path, kind, ids))
        };
        contact.opted_in_subscription_types = chosen(ConsentType::OptIn);
        contact.opted_out_subscription_types = chosen(ConsentType::OptOut);

        let shows_history = merge_history == Some(true)
            && *version >= ApiVersion::V2_16
            && record.role == Role::User;
        contact.merge_history = shows_history.then(|| record.merges.clone());
        contact
    }
}

/// The id of a contact's owner: a number up to 2.15, a string later.
fn owner_in(version: &ApiVersion, owner: &str) -> AdminId {
    match owner.parse::<u64>() {
        Ok(number) if *version <= ApiVersion::V2_15 => AdminId::from(number),
        _ => AdminId::new(owner),
    }
}

/// Returns the domain of an email address.
pub(crate) fn email_domain(email: Option<&str>) -> Option<&str> {
    let (_, domain) = email?.rsplit_once('@')?;
    Some(domain).filter(|domain| !domain.is_empty())
}

fn embedded<'a>(
    contact: &ContactId,
    list: &str,
    path: &str,
    kind: ObjectType,
    ids: impl Iterator<Item = &'a str>,
) -> Box<EmbeddedList<Addressable>> {
    let ids: Vec<_> = ids.collect();
    let total = ids.len();
    let data = ids.into_iter().take(EMBEDDED).map(|id| {
        object!(Addressable {
            r#type: Some(kind.clone()),
            id: ObjectId::new(id),
            url: Some([path, "/", id].concat()),
        })
    });
    Box::new(object!(EmbeddedList {
        r#type: Some(ObjectType::List),
        data: data.collect(),
        url: Some(["/contacts/", contact.as_str(), "/", list].concat()),
        total_count: Some(total as u64),
        has_more: Some(total > EMBEDDED),
    }))
}
