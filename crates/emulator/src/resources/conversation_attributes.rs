//! Conversation attributes: the definitions of what conversations have. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversation_attributes::{
    AttributeReference, ConversationAttribute, ConversationAttributeCreate,
    ConversationAttributeOption, ConversationAttributeType, Create, CreateOption, Delete,
    DeleteOption, Get, List, OptionLabel, Relationship, Update, UpdateOption,
};
use intercom_core::model::{
    AttributeOptionId, ConversationAttributeId, List as ModelList, ObjectType, TeamId,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The fewest active options of a list.
const MIN_OPTIONS: usize = 2;

fn no_attribute(message: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("conversation_attribute_not_found"),
        message,
    )
}

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::ParameterInvalid,
        message,
    )
}

fn reference(relationship: Relationship) -> AttributeReference {
    object!(AttributeReference {
        r#type: Some(relationship.r#type),
        object_type_id: relationship.object_type_id,
    })
}

impl Workspace {
    fn conversation_attribute(
        &mut self,
        id: &ConversationAttributeId,
    ) -> Result<&mut ConversationAttribute, Refusal> {
        let attribute = self.conversation_attributes.get_mut(id);
        attribute.ok_or_else(|| no_attribute("Conversation attribute not found"))
    }

    /// Returns the options of a list attribute.
    fn options_of(
        &mut self,
        id: &ConversationAttributeId,
    ) -> Result<&mut Vec<ConversationAttributeOption>, Refusal> {
        let attribute = self.conversation_attribute(id)?;
        if attribute.data_type != Some(ConversationAttributeType::List) {
            let message = "Options can only be managed on list attributes";
            return Err(invalid(message));
        }
        Ok(attribute.options.get_or_insert_default())
    }

    fn new_option(&mut self, label: OptionLabel) -> Result<ConversationAttributeOption, Refusal> {
        if label.label.trim().is_empty() {
            return Err(invalid("label is required"));
        }
        Ok(object!(ConversationAttributeOption {
            id: AttributeOptionId::new(self.ids.uuid()),
            label: Some(label.label),
            archived: Some(false),
        }))
    }

    fn changed(
        &mut self,
        id: &ConversationAttributeId,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let attribute = self.conversation_attribute(id)?;
        attribute.updated_at = Some(context.now);
        Ok(attribute.clone())
    }
}

impl Handle<List> for Workspace {
    fn handle(
        &mut self,
        list: List,
        _: &Context,
    ) -> Result<ModelList<ConversationAttribute>, Refusal> {
        let archived = list.include_archived == Some(true);
        let attributes = self.conversation_attributes.values();
        let attributes = attributes.filter(|it| archived || it.archived != Some(true));
        Ok(ModelList::from(attributes.cloned().collect::<Vec<_>>()))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<ConversationAttribute, Refusal> {
        self.conversation_attribute(&get.attribute_id).cloned()
    }
}

impl Handle<Create> for Workspace {
    fn handle(
        &mut self,
        create: Create,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        use ConversationAttributeCreate as New;
        use ConversationAttributeType as Type;

        let teams = |teams: Option<Vec<TeamId>>| teams.unwrap_or_default();
        macro_rules! attribute {
            ($kind:ident, $body:ident) => {
                object!(ConversationAttribute {
                    name: Some($body.name),
                    description: Some($body.description.unwrap_or_default()),
                    data_type: Some(Type::$kind),
                    required: Some($body.required.unwrap_or(false)),
                    visible_to_team_ids: teams($body.visible_to_team_ids),
                })
            };
        }
        let mut attribute = match create.body {
            New::Boolean(body) => attribute!(Boolean, body),
            New::Datetime(body) => attribute!(Datetime, body),
            New::Decimal(body) => attribute!(Decimal, body),
            New::Files(body) => attribute!(Files, body),
            New::Integer(body) => attribute!(Integer, body),
            New::String(body) => {
                let multiline = body.multiline;
                let mut attribute = attribute!(String, body);
                attribute.multiline = Some(multiline.unwrap_or(false));
                attribute
            }
            New::List(body) => {
                let labels = body.options.unwrap_or_default();
                if labels.len() < MIN_OPTIONS {
                    return Err(invalid(format!(
                        "A list attribute must have at least {MIN_OPTIONS} active options"
                    )));
                }
                let options = labels.into_iter().map(|label| self.new_option(label));
                let options = options.collect::<Result<Vec<_>, _>>()?;
                let mut attribute = object!(ConversationAttribute {
                    name: Some(body.name),
                    description: Some(body.description.unwrap_or_default()),
                    data_type: Some(Type::List),
                    required: Some(body.required.unwrap_or(false)),
                    visible_to_team_ids: teams(body.visible_to_team_ids),
                });
                attribute.options = Some(options);
                attribute
            }
            New::Relationship(body) => {
                let target = body.reference.map(reference);
                let mut attribute = object!(ConversationAttribute {
                    name: Some(body.name),
                    description: Some(body.description.unwrap_or_default()),
                    data_type: Some(Type::Relationship),
                    required: Some(body.required.unwrap_or(false)),
                    visible_to_team_ids: teams(body.visible_to_team_ids),
                });
                attribute.reference = target;
                attribute
            }
            _ => {
                return Err(invalid(
                    "data_type is not valid. Allowed types: string, integer, list, decimal, boolean, datetime, relationship, files",
                ));
            }
        };
        if attribute
            .name
            .as_deref()
            .is_none_or(|it| it.trim().is_empty())
        {
            return Err(invalid("name is required"));
        }
        attribute.r#type = Some(ObjectType::from("conversation_attribute"));
        attribute.id = ConversationAttributeId::from(self.ids.decimal());
        attribute.archived = Some(false);
        attribute.created_at = Some(context.now);
        attribute.updated_at = Some(context.now);
        attribute.admin_id = Some(self.owner());
        self.conversation_attributes
            .insert(attribute.id.clone(), attribute.clone());
        Ok(attribute)
    }
}

impl Handle<Update> for Workspace {
    fn handle(
        &mut self,
        update: Update,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let body = update.body;
        let attribute = self.conversation_attribute(&update.attribute_id)?;
        attribute.name = body.name.or(attribute.name.take());
        attribute.description = body.description.or(attribute.description.take());
        attribute.required = body.required.or(attribute.required);
        if let Some(teams) = body.visible_to_team_ids {
            attribute.visible_to_team_ids = teams;
        }
        attribute.multiline = body.multiline.or(attribute.multiline);
        attribute.reference = body.reference.map(reference).or(attribute.reference.take());
        self.changed(&update.attribute_id, context)
    }
}

impl Handle<Delete> for Workspace {
    /// Archives an attribute.
    fn handle(
        &mut self,
        delete: Delete,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let id = &delete.attribute_id;
        self.conversation_attribute(id)?.archived = Some(true);
        self.changed(id, context)
    }
}

impl Handle<CreateOption> for Workspace {
    fn handle(
        &mut self,
        create: CreateOption,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let id = &create.attribute_id;
        self.options_of(id)?;
        let option = self.new_option(create.body)?;
        self.options_of(id)?.push(option);
        self.changed(id, context)
    }
}

impl Handle<UpdateOption> for Workspace {
    fn handle(
        &mut self,
        update: UpdateOption,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let id = &update.attribute_id;
        if update.body.label.trim().is_empty() {
            return Err(invalid("label is required"));
        }
        let mut options = self.options_of(id)?.iter_mut();
        let option = options
            .find(|option| option.id == update.option_id)
            .ok_or_else(|| no_attribute("List option not found"))?;
        option.label = Some(update.body.label);
        self.changed(id, context)
    }
}

impl Handle<DeleteOption> for Workspace {
    /// Archives an option.
    fn handle(
        &mut self,
        delete: DeleteOption,
        context: &Context,
    ) -> Result<ConversationAttribute, Refusal> {
        let id = &delete.attribute_id;
        let options = self.options_of(id)?;
        let active = options
            .iter()
            .filter(|it| it.archived != Some(true))
            .count();
        let option = options
            .iter_mut()
            .find(|option| option.id == delete.option_id)
            .ok_or_else(|| no_attribute("List option not found"))?;
        if option.archived != Some(true) && active <= MIN_OPTIONS {
            return Err(invalid(format!(
                "A list attribute must have at least {MIN_OPTIONS} active options"
            )));
        }
        option.archived = Some(true);
        self.changed(id, context)
    }
}
