//! Contacts as they are shown.

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{Contact, Location, Role, SocialProfiles};
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::model::{Addressable, AdminId, ContactId, EmbeddedList, ObjectId, ObjectType};

use crate::object::object;
use crate::store::{ContactRecord, Workspace};

/// How many items a list has that is embedded in a contact.
const EMBEDDED: usize = 10;

impl Workspace {
    /// A contact as this version shows it.
    pub(crate) fn show(
        &self,
        record: &ContactRecord,
        version: &ApiVersion,
        merge_history: Option<bool>,
    ) -> Contact {
        let mut contact = record.contact.clone();
        let id = &record.contact.id;
        contact.r#type = Some(ObjectType::Contact);
        contact.workspace_id = Some(self.workspace_id.clone());
        contact.email_domain = domain(contact.email.as_deref());
        contact.owner_id = contact
            .owner_id
            .map(|owner| owner_in(version, owner.as_str()));
        contact.formatted_phone = contact
            .phone
            .clone()
            .filter(|_| *version == ApiVersion::V2_11 || *version >= ApiVersion::Preview);
        for flag in [
            &mut contact.has_hard_bounced,
            &mut contact.marked_email_as_spam,
            &mut contact.unsubscribed_from_emails,
        ] {
            flag.get_or_insert(false);
        }
        contact.social_profiles.get_or_insert_with(|| {
            object!(SocialProfiles {
                r#type: Some(ObjectType::List)
            })
        });
        contact.location.get_or_insert_with(|| {
            object!(Location {
                r#type: Some(ObjectType::Location)
            })
        });

        let tags = record.tags.iter().map(|tagged| tagged.tag.as_str());
        contact.tags = Some(embedded(id, "tags", "/tags", ObjectType::Tag, tags));
        let notes = self.notes_of(id).into_iter().map(|(id, _)| id.as_str());
        contact.notes = Some(embedded(id, "notes", "/notes", ObjectType::Note, notes));
        let companies = record.companies.iter().map(|company| company.as_str());
        let kind = ObjectType::Company;
        contact.companies = Some(embedded(id, "companies", "/companies", kind, companies));
        let chosen = |consent: ConsentType| {
            let chosen = record
                .subscriptions
                .iter()
                .filter(|(_, choice)| *choice == consent)
                .map(|(id, _)| id.as_str());
            let kind = ObjectType::Subscription;
            Some(embedded(
                id,
                "subscriptions",
                "/subscription_types",
                kind,
                chosen,
            ))
        };
        contact.opted_in_subscription_types = chosen(ConsentType::OptIn);
        contact.opted_out_subscription_types = chosen(ConsentType::OptOut);

        let shows_history = merge_history == Some(true)
            && *version >= ApiVersion::V2_16
            && contact.role == Some(Role::User);
        contact.merge_history = shows_history.then(|| record.merges.clone());
        contact
    }
}

/// The id of an admin as contacts have it: a number up to 2.15, a text later.
fn owner_in(version: &ApiVersion, owner: &str) -> AdminId {
    match owner.parse::<u64>() {
        Ok(number) if *version <= ApiVersion::V2_15 => AdminId::from(number),
        _ => AdminId::new(owner),
    }
}

pub(crate) fn domain(email: Option<&str>) -> Option<String> {
    email?
        .rsplit_once('@')
        .map(|(_, domain)| domain.to_owned())
        .filter(|domain| !domain.is_empty())
}

fn embedded<'a>(
    contact: &ContactId,
    list: &str,
    path: &str,
    kind: ObjectType,
    ids: impl Iterator<Item = &'a str>,
) -> EmbeddedList<Addressable> {
    let mut data: Vec<Addressable> = ids
        .map(|id| {
            object!(Addressable {
                r#type: Some(kind.clone()),
                id: ObjectId::new(id),
                url: Some(format!("{path}/{id}")),
            })
        })
        .collect();
    let total = data.len();
    data.truncate(EMBEDDED);
    object!(EmbeddedList {
        r#type: Some(ObjectType::List),
        data: data,
        url: Some(format!("/contacts/{contact}/{list}")),
        total_count: Some(total as u64),
        has_more: Some(total > EMBEDDED),
    })
}
