//! What the workspace has for requests to name: an object for each argument of a path.

use std::collections::BTreeMap;
use std::time::Duration;

use intercom_core::api::calls::CallDirection;
use intercom_core::api::data_connectors::DataConnectorHttpMethod;
use intercom_emulator::Emulator;
use serde_json::Value;

use super::exchange::{Request, send};

/// The requests that create the objects.
const STEPS: &str = include_str!("../../emulator_fixtures.tsv");

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
        emulator.set_export("id\n1\n");
        emulator.banner(|banner| banner.title = Some("Fixture".to_owned()));
        let workflow = emulator.workflow(|workflow| workflow.title = Some("Fixture".to_owned()));
        let visitor = emulator.visitor(|_| {});
        let mut fixtures = Self::default();
        for (name, id) in [
            ("caller", "+15551230000".to_owned()),
            ("connector_id", emulator.ecommerce_connector().to_string()),
            ("custom_object_type_identifier", "Order".to_owned()),
            (
                "procedure_id",
                emulator
                    .procedure("Refund", "Refunds an order.")
                    .to_string(),
            ),
            ("visitor_id", visitor.id.to_string()),
            ("visitor_user_id", visitor.user_id.unwrap_or_default()),
            ("workflow_id", workflow.id.to_string()),
        ] {
            fixtures.0.insert(name, id.into());
        }
        for line in STEPS.lines().filter(|line| !line.starts_with('#')) {
            fixtures.step(emulator, line)?;
        }
        let fin_session = fixtures.get("fin_session").map(text).unwrap_or_default();
        let asked = emulator.fin_agent(fin_session).complete_with_rating();
        asked.map_err(|error| error.to_string())?;
        // By then, calls that Fin takes are matched.
        emulator.advance(Duration::from_secs(40));
        fixtures.add_call(emulator);
        Ok(fixtures)
    }

    /// Performs one of the steps.
    fn step(&mut self, emulator: &Emulator, line: &'static str) -> Result<(), String> {
        let columns: Vec<&'static str> = line.split('\t').collect();
        let &[name, method, path, place, body] = columns.as_slice() else {
            return Err(format!("a fixture needs 5 columns: {line}"));
        };
        let request = Request {
            method: method.to_owned(),
            path: self.fill(path),
            body: self.fill(if body == "-" { "" } else { body }),
        };
        let reply = send(emulator, "Preview", &request);
        let reply_body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
        match reply_body.pointer(place) {
            Some(id) if reply.status < 300 => {
                self.0.insert(name, id.clone());
                Ok(())
            }
            _ => {
                let path = &request.path;
                Err(format!(
                    "fixture {name}: {method} {path} replied {reply_body}"
                ))
            }
        }
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
