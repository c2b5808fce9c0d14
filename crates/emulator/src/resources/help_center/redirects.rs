//! Redirects of Help Centers.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::help_center::{
    CreateRedirect, DeleteRedirect, GetRedirect, HelpCenter, HelpCenterRedirect, ListRedirects,
    RedirectTarget,
};
use intercom_core::model::{Deleted, HelpCenterId, List, ObjectType, RedirectId};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The largest page.
const MAX_REDIRECTS: u32 = 250;

/// 404 for redirects.
fn nothing() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::NotFound,
        "Resource not found",
    )
}

impl Workspace {
    fn site(&self, id: &HelpCenterId) -> Result<&HelpCenter, Refusal> {
        self.help_center(id).ok_or_else(nothing)
    }

    fn redirect(
        &self,
        site: &HelpCenterId,
        id: &RedirectId,
    ) -> Result<&HelpCenterRedirect, Refusal> {
        self.site(site)?;
        self.redirects
            .get(id)
            .filter(|redirect| redirect.help_center_id.as_ref() == Some(site))
            .ok_or_else(nothing)
    }
}

impl Handle<ListRedirects> for Workspace {
    fn handle(
        &mut self,
        list: ListRedirects,
        context: &Context,
    ) -> Result<List<HelpCenterRedirect>, Refusal> {
        let site = Some(&self.site(&list.help_center_id)?.id);
        let mut redirects: Vec<_> = self
            .redirects
            .values()
            .rev()
            .filter(|redirect| redirect.help_center_id.as_ref() == site)
            .collect();
        redirects.sort_by_key(|redirect| std::cmp::Reverse(redirect.updated_at));
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: CONTACTS_PER_PAGE,
            max: MAX_REDIRECTS,
        };
        let total = redirects.len();
        let path = format!(
            "/help_center/help_centers/{}/redirects",
            list.help_center_id
        );
        numbered(redirects, total, place, &context.url(&path), Clone::clone)
    }
}

impl Handle<GetRedirect> for Workspace {
    fn handle(&mut self, get: GetRedirect, _: &Context) -> Result<HelpCenterRedirect, Refusal> {
        self.redirect(&get.help_center_id, &get.redirect_id)
            .cloned()
    }
}

impl Handle<CreateRedirect> for Workspace {
    fn handle(
        &mut self,
        create: CreateRedirect,
        context: &Context,
    ) -> Result<HelpCenterRedirect, Refusal> {
        let (site, body) = (self.site(&create.help_center_id)?, create.body);
        match body.target_type {
            RedirectTarget::Collection => {
                let target = self.collections.get(body.target_id.as_str());
                target.ok_or_else(nothing)?;
            }
            RedirectTarget::Article => {
                let target = self.articles.get(body.target_id.as_str());
                target.ok_or_else(nothing)?;
            }
            _ => {
                let message = "target_type must be 'article' or 'collection'";
                return Err(Refusal::invalid("target_type", message));
            }
        }
        let within = site.url.as_ref().is_some_and(|url| {
            body.from_url
                .strip_prefix(url.as_str())
                .is_some_and(|path| path.starts_with('/'))
        });
        if !within {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::DataInvalid,
                "from_url must be an absolute URL within this help center's URL space",
            ));
        }
        let redirect = object!(HelpCenterRedirect {
            r#type: Some(ObjectType::HelpCenterRedirect),
            help_center_id: Some(site.id.clone()),
            from_url: Some(body.from_url),
            locale: Some(body.locale),
            target_type: Some(body.target_type),
            target_id: Some(body.target_id),
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        let same = |other: &HelpCenterRedirect| {
            other.from_url == redirect.from_url && other.locale == redirect.locale
        };
        if self.redirects.values().any(same) {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                ErrorCode::ResourceConflict,
                "A redirect with that URL already exists",
            ));
        }
        let mut redirect = redirect;
        redirect.id = RedirectId::new(self.ids.decimal().to_string());
        self.redirects.insert(redirect.id.clone(), redirect.clone());
        Ok(redirect)
    }
}

impl Handle<DeleteRedirect> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteRedirect,
        _: &Context,
    ) -> Result<Deleted<RedirectId>, Refusal> {
        let id = delete.redirect_id;
        self.redirect(&delete.help_center_id, &id)?;
        self.redirects.remove(&id);
        Ok(deleted(id, ObjectType::HelpCenterRedirect))
    }
}
