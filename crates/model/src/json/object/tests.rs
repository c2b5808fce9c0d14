#![allow(unreachable_pub, reason = "the macro makes types public")]

use serde_json::json;

use super::{declare::object, problem::Scope};

object! {
    #[derive(Debug, PartialEq)]
    pub struct Record {
        #[serde(default)]
        pub id: Option<u32>,
        #[serde(default)]
        pub tags: Vec<u32>,
    }
}

object! {
    #[derive(Debug, PartialEq)]
    pub struct Strict {
        pub id: u32,
    }
}

object! {
    #[items(names)]
    #[derive(Debug, PartialEq)]
    pub struct Names {
        #[serde(default)]
        pub names: Vec<String>,
        #[serde(default)]
        pub total_count: Option<u32>,
    }
}

#[test]
fn an_empty_array_is_an_object_without_fields() {
    let nothing: Record = serde_json::from_str("[ ]").unwrap();
    assert_eq!(nothing, serde_json::from_str("{}").unwrap());
    let nothing: Record = serde_json::from_value(json!([])).unwrap();
    assert_eq!((nothing.id, nothing.tags.len()), (None, 0));
}

#[test]
fn an_error_about_an_empty_array_is_at_its_place() {
    let error = serde_json::from_str::<Vec<Strict>>("[\n[]]").unwrap_err();
    assert_eq!(error.to_string(), "missing field `id` at line 2 column 2");
}

#[test]
fn an_array_is_not_read_as_an_object() {
    for text in ["[1]", "[1, [2]]", "[null]"] {
        let error = serde_json::from_str::<Record>(text)
            .unwrap_err()
            .to_string();
        let expected = "invalid type: sequence, expected an object (Record) at line 1 column ";
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn the_items_of_a_list_are_read_under_other_names_too() {
    let expected = Names {
        names: vec!["a".into()],
        total_count: None,
    };
    for name in ["names", "data", "contacts", "results"] {
        let names: Names = serde_json::from_value(json!({name: ["a"]})).unwrap();
        assert_eq!(names, expected);
    }
}

#[test]
fn problems_with_an_object_are_errors_only_while_they_are_reported() {
    let read = |json: &str| serde_json::from_str::<Names>(json).map_err(|error| error.to_string());
    let other =
        |json: &str| serde_json::from_str::<Record>(json).map_err(|error| error.to_string());
    assert!(read(r#"{"total_count":1}"#).is_ok());
    assert!(other(r#"{"other":1}"#).is_ok());

    let _scope = Scope::reporting();
    let error = read(r#"{"total_count":1}"#).unwrap_err();
    assert_eq!(error, "missing items: names at line 1 column 17");
    let error = other(r#"{"other":1}"#).unwrap_err();
    assert_eq!(
        error,
        "unrecognized object, expected a Record at line 1 column 11"
    );
    for good in [r#"{"names":null,"total_count":1}"#, r#"{"names":[]}"#, "[]"] {
        let nulls = read(good).is_err_and(|error| error.contains("missing items"));
        assert!(!nulls, "{good}");
    }
    for good in ["{}", "[]", r#"{"id":1,"other":1}"#] {
        assert!(other(good).is_ok(), "{good}");
    }
    {
        let _scope = Scope::quiet();
        assert!(other(r#"{"other":1}"#).is_ok());
    }
    assert!(other(r#"{"other":1}"#).is_err());
}
