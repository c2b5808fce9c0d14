//! Phone switches: from a phone call over into the Messenger.

use macro_rules_attribute::apply;

use crate::vocabulary::declare::{body, response};
use crate::{CustomAttributes, ObjectType};

/// An SMS that leads a caller into the Messenger.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/phone_switch)
#[apply(response)]
pub struct PhoneSwitch {
    pub r#type: Option<ObjectType>,
    /// The number that got the SMS, in E.164 form. Described, but not always sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The URL that the SMS links to. Not in the descriptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Whom to lead into the Messenger.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_phone_switch_request)
#[apply(body)]
pub struct PhoneSwitchCreate {
    /// The number that gets the SMS, in E.164 form.
    pub phone: String,
    /// What to note about the contact.
    pub custom_attributes: Option<CustomAttributes>,
}
