//! What every declaration of an endpoint has in common, read from the sources.

use std::collections::BTreeSet;
use std::fs;

use intercom_core::api::ALL;

/// An endpoint as it is declared.
struct Declaration {
    /// The module and the type, as in [`Spec::name`](intercom_core::Spec::name).
    name: String,
    /// The lines of its documentation.
    documentation: Vec<String>,
}

/// All endpoints that the sources declare.
fn declarations() -> Vec<Declaration> {
    let mut declarations = Vec::new();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/api")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (mut documentation, mut declares) = (Vec::new(), false);
        for line in fs::read_to_string(&path).unwrap().lines() {
            if let Some(text) = line.strip_prefix("///") {
                documentation.push(text.trim().to_owned());
            } else if line == "#[apply(endpoint)]" {
                declares = true;
            } else if let Some(rest) = line.strip_prefix("pub struct ").filter(|_| declares) {
                let name = rest.split(' ').next().unwrap();
                declarations.push(Declaration {
                    name: format!("{module}::{name}"),
                    documentation: std::mem::take(&mut documentation),
                });
                declares = false;
            } else if !declares {
                documentation.clear();
            }
        }
    }
    declarations
}

#[test]
fn every_endpoint_that_is_declared_is_in_the_table() {
    let declarations = declarations();
    let declared: BTreeSet<&str> = declarations.iter().map(|one| one.name.as_str()).collect();
    let listed: BTreeSet<&str> = ALL.iter().map(|spec| spec.name).collect();
    let missing: Vec<_> = declared.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "`operations!` in api/mod.rs lacks {missing:?}"
    );
    // Whatever the table lists must have been found too, or the sources were not read as they are.
    assert_eq!(declared, listed);
}

#[test]
fn the_documentation_of_every_endpoint_begins_with_one_line_that_stands_alone() {
    let declarations = declarations();
    assert_eq!(declarations.len(), ALL.len());
    for Declaration {
        name,
        documentation,
    } in declarations
    {
        let mut lines = documentation.iter();
        let summary = lines.next().map_or("", String::as_str);
        assert!(
            summary.ends_with('.'),
            "{name}: {summary:?} is not a whole sentence"
        );
        let verb = summary.split([' ', ',']).next().unwrap_or_default();
        assert!(
            verb.starts_with(char::is_uppercase) && verb.ends_with('s'),
            "{name}: {summary:?} does not begin with what the operation does"
        );
        assert!(
            lines.next().is_none_or(String::is_empty),
            "{name}: an empty line must follow {summary:?}"
        );
    }
}
