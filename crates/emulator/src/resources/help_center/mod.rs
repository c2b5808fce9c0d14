//! Help Centers and their collections.

mod redirects;
mod sections;

use intercom_core::ApiVersion;
use intercom_core::api::help_center::{
    Collection, CollectionCreate, CreateCollection, DeleteCollection, GetCollection, GetHelpCenter,
    HelpCenter, ListCollections, ListHelpCenters, UpdateCollection,
};
use intercom_core::model::{
    CollectionId, Deleted, HelpCenterId, List, Locale, ObjectType, Timestamp,
};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The page size of lists of collections.
pub(crate) const COLLECTIONS_PER_PAGE: u32 = 20;

impl Workspace {
    pub(crate) fn add_help_center(&mut self, identifier: &str, now: Timestamp) -> HelpCenter {
        let help_center = object!(HelpCenter {
            id: HelpCenterId::new(self.ids.decimal().to_string()),
            workspace_id: Some(self.workspace_id.clone()),
            created_at: Some(now),
            updated_at: Some(now),
            identifier: Some(identifier.to_owned()),
            website_turned_on: Some(true),
            display_name: Some("Help Center".to_owned()),
            url: Some(format!("https://{identifier}.example.com")),
            custom_domain: Some(format!("{identifier}.example.com")),
            default: Some(self.help_centers.is_empty()),
            locales: Some(vec![Locale::English]),
        });
        self.help_centers.push(help_center.clone());
        help_center
    }

    pub(crate) fn help_center(&self, id: &HelpCenterId) -> Option<&HelpCenter> {
        self.help_centers.iter().find(|other| other.id == *id)
    }

    /// Stores a new collection. One inside another has no Help Center of its own.
    pub(crate) fn add_collection(
        &mut self,
        body: CollectionCreate,
        now: Timestamp,
    ) -> Result<Collection, Refusal> {
        if body.name.trim().is_empty() {
            return Err(Refusal::missing("name", "Name is a required parameter."));
        }
        let parent = body.parent_id.value().cloned();
        if let Some(parent) = &parent {
            self.collection(parent)?;
        }
        let help_center = match body.help_center_id.value() {
            Some(id) => self.help_center(id),
            None => self.help_centers.first(),
        };
        let help_center = help_center.ok_or_else(Refusal::not_found)?;
        let (help_center, site) = (help_center.id.clone(), help_center.url.clone());

        let id = self.ids.decimal();
        let siblings = self.collections.values();
        let siblings = siblings.filter(|other| other.parent_id == parent).count();
        let collection = object!(Collection {
            id: CollectionId::new(id.to_string()),
            workspace_id: Some(self.workspace_id.clone()),
            name: Some(body.name),
            description: Some(body.description.unwrap_or_default()),
            created_at: Some(now),
            updated_at: Some(now),
            url: site.map(|site| format!("{site}/en/collections/{id}")),
            icon: Some("book-bookmark".to_owned()),
            order: Some(i64::try_from(siblings).unwrap_or(i64::MAX)),
            default_locale: Some(Locale::English),
            translated_content: body.translated_content.value().cloned(),
            // Only here is the id of a Help Center a number.
            help_center_id: match (&parent, help_center.as_str().parse::<u64>()) {
                (Some(_), _) => None,
                (None, Ok(number)) => Some(HelpCenterId::from(number)),
                (None, Err(_)) => Some(help_center),
            },
            parent_id: parent.as_ref().map(as_text),
        });
        self.collections
            .insert(collection.id.clone(), collection.clone());
        Ok(collection)
    }

    pub(crate) fn collection(&self, id: &CollectionId) -> Result<&Collection, Refusal> {
        self.collections.get(id).ok_or_else(Refusal::not_found)
    }

    /// Changes a collection. Refuses a parent that lies inside it.
    pub(crate) fn change_collection(
        &mut self,
        id: &CollectionId,
        parent: Option<&CollectionId>,
        change: impl FnOnce(&mut Collection),
        now: Timestamp,
    ) -> Result<&Collection, Refusal> {
        let mut above = parent.cloned();
        while let Some(other) = above {
            if other == *id {
                let message = "a collection cannot lie in itself";
                return Err(Refusal::invalid("parent_id", message));
            }
            above = self.collection(&other)?.parent_id.clone();
        }
        let collection = self.collections.get_mut(id);
        let collection = collection.ok_or_else(Refusal::not_found)?;
        change(collection);
        collection.updated_at = Some(now);
        Ok(collection)
    }

    /// Deletes a collection and the ones inside it.
    pub(crate) fn delete_collection(&mut self, id: &CollectionId) -> Result<(), Refusal> {
        self.collections.remove(id).ok_or_else(Refusal::not_found)?;
        let mut gone = vec![id.clone()];
        while let Some(parent) = gone.pop() {
            self.collections.retain(|id, collection| {
                let lies_in_it = collection.parent_id.as_ref() == Some(&parent);
                if lies_in_it {
                    gone.push(id.clone());
                }
                !lies_in_it
            });
        }
        Ok(())
    }

    /// Returns collections, last changed first.
    pub(crate) fn collections_by_change(&self, nested: Option<bool>) -> Vec<&Collection> {
        let mut collections: Vec<_> = self
            .collections
            .values()
            .rev()
            .filter(|collection| {
                nested.is_none_or(|nested| collection.parent_id.is_some() == nested)
            })
            .collect();
        collections.sort_by_key(|collection| std::cmp::Reverse(collection.updated_at));
        collections
    }
}

/// Whether collections inside collections are sections, as up to 2.9.
fn has_sections(context: &Context) -> bool {
    context.version <= ApiVersion::V2_9
}

/// Returns the id as collections have that of their parent: as a string.
fn as_text(id: &CollectionId) -> CollectionId {
    CollectionId::new(id.as_str())
}

fn show(collection: &Collection, context: &Context) -> Collection {
    let mut collection = collection.clone();
    collection.r#type = has_sections(context).then_some(ObjectType::Collection);
    collection
}

impl Handle<ListCollections> for Workspace {
    fn handle(
        &mut self,
        list: ListCollections,
        context: &Context,
    ) -> Result<List<Collection>, Refusal> {
        let nested = has_sections(context).then_some(false);
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: COLLECTIONS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        {
            let collections = self.collections_by_change(nested);
            let total = collections.len();
            let path = "/help_center/collections";
            numbered(
                collections,
                total,
                place,
                &context.url(path),
                |collection| show(collection, context),
            )
        }
    }
}

impl Handle<GetCollection> for Workspace {
    fn handle(&mut self, get: GetCollection, context: &Context) -> Result<Collection, Refusal> {
        Ok(show(self.collection(&get.collection_id)?, context))
    }
}

impl Handle<CreateCollection> for Workspace {
    fn handle(
        &mut self,
        create: CreateCollection,
        context: &Context,
    ) -> Result<Collection, Refusal> {
        let collection = self.add_collection(create.body, context.now)?;
        Ok(show(&collection, context))
    }
}

impl Handle<UpdateCollection> for Workspace {
    fn handle(
        &mut self,
        update: UpdateCollection,
        context: &Context,
    ) -> Result<Collection, Refusal> {
        let body = update.body;
        let parent = body.parent_id.value().cloned();
        let change = |collection: &mut Collection| {
            collection.name = body.name.or(collection.name.take());
            collection.description = body.description.or(collection.description.take());
            body.translated_content
                .apply(&mut collection.translated_content);
            body.parent_id.apply(&mut collection.parent_id);
            collection.parent_id = collection.parent_id.as_ref().map(as_text);
        };
        let id = &update.collection_id;
        let collection = self.change_collection(id, parent.as_ref(), change, context.now)?;
        Ok(show(collection, context))
    }
}

impl Handle<DeleteCollection> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteCollection,
        _: &Context,
    ) -> Result<Deleted<CollectionId>, Refusal> {
        self.delete_collection(&delete.collection_id)?;
        Ok(deleted(delete.collection_id, ObjectType::Collection))
    }
}

fn show_help_center(help_center: &HelpCenter, context: &Context) -> HelpCenter {
    let mut help_center = help_center.clone();
    if context.version < ApiVersion::V2_16 {
        help_center.default = None;
        help_center.locales = None;
    }
    help_center
}

impl Handle<ListHelpCenters> for Workspace {
    fn handle(
        &mut self,
        list: ListHelpCenters,
        context: &Context,
    ) -> Result<List<HelpCenter>, Refusal> {
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: COLLECTIONS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let (total, path) = (self.help_centers.len(), "/help_center/help_centers");
        numbered(
            &self.help_centers,
            total,
            place,
            &context.url(path),
            |help_center| show_help_center(help_center, context),
        )
    }
}

impl Handle<GetHelpCenter> for Workspace {
    fn handle(&mut self, get: GetHelpCenter, context: &Context) -> Result<HelpCenter, Refusal> {
        let help_center = self.help_center(&get.help_center_id);
        let help_center = help_center.ok_or_else(Refusal::not_found)?;
        Ok(show_help_center(help_center, context))
    }
}
