//! Identifiers: a type for each kind of object.
//!
//! The service sends one and the same id as a number in one place and as a string in another. Ids
//! read both, compare and hash by their text, and write back the form in which they came, so that
//! an id that was read can be sent. Where a request insists on one form, its field is written with
//! [`as_number`] or [`as_text`].

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Patch;

/// The text of an id, and whether it came as a number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    text: Box<str>,
    number: bool,
}

impl Text {
    pub(crate) fn new(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            number: false,
        }
    }

    pub(crate) fn number(number: impl fmt::Display) -> Self {
        Self {
            text: number.to_string().into(),
            number: true,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of which this is the text, if it is that of one: `007` is not.
    fn as_number(&self) -> Option<u64> {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let written_so = digits && (self.text.len() == 1 || !self.text.starts_with('0'));
        written_so.then(|| self.text.parse().ok())?
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.number {
            if let Ok(number) = self.text.parse::<u64>() {
                return serializer.serialize_u64(number);
            }
            if let Ok(number) = self.text.parse::<i64>() {
                return serializer.serialize_i64(number);
            }
        }
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id (a string or an integer)")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::new(text))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text::number(number))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text::number(number))
            }
        }

        deserializer.deserialize_any(IdVisitor)
    }
}

/// How a request wants its ids.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    Number,
    Text,
}

/// An id, or what holds some.
pub(crate) trait Ids {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Ids for Text {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match (form, self.as_number()) {
            (Form::Number, Some(number)) => serializer.serialize_u64(number),
            // Not to be made a number, and for the service to refuse.
            (Form::Number, None) => self.serialize(serializer),
            (Form::Text, _) => serializer.serialize_str(&self.text),
        }
    }
}

impl<I: Ids> Ids for Vec<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|ids| InForm { ids, form }))
    }
}

impl<I: Ids> Ids for Option<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(ids) => serializer.serialize_some(&InForm { ids, form }),
            None => serializer.serialize_none(),
        }
    }
}

impl<I: Ids> Ids for Patch<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(ids) => serializer.serialize_some(&InForm { ids, form }),
            Self::Keep | Self::Clear => serializer.serialize_none(),
        }
    }
}

struct InForm<'a, I> {
    ids: &'a I,
    form: Form,
}

impl<I: Ids> Serialize for InForm<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ids.serialize_as(self.form, serializer)
    }
}

/// Writes ids as numbers, whatever they came as.
pub(crate) fn as_number<I: Ids, S: Serializer>(ids: &I, serializer: S) -> Result<S::Ok, S::Error> {
    ids.serialize_as(Form::Number, serializer)
}

/// Writes ids as strings, whatever they came as.
pub(crate) fn as_text<I: Ids, S: Serializer>(ids: &I, serializer: S) -> Result<S::Ok, S::Error> {
    ids.serialize_as(Form::Text, serializer)
}

#[cfg(feature = "proptest")]
fn any_text() -> impl proptest::strategy::Strategy<Value = Text> {
    use proptest::prelude::*;
    prop_oneof![
        "[0-9a-f]{24}".prop_map(Text::new),
        any::<u32>().prop_map(|number| Text::new(number.to_string())),
        any::<u32>().prop_map(Text::number),
    ]
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "integer"] })
    }
}

macro_rules! ids {
    ($( $(#[$meta:meta])* $Name:ident )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $Name(Text);

        #[cfg(feature = "proptest")]
        impl proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy;
                any_text().prop_map(Self).boxed()
            }
        }

        impl $Name {
            /// The id of this text, which is sent as a string.
            #[must_use]
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(Text::new(text))
            }

            /// The text of the id, in whichever form it came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl Ids for $Name {
            fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize_as(form, serializer)
            }
        }

        impl PartialEq for $Name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $Name {}

        impl PartialEq<str> for $Name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $Name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl std::hash::Hash for $Name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl PartialOrd for $Name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $Name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// Borrowed as its text, by which it also hashes: a map keyed by ids is asked with `&str`.
        impl std::borrow::Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        /// The id of this number, which is sent as a number.
        impl From<u64> for $Name {
            fn from(number: u64) -> Self {
                Self(Text::number(number))
            }
        }

        impl From<&$Name> for $Name {
            fn from(id: &$Name) -> Self {
                id.clone()
            }
        }

        impl From<&str> for Patch<$Name> {
            fn from(text: &str) -> Self {
                Self::Set(text.into())
            }
        }

        impl From<u64> for Patch<$Name> {
            fn from(number: u64) -> Self {
                Self::Set(number.into())
            }
        }

        impl From<&$Name> for Patch<$Name> {
            fn from(id: &$Name) -> Self {
                Self::Set(id.clone())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::new(text))
            }
        }
    )*};
}

/// An assignee that is known to be an admin, or a team.
macro_rules! assignees {
    ($($Id:ident),*) => {$(
        impl From<$Id> for AssigneeId {
            fn from(id: $Id) -> Self {
                Self(id.0)
            }
        }

        impl From<&$Id> for AssigneeId {
            fn from(id: &$Id) -> Self {
                Self(id.0.clone())
            }
        }
    )*};
}

assignees! { AdminId, TeamId }

ids! {
    /// An activity of a contact.
    ActivityId
    /// Something that an admin did.
    ActivityLogId
    /// A teammate of the workspace.
    AdminId
    /// An article of the Help Center.
    ArticleId
    /// A version of an article.
    ArticleVersionId
    /// An admin or a team to whom something is assigned; `0` is nobody.
    AssigneeId
    /// An option of a conversation attribute that is a list.
    AttributeOptionId
    /// A group of people for whom content is.
    AudienceId
    /// A reason that an admin gives for being away.
    AwayStatusReasonId
    /// A banner.
    BannerId
    /// What one contact sees of a banner.
    BannerViewId
    /// A brand of the workspace.
    BrandId
    /// A task of a bulk job.
    BulkTaskId
    /// A call.
    CallId
    /// A job that reads an uploaded catalogue.
    CatalogImportJobId
    /// A collection of the Help Center.
    CollectionId
    /// A company, by the id that Intercom gave it.
    CompanyId
    /// A connector to a shop.
    ConnectorId
    /// A contact, by the id that Intercom gave it.
    ContactId
    /// A source from which content is imported.
    ContentImportSourceId
    /// A reusable piece of content for AI.
    ContentSnippetId
    /// An attribute of conversations.
    ConversationAttributeId
    /// A conversation.
    ConversationId
    /// A part of a conversation.
    ConversationPartId
    /// An object of a kind that the workspace defines.
    CustomObjectInstanceId
    /// An attribute of contacts, companies or conversations.
    DataAttributeId
    /// What a call to another service gave.
    DataConnectorExecutionId
    /// A call to another service.
    DataConnectorId
    /// Something that a contact did.
    DataEventId
    /// An export of data.
    DataExportId
    /// An email address of the workspace.
    EmailId
    /// An evaluator of a scorecard.
    EvaluatorId
    /// Something that happened to an outbound message.
    EventId
    /// A conversation, by the id that the workspace gave it in its own system.
    ExternalConversationId
    /// A page from outside that AI answers with.
    ExternalPageId
    /// A call that Fin takes.
    FinVoiceCallId
    /// A folder of content.
    FolderId
    /// A Help Center.
    HelpCenterId
    /// A secret with which users are verified.
    IdentityVerificationSecretId
    /// The consent of an admin that Intercom's support acts in the admin's place.
    ImpersonationConsentId
    /// An article for the workspace itself.
    InternalArticleId
    /// A job: what the service does in its own time.
    JobId
    /// A macro: a reply that is kept for use.
    MacroId
    /// A message, by which a conversation begins.
    MessageId
    /// A monitor that watches conversations.
    MonitorId
    /// A news item.
    NewsItemId
    /// A newsfeed.
    NewsfeedId
    /// A note on a contact or a company.
    NoteId
    /// Any other object, where the kind is told by a `type` beside the id.
    ObjectId
    /// A type of custom objects.
    ObjectTypeId
    /// A day on which office hours are otherwise.
    OfficeHoursExceptionId
    /// A schedule of office hours.
    OfficeHoursScheduleId
    /// A phone number, where the service writes it as a number as well as a string.
    PhoneNumber
    /// A plan of a company.
    PlanId
    /// A procedure that Fin can carry out.
    ProcedureId
    /// A step of a procedure that waits for a human.
    ProcedureStepId
    /// A quick reply that a contact can choose.
    QuickReplyId
    /// A reason for a mark on a scorecard.
    ReasonId
    /// A redirect of a Help Center.
    RedirectId
    /// An export of reporting data.
    ReportingExportId
    /// A role that an admin has in the workspace.
    RoleId
    /// A ruleset, by which outbound messages are sent.
    RulesetId
    /// A scorecard by which conversations are marked.
    ScorecardId
    /// A version of a scorecard.
    ScorecardVersionId
    /// A section of a collection, in the versions up to 2.9.
    SectionId
    /// A segment of contacts or companies.
    SegmentId
    /// What is said beside a conversation.
    SideConversationId
    /// A type of subscription that contacts opt in to or out of.
    SubscriptionTypeId
    /// A tag.
    TagId
    /// A team of admins.
    TeamId
    /// A ticket.
    TicketId
    /// A part of a ticket.
    TicketPartId
    /// A state in which tickets can be.
    TicketStateId
    /// An attribute of the tickets of a type.
    TicketTypeAttributeId
    /// A type of ticket.
    TicketTypeId
    /// A topic of conversations.
    TopicId
    /// A product tour.
    TourId
    /// A visitor, by the id that Intercom gave it.
    VisitorId
    /// A workflow.
    WorkflowId
    /// The workspace ("app") itself.
    WorkspaceId
}
