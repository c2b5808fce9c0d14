//! Folders of content. In Preview.

use intercom_core::api::folders::{Create, Delete, Folder, Get, List, Update};
use intercom_core::model::{Deleted, FolderId, List as ModelList, ObjectType};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 50;

impl Workspace {
    pub(crate) fn folder(&self, id: &FolderId) -> Result<&Folder, Refusal> {
        self.folders.get(id).ok_or_else(Refusal::not_found)
    }

    /// Returns a folder with the number of articles in it.
    fn show_folder(&self, folder: &Folder) -> Folder {
        let mut folder = folder.clone();
        let is_in = |other: Option<&FolderId>| other == Some(&folder.id);
        let articles = self.articles.values();
        let articles = articles.filter(|record| is_in(record.article.folder_id.as_ref()));
        let internal = self.internal_articles.values();
        let internal = internal.filter(|article| is_in(article.folder_id.as_ref()));
        folder.content_count = Some((articles.count() + internal.count()) as u64);
        folder
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ModelList<Folder>, Refusal> {
        let parent = list.parent_folder_id.as_ref();
        let folders = self
            .folders
            .values()
            .filter(|folder| parent.is_none() || folder.parent_folder_id.as_ref() == parent);
        let folders: Vec<_> = folders.collect();
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let total = folders.len();
        numbered(folders, total, place, &context.url("/folders"), |it| {
            self.show_folder(it)
        })
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Folder, Refusal> {
        Ok(self.show_folder(self.folder(&get.folder_id)?))
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Folder, Refusal> {
        let body = create.body.folder;
        if body.name.trim().is_empty() {
            return Err(Refusal::missing("name", "Name is a required parameter."));
        }
        if let Some(parent) = body.parent_folder_id.value() {
            self.folder(parent)?;
        }
        let mut folder = object!(Folder {
            id: FolderId::from(self.ids.decimal()),
            name: Some(body.name),
            description: body.description,
            emoji: body.emoji,
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        body.parent_folder_id.apply(&mut folder.parent_folder_id);
        self.folders.insert(folder.id.clone(), folder.clone());
        Ok(self.show_folder(&folder))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Folder, Refusal> {
        let (id, body) = (update.folder_id, update.body.folder);
        let mut above = body.parent_folder_id.value().cloned();
        while let Some(other) = above {
            if other == id {
                let message = "a folder cannot lie in itself";
                return Err(Refusal::invalid("parent_folder_id", message));
            }
            above = self.folder(&other)?.parent_folder_id.clone();
        }
        let folder = self.folders.get_mut(&id).ok_or_else(Refusal::not_found)?;
        folder.name = body.name.or(folder.name.take());
        folder.description = body.description.or(folder.description.take());
        folder.emoji = body.emoji.or(folder.emoji.take());
        body.parent_folder_id.apply(&mut folder.parent_folder_id);
        folder.updated_at = Some(context.now);
        let folder = folder.clone();
        Ok(self.show_folder(&folder))
    }
}

impl Handle<Delete> for Workspace {
    /// Takes what lies in the folder out of it.
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<FolderId>, Refusal> {
        let id = delete.folder_id;
        let removed = self.folders.remove(&id).ok_or_else(Refusal::not_found)?;
        for folder in self.folders.values_mut() {
            if folder.parent_folder_id.as_ref() == Some(&id) {
                folder
                    .parent_folder_id
                    .clone_from(&removed.parent_folder_id);
            }
        }
        for record in self.articles.values_mut() {
            record.article.folder_id.take_if(|folder| *folder == id);
        }
        for article in self.internal_articles.values_mut() {
            article.folder_id.take_if(|folder| *folder == id);
        }
        // Only here is the id a number.
        let number = id.as_str().parse::<u64>();
        let id = number.map_or(id, FolderId::from);
        Ok(deleted(id, ObjectType::from("folder")))
    }
}
