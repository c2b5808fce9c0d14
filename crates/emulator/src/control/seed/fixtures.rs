//! Objects that the API cannot create.

use intercom_core::api::subscription_types::ConsentType;
use intercom_core::api::visitors::Visitor;
use intercom_core::model::{AdminId, ContactId};
use serde::Serialize;
use serde_json::Value;

use crate::control::schema::{Field, Fields, Invalid, Kind, optional, required};
use crate::http::Service;
use crate::object::object;

const NAME: Field = required("name", Kind::Text, "Its name.");

pub(super) static ADMIN: &[Field] = &[NAME, required("email", Kind::Text, "Its email.")];

pub(super) static TEAM: &[Field] = &[
    NAME,
    optional(
        "admin_ids",
        Kind::List(&Kind::Any),
        "The ids of its members.",
    ),
];

pub(super) static AWAY_REASON: &[Field] = &[
    required("label", Kind::Text, "Its label."),
    optional("emoji", Kind::Text, "Its emoji."),
];

pub(super) static MACRO: &[Field] = &[NAME, required("body", Kind::Text, "Its body in HTML.")];

pub(super) static SUBSCRIPTION_TYPE: &[Field] = &[
    NAME,
    optional(
        "consent_type",
        Kind::Choice(&["opt_in", "opt_out"]),
        "`opt_out` by default.",
    ),
];

pub(super) static NEWSFEED: &[Field] = &[NAME];

pub(super) static HELP_CENTER: &[Field] = &[required(
    "identifier",
    Kind::Text,
    "The first part of its address.",
)];

pub(super) static VISITOR: &[Field] = &[
    optional("user_id", Kind::Text, "The id that the Messenger made up."),
    optional("email", Kind::Text, "Its email."),
    optional("name", Kind::Text, "Its name."),
    optional("phone", Kind::Text, "Its phone number."),
    optional("pseudonym", Kind::Text, "The name that was made up for it."),
];

pub(super) static SEGMENT: &[Field] = &[
    NAME,
    optional(
        "contact_ids",
        Kind::List(&Kind::Text),
        "The ids of its members.",
    ),
];

type Made = Result<Value, Invalid>;

fn shown(object: impl Serialize) -> Made {
    serde_json::to_value(object).map_err(|error| Invalid::new("", error.to_string()))
}

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.text(name).unwrap_or_default()
}

/// The ids of a list, numbers or strings.
fn ids(fields: &Fields, name: &str) -> Vec<String> {
    let ids = fields.list(name).into_iter().flatten();
    ids.map(|id| match id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
    .collect()
}

pub(super) fn admin(service: &mut Service, fields: &Fields) -> Made {
    let (name, email) = (text(fields, "name"), text(fields, "email"));
    shown(service.workspace.add_admin(name, email))
}

pub(super) fn team(service: &mut Service, fields: &Fields) -> Made {
    let workspace = &mut service.workspace;
    let members: Vec<_> = ids(fields, "admin_ids")
        .into_iter()
        .map(AdminId::new)
        .collect();
    if let Some(missing) = members.iter().find(|id| workspace.admin(id).is_none()) {
        let message = format!("there is no admin with the id {missing}");
        return Err(Invalid::new("admin_ids", message));
    }
    shown(workspace.add_team(text(fields, "name"), &members))
}

pub(super) fn away_reason(service: &mut Service, fields: &Fields) -> Made {
    let now = service.clock.timestamp();
    let (label, emoji) = (text(fields, "label"), text(fields, "emoji"));
    shown(service.workspace.add_away_reason(label, emoji, now))
}

pub(super) fn reply_macro(service: &mut Service, fields: &Fields) -> Made {
    let now = service.clock.timestamp();
    let (name, body) = (text(fields, "name"), text(fields, "body"));
    shown(service.workspace.add_macro(name, body, now))
}

pub(super) fn subscription_type(service: &mut Service, fields: &Fields) -> Made {
    let consent = ConsentType::from(fields.text("consent_type").unwrap_or("opt_out"));
    let name = text(fields, "name");
    shown(service.workspace.add_subscription_type(name, consent))
}

pub(super) fn newsfeed(service: &mut Service, fields: &Fields) -> Made {
    let now = service.clock.timestamp();
    shown(service.workspace.add_newsfeed(text(fields, "name"), now))
}

pub(super) fn help_center(service: &mut Service, fields: &Fields) -> Made {
    let now = service.clock.timestamp();
    let identifier = text(fields, "identifier");
    shown(service.workspace.add_help_center(identifier, now))
}

pub(super) fn visitor(service: &mut Service, fields: &Fields) -> Made {
    let given = |name| fields.text(name).map(str::to_owned);
    let visitor = object!(Visitor {
        user_id: given("user_id"),
        email: given("email"),
        name: given("name"),
        phone: given("phone"),
        pseudonym: given("pseudonym"),
    });
    let context = service.context(&service.version);
    shown(service.workspace.add_visitor(visitor, &context))
}

pub(super) fn segment(service: &mut Service, fields: &Fields) -> Made {
    let now = service.clock.timestamp();
    let workspace = &mut service.workspace;
    let members: Vec<_> = ids(fields, "contact_ids")
        .into_iter()
        .map(ContactId::new)
        .collect();
    if let Some(missing) = members
        .iter()
        .find(|id| workspace.contacts.get(id).is_none())
    {
        let message = format!("there is no contact with the id {missing}");
        return Err(Invalid::new("contact_ids", message));
    }
    shown(workspace.add_segment(text(fields, "name"), members, now))
}
