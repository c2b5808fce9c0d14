//! Macros: prepared replies.

use intercom_core::api::macros::{Get, List, Macro, MacroPlace, MacroVisibility};
use intercom_core::model::{List as ModelList, MacroId, Timestamp};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Rank, after_cursor, page_size};
use crate::refusal::Refusal;
use crate::resources::conversations::plain_text;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 50;

impl Workspace {
    /// Stores a new macro.
    pub(crate) fn add_macro(&mut self, name: &str, body: &str, now: Timestamp) -> Macro {
        let new = object!(Macro {
            r#type: Some("macro".into()),
            id: MacroId::new(self.ids.decimal().to_string()),
            name: Some(name.to_owned()),
            body: Some(body.to_owned()),
            body_text: Some(plain_text(body)),
            created_at: Some(now),
            updated_at: Some(now),
            visible_to: Some(MacroVisibility::Everyone),
            available_on: vec![MacroPlace::Inbox, MacroPlace::Messenger],
        });
        self.macros.insert(new.id.clone(), new.clone());
        new
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, _: &Context) -> Result<ModelList<Macro>, Refusal> {
        let per_page = page_size(list.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let since = list.updated_since;
        let macros = self.macros.values();
        let macros = macros.filter(|it| since.is_none_or(|since| it.updated_at >= Some(since)));
        let ranked = macros.map(|it| {
            let second = it.updated_at.unwrap_or_default().as_second();
            (Rank::by_number(second, it.id.as_str()), it)
        });
        let slice = after_cursor(ranked, true, list.starting_after.as_deref(), per_page)?;
        let mut page = slice.into_list(Clone::clone);
        // Macros are not counted.
        page.total_count = None;
        Ok(page)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Macro, Refusal> {
        let found = self.macros.get(&get.macro_id);
        found.cloned().ok_or_else(Refusal::not_found)
    }
}
