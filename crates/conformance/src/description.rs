//! Reading descriptions of the API: OpenAPI 3 as JSON.

use std::path::Path;
use std::{fmt, fs, io};

use http::HeaderMap;
use intercom_core::ApiVersion;
use serde_json::{Map, Value};

use crate::decode::headers;
use crate::encode::scalar;
use crate::target::version_named;

const METHODS: &[&str] = &["get", "put", "post", "patch", "delete"];

/// How many references may follow one another; more are taken for a loop.
const MOST_REFERENCES: usize = 16;

/// One version of the API, as described.
#[derive(Debug)]
#[non_exhaustive]
pub struct Description {
    /// The version; `None` for a description that is not of one version.
    pub version: Option<ApiVersion>,
    /// The version, or else the name of the file.
    pub name: String,
    /// The operations, in the order of their paths.
    pub operations: Vec<Described>,
    /// The whole document.
    pub document: Value,
}

/// An operation, as described.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Described {
    /// The method, in capitals.
    pub method: String,
    /// The path, with its arguments in braces.
    pub path: String,
    /// The official name, where it has one.
    pub name: Option<String>,
    /// The resources that it is about.
    pub tags: Vec<String>,
    /// Whether it is a list that comes in pages: its query or its body asks for one, or its replies
    /// tell of them.
    pub paged: bool,
    /// A value for each argument of the path, in their order.
    pub arguments: Vec<String>,
    /// A value for each field of the query.
    pub query: Vec<(String, String)>,
    /// Whether a request has a body.
    pub takes_body: bool,
    /// Bodies of requests, where they are JSON.
    pub requests: Vec<Example>,
    /// Replies.
    pub replies: Vec<ReplyExample>,
}

/// An example of a body.
#[derive(Debug)]
#[non_exhaustive]
pub struct Example {
    /// Its name among the examples beside it.
    pub name: String,
    /// The body: text in a JSON string, where it is not JSON.
    pub value: Value,
}

impl Example {
    /// A request without a body.
    pub(crate) fn none() -> Self {
        Self {
            name: "-".to_owned(),
            value: Value::Null,
        }
    }
}

/// An example of a reply.
#[derive(Debug)]
#[non_exhaustive]
pub struct ReplyExample {
    /// The status.
    pub status: u16,
    /// The headers that have examples.
    pub headers: HeaderMap,
    /// Whether the body is JSON.
    pub is_json: bool,
    /// The body.
    pub body: Example,
}

/// A description that cannot be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The directory or a file of it.
    Io {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// A file that is no JSON.
    Json {
        /// Which.
        path: String,
        /// Why.
        source: serde_json::Error,
    },
    /// There is no description.
    None {
        /// The directory.
        path: String,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { path, source } => write!(f, "{path}: {source}"),
            Self::Json { path, source } => write!(f, "{path} is no JSON: {source}"),
            Self::None { path } => write!(
                f,
                "{path} has no OpenAPI description: a file *.json with `paths` is needed"
            ),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads every description of a directory, oldest version first. Other JSON files are skipped.
///
/// # Errors
///
/// Where a file cannot be read, or none is a description.
pub fn read_all(directory: &Path) -> Result<Vec<Description>, ReadError> {
    let failed = |path: &Path, source| ReadError::Io {
        path: path.display().to_string(),
        source,
    };
    let entries = fs::read_dir(directory).map_err(|error| failed(directory, error))?;
    let mut descriptions = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| failed(directory, error))?.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = fs::read(&path).map_err(|error| failed(&path, error))?;
        let document = serde_json::from_slice(&text).map_err(|source| ReadError::Json {
            path: path.display().to_string(),
            source,
        })?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        descriptions.extend(Description::read(&stem, &document));
    }
    if descriptions.is_empty() {
        return Err(ReadError::None {
            path: directory.display().to_string(),
        });
    }
    descriptions.sort_by_key(|description| {
        let order = description.version.clone();
        (order.is_none(), order, description.name.clone())
    });
    Ok(descriptions)
}

impl Description {
    /// Reads a description; `file` is the name of the file, without its ending. `None` where the
    /// document is none.
    #[must_use]
    pub fn read(file: &str, document: &Value) -> Option<Self> {
        let paths = document.get("paths")?.as_object()?;
        let known = |name: &str| {
            Some(version_named(name)).filter(|version| ApiVersion::KNOWN.contains(version))
        };
        let named = document.pointer("/info/version").and_then(Value::as_str);
        let version = named.and_then(known).or_else(|| known(file));
        let name = version.as_ref().map_or(file, |version| version.as_str());
        Some(Self {
            name: name.to_owned(),
            operations: paths
                .iter()
                .flat_map(|(path, item)| operations(document, path, item))
                .collect(),
            version,
            document: document.clone(),
        })
    }

    /// Returns an operation as the document has it.
    pub(crate) fn source(&self, operation: &Described) -> &Value {
        let path = self
            .document
            .get("paths")
            .and_then(|paths| paths.get(&operation.path));
        let item = path.map_or(&Value::Null, |item| resolve(&self.document, item));
        item.get(operation.method.to_lowercase())
            .unwrap_or(&Value::Null)
    }
}

fn operations<'a>(
    document: &'a Value,
    path: &'a str,
    item: &'a Value,
) -> impl Iterator<Item = Described> {
    let item = resolve(document, item);
    METHODS.iter().filter_map(move |method| {
        let operation = item.get(method)?;
        Some(described(document, method, path, item, operation))
    })
}

fn described(
    document: &Value,
    method: &str,
    path: &str,
    item: &Value,
    operation: &Value,
) -> Described {
    // Those of the operation come last, for they prevail.
    let parameters: Vec<&Value> = [item, operation]
        .into_iter()
        .flat_map(|place| items(place.get("parameters")))
        .map(|parameter| resolve(document, parameter))
        .collect();
    let body = operation
        .get("requestBody")
        .map(|body| resolve(document, body));
    let requests = body.map_or_else(Vec::new, |body| {
        contents(document, body)
            .filter(|(media, _)| is_json(media))
            .map(|(_, example)| example)
            .collect()
    });
    Described {
        method: method.to_uppercase(),
        path: path.to_owned(),
        name: text(operation, "operationId").map(str::to_owned),
        tags: items(operation.get("tags"))
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        paged: is_paged(document, operation, &parameters),
        arguments: arguments(document, path, &parameters),
        query: query(document, &parameters),
        takes_body: body.is_some(),
        requests,
        replies: replies(document, operation),
    }
}

/// The fields that ask for a page, or tell of it.
const PAGING: &[&str] = &[
    "cursor",
    "next_cursor",
    "page",
    "pages",
    "pagination",
    "scroll_param",
    "starting_after",
    "total_pages",
];

fn is_paged(document: &Value, operation: &Value, parameters: &[&Value]) -> bool {
    let names = |value: &Value| -> Vec<String> {
        fields(Some(value)).map(|(name, _)| name.clone()).collect()
    };
    let in_query = parameters
        .iter()
        .filter(|parameter| text(parameter, "in") == Some("query"))
        .filter_map(|parameter| text(parameter, "name").map(str::to_owned))
        .collect();
    let successes =
        fields(operation.get("responses")).filter(|(status, _)| status.starts_with('2'));
    let bodies = successes
        .map(|(_, reply)| reply)
        .chain(operation.get("requestBody"))
        .map(|body| resolve(document, body));
    // Some examples have fields that their schemas do not.
    let in_bodies = bodies.flat_map(|body| {
        let schemas = fields(body.get("content"))
            .filter_map(|(_, content)| resolve(document, content.get("schema")?).get("properties"))
            .map(names);
        let examples = contents(document, body).map(|(_, example)| names(&example.value));
        schemas.chain(examples).collect::<Vec<_>>()
    });
    let mut names = in_bodies.chain([in_query]).flatten();
    names.any(|name| PAGING.contains(&name.as_str()))
}

/// A value for each argument of the path: the example, or one of its kind.
fn arguments(document: &Value, path: &str, parameters: &[&Value]) -> Vec<String> {
    let named = |name: &str| {
        let mut parameters = parameters.iter().rev();
        parameters.find(|parameter| {
            text(parameter, "in") == Some("path") && text(parameter, "name") == Some(name)
        })
    };
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| named(name).map_or_else(|| "a1".to_owned(), |found| sample(document, found)))
        .collect()
}

fn query(document: &Value, parameters: &[&Value]) -> Vec<(String, String)> {
    let mut query: Vec<(String, String)> = Vec::new();
    for parameter in parameters {
        let (Some("query"), Some(name)) = (text(parameter, "in"), text(parameter, "name")) else {
            continue;
        };
        query.retain(|(other, _)| other != name);
        query.push((name.to_owned(), sample(document, parameter)));
    }
    query
}

/// What stands as the example of a parameter, or a value of its kind.
fn sample(document: &Value, parameter: &Value) -> String {
    let schema = parameter
        .get("schema")
        .map_or(&Value::Null, |schema| resolve(document, schema));
    [
        parameter.get("example"),
        schema.get("example"),
        schema.get("default"),
        schema.pointer("/enum/0"),
    ]
    .into_iter()
    .flatten()
    .find_map(scalar)
    .filter(|sample| !sample.is_empty())
    .unwrap_or_else(|| {
        let sample = match text(schema, "type") {
            Some("integer" | "number") => "1",
            Some("boolean") => "true",
            _ => "a1",
        };
        sample.to_owned()
    })
}

fn replies(document: &Value, operation: &Value) -> Vec<ReplyExample> {
    let mut replies = Vec::new();
    for (status, reply) in fields(operation.get("responses")) {
        let reply = resolve(document, reply);
        let status = match status.as_bytes() {
            // A class, such as 4XX.
            [class @ b'1'..=b'5', b'X' | b'x', ..] => u16::from(class - b'0') * 100,
            // What is not described otherwise is an error.
            _ => status.parse().unwrap_or(500),
        };
        for (media, body) in contents(document, reply) {
            replies.push(ReplyExample {
                status,
                headers: example_headers(document, reply),
                is_json: is_json(&media),
                body,
            });
        }
    }
    replies
}

/// The headers of a reply that have examples.
fn example_headers(document: &Value, reply: &Value) -> HeaderMap {
    let mut values = Map::new();
    for (name, header) in fields(reply.get("headers")) {
        let header = resolve(document, header);
        let example = header
            .get("example")
            .or_else(|| header.pointer("/schema/example"));
        if let Some(text) = example.and_then(scalar) {
            values.insert(name.clone(), text.into());
        }
    }
    headers(values).unwrap_or_default()
}

/// The examples of a body, each with its media type. One that stands alone is called `example`.
fn contents<'a>(
    document: &'a Value,
    body: &'a Value,
) -> impl Iterator<Item = (String, Example)> + 'a {
    fields(body.get("content")).flat_map(move |(media, content)| {
        let alone = content
            .get("example")
            .map(|value| ("example".to_owned(), value));
        let named = fields(content.get("examples")).filter_map(|(name, example)| {
            let value = resolve(document, example).get("value")?;
            Some((name.clone(), value))
        });
        named.chain(alone).map(|(name, value)| {
            let value = value.clone();
            (media.clone(), Example { name, value })
        })
    })
}

fn is_json(media: &str) -> bool {
    let kind = media.split(';').next().unwrap_or_default().trim();
    kind == "application/json" || kind.ends_with("+json")
}

/// What a reference is to, or the value itself.
pub(crate) fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let mut value = value;
    for _ in 0..MOST_REFERENCES {
        let Some(reference) = text(value, "$ref") else {
            return value;
        };
        let place = reference.strip_prefix('#').unwrap_or("/");
        value = document.pointer(place).unwrap_or(&Value::Null);
    }
    &Value::Null
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn fields(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use intercom_core::ApiVersion;
    use serde_json::json;

    use super::{Description, read_all};

    #[test]
    fn the_version_is_told_by_the_document_or_else_by_its_file() {
        let version = |file, info| {
            let description =
                Description::read(file, &json!({"paths": {}, "info": {"version": info}})).unwrap();
            (description.version, description.name)
        };
        let preview = (Some(ApiVersion::Preview), "Preview".to_owned());
        assert_eq!(version("x", json!("Preview")), preview);
        assert_eq!(version("x", json!("0")), preview);
        assert_eq!(version("preview", json!(null)), preview);
        assert_eq!(version("2.9", json!("2.11")).0, Some(ApiVersion::V2_11));
        assert_eq!(version("2.9", json!("?")).0, Some(ApiVersion::V2_9));
        assert_eq!(version("extra", json!(null)), (None, "extra".to_owned()));
        assert!(Description::read("x", &json!({"info": {}})).is_none());
    }

    #[test]
    fn examples_are_found_wherever_they_stand() {
        let document = json!({
            "components": {
                "examples": {"one": {"value": {"id": "1"}}},
                "parameters": {"count": {"name": "per_page", "in": "query", "schema": {"type": "integer"}}},
                "responses": {"gone": {"content": {"application/json": {"example": {"errors": []}}}}},
                "requestBodies": {"tag": {"content": {
                    "application/json": {"examples": {"a": {"$ref": "#/components/examples/one"}, "b": {"value": null}, "c": {}}},
                    "text/plain": {"example": "skipped"},
                }}},
            },
            "paths": {"/x/{a}/{b}": {
                "parameters": [{"name": "a", "in": "path", "example": 7}, {"name": "q", "in": "query"}],
                "post": {
                    "parameters": [{"$ref": "#/components/parameters/count"}, {"name": "q", "in": "query", "example": true}],
                    "requestBody": {"$ref": "#/components/requestBodies/tag"},
                    "responses": {
                        "302": {"headers": {"Location": {"example": "/y"}}, "content": {"text/html": {"example": "<p>"}}},
                        "404": {"$ref": "#/components/responses/gone"},
                        "5XX": {"$ref": "#/components/responses/nowhere"},
                    },
                },
            }},
        });
        let description = Description::read("2.16", &document).unwrap();
        let [operation] = &description.operations[..] else {
            panic!("{description:?}");
        };
        assert_eq!(operation.method, "POST");
        assert_eq!(operation.arguments, ["7", "a1"]);
        let query: Vec<_> = operation
            .query
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(query, ["per_page=1", "q=true"]);
        let requests: Vec<_> = operation
            .requests
            .iter()
            .map(|example| (example.name.as_str(), example.value.clone()))
            .collect();
        assert_eq!(requests, [("a", json!({"id": "1"})), ("b", json!(null))]);
        let replies: Vec<_> = operation
            .replies
            .iter()
            .map(|reply| (reply.status, reply.is_json, reply.body.value.clone()))
            .collect();
        assert_eq!(
            replies,
            [
                (302, false, json!("<p>")),
                (404, true, json!({"errors": []}))
            ]
        );
        assert_eq!(operation.replies[0].headers["location"], "/y");
    }

    #[test]
    fn a_reference_to_itself_is_nothing() {
        let document = json!({
            "loop": {"$ref": "#/loop"},
            "paths": {"/x": {"get": {"requestBody": {"$ref": "#/loop"}, "responses": {"200": {"$ref": "other.json#/x"}}}}},
        });
        let description = Description::read("2.16", &document).unwrap();
        assert!(description.operations[0].requests.is_empty());
    }

    #[test]
    fn a_directory_without_descriptions_is_an_error_that_says_so() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("other.json"), "[]").unwrap();
        let error = read_all(directory.path()).unwrap_err().to_string();
        assert!(error.contains("has no OpenAPI description"), "{error}");
        std::fs::write(directory.path().join("broken.json"), "{").unwrap();
        let error = read_all(directory.path()).unwrap_err().to_string();
        assert!(error.contains("broken.json is no JSON"), "{error}");
        let error = read_all(&directory.path().join("missing")).unwrap_err();
        assert!(error.to_string().contains("missing: "), "{error}");
    }
}
