//! Subscription types, the kinds of messages that contacts opt in to or out of.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::subscription_types::{self, ConsentType, SubscriptionAttach};
//!
//! let choice = SubscriptionAttach::new("106", ConsentType::OptOut);
//! intercom.call(&subscription_types::AttachToContact::new("6762f0d01bb69f9f2193bb7d", choice)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::subscription_types::*;
use intercom_model::{ContactId, List as ModelList, SubscriptionTypeId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all subscription types of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/subscription-types/listsubscriptiontypes)
#[apply(endpoint)]
#[spec(GET "/subscription_types" -> ModelList<SubscriptionType>; since V2_7)]
pub struct List {}

/// Lists the subscription types that a contact opted in to or out of.
///
/// Types for which the contact made no choice are left out.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listsubscriptionsforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/subscriptions" -> ModelList<SubscriptionType>; since V2_7)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
}

/// Opts a contact in to or out of a subscription type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/subscription-types/attachsubscriptiontypetocontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/subscriptions" -> SubscriptionType; since V2_7, idempotent)]
pub struct AttachToContact {
    #[path]
    pub contact_id: ContactId,
    pub body: SubscriptionAttach,
}

/// Withdraws a contact's choice about a subscription type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/subscription-types/detachsubscriptiontypetocontact)
#[apply(endpoint)]
#[spec(DELETE "/contacts/{contact_id}/subscriptions/{subscription_type_id}" -> SubscriptionType; since V2_7)]
pub struct DetachFromContact {
    #[path]
    pub contact_id: ContactId,
    #[path]
    pub subscription_type_id: SubscriptionTypeId,
}
