//! Searching companies. In Preview.

use intercom_core::api::companies::{Company, Search};
use intercom_core::model::List;
use intercom_core::model::search::Value;

use crate::query::{Fields, Kind, check, key, matches, order};
use crate::query::{Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

/// How many companies a page has unless the search says.
const PER_PAGE: u32 = 15;

/// How a field of companies is compared; `None` where there is none of this name.
fn kind(field: &str) -> Option<Kind> {
    Some(match field {
        "company_id" | "name" | "monthly_spend" | "session_count" | "user_count" => Kind::Plain,
        "created_at" | "updated_at" | "remote_created_at" | "last_request_at" => Kind::Second,
        "tag_id" => Kind::IdsAsEqual,
        _ => {
            return field
                .strip_prefix("custom_attributes.")
                .map(|_| Kind::Plain);
        }
    })
}

/// A company as it is shown, with its contacts counted.
struct Shown(Company);

impl Fields for Shown {
    fn value(&self, field: &str) -> Value {
        let Self(company) = self;
        if let Some(name) = field.strip_prefix("custom_attributes.") {
            return company
                .custom_attributes
                .get(name)
                .cloned()
                .unwrap_or_default();
        }
        let count =
            |count: Option<u64>| Value::from(count.and_then(|count| i64::try_from(count).ok()));
        match field {
            "company_id" => Value::from(company.company_id.clone()),
            "name" => Value::from(company.name.clone()),
            "monthly_spend" => Value::from(company.monthly_spend),
            "session_count" => count(company.session_count),
            "user_count" => count(company.user_count),
            "created_at" => Value::from(company.created_at),
            "updated_at" => Value::from(company.updated_at),
            "remote_created_at" => Value::from(company.remote_created_at),
            "last_request_at" => Value::from(company.last_request_at),
            _ => Value::Null,
        }
    }

    /// Those of its tags: no other field has several.
    fn ids(&self, _: &str) -> Vec<&str> {
        let tags = self.0.tags.iter().flat_map(|list| &list.tags);
        tags.map(|tag| tag.id.as_str()).collect()
    }
}

impl Handle<Search> for Workspace {
    fn handle(&mut self, search: Search, _: &Context) -> Result<List<Company>, Refusal> {
        let body = search.body;
        let clause = body.query.clause();
        check(clause, &kind)?;
        let (field, descending) = order(body.sort.as_ref(), true, &kind)?;
        let seen = self
            .seen_companies()
            .map(|(id, _)| self.company(id).map(Shown));
        let mut found = seen.collect::<Result<Vec<_>, _>>()?;
        found.retain(|company| matches(clause, company, &kind));
        let ranked = found.into_iter().map(|company| {
            let rank = Rank {
                key: key(&company.value(field)),
                id: company.0.id.to_string(),
            };
            (rank, company)
        });
        let pagination = body.pagination.unwrap_or_default();
        let cursor = pagination.starting_after.as_deref();
        let per_page = pagination.per_page.unwrap_or(PER_PAGE);
        let cut = after_cursor(ranked.collect(), descending, cursor, Some(per_page))?;
        Ok(cut.into_list(|Shown(company)| company))
    }
}
