//! Data connectors, through which workflows and Fin call other services.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::data_connectors::{self, DataConnectorCreate, DataConnectorHttpMethod};
//!
//! let status = DataConnectorCreate::new("Order status")
//!     .http_method(DataConnectorHttpMethod::Get)
//!     .url("https://api.example.com/orders/{{order_id}}/status");
//! let created = intercom.call(&data_connectors::Create::new(status)).await?;
//! println!("{} is a draft", created.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::data_connectors::*;
use intercom_model::{
    DataConnectorExecutionId, DataConnectorId, Deleted, List as ModelList, Timestamp,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all connectors, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/listdataconnectors)
#[apply(endpoint)]
#[spec(GET "/data_connectors" -> ModelList<DataConnector>; since V2_16)]
#[paged(data [DataConnector] by cursor starting_after)]
pub struct List {
    /// Limits how many connectors a page has: 20 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
}

/// Returns a connector by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/retrievedataconnector)
#[apply(endpoint)]
#[spec(GET "/data_connectors/{data_connector_id}" -> DataConnector; since V2_16)]
pub struct Get {
    #[path]
    pub data_connector_id: DataConnectorId,
    /// Selects the live connector, which is the default, or its draft.
    #[query]
    pub state_version: Option<DataConnectorState>,
}

/// Creates a connector as a draft.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/createdataconnector)
#[apply(endpoint)]
#[spec(POST "/data_connectors" -> DataConnector; since V2_16)]
pub struct Create {
    pub body: DataConnectorCreate,
}

/// Updates a connector, or makes it live.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/updatedataconnector)
#[apply(endpoint)]
#[spec(PATCH "/data_connectors/{data_connector_id}" -> DataConnector; since V2_16, idempotent)]
pub struct Update {
    #[path]
    pub data_connector_id: DataConnectorId,
    pub body: DataConnectorUpdate,
}

/// Deletes a connector, which must be a draft that nothing uses.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/deletedataconnector)
#[apply(endpoint)]
#[spec(DELETE "/data_connectors/{data_connector_id}" -> Deleted<DataConnectorId>; since V2_16)]
pub struct Delete {
    #[path]
    pub data_connector_id: DataConnectorId,
}

/// Lists the results of a connector's calls, those of the last hour by default.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/listdataconnectorexecutionresults)
#[apply(endpoint)]
#[spec(GET "/data_connectors/{data_connector_id}/execution_results" -> ModelList<DataConnectorExecutionResult>; since V2_16)]
#[paged(data [DataConnectorExecutionResult] by cursor starting_after)]
pub struct ListExecutionResults {
    #[path]
    pub data_connector_id: DataConnectorId,
    /// Limits how many results a page has: 10 by default, 30 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
    /// Limits the list to calls that succeeded (`true`) or failed (`false`).
    #[query]
    pub success: Option<bool>,
    /// Limits the list to calls that failed with this type of error.
    #[query]
    pub error_type: Option<DataConnectorErrorType>,
    /// Sets the start of the time range: an hour ago by default.
    #[query]
    pub start_ts: Option<Timestamp>,
    /// Sets the end of the time range: now by default.
    #[query]
    pub end_ts: Option<Timestamp>,
    /// Includes the request and response bodies.
    #[query]
    pub include_bodies: Option<bool>,
}

/// Returns the result of one call of a connector, with its bodies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/showdataconnectorexecutionresult)
#[apply(endpoint)]
#[spec(GET "/data_connectors/{data_connector_id}/execution_results/{execution_id}" -> DataConnectorExecutionResult; since V2_16)]
pub struct GetExecutionResult {
    #[path]
    pub data_connector_id: DataConnectorId,
    #[path]
    pub execution_id: DataConnectorExecutionId,
}
