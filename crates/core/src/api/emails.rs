//! The email addresses of a workspace.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::emails;
//!
//! for address in &*intercom.call(&emails::List::new()).await? {
//!     println!("{:?}", address.email);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::emails::*;
use intercom_model::{EmailId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all email addresses.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/emails/listemails)
#[apply(endpoint)]
#[spec(GET "/emails" -> ModelList<EmailSetting>; since V2_15)]
pub struct List {}

/// Returns an email address by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/emails/retrieveemail)
#[apply(endpoint)]
#[spec(GET "/emails/{email_id}" -> EmailSetting; since V2_15)]
pub struct Get {
    #[path]
    pub email_id: EmailId,
}
