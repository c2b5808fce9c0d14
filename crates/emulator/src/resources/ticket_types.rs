//! Ticket types, and the states of tickets, which are the same for all types.

use intercom_core::ApiVersion;
use intercom_core::api::ticket_types::{
    Create, Get, List, ListStates, TicketAttributeType, TicketCategory, TicketInputOptions,
    TicketState, TicketStateCategory, TicketStateDetailed, TicketType, TicketTypeAttribute,
    TicketTypeAttributeList, TicketTypeCreate, TicketTypeList,
};
use intercom_core::model::{
    List as ModelList, ObjectType, TicketStateId, TicketTypeAttributeId, TicketTypeId, Timestamp,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// Every state: its id, its category, and what teammates and contacts see of it.
const STATES: &[(&str, TicketStateCategory, &str, &str)] = &[
    (
        "1",
        TicketStateCategory::Submitted,
        "Submitted",
        "Submitted",
    ),
    (
        "2",
        TicketStateCategory::InProgress,
        "In progress",
        "In progress",
    ),
    (
        "3",
        TicketStateCategory::WaitingOnCustomer,
        "Waiting on customer",
        "Waiting on you",
    ),
    ("4", TicketStateCategory::Resolved, "Resolved", "Resolved"),
];

/// The attributes that every ticket type has, and whether they take several lines.
const ATTRIBUTES: &[(&str, bool)] = &[(TITLE, false), (DESCRIPTION, true)];

pub(crate) const TITLE: &str = "_default_title_";
pub(crate) const DESCRIPTION: &str = "_default_description_";

fn states() -> impl Iterator<Item = TicketState> {
    STATES.iter().map(|(id, category, internal, external)| {
        object!(TicketState {
            r#type: Some(ObjectType::TicketState),
            id: TicketStateId::new(*id),
            category: Some(category.clone()),
            internal_label: Some((*internal).to_owned()),
            external_label: Some((*external).to_owned()),
        })
    })
}

/// The state in which a ticket begins.
pub(crate) fn first_state() -> TicketState {
    states().next().unwrap_or_default()
}

impl Workspace {
    pub(crate) fn add_ticket_type(&mut self, body: TicketTypeCreate, now: Timestamp) -> TicketType {
        // A number, as attributes name their type; the type itself has it as a text.
        let id = TicketTypeId::from(self.ids.decimal());
        let attributes = ATTRIBUTES
            .iter()
            .enumerate()
            .map(|(order, (name, multiline))| {
                object!(TicketTypeAttribute {
                    r#type: Some(ObjectType::TicketTypeAttribute),
                    id: TicketTypeAttributeId::new(self.ids.decimal().to_string()),
                    workspace_id: Some(self.workspace_id.clone()),
                    name: Some((*name).to_owned()),
                    description: Some(String::new()),
                    data_type: Some(TicketAttributeType::String),
                    input_options: Some(object!(TicketInputOptions {
                        multiline: Some(*multiline)
                    })),
                    order: i64::try_from(order).ok(),
                    required_to_create: Some(false),
                    required_to_create_for_contacts: Some(false),
                    visible_on_create: Some(true),
                    visible_to_contacts: Some(true),
                    default: Some(true),
                    ticket_type_id: Some(id.clone()),
                    archived: Some(false),
                    created_at: Some(now),
                    updated_at: Some(now),
                })
            });
        let attributes = object!(TicketTypeAttributeList {
            r#type: Some(ObjectType::List),
            data: attributes.collect(),
        });
        let ticket_type = object!(TicketType {
            r#type: Some(ObjectType::TicketType),
            id: TicketTypeId::new(id.as_str()),
            name: Some(body.name),
            description: body.description,
            icon: Some(body.icon.unwrap_or_else(|| "🎟️".to_owned())),
            workspace_id: Some(self.workspace_id.clone()),
            archived: Some(false),
            created_at: Some(now),
            updated_at: Some(now),
            is_internal: Some(body.is_internal.unwrap_or(false)),
            category: Some(body.category.unwrap_or(TicketCategory::Customer)),
            ticket_type_attributes: Some(attributes),
            ticket_states: Some(states().collect::<Vec<_>>().into()),
        });
        self.ticket_types
            .insert(ticket_type.id.clone(), ticket_type.clone());
        ticket_type
    }

    /// A ticket type as this version shows it.
    pub(crate) fn ticket_type(
        &self,
        id: &TicketTypeId,
        version: &ApiVersion,
    ) -> Result<TicketType, Refusal> {
        let mut found = self.ticket_types.get(id).cloned();
        if let Some(ticket_type) = &mut found {
            if *version < ApiVersion::V2_10 {
                ticket_type.category = None;
            }
            if *version < ApiVersion::V2_12 {
                ticket_type.ticket_states = None;
            }
        }
        found.ok_or_else(Refusal::not_found)
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, context: &Context) -> Result<TicketTypeList, Refusal> {
        let types = self.ticket_types.keys();
        let types: Result<_, _> = types
            .map(|id| self.ticket_type(id, &context.version))
            .collect();
        Ok(object!(TicketTypeList {
            r#type: Some(ObjectType::List),
            data: types?,
        }))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<TicketType, Refusal> {
        self.ticket_type(&get.ticket_type_id, &context.version)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<TicketType, Refusal> {
        if create.body.name.trim().is_empty() {
            return Err(Refusal::missing("name", "name is required"));
        }
        let id = self.add_ticket_type(create.body, context.now).id;
        self.ticket_type(&id, &context.version)
    }
}

impl Handle<ListStates> for Workspace {
    fn handle(
        &mut self,
        _: ListStates,
        _: &Context,
    ) -> Result<ModelList<TicketStateDetailed>, Refusal> {
        let types = self.ticket_types.values().map(|ticket_type| {
            object!(TicketType {
                r#type: Some(ObjectType::TicketType),
                id: ticket_type.id.clone(),
                name: ticket_type.name.clone(),
                description: ticket_type.description.clone(),
                icon: ticket_type.icon.clone(),
                archived: ticket_type.archived,
                is_internal: ticket_type.is_internal,
                category: ticket_type.category.clone(),
            })
        });
        let types: Vec<_> = types.collect();
        let states = states().map(|state| {
            object!(TicketStateDetailed {
                r#type: state.r#type,
                id: state.id,
                category: state.category,
                internal_label: state.internal_label,
                external_label: state.external_label,
                archived: Some(false),
                ticket_types: Some(types.clone().into()),
            })
        });
        Ok(states.collect::<Vec<_>>().into())
    }
}
