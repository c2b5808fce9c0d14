//! Jobs, which the service runs in the background.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::tickets::{self, TicketContact, TicketCreate};
//!
//! let ticket = TicketCreate::new("53", [TicketContact::email("ada@example.com")]);
//! let job = intercom.start(&tickets::Enqueue::new(ticket)).await?;
//! println!("created as {:?}", job.wait().await?.resource_id);
//! # Ok(())
//! # }
//! ```

use intercom_model::JobId;
pub use intercom_model::jobs::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Returns the progress of a job.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/jobs/jobsstatus)
#[apply(endpoint)]
#[spec(GET "/jobs/status/{job_id}" -> Job; since V2_14)]
pub struct Get {
    #[path]
    pub job_id: JobId,
}
