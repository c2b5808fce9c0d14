//! What the endpoints claim to be, against the official descriptions, where `INTERCOM_OPENAPI_DIR` says
//! where they are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;
use std::path::Path;
use std::{env, fs};

use intercom_conformance::description::{self, Described};
use intercom_core::api::ALL;
use intercom_core::api::routing::route;
use intercom_core::{ApiVersion, Spec};

/// What the descriptions say of an endpoint.
struct Operations {
    spec: &'static Spec,
    described: Vec<Described>,
    /// Whether one of the descriptions is of a version.
    versioned: bool,
}

/// What the descriptions say, by the names of the endpoints.
fn operations() -> BTreeMap<&'static str, Operations> {
    let mut operations = BTreeMap::new();
    let Some(directory) = env::var_os("INTERCOM_OPENAPI_DIR") else {
        eprintln!("skipped: INTERCOM_OPENAPI_DIR does not name the descriptions");
        return operations;
    };
    for description in description::read_all(Path::new(&directory)).unwrap() {
        for operation in description.operations {
            let Some(route) = route(&operation.method, &operation.path) else {
                continue;
            };
            let spec = route.spec;
            let endpoint = operations.entry(spec.name).or_insert(Operations {
                spec,
                described: Vec::new(),
                versioned: false,
            });
            endpoint.described.push(operation);
            endpoint.versioned |= description.version.is_some();
        }
    }
    operations
}

/// Lists of which a description says something of pages, and that do not come in any.
const WHOLE: &[(&str, &str)] = &[(
    "help_center::ListHelpCenters",
    "2.11 describes arguments for pages, and no version a reply that tells of them.",
)];

#[test]
fn every_list_that_is_described_with_pages_comes_in_pages() {
    for (name, operations) in operations() {
        let is_described = operations.described.iter().any(|one| one.paged);
        let is_paged = ALL.iter().any(|spec| spec.paged && spec.name == name);
        let is_whole = WHOLE.iter().any(|(whole, _)| *whole == name);
        assert_eq!(is_described, is_paged || is_whole, "{name}");
    }
}

/// The address of an operation's reference, by the name of its endpoint, from the sources.
fn references() -> BTreeMap<String, String> {
    let sources = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/src/api");
    let mut references = BTreeMap::new();
    for file in fs::read_dir(sources).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut reference = None;
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some(address) = line.strip_prefix("/// [Reference](") {
                reference = address.strip_suffix(')').map(str::to_owned);
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                let name = rest.split(' ').next().unwrap();
                references.extend(
                    reference
                        .take()
                        .map(|address| (format!("{module}::{name}"), address)),
                );
            }
        }
    }
    references
}

/// A tag as it stands in an address.
fn slug(tag: &str) -> String {
    tag.to_lowercase().replace(' ', "-")
}

/// The end of the addresses of an operation's page: one for each of its tags.
fn pages(operation: &Described) -> Vec<String> {
    let page = match &operation.name {
        Some(name) => name.to_lowercase(),
        // What has no name is found by its path.
        None => {
            let path = operation.path.replace('/', "~1");
            let path = path.replace('{', "%7B").replace('}', "%7D");
            format!("paths/{path}/{}", operation.method.to_lowercase())
        }
    };
    let tags = operation.tags.iter();
    tags.map(|tag| format!("/rest-api/api.intercom.io/{}/{page}", slug(tag)))
        .collect()
}

/// The part of an address that names a version: none for the latest.
fn version(spec: &Spec) -> String {
    match &spec.until {
        _ if spec.exists_in(&ApiVersion::LATEST) => String::new(),
        Some(until) => format!("/{until}"),
        None => format!("/{}", spec.since).to_lowercase(),
    }
}

#[test]
fn every_reference_is_to_the_page_of_its_operation() {
    const REFERENCES: &str = "https://developers.intercom.com/docs/references";
    let references = references();
    for (name, operations) in operations() {
        let pages: Vec<String> = operations.described.iter().flat_map(pages).collect();
        let reference = references
            .get(name)
            .and_then(|found| found.strip_prefix(REFERENCES));
        let Some(reference) = reference else {
            panic!("{name} has no reference to {REFERENCES}");
        };
        let page = pages
            .iter()
            .find_map(|page| reference.strip_suffix(page.as_str()));
        assert!(
            page.is_some(),
            "{name}: {reference} should end as one of {pages:?}"
        );
        // A description that is of no version does not tell in which its page is.
        if operations.versioned {
            assert_eq!(page, Some(version(operations.spec).as_str()), "{name}");
        }
    }
}
