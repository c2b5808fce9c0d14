//! What is known of an operation besides its types.

use super::method::Method;
use super::version::ApiVersion;

/// What is known of an operation besides its types.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spec {
    /// The resource and the verb, such as `contacts::Update`.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces, such as `/contacts/{contact_id}`.
    pub path: &'static str,
    /// The first version that has it.
    pub since: ApiVersion,
    /// The last version that has it; `None` if it still exists.
    pub until: Option<ApiVersion>,
    /// Whether sending it twice has the same effect as sending it once.
    pub idempotent: bool,
    /// Whether a successful reply has a body.
    pub has_body: bool,
    /// Whether a redirect is a success, not an error.
    pub redirects: bool,
    /// The media type of its reply.
    pub accept: &'static str,
    /// Whether it is a list that comes in pages.
    pub paged: bool,
    /// Whether it starts a job.
    pub starts_job: bool,
}

impl Spec {
    /// Creates the spec of an operation that all versions have and that replies with JSON. It is
    /// idempotent unless its method is POST or PATCH.
    #[must_use]
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            since: ApiVersion::V2_7,
            until: None,
            idempotent: !matches!(method, Method::Post | Method::Patch),
            has_body: true,
            redirects: false,
            accept: "application/json",
            paged: false,
            starts_job: false,
        }
    }

    /// Limits the operation to the versions from `since` to `until`; `None` if it still exists.
    #[must_use]
    pub const fn in_versions(self, since: ApiVersion, until: Option<ApiVersion>) -> Self {
        let Self {
            name,
            method,
            path,
            idempotent,
            has_body,
            redirects,
            accept,
            paged,
            starts_job,
            ..
        } = self;
        // It has no destructor that could run in a constant.
        std::mem::forget(self);
        Self {
            name,
            method,
            path,
            since,
            until,
            idempotent,
            has_body,
            redirects,
            accept,
            paged,
            starts_job,
        }
    }

    /// Whether the version has the operation.
    #[must_use]
    pub fn exists_in(&self, version: &ApiVersion) -> bool {
        *version >= self.since && self.until.as_ref().is_none_or(|until| version <= until)
    }

    /// Describes the versions that have the operation, such as `from 2.13 on`, `from 2.7 to 2.9`.
    #[must_use]
    pub fn versions(&self) -> String {
        match &self.until {
            None if self.since == ApiVersion::Preview => "in Preview".to_owned(),
            None => format!("from {} on", self.since),
            Some(until) => format!("from {} to {until}", self.since),
        }
    }
}
