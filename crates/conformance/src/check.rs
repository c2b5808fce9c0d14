//! Every example of a description, through both halves of its endpoint.
//!
//! A reply is read as a client reads it and written back as a server writes it; a request is read as
//! a server reads it and written as a client writes it. What comes out must be [the
//! same](crate::compare) as what went in. An error must give every code, message and field of its
//! envelope, and its request id.
//!
//! Where a description has a version, it must also have just the operations that the endpoints claim
//! for that version, those left aside that no endpoint has.

use bytes::Bytes;
use intercom_core::Spec;
use intercom_core::api::ALL;
use intercom_core::api::routing::{Operation, route};
use serde_json::{Map, Value, json};

use crate::compare::{Change, compare};
use crate::decode::decode;
use crate::description::{Described, Description, Example, ReplyExample};
use crate::encode::encode;
use crate::known_faults::{KnownFaults, Spot, same_address};

/// What the check found.
#[derive(Debug)]
#[non_exhaustive]
pub struct Report {
    /// For each description, in their order.
    pub versions: Vec<Summary>,
    /// Known faults that were not met.
    pub stale: Vec<String>,
}

impl Report {
    /// Whether everything that failed is known, and everything known fails.
    #[must_use]
    pub fn passed(&self) -> bool {
        let mut findings = self.versions.iter().flat_map(|version| &version.findings);
        findings.all(|finding| finding.known.is_some()) && self.stale.is_empty()
    }
}

/// What was found in one description.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Summary {
    /// The version, or else the name of the file.
    pub version: String,
    /// How many operations are described.
    pub operations: usize,
    /// The operations that no endpoint has, as method and path.
    pub uncovered: Vec<String>,
    /// The replies.
    pub decoded: Count,
    /// The requests. An operation whose requests have no body counts as one.
    pub encoded: Count,
    /// What was not the same.
    pub findings: Vec<Finding>,
}

impl Summary {
    /// How many findings are of this kind.
    #[must_use]
    pub fn count(&self, what: What) -> usize {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.what == what).count()
    }
}

/// How many examples there are, and how many of them could be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Count {
    /// Those that could be read.
    pub read: usize,
    /// All of them.
    pub all: usize,
}

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// A whole example cannot be read.
    Refused,
    /// It is no longer there.
    Lost,
    /// It is another one, or was not there before.
    Changed,
    /// It is not of the kind that the type documents.
    Deviation,
    /// An endpoint claims other versions than the descriptions.
    Versions,
}

/// A place where what came out is not what went in.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finding {
    /// Where.
    pub spot: Spot,
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// What became of the value.
    pub what: What,
    /// The same in words.
    pub text: String,
    /// Why, where that is known.
    pub known: Option<String>,
}

/// Checks all descriptions, and which of the known faults were met.
#[must_use]
pub fn check(descriptions: &[Description], mut known: KnownFaults) -> Report {
    let mut versions: Vec<Summary> = descriptions.iter().map(check_one).collect();
    for finding in versions.iter_mut().flat_map(|one| &mut one.findings) {
        finding.known = known.reason(&finding.spot);
    }
    let names: Vec<&str> = versions.iter().map(|one| one.version.as_str()).collect();
    let stale = known.stale(&names);
    Report { versions, stale }
}

fn check_one(description: &Description) -> Summary {
    let mut summary = Summary {
        version: description.name.clone(),
        operations: description.operations.len(),
        ..Summary::default()
    };
    let mut described = Vec::new();
    for one in &description.operations {
        let Some((spec, operation)) = endpoint(one) else {
            let name = format!("{} {}", one.method, one.path);
            summary.uncovered.push(name);
            continue;
        };
        described.push(spec.name);
        let mut run = Run {
            spec,
            operation,
            described: one,
            summary: &mut summary,
        };
        match &description.version {
            Some(version) if !spec.exists_in(version) => run.versions(format!(
                "is described, but the endpoint exists {}",
                spec.versions()
            )),
            _ => run.examples(),
        }
    }
    if let Some(version) = &description.version {
        let claimed = ALL.iter().filter(|spec| spec.exists_in(version));
        for spec in claimed.filter(|spec| !described.contains(&spec.name)) {
            let text = format!(
                "is not described, but the endpoint exists {}",
                spec.versions()
            );
            let spot = spot(&summary, spec, spec.path, "versions", "-", "-");
            summary.findings.push(Finding {
                spot,
                endpoint: spec.name,
                what: What::Versions,
                text,
                known: None,
            });
        }
    }
    summary
}

/// The endpoint of a described operation. Its arguments may have other names.
fn endpoint(described: &Described) -> Option<(&'static Spec, &'static Operation)> {
    let is = |spec: &&Spec| {
        spec.method.as_str() == described.method && same_address(spec.path, &described.path)
    };
    let spec = ALL.iter().find(is)?;
    Some((spec, Operation::named(spec.name)?))
}

fn spot(
    summary: &Summary,
    spec: &Spec,
    path: &str,
    part: &str,
    example: &str,
    place: &str,
) -> Spot {
    Spot {
        version: summary.version.clone(),
        method: spec.method.to_string(),
        path: path.to_owned(),
        part: part.to_owned(),
        example: example.to_owned(),
        place: place.to_owned(),
    }
}

/// One operation of one description.
struct Run<'a> {
    spec: &'static Spec,
    operation: &'static Operation,
    described: &'a Described,
    summary: &'a mut Summary,
}

impl Run<'_> {
    fn examples(&mut self) {
        let described = self.described;
        for request in &described.requests {
            self.request(request);
        }
        if !described.takes_body {
            self.request(&Example::none());
        }
        for reply in &described.replies {
            self.reply(reply);
        }
    }

    fn request(&mut self, example: &Example) {
        let given = json!({
            "path": self.described.arguments,
            "query": Map::from_iter(
                self.described.query.iter().map(|(name, value)| (name.clone(), json!(value))),
            ),
            "body": example.value,
        });
        let body = match &example.value {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        self.summary.encoded.all += 1;
        let encoded = encode(
            self.operation,
            self.described.arguments.clone(),
            self.described.query.clone(),
            &body,
        );
        let encoded = match encoded {
            Ok(encoded) => encoded,
            Err(error) => {
                return self.found("request", &example.name, "-", What::Refused, error);
            }
        };
        self.summary.encoded.read += 1;
        let arrived = route(&encoded.method, &encoded.path)
            .filter(|route| route.spec.name == self.spec.name)
            .map(|route| route.arguments);
        let made = json!({ "path": arrived, "query": encoded.query, "body": encoded.body });
        self.compare("request", &example.name, &given, &made);
    }

    fn reply(&mut self, reply: &ReplyExample) {
        let ReplyExample {
            status,
            headers,
            body,
            ..
        } = reply;
        let part = status.to_string();
        let text = match &body.value {
            Value::String(text) if !reply.is_json => text.clone(),
            Value::Null => String::new(),
            value => value.to_string(),
        };
        self.summary.decoded.all += 1;
        match decode(self.operation, *status, headers, &Bytes::from(text)) {
            Err(error) => self.found(&part, &body.name, "-", What::Refused, error),
            Ok(decoded) => {
                self.summary.decoded.read += 1;
                for deviation in &decoded.deviations {
                    let text =
                        format!("expected {}, found {}", deviation.expected, deviation.found);
                    self.found(&part, &body.name, &deviation.path, What::Deviation, text);
                }
                if *status < 400 {
                    self.compare(&part, &body.name, &body.value, &decoded.value);
                } else {
                    self.error(&part, &body.name, &body.value, &decoded.value);
                }
            }
        }
    }

    /// Every text of an envelope must be among what was read, its type left aside.
    fn error(&mut self, part: &str, example: &str, envelope: &Value, read: &Value) {
        let Value::Object(fields) = envelope else {
            return;
        };
        let mut known = Vec::new();
        texts(String::new(), read, &mut known);
        let mut sent = Vec::new();
        for (name, value) in fields.iter().filter(|(name, _)| *name != "type") {
            texts(name.clone(), value, &mut sent);
        }
        if let Some(Value::Object(fields)) = fields.get("errors") {
            sent.extend(
                fields
                    .keys()
                    .map(|field| ("errors".to_owned(), field.clone())),
            );
        }
        for (place, text) in sent {
            if !known.iter().any(|(_, known)| *known == text) {
                let text = format!("lost {}", Value::from(text));
                self.found(part, example, &place, What::Lost, text);
            }
        }
    }

    fn compare(&mut self, part: &str, example: &str, before: &Value, after: &Value) {
        for difference in compare(before, after) {
            let what = match difference.change {
                Change::Lost => What::Lost,
                Change::Changed | Change::Added => What::Changed,
            };
            let place = match difference.path.as_str() {
                "" => "-",
                path => path,
            };
            self.found(part, example, place, what, difference.to_string());
        }
    }

    fn versions(&mut self, text: String) {
        self.found("versions", "-", "-", What::Versions, text);
    }

    fn found(&mut self, part: &str, example: &str, place: &str, what: What, text: String) {
        let path = &self.described.path;
        let spot = spot(self.summary, self.spec, path, part, example, place);
        self.summary.findings.push(Finding {
            spot,
            endpoint: self.spec.name,
            what,
            text,
            known: None,
        });
    }
}

/// Every text of a value, with its place.
fn texts(place: String, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((place, text.clone())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(format!("{place}[{index}]"), item, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                texts(format!("{place}.{name}"), field, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Report, What, check};
    use crate::description::Description;
    use crate::known_faults::KnownFaults;

    /// Checks operations that are of no one version.
    fn checked(paths: Value, known: &str) -> Report {
        let description = Description::read("some", &json!({ "paths": paths })).unwrap();
        check(&[description], KnownFaults::read(known).unwrap())
    }

    fn findings(report: &Report) -> Vec<String> {
        let findings = &report.versions[0].findings;
        findings
            .iter()
            .map(|finding| format!("{}: {}", finding.spot, finding.text))
            .collect()
    }

    fn json_content(examples: &Value) -> Value {
        let examples: Value = examples
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), json!({ "value": value })))
            .collect();
        json!({ "content": { "application/json": { "examples": examples } } })
    }

    #[test]
    fn what_comes_out_as_it_went_in_passes() {
        let report = checked(
            json!({
                "/tags/{id}": {"get": {"responses": {
                    "200": json_content(&json!({"one": {"type": "tag", "id": 5, "name": "vip"}})),
                    "404": json_content(&json!({"gone": {"type": "error.list", "request_id": "r", "errors": [{"code": "not_found", "message": "Gone"}]}})),
                }}},
                "/contacts/{x}/tags": {"post": {"requestBody": json_content(&json!({"one": {"id": "5", "admin_id": 6}}))}},
                "/nowhere": {"get": {}},
            }),
            "",
        );
        assert_eq!(findings(&report), [""; 0]);
        assert!(report.passed());
        let summary = &report.versions[0];
        assert_eq!(
            (summary.operations, &summary.uncovered[..]),
            (3, &["GET /nowhere".to_owned()][..])
        );
        assert_eq!((summary.decoded.read, summary.decoded.all), (2, 2));
        assert_eq!((summary.encoded.read, summary.encoded.all), (2, 2));
    }

    #[test]
    fn whatever_is_lost_is_found() {
        let report = checked(
            json!({
                "/tags/{id}": {"get": {
                    "parameters": [{"name": "unheard_of", "in": "query", "example": 3}],
                    "responses": {
                        "200": json_content(&json!({"one": {"id": "5", "name": 7, "unheard_of": 1}, "two": "text"})),
                        "422": json_content(&json!({"odd": {"errors": {"name": ["is bad"]}, "hint": "try"}})),
                    },
                }},
                "/contacts/{x}/tags": {"post": {"requestBody": json_content(&json!({"bad": {}}))}},
            }),
            "",
        );
        assert_eq!(
            findings(&report),
            [
                "some POST /contacts/{x}/tags request `bad` -: id is required",
                "some GET /tags/{id} request `-` query.unheard_of: lost \"3\"",
                "some GET /tags/{id} 200 `one` name: expected a string, found 7",
                "some GET /tags/{id} 200 `one` name: lost 7",
                "some GET /tags/{id} 200 `one` unheard_of: lost 1",
                "some GET /tags/{id} 200 `two` -: a reply with an unexpected body: invalid type: string \"text\", expected an object (Tag) at line 1 column 6",
                "some GET /tags/{id} 422 `odd` hint: lost \"try\"",
            ]
        );
        assert!(!report.passed());
        let summary = &report.versions[0];
        assert_eq!(summary.count(What::Deviation), 1);
        assert_eq!((summary.decoded.read, summary.decoded.all), (2, 3));
    }

    #[test]
    fn a_known_fault_passes_and_a_stale_one_does_not() {
        let paths = |body: Value| json!({"/contacts/{x}/tags": {"post": {"requestBody": json_content(&json!({ "bad": body }))}}});
        let known = "some\tPOST\t/contacts/{id}/tags\trequest\tbad\t-\tIt shows a refusal.";
        let report = checked(paths(json!({})), known);
        assert!(report.passed());
        assert_eq!(
            report.versions[0].findings[0].known.as_deref(),
            Some("It shows a refusal.")
        );
        let report = checked(paths(json!({"id": "1"})), known);
        assert!(!report.passed());
        assert_eq!(report.stale.len(), 1);
    }

    #[test]
    fn a_version_has_just_the_operations_that_are_claimed_for_it() {
        let paths = json!({"/contacts/{id}/block": {"post": {}}});
        let description = Description::read("2.10", &json!({ "paths": paths })).unwrap();
        let report = check(&[description], KnownFaults::default());
        let found = findings(&report);
        assert_eq!(
            found[0],
            "2.10 POST /contacts/{id}/block versions `-` -: is described, but the endpoint exists from 2.13 on"
        );
        assert!(found.contains(
            &"2.10 GET /me versions `-` -: is not described, but the endpoint exists from 2.7 on".to_owned()
        ));
        assert!(
            !found
                .iter()
                .any(|found| found.contains("/help_center/sections"))
        );
    }
}
