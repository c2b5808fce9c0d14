//! Data connectors: calls to other services, which workflows and Fin make. From 2.16.
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

/// All connectors, last changed first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/listdataconnectors)
#[apply(endpoint)]
#[spec(GET "/data_connectors" -> ModelList<DataConnector>; since V2_16)]
#[paged(data [DataConnector] by cursor starting_after)]
pub struct List {
    /// How many connectors a page has: 20 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
}

/// One connector.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/retrievedataconnector)
#[apply(endpoint)]
#[spec(GET "/data_connectors/{data_connector_id}" -> DataConnector; since V2_16)]
pub struct Get {
    #[path]
    pub data_connector_id: DataConnectorId,
    /// Whether as it is in use (the default), or as it is drafted.
    #[query]
    pub state_version: Option<DataConnectorState>,
}

/// Creates a connector, as a draft.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/createdataconnector)
#[apply(endpoint)]
#[spec(POST "/data_connectors" -> DataConnector; since V2_16)]
pub struct Create {
    pub body: DataConnectorCreate,
}

/// Changes the named fields of a connector, or puts it into use.
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

/// What the calls of a connector gave, those of the last hour by default.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/listdataconnectorexecutionresults)
#[apply(endpoint)]
#[spec(GET "/data_connectors/{data_connector_id}/execution_results" -> ModelList<DataConnectorExecutionResult>; since V2_16)]
#[paged(data [DataConnectorExecutionResult] by cursor starting_after)]
pub struct ListExecutionResults {
    #[path]
    pub data_connector_id: DataConnectorId,
    /// How many results a page has: 10 by default, 30 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
    /// Only calls that succeeded, or only those that failed.
    #[query]
    pub success: Option<bool>,
    #[query]
    pub error_type: Option<DataConnectorErrorType>,
    /// Only calls from then on: from an hour ago by default.
    #[query]
    pub start_ts: Option<Timestamp>,
    /// Only calls up to then: up to now by default.
    #[query]
    pub end_ts: Option<Timestamp>,
    /// Whether the bodies come too.
    #[query]
    pub include_bodies: Option<bool>,
}

/// What one call of a connector gave, with its bodies.
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
