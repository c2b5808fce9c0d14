//! Seeding a workspace with fixtures in the API's own JSON.

mod contacts;
mod fixtures;
mod names;

use std::fmt;

use bytes::Bytes;
use intercom_core::{Endpoint, Spec, api};
use serde_json::{Map, Value, json};

use self::names::Names;
use super::emulator::Emulator;
use super::schema::{Field, Fields, Invalid, Kind, Shape, optional, required};
use crate::http::Service;

/// How the objects of a resource are made.
#[derive(Debug)]
enum Maker {
    /// By the operation that creates them.
    Operation(Spec),
    /// By hand, from these fields, because the API cannot create them, or not with all that they have.
    Hand(
        &'static [Field],
        fn(&mut Service, &Fields) -> Result<Value, Invalid>,
    ),
}

macro_rules! seeds {
    ($($name:literal $about:literal => $maker:expr;)*) => {
        /// The resources that can be seeded, in the order in which they are.
        static SEEDS: &[(&str, Maker)] = &[$(($name, $maker)),*];

        /// The fields of a seed.
        pub(crate) static FIELDS: &[Field] = &[
            $(optional($name, Kind::List(&Kind::Map(&Kind::Any)), $about),)*
            optional(
                "requests",
                Kind::List(&Kind::Object(&REQUEST)),
                "Any other requests of the API, performed last.",
            ),
        ];
    };
}

static REQUEST: Shape = Shape {
    name: "SeedRequest",
    about: "A request of the API.",
    fields: &[
        required("method", Kind::Text, "The method."),
        required(
            "path",
            Kind::Text,
            "The path and query; a part that is `$name` is the id of that object.",
        ),
        optional("body", Kind::Any, "The body."),
    ],
};

use Maker::{Hand, Operation};

seeds! {
    "admins" "Admins: `name`, `email`." => Hand(fixtures::ADMIN, fixtures::admin);
    "teams" "Teams: `name`, `admin_ids`." => Hand(fixtures::TEAM, fixtures::team);
    "away_status_reasons" "Reasons for being away: `label`, `emoji`." => Hand(fixtures::AWAY_REASON, fixtures::away_reason);
    "macros" "Macros: `name`, `body`." => Hand(fixtures::MACRO, fixtures::reply_macro);
    "subscription_types" "Subscription types: `name`, `consent_type`." => Hand(fixtures::SUBSCRIPTION_TYPE, fixtures::subscription_type);
    "newsfeeds" "Newsfeeds: `name`." => Hand(fixtures::NEWSFEED, fixtures::newsfeed);
    "help_centers" "Help Centers: `identifier`." => Hand(fixtures::HELP_CENTER, fixtures::help_center);
    "data_attributes" "As `data_attributes::Create` takes them." => Operation(api::data_attributes::Create::SPEC);
    "tags" "As `tags::CreateOrUpdate` takes them: `name`." => Operation(api::tags::CreateOrUpdate::SPEC);
    "companies" "As `companies::CreateOrUpdate` takes them." => Operation(api::companies::CreateOrUpdate::SPEC);
    "contacts" "As `contacts::Create` takes them, and `created_at`, `updated_at`, `last_replied_at`, `last_contacted_at`, `tags` (names), `companies` (ids), `notes` (texts), `archived`, `blocked`." => Hand(contacts::FIELDS, contacts::contact);
    "visitors" "Visitors: `user_id`, `email`, `name`, `phone`, `pseudonym`." => Hand(fixtures::VISITOR, fixtures::visitor);
    "segments" "Segments: `name`, `contact_ids`." => Hand(fixtures::SEGMENT, fixtures::segment);
    "events" "As `data_events::Create` takes them." => Operation(api::data_events::Create::SPEC);
    "ticket_types" "As `ticket_types::Create` takes them." => Operation(api::ticket_types::Create::SPEC);
    "ticket_type_attributes" "As `ticket_types::CreateAttribute` takes them, and `ticket_type_id`." => Operation(api::ticket_types::CreateAttribute::SPEC);
    "conversation_attributes" "As `conversation_attributes::Create` takes them." => Operation(api::conversation_attributes::Create::SPEC);
    "conversations" "As `conversations::Create` takes them." => Operation(api::conversations::Create::SPEC);
    "messages" "As `messages::Create` takes them." => Operation(api::messages::Create::SPEC);
    "tickets" "As `tickets::Create` takes them." => Operation(api::tickets::Create::SPEC);
    "collections" "As `help_center::CreateCollection` takes them." => Operation(api::help_center::CreateCollection::SPEC);
    "articles" "As `articles::Create` takes them." => Operation(api::articles::Create::SPEC);
    "internal_articles" "As `internal_articles::Create` takes them." => Operation(api::internal_articles::Create::SPEC);
    "folders" "As `folders::Create` takes them." => Operation(api::folders::Create::SPEC);
    "audiences" "As `audiences::Create` takes them." => Operation(api::audiences::Create::SPEC);
    "news_items" "As `news::CreateNewsItem` takes them." => Operation(api::news::CreateNewsItem::SPEC);
    "content_snippets" "As `content::CreateSnippet` takes them." => Operation(api::content::CreateSnippet::SPEC);
    "content_import_sources" "As `ai_content::CreateContentImportSource` takes them." => Operation(api::ai_content::CreateContentImportSource::SPEC);
    "external_pages" "As `ai_content::CreateOrUpdateExternalPage` takes them." => Operation(api::ai_content::CreateOrUpdateExternalPage::SPEC);
    "custom_object_instances" "As `custom_objects::CreateOrUpdate` takes them, and `custom_object_type_identifier`." => Operation(api::custom_objects::CreateOrUpdate::SPEC);
    "data_connectors" "As `data_connectors::Create` takes them." => Operation(api::data_connectors::Create::SPEC);
    "office_hours_schedules" "As `office_hours::CreateSchedule` takes them." => Operation(api::office_hours::CreateSchedule::SPEC);
}

/// What a seed made.
#[derive(Debug)]
pub(crate) struct Seeded {
    /// The objects by resource, in order, as the API shows them.
    pub(crate) created: Map<String, Value>,
    /// The ids of the objects that had a `$name`, by it.
    pub(crate) names: Map<String, Value>,
}

/// Makes all objects of a seed, whose fields have been checked.
fn plant(service: &mut Service, seed: &Fields) -> Result<Seeded, Invalid> {
    let mut names = Names::default();
    let mut created = Map::new();
    for (resource, maker) in SEEDS {
        let Some(fixtures) = seed.list(resource) else {
            continue;
        };
        let mut objects = Vec::new();
        for (index, fixture) in fixtures.iter().enumerate() {
            let at = format!("{resource}[{index}]");
            let object = make(service, maker, fixture, &mut names);
            objects.push(object.map_err(|error| within(&at, error))?);
        }
        created.insert((*resource).to_owned(), objects.into());
    }
    let mut replies = Vec::new();
    for (index, request) in seed.list("requests").into_iter().flatten().enumerate() {
        let reply = perform(service, &names, request);
        replies.push(reply.map_err(|error| within(&format!("requests[{index}]"), error))?);
    }
    if !replies.is_empty() {
        created.insert("requests".to_owned(), replies.into());
    }
    let names = names.into_object();
    Ok(Seeded { created, names })
}

/// Puts the place of a fixture before what is wrong with it.
fn within(at: &str, error: Invalid) -> Invalid {
    let field = match error.field.as_str() {
        "" => at.to_owned(),
        field => format!("{at}.{field}"),
    };
    Invalid::new(&field, format!("{at}: {}", error.message))
}

fn make(
    service: &mut Service,
    maker: &Maker,
    fixture: &Value,
    names: &mut Names,
) -> Result<Value, Invalid> {
    let mut fixture = names
        .resolve(fixture)
        .as_object()
        .cloned()
        .unwrap_or_default();
    let name = match fixture.remove("$name") {
        None => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => return Err(Invalid::new("$name", "`$name` must be a string")),
    };
    let object = match maker {
        Maker::Operation(spec) => create(service, spec, fixture)?,
        Maker::Hand(fields, make) => make(service, &Fields::checked(fields, fixture)?)?,
    };
    if let Some(name) = name {
        names.add(name, &object)?;
    }
    Ok(object)
}

/// Creates an object by its operation. The arguments of the path are fields of the fixture.
fn create(
    service: &mut Service,
    spec: &Spec,
    mut fixture: Map<String, Value>,
) -> Result<Value, Invalid> {
    let mut path = String::new();
    for part in spec.path.split('/').skip(1) {
        path.push('/');
        let Some(name) = part.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
            path.push_str(part);
            continue;
        };
        let argument = match fixture.remove(name) {
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            _ => return Err(Invalid::new(name, format!("`{name}` is required"))),
        };
        path.extend(names::escaped(&argument));
    }
    let body = Bytes::from(Value::Object(fixture).to_string());
    send(service, spec.method.as_str(), &path, &body)
}

fn perform(service: &mut Service, names: &Names, request: &Value) -> Result<Value, Invalid> {
    let request = names.resolve(request);
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let path: Vec<_> = text("path")
        .split('/')
        .map(|part| names.id_of(part))
        .collect();
    let body = match &request["body"] {
        Value::Null => Bytes::new(),
        body => Bytes::from(body.to_string()),
    };
    send(
        service,
        &text("method").to_uppercase(),
        &path.join("/"),
        &body,
    )
}

fn send(service: &mut Service, method: &str, path: &str, body: &Bytes) -> Result<Value, Invalid> {
    let reply = service.set_up(method, path, body).map_err(|refusal| {
        let field = refusal.field.unwrap_or_default();
        let message = format!(
            "{method} {path} replies {}: {}",
            refusal.status, refusal.message
        );
        Invalid::new(&field, message)
    })?;
    Ok(serde_json::from_slice(reply.body()).unwrap_or_default())
}

impl Emulator {
    /// Makes fixtures, all of them or none.
    pub(crate) fn plant(&self, seed: &Fields) -> Result<Seeded, Invalid> {
        let mut state = self.lock();
        state.revision += 1;
        let service = &mut state.service;
        let before = service.workspace.clone();
        plant(service, seed).inspect_err(|_| service.workspace = before)
    }

    /// Creates objects from JSON: by resource, a list of objects in the form in which the API creates
    /// them. Either all of them are created, or none. Returns what was created, in the same form.
    ///
    /// An object with a `$name` can be referred to by those after it: `"$ada"` stands for the id of the
    /// object whose `$name` is `ada`. docs/emulator.md lists the resources.
    ///
    /// ```
    /// use intercom_emulator::Emulator;
    /// use serde_json::json;
    ///
    /// let emulator = Emulator::new();
    /// let created = emulator.seed(&json!({
    ///     "contacts": [{"$name": "ada", "email": "ada@example.com", "tags": ["vip"]}],
    ///     "conversations": [{"from": {"type": "user", "id": "$ada"}, "body": "Where is my order?"}],
    /// }))?;
    /// assert_eq!(created["contacts"][0]["email"], "ada@example.com");
    /// # Ok::<(), intercom_emulator::InvalidSeed>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns which object is invalid, and why.
    pub fn seed(&self, seed: &Value) -> Result<Value, InvalidSeed> {
        let object = seed.as_object().cloned();
        let object = object.ok_or_else(|| Invalid::new("", "the seed must be a JSON object"));
        let seeded = object
            .and_then(|object| Fields::checked(FIELDS, object))
            .and_then(|seed| self.plant(&seed))
            .map_err(InvalidSeed)?;
        Ok(json!(seeded.created))
    }
}

/// Why a seed is refused.
#[derive(Debug)]
pub struct InvalidSeed(Invalid);

impl InvalidSeed {
    /// Returns the path of the invalid object or field, such as `contacts[1].email`; empty if it is the
    /// seed as a whole.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.0.field
    }
}

impl fmt::Display for InvalidSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for InvalidSeed {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::SEEDS;
    use crate::Emulator;
    use crate::http::is_emulated;

    #[test]
    fn every_resource_that_an_operation_seeds_is_emulated() {
        for (name, maker) in SEEDS {
            if let super::Maker::Operation(spec) = maker {
                assert!(is_emulated(spec), "{name}");
            }
        }
    }

    #[test]
    fn a_seed_with_a_mistake_changes_nothing_and_names_the_place() {
        let emulator = Emulator::new();
        for (seed, part) in [
            (json!({"contact": []}), "unknown field `contact`"),
            (
                json!({"contacts": [{"email": "a@example.com"}, {"emial": "b@example.com"}]}),
                "contacts[1]: unknown field `emial`",
            ),
            (
                json!({"contacts": [{"email": "a@example.com"}, {"email": "a@example.com"}]}),
                "contacts[1]: POST /contacts replies 409",
            ),
            (
                json!({"contacts": [{"email": "a@example.com"}], "requests": [{"method": "GET", "path": "/nowhere"}]}),
                "requests[0]: GET /nowhere replies 404",
            ),
            (
                json!({"ticket_type_attributes": [{"name": "x"}]}),
                "`ticket_type_id` is required",
            ),
            (json!([]), "must be a JSON object"),
        ] {
            let error = emulator.seed(&seed).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert_eq!(emulator.size().contacts, 0);
    }
}
