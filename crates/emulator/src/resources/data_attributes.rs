//! Data attributes: the definitions of what contacts, companies and conversations have.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::data_attributes::{
    Create, DataAttribute, DataAttributeModel, DataAttributeOption, DataType, List, Update,
};
use intercom_core::model::{
    AttributeValue, CustomAttributes, DataAttributeId, List as ModelList, ObjectType,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::attributes::check_attributes;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The standard attributes of contacts: the name, the label and the type.
const CONTACT: &[(&str, &str, DataType)] = &[
    ("id", "ID", DataType::String),
    ("role", "Role", DataType::String),
    ("external_id", "User ID", DataType::String),
    ("email", "Email", DataType::String),
    ("phone", "Phone", DataType::String),
    ("name", "Name", DataType::String),
    ("owner_id", "Owner", DataType::Integer),
    ("created_at", "First seen", DataType::Date),
    ("signed_up_at", "Signed up", DataType::Date),
    ("last_seen_at", "Last seen", DataType::Date),
    ("last_contacted_at", "Last contacted", DataType::Date),
    ("last_replied_at", "Last heard from", DataType::Date),
    (
        "unsubscribed_from_emails",
        "Unsubscribed from emails",
        DataType::Boolean,
    ),
    (
        "marked_email_as_spam",
        "Marked email as spam",
        DataType::Boolean,
    ),
    ("has_hard_bounced", "Has hard bounced", DataType::Boolean),
    ("language_override", "Language override", DataType::String),
    ("browser", "Browser", DataType::String),
    ("browser_language", "Browser language", DataType::String),
    ("os", "OS", DataType::String),
    ("location.country", "Country", DataType::String),
    ("location.region", "Region", DataType::String),
    ("location.city", "City", DataType::String),
];

/// The standard attributes of companies.
const COMPANY: &[(&str, &str, DataType)] = &[
    ("company_id", "Company ID", DataType::String),
    ("name", "Company name", DataType::String),
    ("plan", "Plan", DataType::String),
    ("size", "Company size", DataType::Integer),
    ("website", "Company website", DataType::String),
    ("industry", "Company industry", DataType::String),
    ("monthly_spend", "Monthly spend", DataType::Float),
    ("session_count", "Company web sessions", DataType::Integer),
    ("user_count", "People", DataType::Integer),
    ("remote_created_at", "Company created at", DataType::Date),
    ("created_at", "First seen", DataType::Date),
    ("last_request_at", "Company last seen", DataType::Date),
];

/// The attributes that the API can write.
const WRITABLE: &[&str] = &[
    "external_id",
    "email",
    "phone",
    "name",
    "owner_id",
    "signed_up_at",
    "last_seen_at",
    "unsubscribed_from_emails",
    "language_override",
    "company_id",
    "plan",
    "size",
    "website",
    "industry",
    "monthly_spend",
    "remote_created_at",
];

fn standard(model: &DataAttributeModel) -> impl Iterator<Item = DataAttribute> {
    let attributes = match model {
        DataAttributeModel::Contact => CONTACT,
        DataAttributeModel::Company => COMPANY,
        _ => &[],
    };
    let model = model.clone();
    attributes.iter().map(move |(name, label, data_type)| {
        object!(DataAttribute {
            r#type: Some(ObjectType::DataAttribute),
            model: Some(model.clone()),
            name: Some(name.rsplit('.').next().unwrap_or(name).to_owned()),
            full_name: Some((*name).to_owned()),
            label: Some((*label).to_owned()),
            description: Some(String::new()),
            data_type: Some(data_type.clone()),
            api_writable: Some(WRITABLE.contains(name)),
            messenger_writable: Some(false),
            ui_writable: Some(false),
            custom: Some(false),
            archived: Some(false),
        })
    })
}

/// Returns the type of an attribute with this value.
fn type_of(value: &AttributeValue) -> Option<DataType> {
    match value {
        AttributeValue::Text(_) => Some(DataType::String),
        AttributeValue::Bool(_) => Some(DataType::Boolean),
        AttributeValue::Number(number) if number.is_f64() => Some(DataType::Float),
        AttributeValue::Number(_) => Some(DataType::Integer),
        _ => None,
    }
}

fn fits(attribute: &DataAttribute, value: &AttributeValue) -> bool {
    match attribute.data_type.as_ref() {
        Some(DataType::Boolean) => value.as_bool().is_some(),
        Some(DataType::Integer) => value.as_i64().is_some(),
        Some(DataType::Float) => value.as_f64().is_some(),
        Some(DataType::Date | DataType::Datetime) => value.as_time().is_some(),
        Some(DataType::Options) => {
            let options = attribute.options.iter().flatten();
            let text = value.as_str();
            text.is_some_and(|text| options.into_iter().any(|option| option.as_str() == text))
        }
        _ => value.as_str().is_some() || value.as_f64().is_some() || value.as_bool().is_some(),
    }
}

impl Workspace {
    pub(crate) fn defined(&self, model: &DataAttributeModel, name: &str) -> Option<&DataAttribute> {
        let id = self
            .data_attribute_names
            .get(&(model.clone(), name.into()))?;
        self.data_attributes.get(id)
    }

    /// Checks custom attributes by their definitions. An attribute without one is defined by its
    /// first value, as the service does for attributes that an API client sends.
    pub(crate) fn check_custom_attributes(
        &mut self,
        model: &DataAttributeModel,
        attributes: &CustomAttributes,
        context: &Context,
    ) -> Result<(), Refusal> {
        check_attributes(attributes)?;
        let mut new = Vec::new();
        for (name, value) in attributes.iter().filter(|(_, value)| !value.is_null()) {
            match self.defined(model, name) {
                Some(attribute) if fits(attribute, value) => {}
                Some(attribute) => {
                    let kind = attribute
                        .data_type
                        .as_ref()
                        .map_or("string", DataType::as_str);
                    let message = format!("Custom attribute '{name}' must be of type {kind}");
                    return Err(Refusal::invalid("custom_attributes", message));
                }
                None => new.extend(type_of(value).map(|kind| (name.to_owned(), kind))),
            }
        }
        for (name, data_type) in new {
            let attribute = object!(DataAttribute {
                model: Some(model.clone()),
                name: Some(name),
                data_type: Some(data_type),
            });
            self.add_data_attribute(attribute, context);
        }
        Ok(())
    }

    /// Stores a new custom attribute. What it lacks gets its default.
    pub(crate) fn add_data_attribute(
        &mut self,
        mut attribute: DataAttribute,
        context: &Context,
    ) -> DataAttribute {
        let id = DataAttributeId::from(self.ids.decimal());
        let name = attribute.name.clone().unwrap_or_default();
        attribute.r#type = Some(ObjectType::DataAttribute);
        attribute.id = Some(id.clone());
        attribute.full_name = Some(format!("custom_attributes.{name}"));
        attribute.label = Some(name.clone());
        attribute.description.get_or_insert_default();
        attribute.api_writable = Some(true);
        attribute.messenger_writable.get_or_insert(false);
        attribute.ui_writable = Some(true);
        attribute.custom = Some(true);
        attribute.archived = Some(false);
        attribute.admin_id = Some(self.owner());
        attribute.created_at = Some(context.now);
        attribute.updated_at = Some(context.now);
        if let Some(model) = attribute.model.clone() {
            self.data_attribute_names
                .insert((model, name.into()), id.clone());
        }
        self.data_attributes.insert(id, attribute.clone());
        attribute
    }
}

/// Options as replies have them: strings.
fn options(options: Vec<DataAttributeOption>) -> Vec<DataAttributeOption> {
    let options = options.into_iter().map(|option| match option {
        DataAttributeOption::Value(option) => DataAttributeOption::Text(option.value),
        text @ DataAttributeOption::Text(_) => text,
    });
    options.collect()
}

/// Returns an attribute as replies show it: one with options holds strings.
fn show(attribute: &DataAttribute) -> DataAttribute {
    let mut shown = attribute.clone();
    if shown.data_type == Some(DataType::Options) {
        shown.data_type = Some(DataType::String);
    }
    shown
}

fn invalid(field: &str, message: impl Into<String>) -> Refusal {
    Refusal::invalid(field, message)
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, _: &Context) -> Result<ModelList<DataAttribute>, Refusal> {
        if list.model == Some(DataAttributeModel::Conversation) {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::ParameterInvalid,
                "Conversation attributes are listed at /conversations/attributes",
            ));
        }
        let archived = list.include_archived == Some(true);
        let models = [DataAttributeModel::Contact, DataAttributeModel::Company];
        let wanted = |model: &DataAttributeModel| list.model.as_ref().is_none_or(|it| it == model);
        let standard = models
            .iter()
            .filter(|model| wanted(model))
            .flat_map(standard);
        let custom = self.data_attributes.values().filter(|attribute| {
            attribute.model.as_ref().is_some_and(wanted)
                && (archived || attribute.archived != Some(true))
        });
        let all = standard.chain(custom.map(show));
        Ok(ModelList::from(all.collect::<Vec<_>>()))
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<DataAttribute, Refusal> {
        let body = create.body;
        let models = [DataAttributeModel::Contact, DataAttributeModel::Company];
        if !models.contains(&body.model) {
            return Err(invalid("model", "model must be contact or company"));
        }
        if !DataType::KNOWN.contains(&body.data_type) {
            let message = format!("{} is not a valid data type", body.data_type);
            return Err(invalid("data_type", message));
        }
        let allowed =
            |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ' ');
        if body.name.trim().is_empty() || !body.name.chars().all(allowed) {
            let message = "name may only contain letters, digits, spaces, hyphens and underscores";
            return Err(invalid("name", message));
        }
        if self.defined(&body.model, &body.name).is_some() {
            let message = format!("an attribute named '{}' already exists", body.name);
            return Err(invalid("name", message));
        }
        let options = body.options.map(options);
        if body.data_type == DataType::Options && options.as_ref().is_none_or(|it| it.len() < 2) {
            return Err(invalid("options", "options must have at least 2 values"));
        }
        let attribute = object!(DataAttribute {
            model: Some(body.model),
            name: Some(body.name),
            data_type: Some(body.data_type),
            description: body.description,
            options: options,
            messenger_writable: body.messenger_writable,
        });
        Ok(show(&self.add_data_attribute(attribute, context)))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<DataAttribute, Refusal> {
        let body = update.body;
        let attribute = self.data_attributes.get_mut(&update.data_attribute_id);
        let attribute = attribute.ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::from("field_not_found"),
                "We couldn't find that data attribute to update",
            )
        })?;
        if let Some(new) = body.options {
            if attribute.data_type != Some(DataType::Options) {
                return Err(invalid(
                    "options",
                    "only attributes of type options have options",
                ));
            }
            attribute.options = Some(options(new));
        }
        attribute.description = body.description.or(attribute.description.take());
        attribute.messenger_writable = body.messenger_writable.or(attribute.messenger_writable);
        attribute.archived = body.archived.or(attribute.archived);
        attribute.updated_at = Some(context.now);
        Ok(show(attribute))
    }
}
