//! Searching contacts.

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{Contact, Contacts, Search};
use intercom_core::model::List;
use intercom_core::model::search::{Clause, Sort, Value};

use crate::query::{self as search, Fields, Kind, key, matches};
use crate::query::{Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::contacts::domain;
use crate::resources::{Context, Handle};
use crate::store::{ContactRecord, Workspace};

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<List<Contact>, Refusal> {
        let body = search.body;
        let clause = body.query.clause();
        check(clause, &context.version)?;
        let (field, descending) = order(body.sort.as_ref(), &context.version)?;
        let found = self
            .active_contacts()
            .filter(|record| self.matches(record, clause, &context.version))
            .map(|record| (self.rank(record, field), record));
        let pagination = body.pagination.as_ref();
        let cut = after_cursor(
            found.collect(),
            descending,
            pagination.and_then(|pagination| pagination.starting_after.as_deref()),
            pagination.and_then(|pagination| pagination.per_page),
        )?;
        let history = search.include_merge_history;
        Ok(cut.into_list(|record| self.show(record, &context.version, history)))
    }
}

/// The field by which the results are ordered, and whether the greatest comes first.
fn order<'a>(
    sort: Option<&'a Sort<Contacts>>,
    version: &ApiVersion,
) -> Result<(&'a str, bool), Refusal> {
    let strict = *version >= ApiVersion::V2_16;
    search::order(sort, strict, &|field| kind(field, version))
}

/// Refuses what contacts are not searched by.
fn check(clause: &Clause, version: &ApiVersion) -> Result<(), Refusal> {
    search::check(clause, &|field| kind(field, version))
}

/// How this field is compared; `None` where there is no such field in this version.
fn kind(field: &str, version: &ApiVersion) -> Option<Kind> {
    if let Some(attribute) = field.strip_prefix("custom_attributes.") {
        // The names of date attributes end so, and those of others do not.
        let date = attribute.ends_with("_at");
        return (!attribute.is_empty()).then_some(if date { Kind::Day } else { Kind::Plain });
    }
    Some(match field {
        "id"
        | "role"
        | "name"
        | "avatar"
        | "owner_id"
        | "email"
        | "email_domain"
        | "phone"
        | "external_id"
        | "language_override"
        | "browser"
        | "browser_language"
        | "os"
        | "location.country"
        | "location.region"
        | "location.city"
        | "unsubscribed_from_emails"
        | "marked_email_as_spam"
        | "has_hard_bounced"
        | "ios_app_version"
        | "ios_device"
        | "ios_app_device"
        | "ios_os_version"
        | "ios_app_name"
        | "ios_sdk_version"
        | "android_app_version"
        | "android_device"
        | "android_app_name"
        | "andoid_sdk_version" => Kind::Plain,
        "formatted_phone" if *version >= ApiVersion::V2_16 => Kind::Plain,
        "created_at"
        | "signed_up_at"
        | "updated_at"
        | "last_seen_at"
        | "last_contacted_at"
        | "last_replied_at"
        | "last_email_opened_at"
        | "last_email_clicked_at"
        | "ios_last_seen_at"
        | "android_last_seen_at" => {
            if *version >= ApiVersion::Preview {
                Kind::Second
            } else {
                Kind::Day
            }
        }
        "tag_id" => Kind::IdsAsEqual,
        "segment_id" => Kind::Ids,
        _ => return None,
    })
}

/// The value of a field that has one value.
fn value_of(contact: &Contact, field: &str) -> Value {
    if let Some(name) = field.strip_prefix("custom_attributes.") {
        return contact
            .custom_attributes
            .get(name)
            .cloned()
            .unwrap_or_default();
    }
    let text = |text: &Option<String>| Value::from(text.clone());
    let flag = |flag: Option<bool>| Value::from(flag.unwrap_or(false));
    let place = contact.location.as_ref();
    let avatar = contact.avatar.as_ref();
    match field {
        "id" => Value::from(contact.id.as_str()),
        "role" => Value::from(contact.role.as_ref().map(|role| role.as_str())),
        "name" => text(&contact.name),
        "avatar" => Value::from(avatar.and_then(|avatar| avatar.image_url.clone())),
        "owner_id" => Value::from(contact.owner_id.as_ref().map(|owner| owner.as_str())),
        "email" => text(&contact.email),
        "email_domain" => Value::from(domain(contact.email.as_deref())),
        "phone" | "formatted_phone" => text(&contact.phone),
        "external_id" => text(&contact.external_id),
        "language_override" => text(&contact.language_override),
        "browser" => text(&contact.browser),
        "browser_language" => text(&contact.browser_language),
        "os" => text(&contact.os),
        "location.country" => Value::from(place.and_then(|place| place.country.clone())),
        "location.region" => Value::from(place.and_then(|place| place.region.clone())),
        "location.city" => Value::from(place.and_then(|place| place.city.clone())),
        "unsubscribed_from_emails" => flag(contact.unsubscribed_from_emails),
        "marked_email_as_spam" => flag(contact.marked_email_as_spam),
        "has_hard_bounced" => flag(contact.has_hard_bounced),
        "ios_app_version" => text(&contact.ios_app_version),
        "ios_device" | "ios_app_device" => text(&contact.ios_device),
        "ios_os_version" => text(&contact.ios_os_version),
        "ios_app_name" => text(&contact.ios_app_name),
        "ios_sdk_version" => text(&contact.ios_sdk_version),
        "android_app_version" => text(&contact.android_app_version),
        "android_device" => text(&contact.android_device),
        "android_app_name" => text(&contact.android_app_name),
        "andoid_sdk_version" => text(&contact.android_sdk_version),
        "created_at" => Value::from(contact.created_at),
        "signed_up_at" => Value::from(contact.signed_up_at),
        "updated_at" => Value::from(contact.updated_at),
        "last_seen_at" => Value::from(contact.last_seen_at),
        "last_contacted_at" => Value::from(contact.last_contacted_at),
        "last_replied_at" => Value::from(contact.last_replied_at),
        "last_email_opened_at" => Value::from(contact.last_email_opened_at),
        "last_email_clicked_at" => Value::from(contact.last_email_clicked_at),
        "ios_last_seen_at" => Value::from(contact.ios_last_seen_at),
        "android_last_seen_at" => Value::from(contact.android_last_seen_at),
        _ => Value::Null,
    }
}

/// A contact in its workspace.
struct InWorkspace<'a>(&'a Workspace, &'a ContactRecord);

impl Fields for InWorkspace<'_> {
    fn value(&self, field: &str) -> Value {
        value_of(&self.1.contact, field)
    }

    fn ids(&self, field: &str) -> Vec<&str> {
        let Self(workspace, record) = self;
        if field == "tag_id" {
            let tags = record.tags.iter();
            return tags.map(|tagged| tagged.tag.as_str()).collect();
        }
        let segments = workspace.segments_of(&record.contact.id);
        segments.map(|(id, _)| id.as_str()).collect()
    }
}

impl Workspace {
    /// Whether a contact meets a clause that was checked.
    fn matches(&self, record: &ContactRecord, clause: &Clause, version: &ApiVersion) -> bool {
        matches(clause, &InWorkspace(self, record), &|field| {
            kind(field, version)
        })
    }

    /// The place of a contact among the results.
    fn rank(&self, record: &ContactRecord, field: &str) -> Rank {
        Rank {
            key: key(&value_of(&record.contact, field)),
            id: record.contact.id.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use intercom_core::ApiVersion;
    use intercom_core::api::contacts::Contact;
    use intercom_core::model::search::Clause;
    use intercom_core::model::{CustomAttributes, Timestamp};
    use serde_json::{Value, json};

    use super::{check, order};
    use crate::object::object;
    use crate::store::{ContactRecord, Workspace};

    /// 2025-01-01, at nine in the morning.
    const MORNING: i64 = 1_735_722_000;

    fn ada() -> ContactRecord {
        let attributes = CustomAttributes::new()
            .with("plan", "Pro")
            .with("seats", 12);
        object!(Contact {
            name: Some("Ada Lovelace".to_owned()),
            email: Some("ada@example.com".to_owned()),
            created_at: Some(Timestamp::from_second(MORNING)),
            custom_attributes: attributes.with("renews_at", MORNING),
        })
        .into()
    }

    fn clause(query: Value) -> Clause {
        serde_json::from_value(query).unwrap()
    }

    fn finds_in(version: &ApiVersion, field: &str, operator: &str, value: Value) -> bool {
        let clause = clause(json!({ "field": field, "operator": operator, "value": value }));
        check(&clause, version).unwrap();
        Workspace::new(1).matches(&ada(), &clause, version)
    }

    fn finds(field: &str, operator: &str, value: impl Into<Value>) -> bool {
        finds_in(&ApiVersion::V2_16, field, operator, value.into())
    }

    #[test]
    fn texts_are_compared_whatever_their_case() {
        assert!(finds("name", "=", "ada lovelace"));
        assert!(!finds("name", "=", "ada"));
        assert!(finds("name", "!=", "ada"));
        assert!(finds("email", "~", "EXAMPLE"));
        assert!(finds("email", "!~", "example.org"));
        assert!(finds("email", "^", "ada@"));
        assert!(finds("email", "$", ".com"));
        assert!(finds("email_domain", "=", "example.com"));
        assert!(finds("name", "IN", json!(["bob", "Ada Lovelace"])));
        assert!(!finds("name", "NIN", json!(["bob", "Ada Lovelace"])));
    }

    #[test]
    fn what_has_no_value_is_found_by_null_and_by_every_not() {
        assert!(finds("phone", "=", Value::Null));
        assert!(!finds("phone", "!=", Value::Null));
        assert!(finds("phone", "!=", "+1"));
        assert!(finds("phone", "NIN", json!(["+1"])));
        assert!(!finds("phone", "~", "1"));
        assert!(finds("last_seen_at", "=", Value::Null));
        assert!(finds("tag_id", "=", Value::Null));
    }

    #[test]
    fn numbers_and_attributes_are_compared_by_value() {
        assert!(finds("custom_attributes.seats", ">", 11));
        assert!(finds("custom_attributes.seats", "<=", 12));
        assert!(!finds("custom_attributes.seats", "<", 12));
        assert!(finds("custom_attributes.seats", "=", "12"));
        assert!(finds("custom_attributes.plan", "=", "pro"));
        assert!(finds("custom_attributes.nothing", "=", Value::Null));
        assert!(finds("unsubscribed_from_emails", "=", false));
    }

    #[test]
    fn times_are_compared_by_day_and_in_preview_by_second() {
        for field in ["created_at", "custom_attributes.renews_at"] {
            assert!(finds(field, "=", MORNING + 3_600));
            assert!(!finds(field, ">", MORNING - 3_600));
            assert!(finds(field, ">", MORNING - 86_400));
            assert!(finds(field, "<", MORNING + 86_400));
        }
        let finds = |field, operator, value: i64| {
            finds_in(&ApiVersion::Preview, field, operator, value.into())
        };
        assert!(!finds("created_at", "=", MORNING + 1));
        assert!(finds("created_at", ">", MORNING - 1));
        assert!(finds("created_at", "<=", MORNING));
        assert!(finds("custom_attributes.renews_at", "=", MORNING + 1));
    }

    #[test]
    fn groups_join_their_clauses() {
        let filter = |name: &str| json!({ "field": "name", "operator": "^", "value": name });
        let group = |join: &str, clauses: Vec<Value>| json!({ "operator": join, "value": clauses });
        let workspace = Workspace::new(1);
        let finds = |query| workspace.matches(&ada(), &clause(query), &ApiVersion::V2_16);
        assert!(finds(group("OR", vec![filter("bob"), filter("ada")])));
        assert!(!finds(group("AND", vec![filter("bob"), filter("ada")])));
        let nested = group("OR", vec![filter("bob"), filter("ada")]);
        assert!(finds(group(
            "AND",
            vec![nested, group("OR", vec![filter("a")])]
        )));
    }

    #[test]
    fn what_the_service_does_not_search_for_is_refused() {
        let refused = |version, query| check(&clause(query), version).is_err();
        let filter = |field: &str, operator: &str, value: Value| json!({ "field": field, "operator": operator, "value": value });
        let latest = &ApiVersion::V2_16;
        assert!(refused(latest, filter("shoe_size", "=", json!(42))));
        assert!(refused(latest, filter("name", "LIKE", json!("a"))));
        assert!(refused(latest, filter("tag_id", "IN", json!(["1"]))));
        assert!(refused(latest, filter("created_at", ">=", json!(1))));
        assert!(!refused(
            &ApiVersion::Preview,
            filter("created_at", ">=", json!(1))
        ));
        assert!(refused(latest, filter("created_at", "=", json!("soon"))));
        assert!(refused(latest, filter("name", "IN", json!("Ada"))));
        assert!(refused(latest, filter("name", "=", json!(["Ada"]))));
        assert!(refused(
            &ApiVersion::V2_15,
            filter("formatted_phone", "=", json!("1"))
        ));
        let filters = vec![filter("name", "=", json!("Ada")); 16];
        assert!(refused(
            latest,
            json!({ "operator": "AND", "value": filters })
        ));
    }

    #[test]
    fn an_order_that_does_not_exist_is_refused_from_2_16_on() {
        let sort = serde_json::from_value(json!({ "field": "name", "order": "desc" })).unwrap();
        assert!(order(Some(&sort), &ApiVersion::V2_16).is_err());
        assert_eq!(
            order(Some(&sort), &ApiVersion::V2_15).unwrap(),
            ("name", true)
        );
        assert_eq!(
            order(None, &ApiVersion::V2_16).unwrap(),
            ("created_at", true)
        );
    }
}
