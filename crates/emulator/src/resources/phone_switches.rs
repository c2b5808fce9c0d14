//! Phone switches: callers who are moved to the Messenger.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::data_attributes::DataAttributeModel;
use intercom_core::api::phone_switches::{Create, PhoneSwitch};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Handle<Create> for Workspace {
    /// The caller becomes a lead if no contact has the number. The attributes are set on the contact.
    fn handle(&mut self, create: Create, context: &Context) -> Result<PhoneSwitch, Refusal> {
        let body = create.body;
        let digits = body.phone.strip_prefix('+').unwrap_or_default();
        let valid =
            (7..=15).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        if !valid {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::ParameterInvalid,
                "phone must be a number in E.164 format",
            )
            .field("phone"));
        }
        let attributes = body.custom_attributes.unwrap_or_default();
        self.check_custom_attributes(&DataAttributeModel::Contact, &attributes, context)?;
        let id = self.caller(&body.phone, context);
        let strings = &mut self.strings;
        self.contacts.update(&id, |contact| {
            for (name, value) in attributes {
                contact.attributes.set(&name, value, strings);
            }
            contact.last_contacted_at = Some(context.now);
        });
        Ok(object!(PhoneSwitch {
            r#type: Some("phone_call_redirect".into()),
            phone: Some(body.phone),
        }))
    }
}
