//! Content snippets, and content of every kind. Since 2.16.

mod actions;
mod search;

use http::StatusCode;
use intercom_core::api::content::{
    ContentSnippet, ContentSnippetUpdate, CreateSnippet, DeleteSnippet, GetSnippet, ListSnippets,
    UpdateSnippet,
};
use intercom_core::model::{ContentSnippetId, CountedList, Locale, ObjectType, Timestamp};
use intercom_core::{Empty, ErrorCode};

use crate::object::object;
use crate::query::{Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, counted};
use crate::store::{SnippetRecord, Workspace};

/// The page size, and the largest page.
const PER_PAGE: u32 = 50;

pub(crate) fn no_snippet() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("content_snippet_not_found"),
        "Content snippet not found",
    )
}

fn apply(
    update: ContentSnippetUpdate,
    snippet: &mut ContentSnippet,
    now: Timestamp,
) -> Result<(), Refusal> {
    if update
        .title
        .as_ref()
        .is_some_and(|title| title.trim().is_empty())
    {
        return Err(Refusal::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::ValidationError,
            "Title must not be blank",
        ));
    }
    snippet.title = update.title.or(snippet.title.take());
    if let Some(blocks) = update.json_blocks {
        snippet.json_blocks = blocks;
    }
    snippet.body_markdown = update.body_markdown.or(snippet.body_markdown.take());
    snippet.locale = update.locale.or(snippet.locale.take());
    update.audience_ids.apply(&mut snippet.audience_ids);
    for (new, current) in [
        (
            update.ai_chatbot_availability,
            &mut snippet.ai_chatbot_availability,
        ),
        (
            update.ai_copilot_availability,
            &mut snippet.ai_copilot_availability,
        ),
        (
            update.ai_sales_agent_availability,
            &mut snippet.ai_sales_agent_availability,
        ),
    ] {
        *current = new.or(*current).or(Some(false));
    }
    snippet.updated_at = Some(now);
    Ok(())
}

impl Handle<ListSnippets> for Workspace {
    fn handle(
        &mut self,
        list: ListSnippets,
        context: &Context,
    ) -> Result<CountedList<ContentSnippet>, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: PER_PAGE,
        };
        let (total, path) = (self.snippets.len(), "/content_snippets");
        let snippets = self.snippets.values();
        numbered(snippets, total, place, &context.url(path), |record| {
            record.snippet.clone()
        })
        .map(counted)
    }
}

impl Handle<GetSnippet> for Workspace {
    fn handle(&mut self, get: GetSnippet, _: &Context) -> Result<ContentSnippet, Refusal> {
        let record = self.snippets.get(&get.content_snippet_id);
        Ok(record.ok_or_else(no_snippet)?.snippet.clone())
    }
}

impl Handle<CreateSnippet> for Workspace {
    fn handle(
        &mut self,
        create: CreateSnippet,
        context: &Context,
    ) -> Result<ContentSnippet, Refusal> {
        let body = create.body;
        let mut update = ContentSnippetUpdate::new().title(body.title);
        update.json_blocks = body.json_blocks;
        update.body_markdown = body.body_markdown;
        update.locale = Some(body.locale.unwrap_or(Locale::English));
        update.audience_ids = body.audience_ids;
        update.ai_chatbot_availability = body.ai_chatbot_availability;
        update.ai_copilot_availability = body.ai_copilot_availability;
        update.ai_sales_agent_availability = body.ai_sales_agent_availability;
        let mut snippet = object!(ContentSnippet {
            r#type: Some(ObjectType::from("content_snippet")),
            created_at: Some(context.now),
        });
        apply(update, &mut snippet, context.now)?;
        snippet.id = ContentSnippetId::new(self.ids.decimal().to_string());
        let record = SnippetRecord {
            snippet: snippet.clone(),
            tags: Vec::new(),
        };
        self.snippets.insert(snippet.id.clone(), record);
        Ok(snippet)
    }
}

impl Handle<UpdateSnippet> for Workspace {
    fn handle(
        &mut self,
        update: UpdateSnippet,
        context: &Context,
    ) -> Result<ContentSnippet, Refusal> {
        let record = self.snippets.get_mut(&update.content_snippet_id);
        let snippet = &mut record.ok_or_else(no_snippet)?.snippet;
        let mut changed = snippet.clone();
        apply(update.body, &mut changed, context.now)?;
        snippet.clone_from(&changed);
        Ok(changed)
    }
}

impl Handle<DeleteSnippet> for Workspace {
    fn handle(&mut self, delete: DeleteSnippet, _: &Context) -> Result<Empty, Refusal> {
        let removed = self.snippets.remove(&delete.content_snippet_id);
        removed.map(|_| Empty).ok_or_else(no_snippet)
    }
}
