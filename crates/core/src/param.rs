//! Arguments in paths and queries, as text.

use intercom_model::{Timestamp, contacts, data_attributes, data_connectors, search};

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
    intercom_model::CallId: "an id",
    intercom_model::FinVoiceCallId: "an id",
    intercom_model::OfficeHoursExceptionId: "an id",
    intercom_model::OfficeHoursScheduleId: "an id",
    bool: "true or false",
    u32: "a whole number",
    String: "a text",
    contacts::Order: "asc or desc",
    data_attributes::DataAttributeModel: "contact or company",
    data_connectors::DataConnectorErrorType: "a kind of error",
    data_connectors::DataConnectorState: "draft or live",
    search::SortOrder: "ascending or descending",
    intercom_model::ActivityId: "an id",
    intercom_model::AdminId: "an id",
    intercom_model::AudienceId: "an id",
    intercom_model::BrandId: "an id",
    intercom_model::CollectionId: "an id",
    intercom_model::CompanyId: "an id",
    intercom_model::ConnectorId: "an id",
    intercom_model::ContactId: "an id",
    intercom_model::ConversationId: "an id",
    intercom_model::CustomObjectInstanceId: "an id",
    intercom_model::DataAttributeId: "an id",
    intercom_model::DataConnectorExecutionId: "an id",
    intercom_model::DataConnectorId: "an id",
    intercom_model::DataExportId: "an id",
    intercom_model::EmailId: "an id",
    intercom_model::HelpCenterId: "an id",
    intercom_model::IdentityVerificationSecretId: "an id",
    intercom_model::JobId: "an id",
    intercom_model::NoteId: "an id",
    intercom_model::ProcedureId: "an id",
    intercom_model::RedirectId: "an id",
    intercom_model::ReportingExportId: "an id",
    intercom_model::SectionId: "an id",
    intercom_model::SegmentId: "an id",
    intercom_model::SubscriptionTypeId: "an id",
    intercom_model::TagId: "an id",
    intercom_model::TicketId: "an id",
    intercom_model::WorkspaceId: "an id",
}

/// Joined by commas.
impl<T: Param> Param for Vec<T> {
    fn to_text(&self) -> String {
        self.iter()
            .map(Param::to_text)
            .collect::<Vec<_>>()
            .join(",")
    }

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(T::from_text).collect()
    }
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
