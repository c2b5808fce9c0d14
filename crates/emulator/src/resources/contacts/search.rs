//! Searching contacts.

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{Contact, Search};
use intercom_core::model::List;
use intercom_core::model::search::Clause;

use super::email_domain;
use crate::query::{
    CONTACTS_PER_PAGE, Field, Filter, Kind, MAX_PER_PAGE, Rank, Term, UtcOffset, after_cursor,
    page_size, sort_order, wanted_texts,
};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ContactIndex, ContactRecord, Key, Workspace};

/// A contact in its workspace.
type Searched<'a> = (&'a Workspace, &'a ContactRecord);

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, context: &Context) -> Result<List<Contact>, Refusal> {
        let (body, version) = (search.body, &context.version);
        let workspace = &*self;
        let field = |name| field(name, version, context.utc_offset);
        let clause = body.query.clause();
        let filter = Filter::new(clause, &field)?;
        let strict = *version >= ApiVersion::V2_16;
        let order = sort_order(body.sort.as_ref(), "created_at", strict, &field)?;
        let found = self
            .candidates(clause)
            .filter(|record| !record.archived && filter.matches((workspace, record)))
            .filter(|record| context.finds(record.id.as_str(), Some(record.created_at)))
            .map(|record| {
                let key = order.field.get.value((workspace, record));
                (Rank::new(key, record.id.as_str()), record)
            });
        let pagination = body.pagination.as_ref();
        let per_page = pagination.and_then(|pagination| pagination.per_page);
        let per_page = page_size(per_page, CONTACTS_PER_PAGE, MAX_PER_PAGE)?;
        let cursor = pagination.and_then(|pagination| pagination.starting_after.as_deref());
        let slice = after_cursor(found, order.descending, cursor, per_page)?;
        let history = search.include_merge_history;
        Ok(slice.into_list(|record| self.show_contact(record, version, history)))
    }
}

impl Workspace {
    /// Returns the contacts that a search can find: by an index if it asks for certain ids, emails or
    /// external ids, or else all.
    fn candidates(&self, clause: &Clause) -> Box<dyn Iterator<Item = &ContactRecord> + '_> {
        let by = |index| {
            move |texts: Vec<String>| -> Box<dyn Iterator<Item = &ContactRecord> + '_> {
                let texts = std::collections::BTreeSet::from_iter(texts).into_iter();
                Box::new(
                    texts.flat_map(move |text| self.contacts.find(index, Key::Text(text.into()))),
                )
            }
        };
        if let Some(ids) = wanted_texts(clause, "id") {
            let ids = std::collections::BTreeSet::from_iter(ids).into_iter();
            return Box::new(ids.filter_map(|id| self.contacts.get(&id.into())));
        }
        wanted_texts(clause, "external_id")
            .map(by(ContactIndex::ExternalId))
            .or_else(|| wanted_texts(clause, "email").map(by(ContactIndex::Email)))
            .unwrap_or_else(|| Box::new(self.contacts.scan()))
    }
}

/// Returns the field of a name, if contacts are searched by it in this version.
fn field<'a>(
    name: &'a str,
    version: &ApiVersion,
    utc_offset: UtcOffset,
) -> Option<Field<'a, Searched<'a>>> {
    let preview = *version >= ApiVersion::Preview;
    let day = Kind::Day(utc_offset);
    if let Some(attribute) = name.strip_prefix("custom_attributes.") {
        // Attributes that hold dates are recognized by their names.
        let date = attribute.ends_with("_at");
        let kind = if date { day } else { Kind::Plain };
        return (!attribute.is_empty()).then_some(Field::named(
            kind,
            |(_, contact), name| Term::attribute(contact.attributes.get(name)),
            attribute,
        ));
    }
    let time = if preview { Kind::Second } else { day };
    macro_rules! one {
        ($kind:expr, |$contact:ident| $value:expr) => {
            Field::one($kind, |(_, $contact)| Term::from($value))
        };
    }
    macro_rules! rest {
        ($kind:expr, $field:ident) => {
            one!($kind, |contact| contact
                .rest
                .as_ref()
                .and_then(|rest| rest.$field.as_deref()))
        };
    }
    macro_rules! rest_time {
        ($field:ident) => {
            one!(time, |contact| contact
                .rest
                .as_ref()
                .and_then(|rest| rest.$field))
        };
    }
    macro_rules! flag {
        ($field:ident) => {
            one!(Kind::Plain, |contact| {
                contact
                    .rest
                    .as_ref()
                    .and_then(|rest| rest.$field)
                    .unwrap_or(false)
            })
        };
    }
    macro_rules! place {
        ($field:ident) => {
            one!(Kind::Plain, |contact| {
                contact
                    .location
                    .as_ref()
                    .and_then(|place| place.$field.as_deref())
            })
        };
    }
    Some(match name {
        "id" => one!(Kind::Plain, |contact| contact.id.as_str()),
        "role" => one!(Kind::Plain, |contact| contact.role.as_str()),
        "name" => one!(Kind::Plain, |contact| contact.name.as_deref()),
        "avatar" => one!(Kind::Plain, |contact| contact.avatar.as_deref()),
        "owner_id" => one!(Kind::Plain, |contact| contact
            .owner
            .as_ref()
            .map(|it| it.as_str())),
        "email" => one!(Kind::Plain, |contact| contact.email.as_deref()),
        "email_domain" => one!(Kind::Plain, |contact| email_domain(
            contact.email.as_deref()
        )),
        "phone" => one!(Kind::Plain, |contact| contact.phone.as_deref()),
        "formatted_phone" if *version >= ApiVersion::V2_16 => {
            one!(Kind::Plain, |contact| contact.phone.as_deref())
        }
        "external_id" => one!(Kind::Plain, |contact| contact.external_id.as_deref()),
        "language_override" => one!(Kind::Plain, |contact| contact.language_override.as_deref()),
        "browser" => one!(Kind::Plain, |contact| contact.browser.as_deref()),
        "browser_language" => one!(Kind::Plain, |contact| contact.browser_language.as_deref()),
        "os" => one!(Kind::Plain, |contact| contact.os.as_deref()),
        "location.country" => place!(country),
        "location.region" => place!(region),
        "location.city" => place!(city),
        "unsubscribed_from_emails" => one!(Kind::Plain, |contact| contact.unsubscribed_from_emails),
        "marked_email_as_spam" => flag!(marked_email_as_spam),
        "has_hard_bounced" => flag!(has_hard_bounced),
        "ios_app_version" => rest!(Kind::Plain, ios_app_version),
        "ios_device" | "ios_app_device" => rest!(Kind::Plain, ios_device),
        "ios_os_version" => rest!(Kind::Plain, ios_os_version),
        "ios_app_name" => rest!(Kind::Plain, ios_app_name),
        "ios_sdk_version" => rest!(Kind::Plain, ios_sdk_version),
        "android_app_version" => rest!(Kind::Plain, android_app_version),
        "android_device" => rest!(Kind::Plain, android_device),
        "android_app_name" => rest!(Kind::Plain, android_app_name),
        // Misspelled by the service.
        "andoid_sdk_version" => rest!(Kind::Plain, android_sdk_version),
        "created_at" => one!(time, |contact| contact.created_at),
        "signed_up_at" => one!(time, |contact| contact.signed_up_at),
        "updated_at" => one!(time, |contact| contact.updated_at),
        "last_seen_at" => one!(time, |contact| contact.last_seen_at),
        "last_contacted_at" => one!(time, |contact| contact.last_contacted_at),
        "last_replied_at" => one!(time, |contact| contact.last_replied_at),
        "last_email_opened_at" => rest_time!(last_email_opened_at),
        "last_email_clicked_at" => rest_time!(last_email_clicked_at),
        "ios_last_seen_at" => rest_time!(ios_last_seen_at),
        "android_last_seen_at" => rest_time!(android_last_seen_at),
        "tag_id" => Field::ids(Kind::IdsByEquality, |(_, contact), test| {
            contact.tags.iter().any(|tagged| test(tagged.tag.as_str()))
        }),
        "segment_id" => Field::ids(Kind::Ids, |(workspace, contact), test| {
            // The test is cheaper than looking for a member.
            let mut segments = workspace.segments.values();
            segments.any(|it| test(it.segment.id.as_str()) && it.members.contains(&contact.id))
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use intercom_core::ApiVersion;
    use intercom_core::api::contacts::{Contact, Contacts};
    use intercom_core::model::search::{Clause, Sort};
    use intercom_core::model::{CustomAttributes, Timestamp};
    use serde_json::{Value, json};

    use super::field;
    use crate::object::object;
    use crate::query::{Filter, UtcOffset, sort_order};
    use crate::refusal::Refusal;
    use crate::store::{ContactRecord, Workspace};

    const UTC: UtcOffset = UtcOffset::new(0);

    /// 2025-01-01, at nine in the morning.
    const MORNING: i64 = 1_735_722_000;

    fn ada(workspace: &mut Workspace) -> ContactRecord {
        let attributes = CustomAttributes::new()
            .with("plan", "Pro")
            .with("seats", 12);
        let contact = object!(Contact {
            name: Some("Ada Lovelace".to_owned()),
            email: Some("ada@example.com".to_owned()),
            created_at: Some(Timestamp::from_second(MORNING)),
            custom_attributes: attributes.with("renews_at", MORNING),
        });
        ContactRecord::new(contact, Timestamp::default(), &mut workspace.strings)
    }

    fn matches(clause: &Clause, version: &ApiVersion) -> Result<bool, Refusal> {
        let mut workspace = Workspace::new(1);
        let ada = ada(&mut workspace);
        let filter = Filter::new(clause, &|name| field(name, version, UTC))?;
        Ok(filter.matches((&workspace, &ada)))
    }

    fn clause(query: Value) -> Clause {
        serde_json::from_value(query).unwrap()
    }

    fn finds_in(version: &ApiVersion, field: &str, operator: &str, value: Value) -> bool {
        let clause = clause(json!({ "field": field, "operator": operator, "value": value }));
        matches(&clause, version).unwrap()
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
        let finds = |query| matches(&clause(query), &ApiVersion::V2_16).unwrap();
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
        let refused = |version, query| matches(&clause(query), version).is_err();
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
        let sort = json!({ "field": "name", "order": "desc" });
        let sort: Sort<Contacts> = serde_json::from_value(sort).unwrap();
        let order = |version: &ApiVersion| {
            let strict = *version >= ApiVersion::V2_16;
            let sorted = sort_order(Some(&sort), "created_at", strict, &|name| {
                field(name, version, UTC)
            });
            sorted.map(|order| order.descending)
        };
        assert!(order(&ApiVersion::V2_16).is_err());
        assert!(order(&ApiVersion::V2_15).unwrap());
    }
}
