//! The OpenAPI description of the control API, written from its routes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Body, ROOT, ReplyKind, Route, routes};
use crate::control::schema::{Field, Kind, Shape};

pub(super) static ROUTES: &[Route] = &[Route {
    method: "GET",
    path: "/openapi.json",
    about: "Returns this description.",
    query: &[],
    body: Body::None,
    reply: ReplyKind::Other("An OpenAPI 3.1 description."),
    run: |_| Ok(describe().into()),
}];

/// The schemas of named shapes.
type Schemas = BTreeMap<&'static str, Value>;

pub(crate) fn describe() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for route in routes() {
        let path = format!("{ROOT}{}", route.path.replace("{path*}", "{path}"));
        let operations = paths.entry(path).or_insert_with(|| json!({}));
        operations[route.method.to_lowercase()] = operation(route, &mut schemas);
    }
    let error = json!({
        "type": "object",
        "description": "Why the request was refused.",
        "required": ["error"],
        "properties": {"error": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "message": {"type": "string", "description": "What is wrong, and what to do."},
                "field": {"type": "string", "description": "The field that is wrong."},
            },
        }},
    });
    schemas.insert("Error", error);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Control API of intercom-emulator",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What a test sets up, injects and inspects. With one workspace for each token, `Authorization: Bearer TOKEN` selects the workspace.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn operation(route: &Route, schemas: &mut Schemas) -> Value {
    let mut parameters = Vec::new();
    for part in route.path.split('/').filter(|part| part.starts_with('{')) {
        parameters.push(json!({
            "name": part.trim_matches(['{', '}', '*']),
            "in": "path",
            "required": true,
            "schema": {"type": "string"},
        }));
    }
    for field in route.query {
        parameters.push(json!({
            "name": field.name,
            "in": "query",
            "required": field.required,
            "description": field.about,
            "schema": schema(&field.kind, schemas),
        }));
    }
    let (status, reply) = match &route.reply {
        ReplyKind::Nothing => ("204", json!({"description": "Done."})),
        ReplyKind::Object(shape) => {
            let content = json!({"application/json": {"schema": named(shape, schemas)}});
            (
                "2XX",
                json!({"description": shape.about, "content": content}),
            )
        }
        ReplyKind::Other(about) => ("200", json!({ "description": about })),
    };
    let refusal = json!({
        "description": "The request was refused.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
    });
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.about,
        "parameters": parameters,
        "responses": {status: reply, "4XX": refusal},
    });
    let body = match &route.body {
        Body::None => return operation,
        Body::Object(shape) => named(shape, schemas),
        Body::Free(about) => json!({"type": "object", "description": about}),
    };
    operation["requestBody"] = json!({
        "required": matches!(&route.body, Body::Object(shape) if shape.fields.iter().any(|it| it.required)),
        "content": {"application/json": {"schema": body}},
    });
    operation
}

/// Returns an identifier such as `put_clock`.
fn operation_id(route: &Route) -> String {
    let path = route
        .path
        .replace(['{', '}', '*'], "")
        .replace(['/', '.'], "_");
    format!("{}{path}", route.method.to_lowercase())
}

/// Adds a shape to the schemas, and returns a reference to it.
fn named(shape: &'static Shape, schemas: &mut Schemas) -> Value {
    if !schemas.contains_key(shape.name) {
        // A placeholder, so that a shape may contain itself.
        schemas.insert(shape.name, Value::Null);
        let described = object(shape.about, shape.fields, schemas);
        schemas.insert(shape.name, described);
    }
    json!({ "$ref": format!("#/components/schemas/{}", shape.name) })
}

fn object(about: &str, fields: &'static [Field], schemas: &mut Schemas) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut property = schema(&field.kind, schemas);
        property["description"] = field.about.into();
        properties.insert(field.name.to_owned(), property);
    }
    let required = fields.iter().filter(|field| field.required);
    let required: Vec<_> = required.map(|field| field.name).collect();
    json!({
        "type": "object",
        "description": about,
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn schema(kind: &'static Kind, schemas: &mut Schemas) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Integer(least, u64::MAX) => json!({"type": "integer", "minimum": least}),
        Kind::Integer(least, most) => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
        Kind::Number(least, most) if *most == f64::MAX => {
            json!({"type": "number", "minimum": least})
        }
        Kind::Number(least, most) => json!({"type": "number", "minimum": least, "maximum": most}),
        Kind::Choice(words) => json!({"type": "string", "enum": words}),
        Kind::Any => json!({}),
        Kind::Map(kind) => {
            json!({"type": "object", "additionalProperties": schema(kind, schemas)})
        }
        Kind::List(kind) => json!({"type": "array", "items": schema(kind, schemas)}),
        Kind::Object(shape) => named(shape, schemas),
        Kind::Nullable(kind) => json!({"anyOf": [schema(kind, schemas), {"type": "null"}]}),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{ROOT, describe, operation_id, routes};

    #[test]
    fn every_route_is_described_and_everything_described_is_a_route() {
        let description = describe();
        let mut described = BTreeSet::new();
        for (path, operations) in description["paths"].as_object().unwrap() {
            for method in operations.as_object().unwrap().keys() {
                described.insert((method.to_uppercase(), path.clone()));
            }
        }
        let routes: BTreeSet<_> = routes()
            .map(|route| {
                let path = format!("{ROOT}{}", route.path.replace("{path*}", "{path}"));
                (route.method.to_owned(), path)
            })
            .collect();
        assert_eq!(described, routes);
    }

    #[test]
    fn every_reference_leads_somewhere_and_no_name_is_used_twice() {
        let description = describe();
        let text = description.to_string();
        for reference in text.split("\"#/components/schemas/").skip(1) {
            let name = reference.split('"').next().unwrap();
            let schema = &description["components"]["schemas"][name];
            assert!(schema.is_object(), "{name}");
        }
        let ids: BTreeSet<_> = routes().map(operation_id).collect();
        assert_eq!(ids.len(), routes().count());
    }
}
