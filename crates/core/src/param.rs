//! Arguments in paths and queries, as text.

use intercom_model::{Timestamp, contacts, conversations, search};

/// A value that is sent in the path or the query.
pub trait Param: Sized {
    /// The text that is sent.
    fn to_text(&self) -> String;

    /// Reads the text; the error says what was expected.
    fn from_text(text: &str) -> Result<Self, &'static str>;
}

macro_rules! params {
    ($($Type:ty: $expected:literal),* $(,)?) => {$(
        impl Param for $Type {
            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: &str) -> Result<Self, &'static str> {
                text.parse().map_err(|_| $expected)
            }
        }
    )*};
}

params! {
    bool: "true or false",
    u32: "a whole number",
    String: "a text",
    contacts::Order: "asc or desc",
    conversations::DisplayAs: "html or plaintext",
    search::SortOrder: "ascending or descending",
    intercom_model::ActivityId: "an id",
    intercom_model::AdminId: "an id",
    intercom_model::AttributeOptionId: "an id",
    intercom_model::BannerViewId: "an id",
    intercom_model::CollectionId: "an id",
    intercom_model::CompanyId: "an id",
    intercom_model::ContactId: "an id",
    intercom_model::ConversationAttributeId: "an id",
    intercom_model::ConversationId: "an id",
    intercom_model::ConversationPartId: "an id",
    intercom_model::HelpCenterId: "an id",
    intercom_model::JobId: "an id",
    intercom_model::MacroId: "an id",
    intercom_model::MessageId: "an id",
    intercom_model::NoteId: "an id",
    intercom_model::RedirectId: "an id",
    intercom_model::RulesetId: "an id",
    intercom_model::SectionId: "an id",
    intercom_model::SegmentId: "an id",
    intercom_model::SubscriptionTypeId: "an id",
    intercom_model::TagId: "an id",
    intercom_model::TicketId: "an id",
    intercom_model::TicketTypeAttributeId: "an id",
    intercom_model::TicketTypeId: "an id",
    intercom_model::WorkflowId: "an id",
}

/// The seconds since 1970.
impl Param for Timestamp {
    fn to_text(&self) -> String {
        self.as_second().to_string()
    }

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.parse().map_err(|_| "a time")
    }
}
