//! Data events, with which a workspace records what its contacts do.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::data_events::{self, DataEventCreate};
//!
//! let ordered = DataEventCreate::new("placed-order", std::time::SystemTime::now()).email("ada@example.com");
//! intercom.call(&data_events::Create::new(ordered)).await?;
//! # Ok(())
//! # }
//! ```

use intercom_model::ContactId;
pub use intercom_model::data_events::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Lists the events of a contact in the last 90 days, newest first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/lisdataevents)
#[apply(endpoint)]
#[spec(GET "/events" -> DataEventList; since V2_7; pub(crate) fn new)]
#[paged(events [DataEvent] by url before)]
pub struct List {
    /// Always `user`.
    #[query]
    pub r#type: String,
    /// Selects the contact by its id in your own system.
    #[query]
    pub user_id: Option<String>,
    /// Selects the contact by its Intercom id.
    #[query]
    pub intercom_user_id: Option<ContactId>,
    /// Selects the contact by its email.
    #[query]
    pub email: Option<String>,
    /// Counts the events of each kind instead of listing them.
    #[query]
    pub summary: Option<bool>,
    /// Limits how many events a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
    /// Limits the list to events before this one, as [`DataEventPages::next`] names it.
    #[query]
    pub before: Option<String>,
    /// Limits the list to events after this one, as [`DataEventPages::since`] names it.
    #[query]
    pub since: Option<String>,
}

impl List {
    /// Lists the events of the contact with this email.
    #[must_use]
    pub fn by_email(email: impl Into<String>) -> Self {
        Self::new("user").email(email)
    }

    /// Lists the events of the contact with this id in your own system.
    #[must_use]
    pub fn by_user_id(user_id: impl Into<String>) -> Self {
        Self::new("user").user_id(user_id)
    }

    /// Lists the events of the contact with this Intercom id.
    #[must_use]
    pub fn by_intercom_user_id(intercom_user_id: impl Into<ContactId>) -> Self {
        Self::new("user").intercom_user_id(intercom_user_id)
    }
}

/// Records an event of a contact.
///
/// The service accepts the event and processes it later; errors that it finds then are not reported.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/createdataevent)
#[apply(endpoint)]
#[spec(POST "/events" => Empty; since V2_7)]
pub struct Create {
    pub body: DataEventCreate,
}

/// Records how often a contact did something in the past.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/dataeventsummaries)
#[apply(endpoint)]
#[spec(POST "/events/summaries" => Empty; since V2_7)]
pub struct CreateSummaries {
    pub body: DataEventSummaryCreate,
}
