//! Content that AI agents answer from: sources and external pages. Since 2.12.

use http::StatusCode;
use intercom_core::api::ai_content::{
    ContentImportSource, ContentImportSourceStatus, CreateContentImportSource,
    CreateOrUpdateExternalPage, DeleteContentImportSource, DeleteExternalPage, ExternalPage,
    GetContentImportSource, GetExternalPage, ListContentImportSources, ListExternalPages,
    SyncBehavior, UpdateContentImportSource, UpdateExternalPage,
};
use intercom_core::model::{ContentImportSourceId, ExternalPageId, List, ObjectType};
use intercom_core::{Empty, ErrorCode};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 50;

const fn page(page: Option<u32>) -> Numbered {
    Numbered {
        page,
        per_page: None,
        default: PER_PAGE,
        max: MAX_PER_PAGE,
    }
}

fn no_source() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "Content Import Source not found",
    )
}

fn no_page() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "External Page not found",
    )
}

/// Refuses a behavior that the API cannot choose.
fn check_behavior(behavior: &SyncBehavior) -> Result<(), Refusal> {
    if SyncBehavior::KNOWN.contains(behavior) {
        return Ok(());
    }
    let message = format!("{behavior} is not a valid sync_behavior");
    Err(Refusal::invalid("sync_behavior", message))
}

impl Handle<ListContentImportSources> for Workspace {
    fn handle(
        &mut self,
        list: ListContentImportSources,
        context: &Context,
    ) -> Result<List<ContentImportSource>, Refusal> {
        let sources = self.import_sources.values();
        let (total, path) = (self.import_sources.len(), "/ai/content_import_sources");
        numbered(
            sources,
            total,
            page(list.page),
            &context.url(path),
            Clone::clone,
        )
    }
}

impl Handle<GetContentImportSource> for Workspace {
    fn handle(
        &mut self,
        get: GetContentImportSource,
        _: &Context,
    ) -> Result<ContentImportSource, Refusal> {
        let source = self.import_sources.get(&get.source_id);
        source.cloned().ok_or_else(no_source)
    }
}

impl Handle<CreateContentImportSource> for Workspace {
    fn handle(
        &mut self,
        create: CreateContentImportSource,
        context: &Context,
    ) -> Result<ContentImportSource, Refusal> {
        let body = create.body;
        if body.sync_behavior != SyncBehavior::Api {
            let message = "sync_behavior must be api";
            return Err(Refusal::invalid("sync_behavior", message));
        }
        let mut source = object!(ContentImportSource {
            r#type: Some(ObjectType::from("content_import_source")),
            id: ContentImportSourceId::from(self.ids.decimal()),
            last_synced_at: Some(context.now),
            sync_behavior: Some(body.sync_behavior),
            status: Some(body.status.unwrap_or(ContentImportSourceStatus::Active)),
            url: Some(body.url),
            created_at: Some(context.now),
            updated_at: Some(context.now),
            audience_ids: Some(Vec::new()),
        });
        body.audience_ids.apply(&mut source.audience_ids);
        self.import_sources
            .insert(source.id.clone(), source.clone());
        Ok(source)
    }
}

impl Handle<UpdateContentImportSource> for Workspace {
    fn handle(
        &mut self,
        update: UpdateContentImportSource,
        context: &Context,
    ) -> Result<ContentImportSource, Refusal> {
        let body = update.body;
        check_behavior(&body.sync_behavior)?;
        let source = self.import_sources.get_mut(&update.source_id);
        let source = source.ok_or_else(no_source)?;
        source.sync_behavior = Some(body.sync_behavior);
        source.url = Some(body.url);
        source.status = body.status.or(source.status.take());
        body.audience_ids.apply(&mut source.audience_ids);
        source.updated_at = Some(context.now);
        Ok(source.clone())
    }
}

impl Handle<DeleteContentImportSource> for Workspace {
    /// Deletes a source with its pages.
    fn handle(&mut self, delete: DeleteContentImportSource, _: &Context) -> Result<Empty, Refusal> {
        let id = delete.source_id;
        self.import_sources.remove(&id).ok_or_else(no_source)?;
        self.external_pages
            .retain(|_, page| page.source_id.as_ref() != Some(&id));
        Ok(Empty)
    }
}

impl Handle<ListExternalPages> for Workspace {
    fn handle(
        &mut self,
        list: ListExternalPages,
        context: &Context,
    ) -> Result<List<ExternalPage>, Refusal> {
        let pages = self.external_pages.values();
        let (total, path) = (self.external_pages.len(), "/ai/external_pages");
        numbered(
            pages,
            total,
            page(list.page),
            &context.url(path),
            Clone::clone,
        )
    }
}

impl Handle<GetExternalPage> for Workspace {
    fn handle(&mut self, get: GetExternalPage, _: &Context) -> Result<ExternalPage, Refusal> {
        let page = self.external_pages.get(&get.page_id);
        page.cloned().ok_or_else(no_page)
    }
}

impl Handle<CreateOrUpdateExternalPage> for Workspace {
    /// A page with the same source and external id is updated.
    fn handle(
        &mut self,
        create: CreateOrUpdateExternalPage,
        context: &Context,
    ) -> Result<ExternalPage, Refusal> {
        let body = create.body;
        let source = self.import_sources.get(&body.source_id);
        let source = source.ok_or_else(no_source)?.id.clone();
        let mut pages = self.external_pages.values();
        let known = pages.find(|page| {
            page.source_id.as_ref() == Some(&source)
                && page.external_id.as_ref() == Some(&body.external_id)
        });
        let mut page = known.cloned().unwrap_or_else(|| {
            object!(ExternalPage {
                r#type: Some(ObjectType::from("external_page")),
                id: ExternalPageId::new(self.ids.decimal().to_string()),
                source_id: Some(source),
                external_id: Some(body.external_id),
                created_at: Some(context.now),
                ai_agent_availability: Some(true),
                ai_copilot_availability: Some(true),
            })
        });
        page.title = Some(body.title);
        page.html = Some(body.html);
        page.locale = Some(body.locale);
        page.url = body.url.or(page.url.take());
        page.ai_agent_availability = body.ai_agent_availability.or(page.ai_agent_availability);
        page.ai_copilot_availability = body
            .ai_copilot_availability
            .or(page.ai_copilot_availability);
        page.ai_sales_agent_availability = body
            .ai_sales_agent_availability
            .or(page.ai_sales_agent_availability);
        page.updated_at = Some(context.now);
        page.last_ingested_at = Some(context.now);
        self.external_pages.insert(page.id.clone(), page.clone());
        Ok(page)
    }
}

impl Handle<UpdateExternalPage> for Workspace {
    fn handle(
        &mut self,
        update: UpdateExternalPage,
        context: &Context,
    ) -> Result<ExternalPage, Refusal> {
        let body = update.body;
        let source = self.import_sources.get(&body.source_id);
        let source = source.ok_or_else(no_source)?.id.clone();
        let page = self.external_pages.get_mut(&update.page_id);
        let page = page.ok_or_else(no_page)?;
        page.title = Some(body.title);
        page.html = Some(body.html);
        page.url = Some(body.url);
        page.locale = Some(body.locale);
        page.source_id = Some(source);
        page.external_id = body.external_id.or(page.external_id.take());
        let agent = body.ai_agent_availability.or(body.fin_availability);
        page.ai_agent_availability = agent.or(page.ai_agent_availability);
        page.ai_copilot_availability = body
            .ai_copilot_availability
            .or(page.ai_copilot_availability);
        page.ai_sales_agent_availability = body
            .ai_sales_agent_availability
            .or(page.ai_sales_agent_availability);
        page.updated_at = Some(context.now);
        page.last_ingested_at = Some(context.now);
        Ok(page.clone())
    }
}

impl Handle<DeleteExternalPage> for Workspace {
    fn handle(&mut self, delete: DeleteExternalPage, _: &Context) -> Result<ExternalPage, Refusal> {
        let removed = self.external_pages.remove(&delete.page_id);
        removed.ok_or_else(no_page)
    }
}
