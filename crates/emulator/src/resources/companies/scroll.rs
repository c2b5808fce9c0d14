//! The scroll over all companies.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::companies::{CompanyScroll, Scroll};
use intercom_core::model::{ObjectType, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{CompanyScroll as OpenScroll, Workspace};

/// The page size.
const PER_PAGE: usize = 100;

/// How long an unused scroll is kept, in seconds.
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
        let rest = self.listed_companies().filter(|record| {
            let last = open.last.as_ref();
            last.is_none_or(|last| record.company.id > *last)
        });
        let companies = rest
            .take(PER_PAGE)
            .map(|record| self.show_company(record, &context.version));
        let companies: Vec<_> = companies.collect();
        let reply = object!(CompanyScroll {
            r#type: Some(ObjectType::List),
            // An empty page ends the scroll, and names none.
            scroll_param: (!companies.is_empty()).then(|| open.name.clone()),
            data: companies,
        });
        if let Some(company) = reply.data.last() {
            open.last = Some(company.id.clone());
            open.used_at = now;
            self.scroll = Some(open);
        }
        Ok(reply)
    }
}
