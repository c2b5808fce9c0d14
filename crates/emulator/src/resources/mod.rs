//! Resources: what each operation does to the workspace.

pub(crate) mod admins;
pub(crate) mod ai_content;
pub(crate) mod articles;
mod attributes;
pub(crate) mod audiences;
pub(crate) mod banners;
pub(crate) mod brands;
pub(crate) mod bulk;
pub(crate) mod calls;
pub(crate) mod companies;
pub(crate) mod contacts;
pub(crate) mod content;
pub(crate) mod conversation_attributes;
pub(crate) mod conversations;
pub(crate) mod custom_channel_events;
pub(crate) mod custom_objects;
pub(crate) mod data_attributes;
pub(crate) mod data_connectors;
pub(crate) mod data_events;
pub(crate) mod data_export;
pub(crate) mod ecommerce;
pub(crate) mod emails;
mod export_files;
pub(crate) mod fin_agent;
pub(crate) mod fin_voice;
pub(crate) mod folders;
pub(crate) mod help_center;
pub(crate) mod identity_verification;
pub(crate) mod internal_articles;
pub(crate) mod ip_allowlist;
pub(crate) mod jobs;
pub(crate) mod macros;
pub(crate) mod messages;
pub(crate) mod news;
pub(crate) mod notes;
pub(crate) mod office_hours;
pub(crate) mod phone_switches;
pub(crate) mod reporting_export;
pub(crate) mod segments;
pub(crate) mod subscription_types;
pub(crate) mod tags;
pub(crate) mod teams;
pub(crate) mod ticket_types;
pub(crate) mod tickets;
mod times;
pub(crate) mod visitors;
pub(crate) mod workflows;

pub(crate) use times::check_times;

use std::sync::Arc;

use http::StatusCode;
use intercom_core::ApiVersion;
use intercom_core::model::{CountedList, Deleted, List, ObjectType, Timestamp};
use intercom_core::server::Serve;

use crate::object::object;
use crate::query::{SearchLag, UtcOffset};
use crate::refusal::Refusal;
use crate::store::Workspace;

/// The address of the service.
pub(crate) const API: &str = "https://api.intercom.io";

/// What the workspace is called.
pub(crate) const WORKSPACE_NAME: &str = "Emulated workspace";

/// What a handler knows besides the request.
#[derive(Debug)]
pub(crate) struct Context {
    /// The API version of the reply.
    pub(crate) version: ApiVersion,
    /// The current time.
    pub(crate) now: Timestamp,
    /// How late searches find what was created.
    pub(crate) search_lag: SearchLag,
    /// Where days begin.
    pub(crate) utc_offset: UtcOffset,
    /// Where the client finds the API, without a slash at the end. Links in replies lead there.
    pub(crate) base_url: Arc<str>,
}

impl Context {
    /// Whether a search finds an object that was created then.
    pub(crate) fn finds(&self, id: &str, created_at: Option<Timestamp>) -> bool {
        self.search_lag.finds(id, created_at, self.now)
    }

    /// Returns the URL of this path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// Performs one operation.
pub(crate) trait Handle<E: Serve> {
    fn handle(&mut self, request: E, context: &Context) -> Result<E::Output, Refusal>;

    /// Returns the status of a reply, for the few operations that have several.
    fn status(_: &E::Output) -> Option<StatusCode> {
        None
    }
}

impl Workspace {
    /// Does what falls due by itself, such as ending snoozes.
    pub(crate) fn catch_up(&mut self, now: Timestamp) {
        self.end_snoozes(now);
        self.end_ticket_snoozes(now);
    }
}

/// Returns a page whose number stands beside its items.
pub(crate) fn counted<T>(page: List<T>) -> CountedList<T> {
    let pages = page.pages.unwrap_or_default();
    let mut counted = CountedList::default();
    counted.r#type = page.r#type;
    counted.data = page.data;
    counted.total_count = page.total_count;
    counted.page = pages.page;
    counted.per_page = pages.per_page;
    counted.total_pages = pages.total_pages;
    counted
}

/// Returns the reply of most operations that delete.
pub(crate) fn deleted<I>(id: I, object: ObjectType) -> Deleted<I> {
    object!(Deleted {
        id: Some(id),
        object: Some(object),
        deleted: Some(true),
    })
}
