//! Tags: labels on contacts, companies, conversations, tickets and content.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::tags::{self, TagAttach, TagRequest};
//!
//! let vip = intercom.call(&tags::CreateOrUpdate::new(TagRequest::create("vip"))).await?;
//! intercom.call(&tags::AttachToContact::new("6762f0d01bb69f9f2193bb7d", TagAttach::new(&vip.id))).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::tags::*;
use intercom_model::{
    ArticleId, ContactId, ContentSnippetId, ConversationId, InternalArticleId, List as ModelList,
    TagId, TicketId,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// All tags of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/listtags)
#[apply(endpoint)]
#[spec(GET "/tags" -> ModelList<Tag>; since V2_7)]
pub struct List {}

/// One tag.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/findtag)
#[apply(endpoint)]
#[spec(GET "/tags/{tag_id}" -> Tag; since V2_7)]
pub struct Get {
    #[path]
    pub tag_id: TagId,
}

/// Creates or renames a tag, puts it on many contacts or companies, or takes it off companies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/createtag)
#[apply(endpoint)]
#[spec(POST "/tags" -> TagCreated; since V2_7, idempotent)]
pub struct CreateOrUpdate {
    pub body: TagRequest,
}

/// Deletes a tag. One that segments depend on is answered with 400 and
/// [`ErrorCode::TagHasDependentObjects`](intercom_model::ErrorCode::TagHasDependentObjects).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/deletetag)
#[apply(endpoint)]
#[spec(DELETE "/tags/{tag_id}" => Empty; since V2_7)]
pub struct Delete {
    #[path]
    pub tag_id: TagId,
}

/// The tags of a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listtagsforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/tags" -> ModelList<Tag>; since V2_7)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
}

/// Puts a tag on a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtocontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/tags" -> Tag; since V2_7, idempotent)]
pub struct AttachToContact {
    #[path]
    pub contact_id: ContactId,
    pub body: TagAttach,
}

/// Takes a tag off a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/detachtagfromcontact)
#[apply(endpoint)]
#[spec(DELETE "/contacts/{contact_id}/tags/{tag_id}" -> Tag; since V2_7)]
pub struct DetachFromContact {
    #[path]
    pub contact_id: ContactId,
    #[path]
    pub tag_id: TagId,
}

/// Puts a tag on a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtoconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/tags" -> Tag; since V2_7, idempotent)]
pub struct AttachToConversation {
    #[path]
    pub conversation_id: ConversationId,
    pub body: TagAttachByAdmin,
}

/// Takes a tag off a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/detachtagfromconversation)
#[apply(endpoint)]
#[spec(DELETE "/conversations/{conversation_id}/tags/{tag_id}" -> Tag; since V2_7)]
pub struct DetachFromConversation {
    #[path]
    pub conversation_id: ConversationId,
    #[path]
    pub tag_id: TagId,
    pub body: TagDetach,
}

/// Puts a tag on a ticket. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtoticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/tags" -> Tag; since V2_10, idempotent)]
pub struct AttachToTicket {
    #[path]
    pub ticket_id: TicketId,
    pub body: TagAttachByAdmin,
}

/// Takes a tag off a ticket. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/detachtagfromticket)
#[apply(endpoint)]
#[spec(DELETE "/tickets/{ticket_id}/tags/{tag_id}" -> Tag; since V2_10)]
pub struct DetachFromTicket {
    #[path]
    pub ticket_id: TicketId,
    #[path]
    pub tag_id: TagId,
    pub body: TagDetach,
}

/// Puts a tag on an article. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/attachtagtoarticle)
#[apply(endpoint)]
#[spec(POST "/articles/{article_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToArticle {
    #[path]
    pub article_id: ArticleId,
    pub body: ContentTagAttach,
}

/// Takes a tag off an article. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/detachtagfromarticle)
#[apply(endpoint)]
#[spec(DELETE "/articles/{article_id}/tags/{tag_id}" -> Tag; since V2_16)]
pub struct DetachFromArticle {
    #[path]
    pub article_id: ArticleId,
    #[path]
    pub tag_id: TagId,
}

/// Puts a tag on an internal article. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/attachtagtointernalarticle)
#[apply(endpoint)]
#[spec(POST "/internal_articles/{internal_article_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToInternalArticle {
    #[path]
    pub internal_article_id: InternalArticleId,
    pub body: ContentTagAttach,
}

/// Takes a tag off an internal article. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/detachtagfrominternalarticle)
#[apply(endpoint)]
#[spec(DELETE "/internal_articles/{internal_article_id}/tags/{tag_id}" -> Tag; since V2_16)]
pub struct DetachFromInternalArticle {
    #[path]
    pub internal_article_id: InternalArticleId,
    #[path]
    pub tag_id: TagId,
}

/// Puts a tag on a content snippet. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/attachtagtocontentsnippet)
#[apply(endpoint)]
#[spec(POST "/content_snippets/{content_snippet_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToContentSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
    pub body: ContentTagAttach,
}

/// Takes a tag off a content snippet. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/detachtagfromcontentsnippet)
#[apply(endpoint)]
#[spec(DELETE "/content_snippets/{content_snippet_id}/tags/{tag_id}" -> Tag; since V2_16)]
pub struct DetachFromContentSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
    #[path]
    pub tag_id: TagId,
}
