//! Random requests, after each of which everything that the API shows must agree.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use intercom_emulator::Emulator;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::fetch_in;

/// What a step does. Numbers choose among the objects that exist.
#[derive(Debug, Clone, Copy)]
enum Step {
    CreateUser,
    CreateLead,
    RenameContact(usize),
    ArchiveContact(usize),
    UnarchiveContact(usize),
    DeleteContact(usize),
    MergeContacts(usize, usize),
    CreateCompany(usize),
    DeleteCompany(usize),
    AttachCompany(usize, usize),
    DetachCompany(usize, usize),
    CreateTag(usize),
    DeleteTag(usize),
    TagContact(usize, usize),
    UntagContact(usize, usize),
    AddNote(usize),
    StartConversation(usize),
    Reply(usize),
    Close(usize),
    TagConversation(usize, usize),
    UntagConversation(usize, usize),
    AddParticipant(usize, usize),
    DeleteConversation(usize),
    Convert(usize),
    CreateTicket(usize),
    DeleteTicket(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let (one, two) = (0..6_usize, (0..6_usize, 0..6_usize));
    prop_oneof![
        3 => Just(Step::CreateUser),
        2 => Just(Step::CreateLead),
        1 => one.clone().prop_map(Step::RenameContact),
        1 => one.clone().prop_map(Step::ArchiveContact),
        1 => one.clone().prop_map(Step::UnarchiveContact),
        1 => one.clone().prop_map(Step::DeleteContact),
        1 => two.clone().prop_map(|(from, into)| Step::MergeContacts(from, into)),
        2 => one.clone().prop_map(Step::CreateCompany),
        1 => one.clone().prop_map(Step::DeleteCompany),
        3 => two.clone().prop_map(|(contact, company)| Step::AttachCompany(contact, company)),
        1 => two.clone().prop_map(|(contact, company)| Step::DetachCompany(contact, company)),
        2 => one.clone().prop_map(Step::CreateTag),
        1 => one.clone().prop_map(Step::DeleteTag),
        2 => two.clone().prop_map(|(contact, tag)| Step::TagContact(contact, tag)),
        1 => two.clone().prop_map(|(contact, tag)| Step::UntagContact(contact, tag)),
        1 => one.clone().prop_map(Step::AddNote),
        3 => one.clone().prop_map(Step::StartConversation),
        2 => one.clone().prop_map(Step::Reply),
        1 => one.clone().prop_map(Step::Close),
        2 => two.clone().prop_map(|(conversation, tag)| Step::TagConversation(conversation, tag)),
        1 => two.clone().prop_map(|(conversation, tag)| Step::UntagConversation(conversation, tag)),
        2 => two.prop_map(|(conversation, contact)| Step::AddParticipant(conversation, contact)),
        1 => one.clone().prop_map(Step::DeleteConversation),
        1 => one.clone().prop_map(Step::Convert),
        2 => one.clone().prop_map(Step::CreateTicket),
        1 => one.prop_map(Step::DeleteTicket),
    ]
}

/// A workspace, and what is known to have been created and deleted in it.
struct World {
    emulator: Emulator,
    admin: String,
    ticket_type: String,
    created: usize,
    /// Contacts that are neither archived nor gone.
    contacts: BTreeSet<String>,
    archived: BTreeSet<String>,
    /// Contacts that are gone, and the status with which they say so.
    gone: BTreeMap<String, u16>,
    companies: BTreeSet<String>,
    tags: BTreeSet<String>,
    conversations: BTreeSet<String>,
    deleted_conversations: BTreeSet<String>,
    tickets: BTreeSet<String>,
    deleted_tickets: BTreeSet<String>,
}

fn id_of(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

fn ids(objects: &[Value]) -> BTreeSet<String> {
    let ids: BTreeSet<_> = objects.iter().map(id_of).collect();
    assert_eq!(ids.len(), objects.len(), "an object is listed twice");
    ids
}

fn chosen(ids: &BTreeSet<String>, place: usize) -> Option<String> {
    let place = place.checked_rem(ids.len())?;
    ids.iter().nth(place).cloned()
}

impl World {
    fn new() -> Self {
        let emulator = Emulator::new();
        let admin = emulator.owner().to_string();
        let ticket_type = emulator.ticket_type("Request", "Customer".into()).id;
        Self {
            emulator,
            admin,
            ticket_type: ticket_type.to_string(),
            created: 0,
            contacts: BTreeSet::new(),
            archived: BTreeSet::new(),
            gone: BTreeMap::new(),
            companies: BTreeSet::new(),
            tags: BTreeSet::new(),
            conversations: BTreeSet::new(),
            deleted_conversations: BTreeSet::new(),
            tickets: BTreeSet::new(),
            deleted_tickets: BTreeSet::new(),
        }
    }

    fn send(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let (status, reply) = fetch_in("Preview", &self.emulator, method, path, body);
        assert!(status < 500, "{method} {path}: {status} {reply}");
        (status, reply)
    }

    /// Sends a request that has to succeed.
    fn done(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, reply) = self.send(method, path, body);
        assert!(status < 300, "{method} {path}: {status} {reply}");
        reply
    }

    fn get(&self, path: &str) -> Value {
        self.done("GET", path, Value::Null)
    }

    /// Performs a step, or nothing if there is no object for it.
    fn perform(&mut self, step: Step) -> Option<()> {
        let admin = self.admin.clone();
        match step {
            Step::CreateUser | Step::CreateLead => {
                self.created += 1;
                let contact = match step {
                    Step::CreateLead => json!({ "role": "lead", "name": "Ada" }),
                    _ => json!({ "external_id": format!("user-{}", self.created) }),
                };
                let contact = self.done("POST", "/contacts", contact);
                self.contacts.insert(id_of(&contact));
            }
            Step::RenameContact(place) => {
                let id = chosen(&self.contacts, place)?;
                self.done("PUT", &format!("/contacts/{id}"), json!({ "name": "Ada" }));
            }
            Step::ArchiveContact(place) => {
                let id = chosen(&self.contacts, place)?;
                self.done("POST", &format!("/contacts/{id}/archive"), Value::Null);
                self.contacts.remove(&id);
                self.archived.insert(id);
            }
            Step::UnarchiveContact(place) => {
                let id = chosen(&self.archived, place)?;
                self.done("POST", &format!("/contacts/{id}/unarchive"), Value::Null);
                self.archived.remove(&id);
                self.contacts.insert(id);
            }
            Step::DeleteContact(place) => {
                let id = chosen(&self.contacts, place)?;
                self.done("DELETE", &format!("/contacts/{id}"), Value::Null);
                self.contacts.remove(&id);
                self.gone.insert(id, 404);
            }
            Step::MergeContacts(from, into) => {
                let (from, into) = (chosen(&self.contacts, from)?, chosen(&self.contacts, into)?);
                let merge =
                    json!({ "from": from, "into": into, "skip_duplicate_validation": true });
                let (status, _) = self.send("POST", "/contacts/merge", merge);
                if status < 300 {
                    self.contacts.remove(&from);
                    self.gone.insert(from, 410);
                }
            }
            Step::CreateCompany(place) => {
                let company = json!({ "company_id": format!("company-{place}") });
                let company = self.done("POST", "/companies", company);
                self.companies.insert(id_of(&company));
            }
            Step::DeleteCompany(place) => {
                let id = chosen(&self.companies, place)?;
                self.done("DELETE", &format!("/companies/{id}"), Value::Null);
            }
            Step::AttachCompany(contact, company) => {
                let contact = chosen(&self.contacts, contact)?;
                let company = chosen(&self.companies, company)?;
                let path = format!("/contacts/{contact}/companies");
                self.done("POST", &path, json!({ "id": company }));
            }
            Step::DetachCompany(contact, company) => {
                let contact = chosen(&self.contacts, contact)?;
                let company = chosen(&self.companies, company)?;
                let path = format!("/contacts/{contact}/companies/{company}");
                self.send("DELETE", &path, Value::Null);
            }
            Step::CreateTag(place) => {
                let tag = json!({ "name": format!("tag-{place}") });
                let tag = self.done("POST", "/tags", tag);
                self.tags.insert(id_of(&tag));
            }
            Step::DeleteTag(place) => {
                let id = chosen(&self.tags, place)?;
                self.done("DELETE", &format!("/tags/{id}"), Value::Null);
                self.tags.remove(&id);
            }
            Step::TagContact(contact, tag) => {
                let (contact, tag) = (chosen(&self.contacts, contact)?, chosen(&self.tags, tag)?);
                let path = format!("/contacts/{contact}/tags");
                self.done("POST", &path, json!({ "id": tag }));
            }
            Step::UntagContact(contact, tag) => {
                let (contact, tag) = (chosen(&self.contacts, contact)?, chosen(&self.tags, tag)?);
                let path = format!("/contacts/{contact}/tags/{tag}");
                self.send("DELETE", &path, Value::Null);
            }
            Step::AddNote(contact) => {
                let id = chosen(&self.contacts, contact)?;
                let note = json!({ "body": "Called.", "admin_id": admin });
                self.done("POST", &format!("/contacts/{id}/notes"), note);
            }
            Step::StartConversation(contact) => {
                let id = chosen(&self.contacts, contact)?;
                let new = json!({ "from": { "type": "user", "id": id }, "body": "Hello" });
                let message = self.done("POST", "/conversations", new);
                let id = message["conversation_id"].as_str()?;
                self.conversations.insert(id.to_owned());
            }
            Step::Reply(place) => {
                let id = chosen(&self.conversations, place)?;
                let reply = json!({
                    "message_type": "comment", "type": "admin", "admin_id": admin, "body": "Hi",
                });
                self.done("POST", &format!("/conversations/{id}/reply"), reply);
            }
            Step::Close(place) => {
                let id = chosen(&self.conversations, place)?;
                let close = json!({ "message_type": "close", "type": "admin", "admin_id": admin });
                self.done("POST", &format!("/conversations/{id}/parts"), close);
            }
            Step::TagConversation(conversation, tag) => {
                let id = chosen(&self.conversations, conversation)?;
                let tag = chosen(&self.tags, tag)?;
                let tag = json!({ "id": tag, "admin_id": admin });
                self.done("POST", &format!("/conversations/{id}/tags"), tag);
            }
            Step::UntagConversation(conversation, tag) => {
                let id = chosen(&self.conversations, conversation)?;
                let tag = chosen(&self.tags, tag)?;
                let path = format!("/conversations/{id}/tags/{tag}");
                self.send("DELETE", &path, json!({ "admin_id": admin }));
            }
            Step::AddParticipant(conversation, contact) => {
                let id = chosen(&self.conversations, conversation)?;
                let contact = chosen(&self.contacts, contact)?;
                let add = json!({
                    "admin_id": admin, "customer": { "intercom_user_id": contact },
                });
                self.send("POST", &format!("/conversations/{id}/customers"), add);
            }
            Step::DeleteConversation(place) => {
                let id = chosen(&self.conversations, place)?;
                self.done("DELETE", &format!("/conversations/{id}"), Value::Null);
                self.conversations.remove(&id);
                self.deleted_conversations.insert(id);
            }
            Step::Convert(place) => {
                let id = chosen(&self.conversations, place)?;
                let convert = json!({ "ticket_type_id": self.ticket_type });
                let path = format!("/conversations/{id}/convert");
                let (status, ticket) = self.send("POST", &path, convert);
                if status < 300 {
                    self.tickets.insert(id_of(&ticket));
                }
            }
            Step::CreateTicket(contact) => {
                let id = chosen(&self.contacts, contact)?;
                let ticket = json!({
                    "ticket_type_id": self.ticket_type,
                    "contacts": [{ "id": id }],
                    "ticket_attributes": { "_default_title_": "Broken" },
                });
                let ticket = self.done("POST", "/tickets", ticket);
                self.tickets.insert(id_of(&ticket));
            }
            Step::DeleteTicket(place) => {
                let id = chosen(&self.tickets, place)?;
                self.done("DELETE", &format!("/tickets/{id}"), Value::Null);
                self.tickets.remove(&id);
                self.deleted_tickets.insert(id);
            }
        }
        Some(())
    }

    /// Returns all items of a list that is paged by cursor, and checks their number.
    fn listed(&self, path: &str, items: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}?per_page=3{cursor}"));
            all.extend_from_slice(page[items].as_array().unwrap());
            let Some(next) = page["pages"]["next"]["starting_after"].as_str() else {
                assert_eq!(page["total_count"], all.len(), "{path}");
                return all;
            };
            cursor = format!("&starting_after={next}");
        }
    }

    /// Returns everything that a search for what was created since 1970 finds.
    fn searched(&self, path: &str, items: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut pagination = json!({ "per_page": 2 });
        loop {
            let query = json!({ "field": "created_at", "operator": ">", "value": 1 });
            let search = json!({ "query": query, "pagination": pagination });
            let page = self.done("POST", path, search);
            all.extend_from_slice(page[items].as_array().unwrap());
            let Some(next) = page["pages"]["next"]["starting_after"].as_str() else {
                assert_eq!(page["total_count"], all.len(), "{path}");
                return all;
            };
            pagination = json!({ "per_page": 2, "starting_after": next });
        }
    }

    fn check(&self) {
        self.check_contacts();
        self.check_companies();
        self.check_conversations();
        self.check_tickets();
        let tags = self.get("/tags");
        assert_eq!(ids(tags["data"].as_array().unwrap()), self.tags);
    }

    fn check_contacts(&self) {
        let listed = self.listed("/contacts", "data");
        assert_eq!(ids(&listed), self.contacts);
        assert_eq!(
            ids(&self.searched("/contacts/search", "data")),
            self.contacts
        );
        for (id, status) in &self.gone {
            let (found, _) = self.send("GET", &format!("/contacts/{id}"), Value::Null);
            assert_eq!(found, *status, "{id}");
        }
        for contact in &listed {
            let id = id_of(contact);
            assert_eq!(*contact, self.get(&format!("/contacts/{id}")));
            for (embedded, path) in [
                ("tags", "tags"),
                ("notes", "notes"),
                ("companies", "companies"),
            ] {
                let whole = self.get(&format!("/contacts/{id}/{path}"));
                let (whole, shown) = (whole["data"].as_array().unwrap(), &contact[embedded]);
                assert_eq!(shown["total_count"], whole.len(), "{embedded} of {id}");
                assert_eq!(ids(shown["data"].as_array().unwrap()), ids(whole));
                for item in whole {
                    let one = match embedded {
                        "notes" => format!("/notes/{}", id_of(item)),
                        other => format!("/{other}/{}", id_of(item)),
                    };
                    assert_eq!(self.get(&one)["id"], item["id"]);
                }
            }
        }
    }

    /// Contacts have the companies that have them. Archived contacts are in neither list.
    fn check_companies(&self) {
        let listed = self.get("/companies?per_page=50");
        let listed = listed["data"].as_array().unwrap();
        for company in listed {
            let id = id_of(company);
            let contacts = self.get(&format!("/companies/{id}/contacts?per_page=50"));
            assert_eq!(contacts["total_count"], company["user_count"]);
            let members = ids(contacts["data"].as_array().unwrap());
            for contact in &members {
                let companies = self.get(&format!("/contacts/{contact}/companies"));
                assert!(ids(companies["data"].as_array().unwrap()).contains(&id));
            }
            assert_eq!(members.len(), contacts["total_count"]);
        }
        let listed = ids(listed);
        for id in &self.companies {
            let company = self.get(&format!("/companies/{id}"));
            assert_eq!(listed.contains(id), company["user_count"] != 0, "{company}");
        }
    }

    fn check_conversations(&self) {
        let listed = self.listed("/conversations", "conversations");
        assert_eq!(ids(&listed), self.conversations);
        let searched = self.searched("/conversations/search", "conversations");
        assert_eq!(ids(&searched), self.conversations);
        for conversation in &listed {
            let id = id_of(conversation);
            let whole = self.get(&format!("/conversations/{id}"));
            for field in [
                "state",
                "open",
                "updated_at",
                "contacts",
                "tags",
                "statistics",
            ] {
                assert_eq!(conversation[field], whole[field], "{field} of {id}");
            }
            assert_eq!(whole["open"], whole["state"] != "closed");
            let parts = &whole["conversation_parts"];
            let shown = parts["conversation_parts"].as_array().unwrap();
            assert_eq!(parts["total_count"], ids(shown).len());
            for linked in ids(whole["linked_objects"]["data"].as_array().unwrap()) {
                assert!(self.tickets.contains(&linked), "{linked} of {id}");
            }
            for tag in ids(whole["tags"]["tags"].as_array().unwrap()) {
                assert!(self.tags.contains(&tag), "{tag} of {id}");
            }
            for contact in ids(whole["contacts"]["contacts"].as_array().unwrap()) {
                let is_there = self.contacts.contains(&contact) || self.archived.contains(&contact);
                assert!(is_there, "{contact} of {id}");
            }
        }
        let deleted = self.get("/conversations/deleted?per_page=60");
        let deleted = ids(deleted["conversations"].as_array().unwrap());
        assert_eq!(deleted, self.deleted_conversations);
        for id in &deleted {
            let (status, _) = self.send("GET", &format!("/conversations/{id}"), Value::Null);
            assert_eq!(status, 404, "{id}");
        }
    }

    fn check_tickets(&self) {
        let searched = self.searched("/tickets/search", "tickets");
        assert_eq!(ids(&searched), self.tickets);
        for ticket in &searched {
            let id = id_of(ticket);
            let whole = self.get(&format!("/tickets/{id}"));
            assert_eq!(whole["ticket_id"], ticket["ticket_id"]);
            for linked in ids(whole["linked_objects"]["data"].as_array().unwrap()) {
                assert!(self.conversations.contains(&linked), "{linked} of {id}");
            }
            for contact in ids(whole["contacts"]["contacts"].as_array().unwrap()) {
                let is_there = self.contacts.contains(&contact) || self.archived.contains(&contact);
                assert!(is_there, "{contact} of {id}");
            }
        }
        for id in &self.deleted_tickets {
            let (status, _) = self.send("GET", &format!("/tickets/{id}"), Value::Null);
            assert_eq!(status, 404, "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn what_one_list_shows_no_other_denies(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in steps {
            if world.perform(step).is_some() {
                world.check();
            }
        }
    }
}
