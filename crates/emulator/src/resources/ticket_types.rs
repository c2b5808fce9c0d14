//! Ticket types, and the states of tickets, which are the same for all types.

use http::StatusCode;
use intercom_core::api::ticket_types::{
    Create, CreateAttribute, Get, List, ListStates, TicketAttributeType, TicketCategory,
    TicketInputOptions, TicketState, TicketStateCategory, TicketStateDetailed, TicketType,
    TicketTypeAttribute, TicketTypeAttributeList, TicketTypeCreate, TicketTypeList, Update,
    UpdateAttribute,
};
use intercom_core::model::{
    AttributeValue, List as ModelList, ObjectType, TicketStateId, TicketTypeAttributeId,
    TicketTypeId, Timestamp,
};

use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// Every state: its id, its category, and its labels for teammates and for contacts.
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

/// The attributes that every ticket type has, and whether they are multiline.
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

/// Returns the state of an id.
pub(crate) fn state_by_id(id: &TicketStateId) -> Result<TicketState, Refusal> {
    states().find(|state| state.id == *id).ok_or_else(|| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::from("ticket_state_id_invalid"),
            "Ticket state id is not valid or is not associated with the ticket type",
        )
    })
}

/// Returns the first state of a category.
pub(crate) fn state_by_category(category: &TicketStateCategory) -> Result<TicketState, Refusal> {
    let mut states = states().filter(|state| state.category.as_ref() == Some(category));
    states
        .next()
        .ok_or_else(|| Refusal::invalid("state", format!("{category} is not a valid ticket state")))
}

/// Returns the ids and labels of the items of a list attribute.
pub(crate) fn list_items(attribute: &TicketTypeAttribute) -> Vec<(&str, &str)> {
    let options = attribute.input_options.as_ref();
    let items = options.and_then(|options| options.other.get("list_items"));
    let items = items.and_then(|items| items.as_list()).unwrap_or_default();
    items
        .iter()
        .filter_map(|item| match item {
            AttributeValue::Object(fields) => {
                let text = |name: &str| fields.get(name).and_then(AttributeValue::as_str);
                Some((text("id")?, text("label")?))
            }
            _ => None,
        })
        .collect()
}

/// Returns the state in which tickets begin.
pub(crate) fn first_state() -> TicketState {
    states().next().unwrap_or_default()
}

/// Returns the id as attributes have that of their type: as a number.
fn as_number(id: &TicketTypeId) -> TicketTypeId {
    let number = id.as_str().parse::<u64>();
    number.map_or_else(|_| id.clone(), TicketTypeId::from)
}

impl Workspace {
    pub(crate) fn add_ticket_type(&mut self, body: TicketTypeCreate, now: Timestamp) -> TicketType {
        // Attributes have the id of their type as a number, types have it as a string.
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
                    ticket_type_id: Some(as_number(&id)),
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
            description: Some(body.description.unwrap_or_default()),
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

    /// Returns a ticket type as this version shows it.
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
        if let Some(category) = &create.body.category {
            check_category(category)?;
        }
        let id = self.add_ticket_type(create.body, context.now).id;
        self.ticket_type(&id, &context.version)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<TicketType, Refusal> {
        let (id, body) = (update.ticket_type_id, update.body);
        if let Some(category) = &body.category {
            check_category(category)?;
        }
        let ticket_type = self.ticket_types.get_mut(&id);
        let ticket_type = ticket_type.ok_or_else(Refusal::not_found)?;
        ticket_type.name = body.name.or(ticket_type.name.take());
        ticket_type.description = body.description.or(ticket_type.description.take());
        ticket_type.category = body.category.or(ticket_type.category.take());
        ticket_type.icon = body.icon.or(ticket_type.icon.take());
        ticket_type.archived = body.archived.or(ticket_type.archived);
        ticket_type.is_internal = body.is_internal.or(ticket_type.is_internal);
        ticket_type.updated_at = Some(context.now);
        self.ticket_type(&id, &context.version)
    }
}

fn check_category(category: &TicketCategory) -> Result<(), Refusal> {
    if TicketCategory::KNOWN.contains(category) {
        return Ok(());
    }
    let message = format!("{category} is not a valid ticket category");
    Err(Refusal::invalid("category", message))
}

/// Returns the options of an attribute's input.
fn input_options(
    multiline: Option<bool>,
    items: Option<&str>,
    several: Option<bool>,
) -> TicketInputOptions {
    let mut options = object!(TicketInputOptions {
        multiline: multiline,
    });
    if let Some(items) = items {
        let items = items
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        let items = items.enumerate().map(|(index, label)| {
            AttributeValue::Object(
                [
                    (
                        "id".to_owned(),
                        AttributeValue::from((index + 1).to_string()),
                    ),
                    ("label".to_owned(), AttributeValue::from(label)),
                ]
                .into(),
            )
        });
        let items = AttributeValue::List(items.collect());
        options.other.insert("list_items".to_owned(), items);
    }
    if let Some(several) = several {
        let name = "allow_multiple_values".to_owned();
        options.other.insert(name, AttributeValue::from(several));
    }
    options
}

impl Handle<CreateAttribute> for Workspace {
    fn handle(
        &mut self,
        create: CreateAttribute,
        context: &Context,
    ) -> Result<TicketTypeAttribute, Refusal> {
        let (type_id, body) = (create.ticket_type_id, create.body);
        if !TicketAttributeType::KNOWN.contains(&body.data_type) {
            let message = format!("{} is not a valid data type", body.data_type);
            return Err(Refusal::invalid("data_type", message));
        }
        if body.data_type == TicketAttributeType::List && body.list_items.is_none() {
            return Err(Refusal::missing("list_items", "list_items is required"));
        }
        let id = TicketTypeAttributeId::new(self.ids.decimal().to_string());
        let workspace_id = self.workspace_id.clone();
        let ticket_type = self.ticket_types.get_mut(&type_id);
        let ticket_type = ticket_type.ok_or_else(Refusal::not_found)?;
        let attributes = ticket_type.ticket_type_attributes.get_or_insert_default();
        let taken = |attribute: &TicketTypeAttribute| {
            attribute.name.as_ref() == Some(&body.name) && attribute.archived != Some(true)
        };
        if attributes.data.iter().any(taken) {
            let message = format!("An attribute named {} already exists", body.name);
            return Err(Refusal::invalid("name", message));
        }
        let options = input_options(
            body.multiline,
            body.list_items.as_deref(),
            body.allow_multiple_values,
        );
        let attribute = object!(TicketTypeAttribute {
            r#type: Some(ObjectType::TicketTypeAttribute),
            id: id,
            workspace_id: Some(workspace_id),
            name: Some(body.name),
            description: Some(body.description),
            data_type: Some(body.data_type),
            input_options: Some(options),
            order: i64::try_from(attributes.data.len()).ok(),
            required_to_create: Some(body.required_to_create.unwrap_or(false)),
            required_to_create_for_contacts: Some(
                body.required_to_create_for_contacts.unwrap_or(false)
            ),
            visible_on_create: Some(body.visible_on_create.unwrap_or(true)),
            visible_to_contacts: Some(body.visible_to_contacts.unwrap_or(true)),
            default: Some(false),
            ticket_type_id: Some(as_number(&type_id)),
            archived: Some(false),
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        attributes.data.push(attribute.clone());
        Ok(attribute)
    }
}

impl Handle<UpdateAttribute> for Workspace {
    fn handle(
        &mut self,
        update: UpdateAttribute,
        context: &Context,
    ) -> Result<TicketTypeAttribute, Refusal> {
        let body = update.body;
        let ticket_type = self.ticket_types.get_mut(&update.ticket_type_id);
        let ticket_type = ticket_type.ok_or_else(Refusal::not_found)?;
        let attributes = ticket_type.ticket_type_attributes.get_or_insert_default();
        let mut attributes = attributes.data.iter_mut();
        let attribute = attributes
            .find(|attribute| attribute.id == update.attribute_id)
            .ok_or_else(Refusal::not_found)?;
        macro_rules! change {
            ($($field:ident)*) => {
                $( attribute.$field = body.$field.or(attribute.$field.take()); )*
            };
        }
        change! {
            name description required_to_create required_to_create_for_contacts visible_on_create
            visible_to_contacts archived
        }
        if let Some(multiline) = body.multiline {
            attribute.input_options.get_or_insert_default().multiline = Some(multiline);
        }
        let options = input_options(None, body.list_items.as_deref(), body.allow_multiple_values);
        let current = attribute.input_options.get_or_insert_default();
        current.other.extend(options.other);
        attribute.updated_at = Some(context.now);
        Ok(attribute.clone())
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
