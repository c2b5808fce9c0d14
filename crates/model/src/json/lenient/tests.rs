use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::from_slice;

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, remote = "Self")]
struct Record {
    count: Option<u32>,
    name: Option<String>,
    inner: Option<Box<Record>>,
    list: Vec<Strict>,
    flags: Vec<bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
struct Strict {
    id: String,
}

crate::json::object::read_objects! { Record }
crate::json::object::read_objects! { Strict }

#[derive(Debug, Deserialize)]
struct Records {
    records: Vec<Record>,
}

fn read(json: &Value) -> (Record, Vec<String>) {
    // Spread over lines, so that positions are told by line and column.
    let (record, deviations) =
        from_slice(serde_json::to_string_pretty(json).unwrap().as_bytes()).unwrap();
    (record, deviations.iter().map(ToString::to_string).collect())
}

#[test]
fn what_is_as_documented_has_no_deviations() {
    let (record, deviations) = read(&json!({"count": 1, "unknown": [{}], "list": [{"id": "a"}]}));
    assert_eq!(
        (record.count, record.list.len(), deviations.len()),
        (Some(1), 1, 0)
    );
}

#[test]
fn a_wrong_kind_of_value_costs_only_itself() {
    for (wrong, found) in [
        (json!("x"), "\"x\""),
        (json!(-1), "-1"),
        (json!(1.5), "1.5"),
        (json!(5_000_000_000_u64), "5000000000"),
        (json!(true), "true"),
        (json!([1, 2]), "[\n      1,\n      2\n    ]"),
        (
            json!({"a": {"b": 1}}),
            "{\n      \"a\": {\n        \"b\": 1\n      }\n    }",
        ),
    ] {
        let (record, deviations) =
            read(&json!({"inner": {"count": wrong, "name": "kept"}, "name": "kept too"}));
        assert_eq!(record.inner.unwrap().name.as_deref(), Some("kept"));
        assert_eq!(record.name.as_deref(), Some("kept too"));
        assert_eq!(
            deviations,
            [format!("inner.count: expected u32, found {found}")]
        );
    }
}

#[test]
fn an_element_that_cannot_be_null_is_left_out_of_its_list() {
    let (record, deviations) = read(&json!({"flags": [true, "no", false, null], "name": "kept"}));
    assert_eq!(
        (record.flags, record.name.as_deref()),
        (vec![true, false], Some("kept"))
    );
    assert_eq!(
        deviations,
        [
            "flags[1]: expected a boolean, found \"no\"",
            "flags[3]: expected a boolean, found null"
        ]
    );
}

#[test]
fn a_deviation_names_the_place_that_the_value_had_in_the_reply() {
    let (record, deviations) = read(&json!({
        "flags": [null, null, true, "a", [false], false, 1, null],
        "list": [1, {"id": "a"}, {"id": 2}, null, {"id": "b"}, {}],
        "name": 7,
    }));
    assert_eq!((record.flags, record.list.len()), (vec![true, false], 2));
    let places: Vec<&str> = deviations
        .iter()
        .map(|deviation| deviation.split(':').next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "flags[0]",
            "flags[1]",
            "flags[3]",
            "flags[4]",
            "flags[6]",
            "flags[7]",
            "list[0]",
            "list[2].id",
            "list[2]",
            "list[3]",
            "list[5]",
            "name"
        ]
    );
}

#[test]
fn a_long_list_with_surprises_in_every_item_is_read_whole() {
    let item =
        json!({"count": "x", "name": ["y"], "inner": {"flags": [1, 2]}, "flags": [true, null]});
    let text = json!({"records": vec![item; 400]}).to_string();
    let (Records { records }, deviations) = from_slice(text.as_bytes()).unwrap();
    assert_eq!((records.len(), deviations.len()), (400, 2_000));
}

#[test]
fn items_whose_kind_depends_on_their_place_cost_no_other() {
    #[derive(Debug, Deserialize)]
    struct Line {
        points: Option<Vec<(f64, String, Option<bool>)>>,
        name: String,
    }

    let text = br#"{"points":[[1,"a",true],[2,3,true]],"name":"kept"}"#;
    let (line, _) = from_slice::<Line>(text).unwrap();
    let points = line.points.unwrap();
    assert_eq!(points, [(1.0, "a".to_owned(), Some(true))]);
    assert_eq!(line.name, "kept");
}

#[test]
fn a_field_that_comes_twice_costs_its_second_value() {
    let (record, deviations) = from_slice::<Record>(
        br#"{"name":"first","name" : "second","list":[],"list":[{}],"count":1}"#,
    )
    .unwrap();
    assert_eq!(
        (record.name.as_deref(), record.count),
        (Some("first"), Some(1))
    );
    let deviations: Vec<String> = deviations.iter().map(ToString::to_string).collect();
    assert_eq!(
        deviations,
        [
            r#"name: expected `name` once, found "second""#,
            "list: expected `list` once, found [{}]"
        ]
    );
}

#[test]
fn an_item_without_its_identity_is_left_out_of_its_list() {
    let (record, deviations) = read(&json!({"list": [{"id": "a"}, {"name": "b"}, {"id": "c"}]}));
    assert_eq!(
        record.list,
        [Strict { id: "a".into() }, Strict { id: "c".into() }]
    );
    assert_eq!(
        deviations,
        ["list[1]: expected an object with `id`, found {\n      \"name\": \"b\"\n    }"]
    );
}

#[test]
fn a_text_or_number_that_rust_cannot_hold_costs_only_itself() {
    for wrong in [&b"\"\\ud800\""[..], b"\"\xff\"", b"1e999", b"-1e999"] {
        for field in ["name", "count"] {
            let json = [
                b"{\"inner\":{\"",
                field.as_bytes(),
                b"\":",
                wrong,
                b"},\"name\":\"kept\"}",
            ];
            let (record, deviations) = from_slice::<Record>(&json.concat()).unwrap();
            assert_eq!(record.name.as_deref(), Some("kept"));
            assert_eq!(deviations.len(), 1);
            assert_eq!(deviations[0].path, format!("inner.{field}"));
        }
    }
}

#[test]
fn a_value_nested_too_deeply_costs_only_itself() {
    let mut json = String::from(r#"{"name":"kept","inner":"#);
    json.push_str(&r#"{"inner":"#.repeat(10_000));
    json.push_str("null");
    json.push_str(&"}".repeat(10_001));
    let (record, deviations) = from_slice::<Record>(json.as_bytes()).unwrap();
    assert_eq!(
        (record.name.as_deref(), deviations.len()),
        (Some("kept"), 1)
    );
}

#[test]
fn another_kind_of_text_is_an_error() {
    for text in [
        "",
        "null",
        "[]x",
        "\"text\"",
        "12",
        "{\"name\":",
        "{\"name\":\"a\"",
        "<html></html>",
        "{\"a\":1}}",
    ] {
        assert!(from_slice::<Strict>(text.as_bytes()).is_err(), "{text}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[\\PC\"\\\\{}\\[\\],:]{0,6}".prop_map(Value::from),
    ];
    scalar.prop_recursive(4, 24, 4, |value| {
        let key = prop_oneof!["(count|name|inner|list|flags|id)", "[\\PC\"\\\\,]{0,3}"];
        prop_oneof![
            proptest::collection::vec(value.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key, value), 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_record() -> impl Strategy<Value = Value> {
    let field = ("(count|name|inner|list|flags|other)", any_json());
    proptest::collection::vec(field, 0..6)
        .prop_map(|fields| Value::Object(fields.into_iter().collect()))
}

proptest! {
    #[test]
    fn any_object_is_read(json in any_record(), pretty: bool) {
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        let (record, deviations) = from_slice::<Record>(text.as_bytes()).unwrap();
        // What was of the right kind was kept.
        if let Some(name) = json.get("name").and_then(Value::as_str) {
            prop_assert_eq!(record.name.as_deref(), Some(name));
        }
        if serde_json::from_str::<Record>(&text).is_ok() {
            prop_assert!(deviations.is_empty());
        }
    }

    #[test]
    fn items_are_read_in_a_list_as_they_are_alone(items in proptest::collection::vec(any_record(), 0..6), pretty: bool) {
        let json = json!({"before": [1, [2]], "records": items, "after": {"records": [3]}});
        let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
        let (Records { records }, deviations) = from_slice(text.as_bytes()).unwrap();
        let places: Vec<String> = deviations.into_iter().map(|deviation| deviation.path).collect();
        let mut alone = (Vec::new(), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let (record, deviations) = from_slice::<Record>(item.to_string().as_bytes()).unwrap();
            alone.0.push(record);
            alone.1.extend(deviations.into_iter().map(|deviation| format!("records[{index}].{}", deviation.path)));
        }
        prop_assert_eq!((records, places), alone);
    }

    #[test]
    fn no_text_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..64), json in any_json(), cut in any::<proptest::sample::Index>()) {
        let _ = from_slice::<Record>(&bytes);
        let text = serde_json::to_vec(&json).unwrap();
        let _ = from_slice::<Record>(&text[..cut.index(text.len())]);
    }
}
