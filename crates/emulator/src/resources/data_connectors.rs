//! Data connectors. Since 2.16. Nothing calls them, so results of calls come from fixtures alone.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::data_connectors::{
    Create, DataConnector, DataConnectorAudience, DataConnectorCreate, DataConnectorErrorType,
    DataConnectorExecutionResult, DataConnectorExecutionType, DataConnectorFieldType,
    DataConnectorHeader, DataConnectorHttpMethod, DataConnectorResponseField,
    DataConnectorResponseType, DataConnectorState, DataConnectorTransformation,
    DataConnectorUpdate, Delete, Get, GetExecutionResult, List, ListExecutionResults, Update,
};
use intercom_core::model::{
    AttributeValue, DataConnectorExecutionId, DataConnectorId, Deleted, List as ModelList,
    ObjectType,
};

use crate::object::object;
use crate::query::{Rank, after_cursor, page_size};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The page sizes of connectors, and of results: by default and at most.
const CONNECTORS: (u32, u32) = (20, 50);
const RESULTS: (u32, u32) = (10, 30);

/// How long a function of the Messenger may take, in milliseconds.
const TIMEOUT: u64 = 30_000;

/// How far back results are listed by default, in seconds.
const HOUR: i64 = 60 * 60;

/// What stands in place of the value of a header.
const HIDDEN: &str = "****";

fn no_connector() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("data_connector_not_found"),
        "Data connector not found",
    )
}

fn invalid(field: &str, message: impl Into<String>) -> Refusal {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Refusal::new(status, ErrorCode::ParameterInvalid, message).field(field)
}

fn conflict(message: &str) -> Refusal {
    Refusal::new(StatusCode::CONFLICT, ErrorCode::Conflict, message)
}

/// Adds the fields of a response that was made up, by their paths.
fn response_fields(
    path: &str,
    value: &AttributeValue,
    fields: &mut Vec<DataConnectorResponseField>,
) {
    let kind = match value {
        AttributeValue::Object(inner) => {
            for (name, value) in inner {
                response_fields(&format!("{path}.{name}"), value, fields);
            }
            return;
        }
        AttributeValue::Bool(_) => DataConnectorFieldType::Boolean,
        AttributeValue::Text(_) => DataConnectorFieldType::String,
        AttributeValue::Number(number) if number.is_f64() => DataConnectorFieldType::Decimal,
        AttributeValue::Number(_) => DataConnectorFieldType::Integer,
        _ => DataConnectorFieldType::Undetermined,
    };
    fields.push(object!(DataConnectorResponseField {
        path: Some(path.to_owned()),
        r#type: Some(kind),
        example_value: value.clone(),
        redacted: Some(false),
    }));
}

/// Returns the update that makes a new connector of what a body says.
fn update_of(body: DataConnectorCreate) -> DataConnectorUpdate {
    let mut update = DataConnectorUpdate::new().name(body.name);
    update.description = body.description;
    update.http_method = body.http_method;
    update.url = body.url;
    update.body = body.body;
    update.direct_fin_usage = body.direct_fin_usage;
    update.audiences = body.audiences;
    update.headers = body.headers;
    update.data_inputs = body.data_inputs;
    update.customer_authentication = body.customer_authentication;
    update.bypass_authentication = body.bypass_authentication;
    update.validate_missing_attributes = body.validate_missing_attributes;
    update.token_ids = body.token_ids;
    update.mock_response = body.mock_response;
    update
}

fn check(update: &DataConnectorUpdate) -> Result<(), Refusal> {
    if update
        .name
        .as_ref()
        .is_some_and(|name| name.trim().is_empty())
    {
        let (status, code) = (
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::ParameterNotFound,
        );
        return Err(Refusal::new(status, code, "Name is required").field("name"));
    }
    let known = |method| DataConnectorHttpMethod::KNOWN.contains(method);
    if !update.http_method.as_ref().is_none_or(known) {
        return Err(invalid("http_method", "Http Method isn't an option"));
    }
    let mut audiences = update.audiences.iter().flatten();
    if !audiences.all(|audience| DataConnectorAudience::KNOWN.contains(audience)) {
        let message = "Invalid audiences. Must be a subset of: leads, users, visitors";
        return Err(invalid("audiences", message));
    }
    let known = |state| DataConnectorState::KNOWN.contains(state);
    if !update.state.as_ref().is_none_or(known) {
        let message = "Invalid state. Must be one of: draft, live";
        return Err(invalid("state", message));
    }
    Ok(())
}

/// Applies an update that was checked.
fn apply(update: DataConnectorUpdate, connector: &mut DataConnector) {
    macro_rules! change {
        ($($field:ident)*) => {
            $( connector.$field = update.$field.or(connector.$field.take()); )*
        };
    }
    change! {
        name description state http_method url body direct_fin_usage audiences headers data_inputs
        customer_authentication bypass_authentication validate_missing_attributes token_ids
    }
    if let Some(response) = update.mock_response {
        let mut fields = Vec::new();
        for (name, value) in &response {
            response_fields(name, value, &mut fields);
        }
        connector.response_fields = Some(fields);
        connector.configuration_response_type = Some(DataConnectorResponseType::Mock);
    }
}

/// Returns a connector as replies show it: without the values of its headers.
fn show(connector: &DataConnector) -> DataConnector {
    let mut shown = connector.clone();
    let headers = shown.headers.unwrap_or_default().into_iter();
    let headers = headers.map(|header| {
        object!(DataConnectorHeader {
            name: header.name,
            value: Some(HIDDEN.into()),
        })
    });
    shown.headers = Some(headers.collect());
    shown
}

/// Returns a connector as lists show it.
fn summary(connector: &DataConnector) -> DataConnector {
    let connector = connector.clone();
    object!(DataConnector {
        r#type: connector.r#type,
        id: connector.id,
        name: connector.name,
        description: connector.description,
        state: connector.state,
        http_method: connector.http_method,
        direct_fin_usage: connector.direct_fin_usage,
        created_by_admin_id: connector.created_by_admin_id,
        updated_by_admin_id: connector.updated_by_admin_id,
        created_at: connector.created_at,
        updated_at: connector.updated_at,
        execution_results_url: connector.execution_results_url,
    })
}

impl Workspace {
    fn connector(&self, id: &DataConnectorId) -> Result<&DataConnector, Refusal> {
        self.data_connectors.get(id).ok_or_else(no_connector)
    }

    /// Stores the result of a call of a connector.
    pub(crate) fn add_execution(
        &mut self,
        mut result: DataConnectorExecutionResult,
        context: &Context,
    ) -> DataConnectorExecutionResult {
        result.r#type = Some(ObjectType::from("data_connector.execution"));
        result.id = DataConnectorExecutionId::new(self.ids.decimal().to_string());
        result.created_at.get_or_insert(context.now);
        self.executions.insert(result.id.clone(), result.clone());
        result
    }
}

/// Makes the pages of a list say only what those of connectors do.
fn without_numbers<T>(mut list: ModelList<T>) -> ModelList<T> {
    list.total_count = None;
    list
}

fn bad_cursor(_: Refusal) -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::from("client_error"),
        "Invalid starting_after param. Please try again using a starting_after value from a paginated response",
    )
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, _: &Context) -> Result<ModelList<DataConnector>, Refusal> {
        let per_page = page_size(list.per_page, CONNECTORS.0, CONNECTORS.1)?;
        let ranked = self.data_connectors.values().map(|connector| {
            let second = connector.updated_at.unwrap_or_default().as_second();
            (Rank::by_number(second, connector.id.as_str()), connector)
        });
        let cursor = list.starting_after.as_deref();
        let slice = after_cursor(ranked, true, cursor, per_page).map_err(bad_cursor)?;
        Ok(without_numbers(slice.into_list(summary)))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<DataConnector, Refusal> {
        let connector = self.connector(&get.data_connector_id)?;
        match &get.state_version {
            None | Some(DataConnectorState::Draft) => Ok(show(connector)),
            Some(DataConnectorState::Live) => {
                let is_live = connector.state == Some(DataConnectorState::Live);
                is_live.then(|| show(connector)).ok_or_else(no_connector)
            }
            Some(_) => {
                let message = "Invalid state_version. Must be one of: live, draft";
                Err(Refusal::invalid("state_version", message))
            }
        }
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<DataConnector, Refusal> {
        let update = update_of(create.body);
        check(&update)?;
        let id = DataConnectorId::new(self.ids.decimal().to_string());
        let mut connector = object!(DataConnector {
            r#type: Some(ObjectType::from("data_connector")),
            id: id.clone(),
            state: Some(DataConnectorState::Draft),
            http_method: Some(DataConnectorHttpMethod::Get),
            direct_fin_usage: Some(false),
            created_by_admin_id: Some(self.owner()),
            updated_by_admin_id: Some(self.owner()),
            created_at: Some(context.now),
            updated_at: Some(context.now),
            execution_results_url: Some(format!("/data_connectors/{id}/execution_results")),
            audiences: Some(Vec::new()),
            headers: Some(Vec::new()),
            execution_type: Some(DataConnectorExecutionType::ServerSide),
            configuration_response_type: Some(DataConnectorResponseType::Test),
            data_transformation_type: Some(DataConnectorTransformation::FullAccess),
            client_function_timeout_ms: Some(TIMEOUT),
            data_inputs: Some(Vec::new()),
            response_fields: Some(Vec::new()),
            object_mappings: Some(Vec::new()),
            token_ids: Some(Vec::new()),
            customer_authentication: Some(false),
            bypass_authentication: Some(false),
            validate_missing_attributes: Some(false),
        });
        apply(update, &mut connector);
        self.data_connectors.insert(id, connector.clone());
        Ok(show(&connector))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<DataConnector, Refusal> {
        let (id, body) = (update.data_connector_id, update.body);
        self.connector(&id)?;
        check(&body)?;
        let mut inputs = body.data_inputs.iter().flatten();
        if inputs.any(|input| input.description.as_deref().unwrap_or_default().is_empty()) {
            let message = "data_inputs must have descriptions";
            return Err(invalid("data_inputs", message));
        }
        let owner = self.owner();
        let connector = self.data_connectors.get_mut(&id).ok_or_else(no_connector)?;
        apply(body, connector);
        connector.updated_by_admin_id = Some(owner);
        connector.updated_at = Some(context.now);
        Ok(show(connector))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<DataConnectorId>, Refusal> {
        let id = delete.data_connector_id;
        if self.connector(&id)?.state == Some(DataConnectorState::Live) {
            return Err(conflict(
                "Data connector must be in draft state to be deleted",
            ));
        }
        self.data_connectors.remove(&id);
        self.executions
            .retain(|_, result| result.data_connector_id.as_ref() != Some(&id));
        Ok(deleted(id, ObjectType::from("data_connector")))
    }
}

impl Handle<ListExecutionResults> for Workspace {
    fn handle(
        &mut self,
        list: ListExecutionResults,
        context: &Context,
    ) -> Result<ModelList<DataConnectorExecutionResult>, Refusal> {
        self.connector(&list.data_connector_id)?;
        if let Some(kind) = &list.error_type
            && !DataConnectorErrorType::KNOWN.contains(kind)
        {
            let message = format!("Invalid error_type: {kind}");
            return Err(Refusal::invalid("error_type", message));
        }
        let per_page = page_size(list.per_page, RESULTS.0, RESULTS.1)?;
        let start = list
            .start_ts
            .map_or_else(|| context.now.as_second() - HOUR, |start| start.as_second());
        let end = list.end_ts.unwrap_or(context.now).as_second();
        let ranked = self.executions.values().filter_map(|result| {
            let second = result.created_at.unwrap_or_default().as_second();
            let is_wanted = result.data_connector_id.as_ref() == Some(&list.data_connector_id)
                && (start..=end).contains(&second)
                && list
                    .success
                    .is_none_or(|success| result.success == Some(success))
                && (list.error_type.is_none() || result.error_type == list.error_type);
            is_wanted.then(|| (Rank::by_number(second, result.id.as_str()), result))
        });
        let cursor = list.starting_after.as_deref();
        let slice = after_cursor(ranked, true, cursor, per_page).map_err(bad_cursor)?;
        let with_bodies = list.include_bodies == Some(true);
        Ok(without_numbers(slice.into_list(|result| {
            let mut shown = result.clone();
            if !with_bodies {
                shown.request_body = None;
                shown.response_body = None;
                shown.raw_response_body = None;
            }
            shown
        })))
    }
}

impl Handle<GetExecutionResult> for Workspace {
    fn handle(
        &mut self,
        get: GetExecutionResult,
        _: &Context,
    ) -> Result<DataConnectorExecutionResult, Refusal> {
        self.connector(&get.data_connector_id)?;
        let result = self.executions.get(&get.execution_id);
        let connector = Some(&get.data_connector_id);
        let result = result.filter(|result| result.data_connector_id.as_ref() == connector);
        result.cloned().ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::from("execution_result_not_found"),
                "Execution result not found",
            )
        })
    }
}
