//! Data events: what contacts did, as the workspace reports it.
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

/// The events of one contact in the last 90 days, newest first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/lisdataevents)
#[apply(endpoint)]
#[spec(GET "/events" -> DataEventList; since V2_7; pub(crate) fn new)]
#[paged(events [DataEvent] by url before)]
pub struct List {
    /// Always `user`.
    #[query]
    pub r#type: String,
    /// The contact, by the id that the workspace gave it.
    #[query]
    pub user_id: Option<String>,
    /// The contact, by the id that Intercom gave it.
    #[query]
    pub intercom_user_id: Option<ContactId>,
    #[query]
    pub email: Option<String>,
    /// Whether to count the events of each kind instead of listing them.
    #[query]
    pub summary: Option<bool>,
    /// How many events a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
    /// Only events before this one, as [`DataEventPages::next`] names it.
    #[query]
    pub before: Option<String>,
    /// Only events after this one, as [`DataEventPages::since`] names it.
    #[query]
    pub since: Option<String>,
}

impl List {
    /// The events of the contact with this address.
    #[must_use]
    pub fn by_email(email: impl Into<String>) -> Self {
        Self::new("user").email(email)
    }

    /// The events of the contact with this id, which the workspace gave it.
    #[must_use]
    pub fn by_user_id(user_id: impl Into<String>) -> Self {
        Self::new("user").user_id(user_id)
    }

    /// The events of the contact with this id, which Intercom gave it.
    #[must_use]
    pub fn by_intercom_user_id(intercom_user_id: impl Into<ContactId>) -> Self {
        Self::new("user").intercom_user_id(intercom_user_id)
    }
}

/// Reports what a contact did. The service takes it, and looks at it later: what is wrong with it
/// then is not told.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/createdataevent)
#[apply(endpoint)]
#[spec(POST "/events" => Empty; since V2_7)]
pub struct Create {
    pub body: DataEventCreate,
}

/// Reports how often a contact did something before.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-events/dataeventsummaries)
#[apply(endpoint)]
#[spec(POST "/events/summaries" => Empty; since V2_7)]
pub struct CreateSummaries {
    pub body: DataEventSummaryCreate,
}
