//! Queries read like the question, and are sent as the service wants them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use intercom_model::contacts::Role;
use intercom_model::search::contact::{self, Contacts};
use intercom_model::search::{Group, Operator, Query, Search, Sort, conversation, ticket};
use intercom_model::{AttributeValue, Timestamp};
use serde_json::json;

fn sent(query: impl Into<Query<Contacts>>) -> serde_json::Value {
    serde_json::to_value(query.into()).unwrap()
}

#[test]
fn a_single_filter_is_sent_without_a_group() {
    assert_eq!(
        sent(contact::ROLE.eq(Role::Lead)),
        json!({"field": "role", "operator": "=", "value": "lead"})
    );
}

#[test]
fn filters_are_joined_in_one_level() {
    let query = contact::ROLE
        .eq("lead")
        .and(contact::NAME.contains("Ada"))
        .and(contact::HAS_HARD_BOUNCED.eq(false));
    assert_eq!(
        sent(query),
        json!({"operator": "AND", "value": [
            {"field": "role", "operator": "=", "value": "lead"},
            {"field": "name", "operator": "~", "value": "Ada"},
            {"field": "has_hard_bounced", "operator": "=", "value": false},
        ]})
    );
}

#[test]
fn groups_are_joined_in_a_second_level_and_never_mixed_with_filters() {
    let query = contact::ROLE
        .eq("lead")
        .or(contact::ROLE.eq("user"))
        .and(contact::EMAIL.is_set());
    assert_eq!(
        sent(query),
        json!({"operator": "AND", "value": [
            {"operator": "OR", "value": [
                {"field": "role", "operator": "=", "value": "lead"},
                {"field": "role", "operator": "=", "value": "user"},
            ]},
            {"operator": "AND", "value": [{"field": "email", "operator": "!=", "value": null}]},
        ]})
    );
}

#[test]
fn groups_that_are_joined_stay_groups_of_their_own() {
    let group = |filters: usize| Group::any((0..filters).map(|_| contact::ROLE.eq("lead")));
    for (first, second) in [(7, 8), (8, 8), (15, 15)] {
        let query: Query<Contacts> = Query::any([group(first), group(second)]);
        assert_eq!(query.clause().levels(), 2, "{first} and {second}");
        assert!(serde_json::to_value(query).is_ok());
    }
}

#[test]
fn chained_filters_join_the_same_group() {
    let query = contact::ROLE
        .eq("user")
        .and(contact::NAME.is_set())
        .and(contact::EMAIL.is_set())
        .and(contact::PHONE.is_set())
        .or(contact::ROLE.eq("lead"));
    assert_eq!(
        query.to_string(),
        r#"((role = "user" AND name != null AND email != null AND phone != null) OR (role = "lead"))"#
    );
}

#[test]
fn a_group_of_no_filters_or_too_many_is_refused_before_it_is_sent() {
    for (filters, refused) in [(0, true), (1, false), (15, false), (16, true)] {
        let query = Query::all((0..filters).map(|n| contact::NAME.eq(n.to_string())));
        let result = serde_json::to_value(query);
        assert_eq!(result.is_err(), refused, "{filters}");
        if let Err(error) = result {
            let reason = format!("a group of a query has 1 to 15 filters, this one has {filters}");
            assert_eq!(error.to_string(), reason);
        }
    }
}

#[test]
fn dates_are_sent_as_seconds_and_lists_as_lists() {
    let day = Timestamp::from_second(1_734_537_421);
    assert_eq!(
        sent(contact::CREATED_AT.after(day)),
        json!({"field": "created_at", "operator": ">", "value": 1_734_537_421})
    );
    assert_eq!(
        sent(contact::custom_attribute("plan").one_of(["pro", "team"])),
        json!({"field": "custom_attributes.plan", "operator": "IN", "value": ["pro", "team"]})
    );
    let reply = conversation::CONVERSATION_RATING_ADMIN_ID.eq("7");
    assert_eq!(reply.to_string(), r#"conversation_rating.admin_d = "7""#);
    let since = Timestamp::from_second(1_734_537_421);
    assert_eq!(
        ticket::CREATED_AT.from(since).to_string(),
        "created_at >= 1734537421"
    );
    assert_eq!(contact::OWNER_ID.eq(7_u64).to_string(), "owner_id = 7");
    let unnamed = contact::custom_attribute("plan").is_unset();
    assert_eq!(unnamed.to_string(), "custom_attributes.plan = null");
    let odd = conversation::OPEN.compare(Operator::In, vec![true]);
    assert_eq!(odd.to_string(), "open IN [true]");
}

#[test]
fn a_search_carries_its_page_and_its_order() {
    let search = Search::<Contacts>::new(contact::TAG_ID.eq("7"))
        .per_page(150)
        .sort(Sort::ascending(&contact::CREATED_AT))
        .starting_after("abc");
    assert_eq!(
        serde_json::to_value(search).unwrap(),
        json!({
            "query": {"field": "tag_id", "operator": "=", "value": "7"},
            "pagination": {"per_page": 150, "starting_after": "abc"},
            "sort": {"field": "created_at", "order": "ascending"},
        })
    );
}

#[test]
fn an_invalid_query_is_refused_with_the_reason() {
    let third_level = json!({"operator": "AND", "value": [{"operator": "OR", "value": [{"operator": "AND", "value": []}]}]});
    for (query, reason) in [
        (third_level, "at most two levels"),
        (
            json!({"operator": "AND", "value": "lead"}),
            "must be a list of filters",
        ),
        (
            json!({"operator": "=", "value": "lead"}),
            "missing field `field`",
        ),
        (
            json!({"field": "role", "value": "lead"}),
            "missing field `operator`",
        ),
        (
            json!({"field": "role", "operator": "OR", "value": []}),
            "names the field role",
        ),
    ] {
        let error = serde_json::from_value::<Query<Contacts>>(query)
            .unwrap_err()
            .to_string();
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn the_official_example_reads_back_as_it_was() {
    let example = json!({
        "query": {"operator": "AND", "value": [{"field": "created_at", "operator": ">", "value": "1306054154"}]},
        "sort": {"field": "created_at", "order": "ascending"},
        "pagination": {"per_page": 5},
    });
    let search: Search<Contacts> = serde_json::from_value(example.clone()).unwrap();
    assert_eq!(serde_json::to_value(search).unwrap(), example);
}

#[test]
fn attributes_are_read_by_their_json_type() {
    let value: AttributeValue = serde_json::from_value(json!("2024-12-18")).unwrap();
    assert_eq!(value.as_time(), Some(Timestamp::from_second(1_734_480_000)));
    assert_eq!(AttributeValue::from(1.5).as_f64(), Some(1.5));
    assert!(AttributeValue::from(f64::NAN).is_null());
}
