//! Phone switches, which move a caller from a phone call to the Messenger.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::phone_switches::{self, PhoneSwitchCreate};
//!
//! intercom.call(&phone_switches::Create::new(PhoneSwitchCreate::new("+353832345678"))).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::phone_switches::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Sends a caller an SMS that leads to the Messenger.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/switch/createphoneswitch)
#[apply(endpoint)]
#[spec(POST "/phone_call_redirects" -> PhoneSwitch; since V2_7)]
pub struct Create {
    pub body: PhoneSwitchCreate,
}
