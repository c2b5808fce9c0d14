//! The requests to send for an operation: the examples of its description as they stand, and the same
//! with the ids of objects that exist.

use intercom_core::Spec;
use serde_json::{Map, Number, Value};

use super::exchange::Request;
use super::fixtures::Fixtures;
use crate::description::{Described, Example, resolve};

/// Parts of the names of examples that show a refused request.
const REFUSED: &[&str] = &[
    "already_exists",
    "bad_request",
    "bad request",
    "has_dependant",
    "invalid",
    "last_customer",
    "no_body",
    "no_subject",
    "not_found",
    "not_valid",
    "too_few",
    "unauthorized",
    "unprocessable",
];

/// Bodies of operations whose descriptions have no example, or none that a workspace without its
/// history can perform.
const BODIES: &[(&str, &str)] = &[
    (
        "data_events::Create",
        r#"{"event_name":"invoice","created_at":1735689600,"id":"{contact_id}","metadata":{"number":"7"}}"#,
    ),
    (
        "data_events::CreateSummaries",
        r#"{"user_id":"fixture","event_summaries":{"event_name":"invoice","count":3,"first":1735689000,"last":1735689600}}"#,
    ),
    (
        "ecommerce::UploadCatalog",
        "--b\r\nContent-Disposition: form-data; name=\"catalog\"; filename=\"catalog.json\"\r\n\r\n[{\"id\":\"1\",\"title\":\"Shirt\",\"url\":\"https://shop.example.com/1\"}]\r\n--b--\r\n",
    ),
    (
        "fin_voice::Register",
        r#"{"phone_number":"+15551234567","call_id":"call-1","source":"aws_connect"}"#,
    ),
    (
        "fin_agent::Reply",
        r#"{"conversation_id":"{fin_session}","message":{"author":"user","body":"And then?","timestamp":"2025-01-01T00:01:00.000Z"},"user":{"id":"fixture"}}"#,
    ),
    (
        "help_center::CreateRedirect",
        r#"{"from_url":"https://help.example.com/older","locale":"en","target_type":"article","target_id":"{article_id}"}"#,
    ),
    (
        "reporting_export::Create",
        r#"{"dataset_id":"conversation","attribute_ids":["conversation_id"],"start_time":1735600000,"end_time":1735689600}"#,
    ),
    (
        "tickets::ChangeType",
        r#"{"ticket_type_id":"{other_ticket_type_id}","ticket_state_id":"{other_ticket_state_id}"}"#,
    ),
];

/// Queries of operations that need one that names an object.
const QUERIES: &[(&str, &str)] = &[
    ("custom_objects::DeleteByExternalId", "external_id=fixture"),
    ("custom_objects::List", "external_id=fixture"),
    (
        "data_events::List",
        "type=user&intercom_user_id={contact_id}",
    ),
    ("messages::GetWhatsappStatus", "message_id={message_id}"),
    ("visitors::Get", "user_id={visitor_user_id}"),
];

/// Fields of bodies that hold the id of an object: the operation, or a part of its name; the field; the
/// name of the object.
const FIELDS: &[(&str, &str, &str)] = &[
    ("articles::", "parent_id", "collection_id"),
    ("articles::", "parent_ids", "collection_id"),
    ("contacts::AttachCompany", "id", "company_id"),
    ("contacts::Merge", "from", "lead_id"),
    ("contacts::Merge", "into", "contact_id"),
    ("contacts::PreviewMerge", "from", "lead_id"),
    ("contacts::PreviewMerge", "into", "contact_id"),
    (
        "conversations::DetachContact",
        "intercom_user_id",
        "lead_id",
    ),
    ("help_center::CreateRedirect", "target_id", "article_id"),
    ("subscription_types::", "id", "subscription_type_id"),
    ("tags::Attach", "id", "tag_id"),
    (
        "tickets::LinkConversation",
        "conversation_id",
        "conversation_id",
    ),
    ("visitors::", "id", "visitor_id"),
    ("visitors::", "user_id", "visitor_user_id"),
    ("", "add_segment_ids", "segment_id"),
    ("", "add_tag_ids", "tag_id"),
    ("", "admin_id", "admin_id"),
    ("", "admin_ids", "admin_id"),
    ("", "assignee_id", "admin_id"),
    ("", "audience_ids", "audience_id"),
    ("", "author_id", "admin_id"),
    ("", "away_status_reason_id", "away_status_reason_id"),
    ("", "brand_id", "brand_id"),
    ("", "contact_id", "contact_id"),
    ("", "conversation_part_id", "part_id"),
    ("", "created_by_id", "admin_id"),
    ("", "intercom_user_id", "contact_id"),
    ("", "merge_into_conversation_id", "other_conversation_id"),
    ("", "newsfeed_id", "newsfeed_id"),
    ("", "owner_id", "admin_id"),
    ("", "primary_admin_ids", "admin_id"),
    ("", "remove_segment_ids", "segment_id"),
    ("", "remove_tag_ids", "tag_id"),
    ("", "secondary_admin_ids", "other_admin_id"),
    ("", "sender_id", "admin_id"),
    ("", "source_id", "source_id"),
    ("", "ticket_state_id", "ticket_state_id"),
    ("", "ticket_type_id", "ticket_type_id"),
    ("conversations::", "conversation_id", "conversation_id"),
    ("calls::Search", "conversation_ids", "conversation_id"),
    ("fin_agent::Escalate", "conversation_id", "fin_session"),
    ("fin_agent::SubmitCsat", "conversation_id", "fin_session"),
];

/// Objects in bodies that hold an id, by their type or else by the field in which they stand: a part of
/// the name of the operation, the type or field, the name of the object.
const OBJECTS: &[(&str, &str, &str)] = &[
    ("companies::Bulk", "job", "companies_job"),
    ("contacts::Bulk", "job", "contacts_job"),
    ("", "admin", "admin_id"),
    ("", "article", "article_id"),
    ("", "article_content", "article_id"),
    ("", "companies", "company_id"),
    ("", "contact", "contact_id"),
    ("", "contacts", "contact_id"),
    ("", "content_snippet", "content_snippet_id"),
    ("", "internal_article", "internal_article_id"),
    ("", "lead", "lead_id"),
    ("", "add", "tag_id"),
    ("", "remove", "tag_id"),
    ("", "user", "contact_id"),
    ("", "users", "contact_id"),
];

/// A time that has not come yet: 2100-01-01.
const LATER: u64 = 4_102_444_800;

/// A request, and what is expected of it.
#[derive(Debug)]
pub(crate) struct Sent {
    /// The name of the example, `valid` in front of it if the ids in it exist.
    pub(crate) name: String,
    pub(crate) request: Request,
    /// Whether the operation has to succeed.
    pub(crate) must_succeed: bool,
}

/// Returns the requests for an operation.
pub(crate) fn requests(
    spec: &Spec,
    described: &Described,
    source: &Value,
    document: &Value,
    fixtures: &Fixtures,
) -> Vec<Sent> {
    let mut sent = Vec::new();
    let template = BODIES.iter().find(|(name, _)| *name == spec.name);
    let none = [Example::none()];
    let examples = match &described.requests[..] {
        [] => &none[..],
        examples => examples,
    };
    for example in examples {
        let name = example.name.as_str();
        let is_refused = REFUSED.iter().any(|part| name.contains(part));
        let queries = described.query.iter().filter(|(name, _)| name != "filter");
        let all = form(queries.map(|(name, value)| (name.as_str(), value.as_str())));
        sent.push(Sent {
            name: name.to_owned(),
            request: Request {
                method: described.method.clone(),
                path: with_query(
                    &path(&described.path, |index, _| {
                        described.arguments.get(index).cloned()
                    }),
                    &all,
                ),
                body: body(&example.value),
            },
            must_succeed: false,
        });
        if !is_refused {
            let mut value = example.value.clone();
            adapt(spec.name, "", &mut value, fixtures);
            sent.push(Sent {
                name: format!("valid {name}"),
                request: Request {
                    method: described.method.clone(),
                    path: valid_path(spec, described, source, document, fixtures),
                    body: template.map_or_else(|| body(&value), |(_, body)| fixtures.fill(body)),
                },
                must_succeed: true,
            });
        }
    }
    sent
}

fn body(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => value.to_string(),
    }
}

/// Fills in the arguments of a path, by place and name.
fn path(template: &str, argument: impl Fn(usize, &str) -> Option<String>) -> String {
    let mut index = 0;
    let parts = template.split('/').map(|part| {
        let name = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        let Some(name) = name else {
            return part.to_owned();
        };
        let value = argument(index, name).unwrap_or_else(|| "1".to_owned());
        index += 1;
        escape(&value)
    });
    parts.collect::<Vec<_>>().join("/")
}

fn escape(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes())
        .collect::<String>()
        .replace('+', "%20")
}

fn form<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn with_query(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

fn valid_path(
    spec: &Spec,
    described: &Described,
    source: &Value,
    document: &Value,
    fixtures: &Fixtures,
) -> String {
    let path = path(spec.path, |_, name| fixtures.argument(spec.name, name));
    if let Some((_, query)) = QUERIES.iter().find(|(name, _)| *name == spec.name) {
        return with_query(&path, &fixtures.fill(query));
    }
    let parameters = source.get("parameters").and_then(Value::as_array);
    let parameters = parameters.into_iter().flatten();
    let required: Vec<_> = parameters
        .map(|parameter| resolve(document, parameter))
        .filter(|parameter| parameter.get("required") == Some(&Value::Bool(true)))
        .filter_map(|parameter| parameter.get("name")?.as_str())
        .collect();
    let query = described.query.iter();
    let query = query.filter(|(name, _)| required.contains(&name.as_str()));
    with_query(
        &path,
        &form(query.map(|(name, value)| (name.as_str(), value.as_str()))),
    )
}

/// Replaces the ids in a body by those of objects that exist. `field` is the field of the value, or
/// that of the list in which it stands.
fn adapt(operation: &str, field: &str, value: &mut Value, fixtures: &Fixtures) {
    match value {
        Value::Array(items) => {
            for item in items.iter_mut() {
                adapt(operation, field, item, fixtures);
            }
            // Two ids of one kind have become the same.
            let mut seen = Vec::new();
            items.retain(|item| {
                let is_new = !seen.contains(item);
                seen.push(item.clone());
                is_new
            });
        }
        Value::Object(fields) => {
            let object = object_in(operation, field, fields).and_then(|name| fixtures.get(name));
            for (name, value) in fields.iter_mut() {
                match object {
                    Some(id) if name == "id" => *value = in_form_of(value, id),
                    _ => adapt(operation, name, value, fixtures),
                }
            }
        }
        Value::Null => {}
        scalar if field == "snoozed_until" => *scalar = LATER.into(),
        scalar => {
            let known = FIELDS
                .iter()
                .find(|(part, name, _)| operation.contains(part) && *name == field);
            if let Some(id) = known.and_then(|(_, _, name)| fixtures.get(name)) {
                *scalar = in_form_of(scalar, id);
            }
        }
    }
}

/// The name of the object that these fields are about.
fn object_in(operation: &str, field: &str, fields: &Map<String, Value>) -> Option<&'static str> {
    let kind = fields.get("type").and_then(Value::as_str).unwrap_or(field);
    let object = OBJECTS
        .iter()
        .find(|(part, name, _)| operation.contains(part) && *name == kind);
    object.map(|(_, _, name)| *name)
}

/// An id as a number if the value in its place is one.
fn in_form_of(value: &Value, id: &Value) -> Value {
    let number = id.as_str().and_then(|id| id.parse::<u64>().ok());
    match (value, number) {
        (Value::Number(_), Some(number)) => Value::Number(Number::from(number)),
        _ => id.clone(),
    }
}
