//! The operation that a line is about.

use intercom_core::ApiVersion;
use intercom_core::api::routing::{Operation, route};

/// An operation, with what the address says.
pub(crate) struct Target<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) arguments: Vec<String>,
    pub(crate) query: &'a str,
}

/// Why a line has no answer.
pub(crate) struct Refusal {
    pub(crate) endpoint: Option<&'static str>,
    pub(crate) error: String,
}

impl From<String> for Refusal {
    fn from(error: String) -> Self {
        Self {
            endpoint: None,
            error,
        }
    }
}

impl<'a> Target<'a> {
    /// The operation of a method and an address, which the version must have.
    pub(crate) fn find(method: &str, path: &'a str, version: &str) -> Result<Self, Refusal> {
        let method = method.to_ascii_uppercase();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let unknown = || Refusal::from(format!("no operation for {method} {path}"));
        let route = route(&method, path).ok_or_else(unknown)?;
        let operation = Operation::named(route.spec.name).ok_or_else(unknown)?;
        let version = version_named(version);
        if !route.spec.exists_in(&version) {
            return Err(Refusal {
                endpoint: Some(route.spec.name),
                error: format!(
                    "{} exists {} (requested {version})",
                    route.spec.name,
                    route.spec.versions()
                ),
            });
        }
        Ok(Self {
            operation,
            arguments: route.arguments,
            query,
        })
    }
}

/// The version of this name. Some descriptions of Preview call it `0`.
pub(crate) fn version_named(name: &str) -> ApiVersion {
    match name.trim() {
        "0" => ApiVersion::Preview,
        name => ApiVersion::from(name),
    }
}
