//! The scroll over all companies.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::companies::{CompanyScroll, Scroll};
use intercom_core::model::{ObjectType, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{CompanyScroll as OpenScroll, Workspace};

/// How many companies a page has.
const PER_PAGE: usize = 100;

/// How many seconds a scroll is kept that is not used.
const KEPT: i64 = 60;

fn has_expired(scroll: &OpenScroll, now: Timestamp) -> bool {
    now.as_second() - scroll.used_at.as_second() >= KEPT
}

impl Handle<Scroll> for Workspace {
    fn handle(&mut self, scroll: Scroll, context: &Context) -> Result<CompanyScroll, Refusal> {
        let now = context.now;
        let open = self.scroll.take().filter(|open| !has_expired(open, now));
        let last = match (open, scroll.scroll_param) {
            (None, None) => None,
            (Some(open), Some(name)) if open.name == name => Some(open),
            (open, name) => {
                self.scroll = open;
                return Err(match name {
                    None => Refusal::new(
                        StatusCode::BAD_REQUEST,
                        ErrorCode::ScrollExists,
                        "scroll already exists for this workspace",
                    ),
                    Some(_) => Refusal::new(
                        StatusCode::NOT_FOUND,
                        ErrorCode::NotFound,
                        "scroll parameter not found",
                    ),
                });
            }
        };
        let mut open = last.unwrap_or_else(|| OpenScroll {
            name: self.ids.uuid(),
            last: None,
            used_at: now,
        });
        let ids = self.seen_companies().map(|(id, _)| id);
        let rest = ids.filter(|id| open.last.as_ref().is_none_or(|last| *id > last));
        let companies: Result<Vec<_>, _> = rest.take(PER_PAGE).map(|id| self.company(id)).collect();
        let companies = companies?;
        let reply = object!(CompanyScroll {
            r#type: Some(ObjectType::List),
            scroll_param: Some(open.name.clone()),
            data: companies,
        });
        // An empty page is the end of it.
        if let Some(company) = reply.data.last() {
            open.last = Some(company.id.clone());
            open.used_at = now;
            self.scroll = Some(open);
        }
        Ok(reply)
    }
}
