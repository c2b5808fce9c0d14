//! Banners that contacts see. Since 2.16.

use intercom_core::api::banners::{Banner, BannerDismissed, Dismiss, ListForContact};
use intercom_core::model::{BannerId, BannerViewId, List, ObjectType};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{BannerView, Workspace};

impl Workspace {
    /// Stores a banner, which every contact sees.
    pub(crate) fn add_banner(&mut self, mut banner: Banner) -> Banner {
        banner.r#type = Some(ObjectType::from("banner"));
        banner.id = BannerId::new(self.ids.decimal().to_string());
        banner.style.get_or_insert_with(|| "inline".to_owned());
        banner.position.get_or_insert_with(|| "top".to_owned());
        banner.show_dismiss_button.get_or_insert(true);
        self.banners.insert(banner.id.clone(), banner.clone());
        banner
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, context: &Context) -> Result<List<Banner>, Refusal> {
        let contact = &self.contact(&list.contact_id)?.id.clone();
        let mut shown = Vec::new();
        for banner in self.banners.values() {
            let mut views = self.banner_views.iter();
            let known = views
                .find(|(_, view)| view.banner == banner.id && view.contact == *contact)
                .map(|(id, view)| (id.clone(), view.dismissed, view.created_at));
            let (id, dismissed, created_at) = known.unwrap_or_else(|| {
                let id = BannerViewId::new(self.ids.decimal().to_string());
                let view = BannerView {
                    banner: banner.id.clone(),
                    contact: contact.clone(),
                    dismissed: false,
                    created_at: context.now,
                };
                self.banner_views.insert(id.clone(), view);
                (id, false, context.now)
            });
            if !dismissed {
                let mut banner = banner.clone();
                banner.view_id = id;
                banner.created_at = Some(created_at);
                shown.push(banner);
            }
        }
        Ok(object!(List {
            r#type: Some(ObjectType::List),
            data: shown,
        }))
    }
}

impl Handle<Dismiss> for Workspace {
    fn handle(&mut self, dismiss: Dismiss, _: &Context) -> Result<BannerDismissed, Refusal> {
        self.contact(&dismiss.contact_id)?;
        let view = self.banner_views.get_mut(&dismiss.view_id);
        let view = view.filter(|view| view.contact == dismiss.contact_id);
        view.ok_or_else(Refusal::not_found)?.dismissed = true;
        Ok(object!(BannerDismissed {
            r#type: Some(ObjectType::from("banner_dismiss")),
            view_id: dismiss.view_id,
            dismissed: Some(true),
        }))
    }
}
