//! Sections: the name of collections inside collections up to version 2.9.

use intercom_core::api::help_center::{
    Collection, CollectionCreate, CreateSection, DeleteSection, GetSection, ListSections, Section,
    UpdateSection,
};
use intercom_core::model::{CollectionId, Deleted, List, ObjectType, SectionId};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::help_center::COLLECTIONS_PER_PAGE;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

fn show(collection: &Collection) -> Section {
    object!(Section {
        r#type: Some(ObjectType::Section),
        id: SectionId::new(collection.id.as_str()),
        workspace_id: collection.workspace_id.clone(),
        name: collection.name.clone(),
        created_at: collection.created_at,
        updated_at: collection.updated_at,
        url: collection.url.clone(),
        icon: collection.icon.clone(),
        order: collection.order,
        default_locale: collection.default_locale.clone(),
        translated_content: collection.translated_content.clone(),
        parent_id: collection.parent_id.clone(),
    })
}

impl Workspace {
    /// Returns the collection of a section.
    fn section(&self, id: &SectionId) -> Result<&Collection, Refusal> {
        self.collections
            .get(id.as_str())
            .filter(|collection| collection.parent_id.is_some())
            .ok_or_else(Refusal::not_found)
    }
}

impl Handle<ListSections> for Workspace {
    fn handle(&mut self, list: ListSections, context: &Context) -> Result<List<Section>, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: None,
            default: COLLECTIONS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let sections = self.collections_by_change(Some(true));
        let total = sections.len();
        numbered(
            sections,
            total,
            place,
            &context.url("/help_center/sections"),
            show,
        )
    }
}

impl Handle<GetSection> for Workspace {
    fn handle(&mut self, get: GetSection, _: &Context) -> Result<Section, Refusal> {
        self.section(&get.section_id).map(show)
    }
}

impl Handle<CreateSection> for Workspace {
    fn handle(&mut self, create: CreateSection, context: &Context) -> Result<Section, Refusal> {
        let mut body = CollectionCreate::new(create.body.name).parent_id(create.body.parent_id);
        body.translated_content = create.body.translated_content;
        let section = self.add_collection(body, context.now)?;
        Ok(show(&section))
    }
}

impl Handle<UpdateSection> for Workspace {
    fn handle(&mut self, update: UpdateSection, context: &Context) -> Result<Section, Refusal> {
        let id = CollectionId::new(self.section(&update.section_id)?.id.as_str());
        let body = update.body;
        let parent = body.parent_id.clone();
        let change = |section: &mut Collection| {
            section.name = body.name.or(section.name.take());
            section.parent_id = body.parent_id.or(section.parent_id.take());
            body.translated_content
                .apply(&mut section.translated_content);
        };
        let section = self.change_collection(&id, parent.as_ref(), change, context.now)?;
        Ok(show(section))
    }
}

impl Handle<DeleteSection> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteSection,
        _: &Context,
    ) -> Result<Deleted<SectionId>, Refusal> {
        let id = self.section(&delete.section_id)?.id.clone();
        self.delete_collection(&id)?;
        Ok(deleted(delete.section_id, ObjectType::Section))
    }
}
