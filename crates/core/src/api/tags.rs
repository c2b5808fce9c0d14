//! Tags on contacts, companies, conversations, tickets and content.
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

/// Lists all tags of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/listtags)
#[apply(endpoint)]
#[spec(GET "/tags" -> ModelList<Tag>; since V2_7)]
pub struct List {}

/// Returns a tag by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/findtag)
#[apply(endpoint)]
#[spec(GET "/tags/{tag_id}" -> Tag; since V2_7)]
pub struct Get {
    #[path]
    pub tag_id: TagId,
}

/// Creates or renames a tag, adds it to many contacts or companies, or removes it from companies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/createtag)
#[apply(endpoint)]
#[spec(POST "/tags" -> TagCreated; since V2_7, idempotent)]
pub struct CreateOrUpdate {
    pub body: TagRequest,
}

/// Deletes a tag.
///
/// Fails with 400 and
/// [`ErrorCode::TagHasDependentObjects`](intercom_model::ErrorCode::TagHasDependentObjects) if
/// segments depend on the tag.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/deletetag)
#[apply(endpoint)]
#[spec(DELETE "/tags/{tag_id}" => Empty; since V2_7)]
pub struct Delete {
    #[path]
    pub tag_id: TagId,
}

/// Lists the tags of a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listtagsforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/tags" -> ModelList<Tag>; since V2_7)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
}

/// Attaches a tag to a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtocontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/tags" -> Tag; since V2_7, idempotent)]
pub struct AttachToContact {
    #[path]
    pub contact_id: ContactId,
    pub body: TagAttach,
}

/// Detaches a tag from a contact.
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

/// Attaches a tag to a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtoconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/tags" -> Tag; since V2_7, idempotent)]
pub struct AttachToConversation {
    #[path]
    pub conversation_id: ConversationId,
    pub body: TagAttachByAdmin,
}

/// Detaches a tag from a conversation.
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

/// Attaches a tag to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tags/attachtagtoticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/tags" -> Tag; since V2_10, idempotent)]
pub struct AttachToTicket {
    #[path]
    pub ticket_id: TicketId,
    pub body: TagAttachByAdmin,
}

/// Detaches a tag from a ticket.
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

/// Attaches a tag to an article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/attachtagtoarticle)
#[apply(endpoint)]
#[spec(POST "/articles/{article_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToArticle {
    #[path]
    pub article_id: ArticleId,
    pub body: ContentTagAttach,
}

/// Detaches a tag from an article.
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

/// Attaches a tag to an internal article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/attachtagtointernalarticle)
#[apply(endpoint)]
#[spec(POST "/internal_articles/{internal_article_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToInternalArticle {
    #[path]
    pub internal_article_id: InternalArticleId,
    pub body: ContentTagAttach,
}

/// Detaches a tag from an internal article.
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

/// Attaches a tag to a content snippet.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/attachtagtocontentsnippet)
#[apply(endpoint)]
#[spec(POST "/content_snippets/{content_snippet_id}/tags" -> Tag; since V2_16, idempotent)]
pub struct AttachToContentSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
    pub body: ContentTagAttach,
}

/// Detaches a tag from a content snippet.
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
