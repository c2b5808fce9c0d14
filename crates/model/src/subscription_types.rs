//! Subscription types: the kinds of messages that contacts opt in to or out of.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{Locale, ObjectType, SubscriptionTypeId};

open_enum! {
    /// Whether contacts get messages until they opt out, or only once they opted in.
    pub enum ConsentType {
        OptIn = "opt_in",
        OptOut = "opt_out",
    }
}

open_enum! {
    /// How far a subscription type is.
    pub enum SubscriptionTypeState {
        Archived = "archived",
        Draft = "draft",
        Live = "live",
    }
}

open_enum! {
    /// What a subscription type is used for.
    pub enum SubscriptionContentType {
        Email = "email",
        SmsMessage = "sms_message",
    }
}

/// A kind of messages that contacts opt in to or out of.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/subscription-types/subscription_type)
#[apply(response)]
pub struct SubscriptionType {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: SubscriptionTypeId,
    pub state: Option<SubscriptionTypeState>,
    pub consent_type: Option<ConsentType>,
    pub default_translation: Option<SubscriptionTranslation>,
    #[serde(deserialize_with = "null::as_default")]
    pub translations: Vec<SubscriptionTranslation>,
    #[serde(deserialize_with = "null::as_default")]
    pub content_types: Vec<SubscriptionContentType>,
}

/// How a subscription type is shown in one language.
#[apply(response)]
pub struct SubscriptionTranslation {
    pub name: Option<String>,
    pub description: Option<String>,
    pub locale: Option<Locale>,
}

/// A contact's choice about a subscription type.
#[apply(body)]
pub struct SubscriptionAttach {
    pub id: SubscriptionTypeId,
    /// That of the subscription type: with [`ConsentType::OptOut`] the contact opts out of it, with
    /// [`ConsentType::OptIn`] in to it.
    pub consent_type: ConsentType,
}
