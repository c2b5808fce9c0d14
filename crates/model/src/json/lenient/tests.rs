#![allow(unreachable_pub, reason = "the macro makes types public")]

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DeviationKind, from_slice};
use crate::json::object::object;

object! {
    #[derive(Debug, Default, PartialEq)]
    pub struct Record {
        #[serde(default)]
        pub count: Option<u32>,
        #[serde(default)]
        pub name: Option<String>,
        #[serde(default)]
        pub inner: Option<Box<Record>>,
        #[serde(default)]
        pub list: Vec<Strict>,
        #[serde(default)]
        pub flags: Vec<bool>,
    }
}

object! {
    #[derive(Debug, PartialEq)]
    pub struct Strict {
        pub id: String,
    }
}

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
fn a_documented_reply_has_no_deviations() {
    let (record, deviations) = read(&json!({"count": 1, "unknown": [{}], "list": [{"id": "a"}]}));
    assert_eq!(
        (record.count, record.list.len(), deviations.len()),
        (Some(1), 1, 0)
    );
}

#[test]
fn a_value_of_the_wrong_kind_loses_only_itself() {
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
fn a_deviation_has_the_path_of_the_value_in_the_original_reply() {
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
fn a_long_list_with_a_deviation_in_every_item_is_read_in_full() {
    let item =
        json!({"count": "x", "name": ["y"], "inner": {"flags": [1, 2]}, "flags": [true, null]});
    let text = json!({"records": vec![item; 400]}).to_string();
    let (Records { records }, deviations) = from_slice(text.as_bytes()).unwrap();
    assert_eq!((records.len(), deviations.len()), (400, 101));
    assert_eq!(deviations[100].to_string(), "1900 more deviations");
}

#[test]
fn an_invalid_tuple_loses_only_itself() {
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
fn a_duplicate_field_loses_its_second_value() {
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
        ["list[1]: expected a Strict, found {\n      \"name\": \"b\"\n    }"]
    );
}

#[test]
fn an_unrepresentable_text_or_number_loses_only_itself() {
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
fn a_value_nested_too_deeply_loses_only_itself() {
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
    // With a field of its own, so that it is taken for what it is.
    let own = ("count".to_owned(), Value::Null);
    proptest::collection::vec(field, 0..6)
        .prop_map(move |fields| Value::Object([own.clone()].into_iter().chain(fields).collect()))
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
        let is_value = |deviation: &super::Deviation| deviation.kind == DeviationKind::Value;
        if serde_json::from_str::<Record>(&text).is_ok() {
            prop_assert!(!deviations.iter().any(is_value), "{deviations:?}");
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

/// Reads the text, and returns the deviations as they are shown.
fn deviations(text: &[u8]) -> (Record, Vec<String>) {
    let (record, deviations) = from_slice::<Record>(text).unwrap();
    (record, deviations.iter().map(ToString::to_string).collect())
}

#[test]
fn broken_json_is_an_error_whatever_comes_before_the_break() {
    for text in [
        r#"{"records":[{"name":{}},{b"#,
        r#"{"records":[{"name":{}},,{"name":"a"}]}"#,
        r#"{"records":[{"name":{}}"#,
        r#"{"records":[{"name":{}}]}}"#,
        r#"{"records":[{"name":{}} {"name":"a"}]}"#,
        r#"{"records":[{"name":{},}]}"#,
        r#"{"records":[{"name":NaNs}]}"#,
        "{\"records\":[{\"name\":{}},{\"name\":\"\\u00\"}]}",
    ] {
        assert!(from_slice::<Records>(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn invalid_unicode_in_a_string_is_replaced() {
    for (text, name) in [
        (&br#"{"name":"cut \ud83d"}"#[..], "cut \u{fffd}"),
        (
            br#"{"name":"\udc00 \ud83d\ude00 \ud83dx \\ud83d"}"#,
            "\u{fffd} 😀 \u{fffd}x \\ud83d",
        ),
        (b"{\"name\":\"\xff caf\xc3\xa9\"}", "\u{fffd} café"),
    ] {
        let (record, deviations) = deviations(text);
        assert_eq!(record.name.as_deref(), Some(name));
        assert_eq!(deviations.len(), 1, "{deviations:?}");
        assert!(
            deviations[0].starts_with("name: expected "),
            "{deviations:?}"
        );
    }
}

#[test]
fn text_that_is_not_quite_json_is_read_as_what_it_stands_for() {
    let (record, none) = deviations(b"\xef\xbb\xbf{\"name\":\"a\"}");
    assert_eq!((record.name.as_deref(), none.len()), (Some("a"), 0));
    let (record, told) =
        deviations(b"{\"name\":\"a\nb\x01\",\"count\":NaN,\"list\":[{\"id\":[5]}],\"flags\":[]}");
    assert_eq!(
        (record.name.as_deref(), record.count),
        (Some("a\nb\u{1}"), None)
    );
    assert_eq!(
        told,
        [
            "name: expected an escape for a control character, found \n",
            "count: expected a number of JSON, found NaN",
            "list[0].id: expected a string, found [5]",
            "list[0]: expected an object with `id`, found {}",
        ]
    );
    for number in ["Infinity", "-Infinity"] {
        let (record, told) =
            deviations(format!("{{\"count\":{number},\"name\":\"a\"}}").as_bytes());
        assert_eq!((record.name.as_deref(), told.len()), (Some("a"), 1));
    }
}

#[test]
fn many_deviations_are_counted() {
    let text = json!({"flags": vec![1; 350], "name": "kept"}).to_string();
    let (record, deviations) = from_slice::<Record>(text.as_bytes()).unwrap();
    assert_eq!(
        (record.name.as_deref(), record.flags.len()),
        (Some("kept"), 0)
    );
    assert_eq!(deviations.len(), 101);
    assert_eq!(deviations[99].path, "flags[99]");
    assert_eq!(deviations[100].kind, DeviationKind::More);
    assert_eq!(deviations[100].to_string(), "250 more deviations");
}

#[test]
fn a_deviation_is_short_however_long_its_path_and_value_are() {
    let key = "k".repeat(5_000);
    let text = json!({"flags": [], "inner": {"inner": {"inner": "x".repeat(9_000), "name": "a"}}, &key: 1});
    let (_, deviations) = from_slice::<Record>(text.to_string().as_bytes()).unwrap();
    assert_eq!(deviations[0].found.chars().count(), 81);

    let text = format!(r#"{{"{key}":{{"{key}":{{"{key}":"wrong"}}}}}}"#);
    type Nested = std::collections::BTreeMap<
        String,
        std::collections::BTreeMap<String, std::collections::BTreeMap<String, Option<u8>>>,
    >;
    let (_, deviations) = from_slice::<Nested>(text.as_bytes()).unwrap();
    assert!(
        deviations[0].path.starts_with("kkkk"),
        "{}",
        deviations[0].path
    );
    assert!(
        deviations[0].path.len() < 1_000,
        "{}",
        deviations[0].path.len()
    );
}

#[test]
fn a_value_that_may_be_secret_is_not_shown() {
    object! {
        #[derive(Debug)]
        pub struct Keys {
            pub secret: Option<crate::Secret>,
            pub value: Option<crate::Secret>,
            pub owner: Option<String>,
        }
    }

    for text in [
        r#"{"secret":["s3cr3t"],"value":null,"owner":null}"#,
        r#"{"secret":null,"value":["s3cr3t"],"owner":null}"#,
        r#"{"secret":null,"value":53473,"owner":null}"#,
        r#"{"secret":null,"value":null,"owner":{"Access_Token":"s3cr3t"}}"#,
    ] {
        let (keys, deviations) = from_slice::<Keys>(text.as_bytes()).unwrap();
        assert_eq!(deviations.len(), 1, "{deviations:?}");
        assert_eq!(deviations[0].found, "****");
        let shown = format!("{deviations:?} {keys:?}");
        assert!(
            !shown.contains("s3cr3t") && !shown.contains("53473"),
            "{shown}"
        );
    }
    let secret = crate::Secret::from("s3cr3t");
    assert_eq!(
        serde_json::from_value::<crate::Secret>(json!("s3cr3t")).unwrap(),
        secret
    );
}

#[test]
fn rereading_a_reply_has_a_budget() {
    // Each value of a map is read again for each wrong one after it.
    type Numbers = std::collections::BTreeMap<String, Option<u8>>;
    let few: serde_json::Map<String, Value> =
        (0..20).map(|key| (key.to_string(), json!("x"))).collect();
    let (numbers, deviations) = from_slice::<Numbers>(json!(few).to_string().as_bytes()).unwrap();
    assert_eq!((numbers.len(), deviations.len()), (20, 20));
    let many: serde_json::Map<String, Value> = (0..100_000)
        .map(|key| (key.to_string(), json!("x")))
        .collect();
    assert!(from_slice::<Numbers>(json!(many).to_string().as_bytes()).is_err());
}

#[test]
fn the_readings_of_a_long_list_take_a_small_multiple_of_its_length() {
    let item = json!({"count": "x", "name": ["y"], "flags": [true, null], "inner": {"count": [1]}});
    let text = json!({"records": vec![item; 2_000]}).to_string();
    let mut read = 0;
    let error = serde_json::from_str::<Records>(&text).unwrap_err();
    let (mended, deviations) = super::mend::mend(text.as_bytes(), error, &mut |json, _| {
        let result = serde_json::from_slice::<Records>(json);
        read += result
            .as_ref()
            .map_or_else(|error| error.column(), |_| json.len());
        result.map(drop)
    })
    .unwrap();
    assert_eq!(
        serde_json::from_slice::<Records>(&mended)
            .unwrap()
            .records
            .len(),
        2_000
    );
    assert_eq!(
        deviations.last().unwrap().to_string(),
        "7900 more deviations"
    );
    assert!(read < 8 * text.len(), "{read} bytes of {}", text.len());
}

#[test]
fn a_list_without_its_items_is_a_deviation_and_one_with_none_is_not() {
    object! {
        #[items(records)]
        #[derive(Debug, PartialEq)]
        pub struct Page {
            #[serde(default)]
            pub name: Option<String>,
            #[serde(default, deserialize_with = "crate::json::null::as_default")]
            pub records: Vec<Record>,
            #[serde(default)]
            pub inner: Option<Box<Page>>,
        }
    }

    for text in [
        r#"{"records":[]}"#,
        r#"{"records":null}"#,
        r#"{"data":[]}"#,
        "[]",
    ] {
        let (page, deviations) = from_slice::<Page>(text.as_bytes()).unwrap();
        assert_eq!((page.records.len(), deviations.len()), (0, 0), "{text}");
    }
    for (text, paths) in [
        ("{}", vec!["records"]),
        ("{ }", vec!["records"]),
        (r#"{"name":"a"}"#, vec!["records"]),
        (
            r#"{"name":"a","inner":{"name":"b"},"records":[]}"#,
            vec!["inner.records"],
        ),
        (
            r#"{"inner":{"name":5}, "name" : 7 }"#,
            vec!["inner.name", "inner.records", "name", "records"],
        ),
    ] {
        let (page, deviations) = from_slice::<Page>(text.as_bytes()).unwrap();
        let told: Vec<&str> = deviations
            .iter()
            .map(|deviation| deviation.path.as_str())
            .collect();
        assert_eq!((page.records.len(), told), (0, paths), "{text}");
        assert!(
            deviations
                .iter()
                .any(|deviation| deviation.kind == DeviationKind::MissingItems)
        );
    }
}

#[test]
fn an_object_of_another_kind_is_a_deviation() {
    let (record, deviations) =
        from_slice::<Record>(br#"{"inner":{"title":"x","pages":1},"list":[],"name":"kept"}"#)
            .unwrap();
    assert_eq!((record.inner, record.name.as_deref()), (None, Some("kept")));
    assert_eq!(deviations[0].kind, DeviationKind::UnrecognizedObject);
    assert_eq!(
        deviations[0].to_string(),
        r#"inner: expected a Record, found {"title":"x","pages":1}"#
    );
    let (record, deviations) = from_slice::<Record>(br#"{"title":"x"}"#).unwrap();
    assert_eq!((record, deviations.len()), (Record::default(), 1));
    let (record, deviations) = from_slice::<Record>(br#"{"inner":{}}"#).unwrap();
    assert_eq!((record.inner.is_some(), deviations.len()), (true, 0));
}

proptest! {
    #[test]
    fn json_that_is_broken_after_a_deviation_is_an_error(
        items in proptest::collection::vec(any_record(), 1..4),
        at in any::<proptest::sample::Index>(),
        broken in prop_oneof![
            Just(",,"), Just("{b"), Just("]"), Just("}"), Just("\""), Just("\\"), Just(":"), Just("nul"), Just("")
        ],
    ) {
        let text = json!({"records": [{"name": {}}], "more": items}).to_string();
        let from = r#"{"records":[{"name":{}}"#.len();
        let at = from + at.index(text.len() - from);
        let broken = [&text.as_bytes()[..at], broken.as_bytes(), &text.as_bytes()[at..]].concat();
        let is_json = serde_json::from_slice::<serde::de::IgnoredAny>(&broken).is_ok();
        let read = from_slice::<Records>(&broken);
        prop_assert!(is_json || read.is_err(), "{}", String::from_utf8_lossy(&broken));
        let cut = &text.as_bytes()[..at];
        prop_assert!(from_slice::<Records>(cut).is_err(), "{}", String::from_utf8_lossy(cut));
    }
}

#[test]
fn an_array_or_object_in_place_of_a_scalar_is_one_deviation_at_its_place() {
    object! {
        #[derive(Debug)]
        pub struct Scalars {
            pub id: Option<crate::TagId>,
            pub at: Option<crate::Timestamp>,
            pub role: Option<crate::contacts::Role>,
            pub secret: Option<crate::Secret>,
            #[serde(deserialize_with = "crate::json::number::any_form")]
            pub count: Option<u64>,
        }
    }

    for wrong in ["[1]", "[[{}]]", r#"{"a":[1]}"#, "{}", "[]"] {
        for wrong_field in ["id", "at", "role", "secret", "count"] {
            let fields = ["id", "at", "role", "secret", "count"].map(|field| {
                let value = if field == wrong_field { wrong } else { "null" };
                format!(r#""{field}":{value}"#)
            });
            let text = format!("[{{{}}}]", fields.join(","));
            let (_, deviations) = from_slice::<Vec<Scalars>>(text.as_bytes()).unwrap();
            assert_eq!(deviations.len(), 1, "{text} {deviations:?}");
            assert_eq!(deviations[0].path, format!("[0].{wrong_field}"));
            let shown = if wrong_field == "secret" {
                "****"
            } else {
                wrong
            };
            assert_eq!(deviations[0].found, shown);
        }
    }
}
