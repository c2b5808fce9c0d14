//! The imports of each crate go one way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of a crate, by their path, with the modules that each names after `crate::`.
type Modules = BTreeMap<String, BTreeSet<String>>;

fn crates() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    let folders = fs::read_dir(crates).unwrap();
    let folders = folders.map(|folder| folder.unwrap().path().join("src"));
    folders.filter(|source| source.is_dir()).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap();
        if path.is_dir() && name != "tests" {
            files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && name != "tests" {
            found.push(path);
        }
    }
}

/// `client::paging` for `client/paging.rs`, `client` for `client/mod.rs`, and nothing for the root.
fn name(source: &Path, file: &Path) -> String {
    let path = file.strip_prefix(source).unwrap().with_extension("");
    let parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
    let parts = match parts.split_last().unwrap() {
        (&("mod" | "lib" | "main"), parents) => parents.to_vec(),
        _ => parts,
    };
    parts.join("::")
}

/// The code of a file without its comments and its tests.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap().to_owned();
    let lines = code.lines().map(|line| line.split("//").next().unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

/// The paths after each `crate::` of a text, with groups in braces written out: `a::{b, c::d}` is
/// `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        expand("", rest, &mut found);
    }
    found
}

fn expand<'a>(prefix: &str, text: &'a str, found: &mut Vec<String>) -> &'a str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .unwrap_or(text.len());
    let (path, mut rest) = text.split_at(end);
    let path = format!("{prefix}{path}");
    if !(path.ends_with("::") && rest.starts_with('{')) {
        found.push(path);
        return rest;
    }
    loop {
        rest = expand(&path, rest[1..].trim_start(), found).trim_start();
        if !rest.starts_with(',') {
            return rest.get(1..).unwrap_or_default();
        }
    }
}

fn modules(source: &Path) -> Modules {
    let mut found = Vec::new();
    files(source, &mut found);
    let names: BTreeSet<String> = found.iter().map(|file| name(source, file)).collect();
    let longest_known = |path: &String| {
        let mut path = path.trim_end_matches(':');
        while !path.is_empty() && !names.contains(path) {
            path = path.rsplit_once("::").map_or("", |(parent, _)| parent);
        }
        path.to_owned()
    };
    found
        .iter()
        .map(|file| {
            let this = name(source, file);
            let named = paths(&code(file));
            let named = named.iter().map(longest_known);
            let others = named.filter(|it| !it.is_empty() && *it != this);
            (this.clone(), others.collect())
        })
        .collect()
}

/// Everything that a module reaches over others.
fn reached<'a>(modules: &'a Modules, from: &'a str, seen: &mut BTreeSet<&'a str>) {
    for next in modules.get(from).into_iter().flatten() {
        if seen.insert(next) {
            reached(modules, next, seen);
        }
    }
}

#[test]
fn no_modules_of_a_crate_import_each_other_in_a_circle() {
    for source in crates() {
        let modules = modules(&source);
        for module in modules.keys() {
            let mut seen = BTreeSet::new();
            reached(&modules, module, &mut seen);
            assert!(
                !seen.contains(module.as_str()),
                "{}: `{module}` imports a module that imports it",
                source.display()
            );
        }
    }
}

/// The order of the modules in `lib.rs`, where a comment says that it is that of their floors.
fn floors(source: &Path) -> Option<Vec<String>> {
    let root = fs::read_to_string(source.join("lib.rs")).ok()?;
    let (_, declared) = root.split_once("// The floors, lowest first")?;
    let declarations = declared.lines().filter_map(|line| {
        let (_, rest) = line.split_once("mod ")?;
        rest.strip_suffix(';').map(str::to_owned)
    });
    Some(declarations.collect())
}

#[test]
fn a_module_imports_none_from_a_floor_above_it() {
    let mut checked = 0;
    for source in crates() {
        let Some(floors) = floors(&source) else {
            continue;
        };
        checked += 1;
        let floor = |module: &str| {
            let top = module.split("::").next().unwrap();
            floors.iter().position(|floor| floor == top)
        };
        for (module, imports) in modules(&source) {
            for import in imports {
                assert!(
                    floor(&module).is_none_or(|own| floor(&import).is_none_or(|it| it <= own)),
                    "{}: `{module}` imports `{import}`, which is on a floor above it",
                    source.display()
                );
            }
        }
    }
    assert!(checked > 0, "no crate declares its floors");
}

#[test]
fn groups_of_imports_are_read_as_paths() {
    let code = "use crate::error::{Error, job::{A, B}};\nuse crate::wire::Spec;";
    assert_eq!(
        paths(code),
        [
            "error::Error",
            "error::job::A",
            "error::job::B",
            "wire::Spec"
        ]
    );
}
