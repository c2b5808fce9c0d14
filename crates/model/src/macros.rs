//! Macros of the inbox: replies that teammates keep for use. From 2.16.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{MacroId, ObjectType, TeamId, Timestamp};

open_enum! {
    /// Who can use a macro.
    pub enum MacroVisibility {
        Everyone = "everyone",
        /// The teams of `visible_to_team_ids`.
        SpecificTeams = "specific_teams",
    }
}

open_enum! {
    /// The places in which a macro can be used.
    pub enum MacroPlace {
        Inbox = "inbox",
        Messenger = "messenger",
    }
}

/// A reply that is kept for use. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/macros/macro)
#[apply(response)]
pub struct Macro {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: MacroId,
    pub name: Option<String>,
    /// HTML, in which `<attribute key="user.name" default="there"/>` stands for what is filled in.
    pub body: Option<String>,
    /// Plain text, where `{{user.name|fallback:"there"}}` stands for what is filled in.
    pub body_text: Option<String>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub updated_at: Option<Timestamp>,
    pub visible_to: Option<MacroVisibility>,
    #[serde(deserialize_with = "null::as_default")]
    pub visible_to_team_ids: Vec<TeamId>,
    #[serde(deserialize_with = "null::as_default")]
    pub available_on: Vec<MacroPlace>,
}
