//! The emulator, against descriptions of the API.
//!
//! For every operation of every version, the examples of requests are sent to an emulator in process,
//! as they stand and with the ids of objects that exist. The latter have to succeed. Every reply must
//! have a documented status and fit the schema that the description has for it; a refusal that is not
//! documented must at least be an error envelope.

mod exchange;
mod fixtures;
mod known;
mod report;
mod requests;
mod schema;

use intercom_core::Spec;
use intercom_core::api::ALL;
use intercom_emulator::Emulator;
use serde_json::Value;

use self::exchange::{Reply, send};
use self::fixtures::Fixtures;
pub use self::known::Known;
use self::requests::{Sent, requests};
use self::schema::{Mismatch, Schemas};
use crate::description::{Described, Description, resolve};
use crate::known_faults::same_address;

pub use self::report::write;

/// The list of known faults that comes with this crate.
pub const KNOWN: &str = include_str!("../../known_emulator_faults.tsv");

/// A version whose lists of required fields contradict its own examples.
const WITHOUT_REQUIRED: &str = "2.11";

/// How many contacts the workspace has.
const CONTACTS: usize = 20;

/// What the run found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Emulation {
    /// For each description, in their order.
    pub versions: Vec<Tested>,
    /// Known faults that were not met.
    pub stale: Vec<String>,
}

impl Emulation {
    /// Whether everything that failed is known, and everything known fails.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.versions.iter().all(|version| version.failed == 0) && self.stale.is_empty()
    }
}

/// What was found for one description.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Tested {
    /// The version, or else the name of the file.
    pub version: String,
    /// How many operations are described and have an endpoint.
    pub operations: usize,
    /// How many requests were sent.
    pub sent: usize,
    /// How many replies fit.
    pub fit: usize,
    /// How many replies do not fit for known reasons.
    pub known: usize,
    /// How many others do not fit.
    pub failed: usize,
    /// What does not fit.
    pub faults: Vec<Fault>,
}

/// A part of a reply that does not fit.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fault {
    /// The version of the description.
    pub version: String,
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// The name of the example that was sent, with `valid` before it if its ids were replaced by ids
    /// that exist.
    pub example: String,
    /// The status of the reply.
    pub status: u16,
    /// Where, such as `data[].location.city`; `-` for the whole.
    pub place: String,
    /// What is wrong.
    pub text: String,
    /// Why, if that is known.
    pub known: Option<String>,
}

/// Sends the requests of all descriptions.
///
/// # Errors
///
/// If the emulator does not have the objects that requests need.
pub fn run(descriptions: &[Description], mut known: Known) -> Result<Emulation, String> {
    let mut versions = Vec::new();
    for description in descriptions {
        versions.push(run_one(description, &mut known)?);
    }
    let names: Vec<&str> = versions.iter().map(|one| one.version.as_str()).collect();
    let stale = known.stale(&names);
    Ok(Emulation { versions, stale })
}

fn run_one(description: &Description, known: &mut Known) -> Result<Tested, String> {
    let mut tested = Tested {
        version: description.name.clone(),
        ..Tested::default()
    };
    let version = description
        .version
        .as_ref()
        .map_or("Preview", |version| version.as_str());
    let mut ready = workspace()?;
    for described in &description.operations {
        let Some(spec) = endpoint(described) else {
            continue;
        };
        tested.operations += 1;
        let source = description.source(described);
        let (_, fixtures) = &ready;
        for sent in requests(spec, described, source, &description.document, fixtures) {
            let reply = send(&ready.0, version, &sent.request);
            // No request depends on what others did. All workspaces are alike, down to the ids.
            if described.method != "GET" {
                ready = workspace()?;
            }
            let mismatches = judge(description, source, &sent, &reply);
            tested.sent += 1;
            if mismatches.is_empty() {
                tested.fit += 1;
                continue;
            }
            let mut all_known = true;
            for mismatch in mismatches {
                let place = match mismatch.place.as_str() {
                    "" => "-".to_owned(),
                    place => place.to_owned(),
                };
                let known = known.reason(&tested.version, spec.name, &place);
                all_known &= known.is_some();
                tested.faults.push(Fault {
                    version: tested.version.clone(),
                    endpoint: spec.name,
                    example: sent.name.clone(),
                    status: reply.status,
                    place,
                    text: mismatch.text,
                    known,
                });
            }
            if all_known {
                tested.known += 1;
            } else {
                tested.failed += 1;
            }
        }
    }
    Ok(tested)
}

/// Returns a workspace, and what is in it.
fn workspace() -> Result<(Emulator, Fixtures), String> {
    let emulator = Emulator::builder().demo_size(CONTACTS).build();
    let fixtures = Fixtures::create(&emulator)?;
    Ok((emulator, fixtures))
}

/// The endpoint of a described operation. Its arguments may have other names.
fn endpoint(described: &Described) -> Option<&'static Spec> {
    ALL.iter().find(|spec| {
        spec.method.as_str() == described.method && same_address(spec.path, &described.path)
    })
}

/// Returns what is wrong with a reply.
fn judge(description: &Description, source: &Value, sent: &Sent, reply: &Reply) -> Vec<Mismatch> {
    let whole = |text: String| {
        vec![Mismatch {
            place: String::new(),
            text,
        }]
    };
    let text = || String::from_utf8_lossy(&reply.body).into_owned();
    let is_success = (200..400).contains(&reply.status);
    if (sent.must_succeed && !is_success) || !(200..500).contains(&reply.status) {
        let Sent { request, .. } = sent;
        return whole(format!(
            "{} {} {}: {}",
            request.method,
            request.path,
            request.body,
            text()
        ));
    }
    let document = &description.document;
    let documented = source
        .get("responses")
        .and_then(|replies| replies.get(reply.status.to_string()));
    let schema = match documented {
        None if is_success => return whole("a status that is not documented".to_owned()),
        None => document.pointer("/components/schemas/error"),
        Some(documented) => {
            resolve(document, documented).pointer("/content/application~1json/schema")
        }
    };
    let Some(schema) = schema else {
        return Vec::new();
    };
    let Ok(body) = serde_json::from_slice(&reply.body) else {
        return whole(format!("no JSON: {}", text()));
    };
    let schemas = Schemas {
        document,
        check_required: description.name != WITHOUT_REQUIRED,
    };
    schemas.check(schema, &body)
}
