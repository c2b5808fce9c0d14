//! What the workspace has for requests to name: an object for each argument of a path.

use std::collections::BTreeMap;
use std::time::Duration;

use intercom_core::api::calls::CallDirection;
use intercom_core::api::data_connectors::DataConnectorHttpMethod;
use intercom_emulator::Emulator;
use serde_json::Value;

use super::exchange::{Request, send};

/// A request that creates or finds an object: the name that the object gets, method, path, body, and
/// where in the reply its id is. Names of earlier objects stand in braces.
type Step = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// In the version Preview, which has all of these operations.
const STEPS: &[Step] = &[
    ("app_id", "GET", "/me", "", "/app/id_code"),
    ("admin_id", "GET", "/me", "", "/id"),
    ("other_admin_id", "GET", "/admins", "", "/admins/1/id"),
    (
        "away_status_reason_id",
        "GET",
        "/away_status_reasons",
        "",
        "/data/0/id",
    ),
    ("team_id", "GET", "/teams", "", "/teams/0/id"),
    ("tag_id", "POST", "/tags", r#"{"name":"fixture"}"#, "/id"),
    ("segment_id", "GET", "/segments", "", "/segments/0/id"),
    (
        "subscription_type_id",
        "GET",
        "/subscription_types",
        "",
        "/data/0/id",
    ),
    ("macro_id", "GET", "/macros", "", "/data/0/id"),
    ("brand_id", "GET", "/brands", "", "/data/0/id"),
    ("email_id", "GET", "/emails", "", "/data/0/id"),
    (
        "help_center_id",
        "GET",
        "/help_center/help_centers",
        "",
        "/data/0/id",
    ),
    (
        "collection_id",
        "POST",
        "/help_center/collections",
        r#"{"name":"Fixture"}"#,
        "/id",
    ),
    (
        "section_id",
        "POST",
        "/help_center/collections",
        r#"{"name":"Inner","parent_id":{collection_id}}"#,
        "/id",
    ),
    ("newsfeed_id", "GET", "/news/newsfeeds", "", "/data/0/id"),
    ("news_item_id", "GET", "/news/news_items", "", "/data/0/id"),
    // People.
    (
        "external_id",
        "POST",
        "/contacts",
        r#"{"external_id":"fixture","email":"fixture@example.com","name":"Fixture","phone":"+353871234567"}"#,
        "/external_id",
    ),
    (
        "contact_id",
        "GET",
        "/contacts/find_by_external_id/{external_id}",
        "",
        "/id",
    ),
    (
        "lead_id",
        "POST",
        "/contacts",
        r#"{"role":"lead","email":"fixture@example.com"}"#,
        "/id",
    ),
    (
        "company_id",
        "POST",
        "/companies",
        r#"{"company_id":"fixture","name":"Fixture","plan":"Pro"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/contacts/{contact_id}/companies",
        r#"{"id":"{company_id}"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/contacts/{contact_id}/tags",
        r#"{"id":"{tag_id}"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/contacts/{contact_id}/subscriptions",
        r#"{"id":"{subscription_type_id}","consent_type":"opt_out"}"#,
        "/id",
    ),
    (
        "note_id",
        "POST",
        "/contacts/{contact_id}/notes",
        r#"{"body":"Fixture","admin_id":"{admin_id}"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/companies/{company_id}/notes",
        r#"{"body":"Fixture","admin_id":"{admin_id}"}"#,
        "/id",
    ),
    (
        "data_attribute_id",
        "POST",
        "/data_attributes",
        r#"{"name":"fixture","model":"contact","data_type":"options","options":[{"value":"1-10"},{"value":"11-20"}]}"#,
        "/id",
    ),
    (
        "audience_id",
        "POST",
        "/audiences",
        r#"{"name":"Fixture","predicates":[]}"#,
        "/id",
    ),
    // The inbox.
    (
        "conversation_id",
        "POST",
        "/conversations",
        r#"{"from":{"type":"user","id":"{contact_id}"},"body":"<p>Hello</p>"}"#,
        "/conversation_id",
    ),
    (
        "part_id",
        "POST",
        "/conversations/{conversation_id}/reply",
        r#"{"message_type":"comment","type":"admin","admin_id":"{admin_id}","body":"<p>Hi</p>"}"#,
        "/conversation_parts/conversation_parts/0/id",
    ),
    (
        "-",
        "POST",
        "/conversations/{conversation_id}/tags",
        r#"{"id":"{tag_id}","admin_id":"{admin_id}"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/conversations/{conversation_id}/customers",
        r#"{"admin_id":"{admin_id}","customer":{"intercom_user_id":"{lead_id}"}}"#,
        "/id",
    ),
    (
        "other_conversation_id",
        "POST",
        "/conversations",
        r#"{"from":{"type":"user","id":"{contact_id}"},"body":"<p>Again</p>"}"#,
        "/conversation_id",
    ),
    (
        "conversation_attribute_id",
        "POST",
        "/conversations/attributes",
        r#"{"name":"fixture","data_type":"list","options":[{"label":"A"},{"label":"B"},{"label":"C"}]}"#,
        "/id",
    ),
    (
        "option_id",
        "GET",
        "/conversations/attributes/{conversation_attribute_id}",
        "",
        "/options/0/id",
    ),
    (
        "ticket_type_id",
        "POST",
        "/ticket_types",
        r#"{"name":"Fixture","category":"Customer"}"#,
        "/id",
    ),
    (
        "other_ticket_type_id",
        "POST",
        "/ticket_types",
        r#"{"name":"Other","category":"Customer"}"#,
        "/id",
    ),
    (
        "ticket_attribute_id",
        "POST",
        "/ticket_types/{ticket_type_id}/attributes",
        r#"{"name":"Fixture","description":"Fixture","data_type":"string"}"#,
        "/id",
    ),
    (
        "ticket_state_id",
        "GET",
        "/ticket_types/{ticket_type_id}",
        "",
        "/ticket_states/data/0/id",
    ),
    (
        "ticket_id",
        "POST",
        "/tickets",
        r#"{"ticket_type_id":"{ticket_type_id}","contacts":[{"id":"{contact_id}"}],"ticket_attributes":{"_default_title_":"Fixture"}}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/tickets/{ticket_id}/tags",
        r#"{"id":"{tag_id}","admin_id":"{admin_id}"}"#,
        "/id",
    ),
    (
        "tracker_type_id",
        "POST",
        "/ticket_types",
        r#"{"name":"Tracker","category":"Tracker"}"#,
        "/id",
    ),
    (
        "tracker_id",
        "POST",
        "/tickets",
        r#"{"ticket_type_id":"{tracker_type_id}","contacts":[{"id":"{contact_id}"}]}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/tickets/{tracker_id}/linked_conversations",
        r#"{"conversation_id":"{other_conversation_id}"}"#,
        "/id",
    ),
    (
        "other_ticket_state_id",
        "GET",
        "/ticket_types/{other_ticket_type_id}",
        "",
        "/ticket_states/data/0/id",
    ),
    // Content.
    (
        "article_id",
        "POST",
        "/articles",
        r#"{"title":"Fixture","author_id":{admin_id},"state":"published","body":"<p>Fixture</p>"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/articles/{article_id}/tags",
        r#"{"id":"{tag_id}"}"#,
        "/id",
    ),
    (
        "-",
        "PUT",
        "/articles/{article_id}",
        r#"{"title":"Fixtures"}"#,
        "/id",
    ),
    (
        "-",
        "PUT",
        "/articles/{article_id}/draft",
        r#"{"title":"Drafts"}"#,
        "/id",
    ),
    (
        "version_id",
        "GET",
        "/articles/{article_id}/versions",
        "",
        "/data/0/id",
    ),
    (
        "internal_article_id",
        "POST",
        "/internal_articles",
        r#"{"title":"Fixture","author_id":{admin_id},"owner_id":{admin_id}}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/internal_articles/{internal_article_id}/tags",
        r#"{"id":"{tag_id}"}"#,
        "/id",
    ),
    (
        "content_snippet_id",
        "POST",
        "/content_snippets",
        r#"{"title":"Fixture","body_markdown":"Fixture"}"#,
        "/id",
    ),
    (
        "-",
        "POST",
        "/content_snippets/{content_snippet_id}/tags",
        r#"{"id":"{tag_id}"}"#,
        "/id",
    ),
    (
        "folder_id",
        "POST",
        "/folders",
        r#"{"folder":{"name":"Fixture"}}"#,
        "/id",
    ),
    (
        "redirect_id",
        "POST",
        "/help_center/help_centers/{help_center_id}/redirects",
        r#"{"from_url":"https://help.example.com/old","locale":"en","target_type":"article","target_id":"{article_id}"}"#,
        "/id",
    ),
    (
        "source_id",
        "POST",
        "/ai/content_import_sources",
        r#"{"sync_behavior":"api","url":"https://www.example.com"}"#,
        "/id",
    ),
    (
        "page_id",
        "POST",
        "/ai/external_pages",
        r#"{"external_id":"fixture","html":"<p>Fixture</p>","locale":"en","source_id":{source_id},"title":"Fixture","url":"https://www.example.com"}"#,
        "/id",
    ),
    // Settings.
    (
        "custom_object_instance_id",
        "POST",
        "/custom_object_instances/Order",
        r#"{"external_id":"fixture"}"#,
        "/id",
    ),
    (
        "office_hours_schedule_id",
        "POST",
        "/office_hours_schedules",
        r#"{"name":"Fixture","time_zone_name":"Europe/Dublin","time_intervals":[{"start_minute":540,"end_minute":1020}]}"#,
        "/id",
    ),
    (
        "office_hours_exception_id",
        "POST",
        "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions",
        r#"{"exception_date":"2026-12-24","exception_type":"closed","name":"Fixture"}"#,
        "/id",
    ),
    (
        "secret_id",
        "POST",
        "/secure_mode_secrets",
        r#"{"name":"Fixture","supports_web":true}"#,
        "/id",
    ),
    (
        "data_connector_id",
        "POST",
        "/data_connectors",
        r#"{"name":"Fixture","http_method":"get","url":"https://example.com"}"#,
        "/id",
    ),
    (
        "view_id",
        "GET",
        "/contacts/{contact_id}/banners",
        "",
        "/data/0/view_id",
    ),
    // Fin.
    (
        "fin_voice_call_id",
        "POST",
        "/fin_voice/register",
        r#"{"phone_number":"+15551230000","call_id":"fixture"}"#,
        "/id",
    ),
    (
        "fin_session",
        "POST",
        "/fin/start",
        r#"{"conversation_id":"ext-fixture","message":{"author":"user","body":"Hi","timestamp":"2025-01-01T00:00:00.000Z"},"user":{"id":"fixture"}}"#,
        "/conversation_id",
    ),
    // Jobs.
    (
        "data_export",
        "POST",
        "/export/content/data",
        r#"{"created_at_after":1,"created_at_before":2000000000}"#,
        "/job_identifier",
    ),
    (
        "reporting_export",
        "POST",
        "/export/reporting_data/enqueue",
        r#"{"dataset_id":"conversation","attribute_ids":["conversation_id"],"start_time":1,"end_time":2000000000}"#,
        "/job_identifier",
    ),
    (
        "-",
        "GET",
        "/export/content/data/{data_export}",
        "",
        "/job_identifier",
    ),
    (
        "-",
        "GET",
        "/export/content/data/{data_export}",
        "",
        "/job_identifier",
    ),
    (
        "-",
        "GET",
        "/export/reporting_data/{reporting_export}?app_id={app_id}&client_id=fixture",
        "",
        "/job_identifier",
    ),
    (
        "-",
        "GET",
        "/export/reporting_data/{reporting_export}?app_id={app_id}&client_id=fixture",
        "",
        "/job_identifier",
    ),
    (
        "message_id",
        "POST",
        "/messages",
        r#"{"from":{"type":"admin","id":"{admin_id}"},"to":{"phone":"+5547999998888","name":"Fixture"},"message_type":"whatsapp","components":[{"type":"BODY","parameters":[{"type":"text","text":"Hi"}]}],"template":"fixture","locale":"en"}"#,
        "/id",
    ),
    (
        "job_id",
        "POST",
        "/tickets/enqueue",
        r#"{"ticket_type_id":"{ticket_type_id}","contacts":[{"id":"{contact_id}"}],"ticket_attributes":{"_default_title_":"Fixture"}}"#,
        "/id",
    ),
    (
        "contacts_job",
        "POST",
        "/contacts/bulk",
        r#"{"contacts":[{"external_id":"bulk"}]}"#,
        "/id",
    ),
    (
        "companies_job",
        "POST",
        "/companies/bulk",
        r#"{"companies":[{"company_id":"bulk"}]}"#,
        "/id",
    ),
];

/// Arguments that are called otherwise in some operations: the operation, the argument, the name of the
/// object.
const RENAMED: &[(&str, &str, &str)] = &[
    ("companies::GetBulkJob", "job_id", "companies_job"),
    ("contacts::GetBulkJob", "job_id", "contacts_job"),
    (
        "conversation_attributes::",
        "attribute_id",
        "conversation_attribute_id",
    ),
    ("conversations::DetachContact", "contact_id", "lead_id"),
    ("data_export::", "job_identifier", "data_export"),
    ("fin_voice::GetByExternalId", "external_id", "external_id"),
    ("fin_voice::GetByPhoneNumber", "phone_number", "caller"),
    ("reporting_export::", "job_identifier", "reporting_export"),
    ("tickets::LinkConversation", "ticket_id", "tracker_id"),
    ("tickets::UnlinkConversation", "ticket_id", "tracker_id"),
    ("ticket_types::", "attribute_id", "ticket_attribute_id"),
    (
        "tickets::UnlinkConversation",
        "conversation_id",
        "other_conversation_id",
    ),
];

/// The ids of objects by name.
#[derive(Debug, Default)]
pub(crate) struct Fixtures(BTreeMap<&'static str, Value>);

impl Fixtures {
    /// Creates the objects in a workspace.
    pub(crate) fn create(emulator: &Emulator) -> Result<Self, String> {
        let mut fixtures = Self::default();
        emulator.set_export("id\n1\n");
        let visitor = emulator.visitor(|_| {});
        let workflow = emulator.workflow(|workflow| workflow.title = Some("Fixture".to_owned()));
        fixtures
            .0
            .insert("workflow_id", workflow.id.as_str().into());
        let connector = emulator.ecommerce_connector();
        fixtures.0.insert("connector_id", connector.as_str().into());
        let procedure = emulator.procedure("Refund", "Refunds an order.");
        fixtures.0.insert("procedure_id", procedure.as_str().into());
        emulator.banner(|banner| banner.title = Some("Fixture".to_owned()));

        fixtures.0.insert("visitor_id", visitor.id.as_str().into());
        if let Some(user_id) = visitor.user_id {
            fixtures.0.insert("visitor_user_id", user_id.into());
        }
        let kind = Value::from("Order");
        fixtures.0.insert("custom_object_type_identifier", kind);
        for (name, method, path, body, place) in STEPS {
            let request = Request {
                method: (*method).to_owned(),
                path: fixtures.fill(path),
                body: fixtures.fill(body),
            };
            let reply = send(emulator, "Preview", &request);
            let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
            match body.pointer(place) {
                Some(id) if reply.status < 300 => {
                    fixtures.0.insert(name, id.clone());
                }
                _ => {
                    let (method, path) = (&request.method, &request.path);
                    return Err(format!("fixture {name}: {method} {path} replied {body}"));
                }
            }
        }
        // By then, calls that Fin takes are matched.
        emulator.advance(Duration::from_secs(40));
        fixtures.0.insert("caller", "+15551230000".into());
        fixtures.add_call(emulator);
        Ok(fixtures)
    }

    /// Adds a call with a recording and a transcript, and a call of a data connector.
    fn add_call(&mut self, emulator: &Emulator) {
        let conversation = self.get("conversation_id").map(text).unwrap_or_default();
        let call = emulator.call(|call| {
            call.conversation_id = Some(conversation.into());
            call.state = Some("completed".to_owned());
            call.direction = Some(CallDirection::Inbound);
            call.recording_url = Some("https://api.intercom.io/calls/1/recording".to_owned());
            call.transcript = Some(Vec::new());
            call.answered_at = Some(emulator.now().into());
            call.ended_at = call.answered_at;
        });
        self.0.insert("call_id", call.id.as_str().into());
        let connector = self.get("data_connector_id").map(text).unwrap_or_default();
        let execution = emulator.data_connector_execution(|result| {
            result.data_connector_id = Some(connector.into());
            result.success = Some(true);
            result.http_status = Some(200);
            result.http_method = Some(DataConnectorHttpMethod::Get);
        });
        self.0.insert("execution_id", execution.id.as_str().into());
    }

    /// Returns the id of an object, as the service writes it.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Returns the value for an argument of an operation.
    pub(crate) fn argument(&self, operation: &str, argument: &str) -> Option<String> {
        let renamed = RENAMED
            .iter()
            .find(|(prefix, name, _)| operation.starts_with(prefix) && *name == argument);
        let name = renamed.map_or(argument, |(_, _, name)| name);
        self.get(name).map(text)
    }

    /// Fills in the ids of objects whose names stand in braces.
    pub(crate) fn fill(&self, template: &str) -> String {
        let mut filled = template.to_owned();
        for (name, id) in &self.0 {
            filled = filled.replace(&format!("{{{name}}}"), &text(id));
        }
        filled
    }
}

fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}
