//! Tests of tables.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Entries, Key, Record, Table};

#[derive(Debug, Clone, PartialEq)]
struct Word {
    id: &'static str,
    text: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Index {
    Initial,
    Length,
}

impl Record for Word {
    type Id = &'static str;
    type Index = Index;

    fn id(&self) -> &&'static str {
        &self.id
    }

    fn entries(&self, entries: &mut Entries<Index>) {
        if let Some(initial) = self.text.get(..1) {
            entries.add(Index::Initial, initial);
        }
        entries.add(Index::Length, self.text.len() as i64);
    }

    fn is_counted(index: Index) -> bool {
        index == Index::Initial
    }
}

fn words() -> Table<Word> {
    let mut table = Table::default();
    for (id, text) in [("1", "ant"), ("2", "bee"), ("3", "alpaca"), ("4", "")] {
        table.insert(Word { id, text });
    }
    table
}

#[test]
fn records_are_found_by_every_index() {
    let table = words();
    assert_eq!(table.get(&"2").unwrap().text, "bee");
    assert_eq!(table.ids(Index::Initial, "a".into()), ["1", "3"]);
    assert_eq!(table.count_of(Index::Initial, "a".into()), 2);
    assert_eq!(table.count(Index::Initial), 3);
    assert_eq!(table.ids(Index::Length, Key::Number(3)), ["1", "2"]);
    let lengths = table.range(Index::Length, Some(Key::Number(1)));
    let ids: Vec<_> = lengths.map(|(_, word)| word.id).collect();
    assert_eq!(ids, ["1", "2", "3"]);
    let before = table
        .range_before(Index::Length, Key::Number(3), "2".into())
        .rev();
    let ids: Vec<_> = before.map(|(_, word)| word.id).collect();
    assert_eq!(ids, ["1", "4"]);
}

#[test]
fn indexes_follow_changes_and_removals() {
    let mut table = words();
    table.update(&"1", |word| word.text = "bumblebee");
    assert_eq!(table.ids(Index::Initial, "a".into()), ["3"]);
    assert_eq!(table.ids(Index::Initial, "b".into()), ["1", "2"]);
    assert_eq!(table.ids(Index::Length, Key::Number(9)), ["1"]);
    table.remove(&"3");
    assert_eq!(table.count_of(Index::Initial, "a".into()), 0);
    assert_eq!(table.ids(Index::Initial, "a".into()), [""; 0]);
    assert_eq!(table.update(&"3", |_| ()), None);
    table.insert(Word {
        id: "2",
        text: "ant",
    });
    assert_eq!(table.ids(Index::Initial, "b".into()), ["1"]);
    assert_eq!(table.len(), 3);
}

#[test]
fn a_clone_does_not_see_what_happens_to_the_other() {
    let mut table = words();
    let clone = table.clone();
    table.update(&"1", |word| word.text = "bumblebee");
    table.remove(&"2");
    assert_eq!(clone.get(&"1").unwrap().text, "ant");
    assert_eq!(clone.ids(Index::Initial, "b".into()), ["2"]);
    assert_eq!(clone.len(), 4);
    // What did not change is not copied.
    assert!(std::ptr::eq(
        clone.get(&"3").unwrap(),
        table.get(&"3").unwrap()
    ));
}

#[test]
fn changes_are_recorded_with_what_was_there_before() {
    let mut table = words();
    table.update(&"1", |word| word.text = "unseen");
    table.record_changes(true);
    table.update(&"1", |word| word.text = "bumble");
    table.remove(&"2");
    table.insert(Word {
        id: "5",
        text: "cat",
    });
    table.update(&"1", |word| word.text = "bumblebee");
    let changes = table.take_changes();
    let texts: Vec<_> = changes
        .iter()
        .map(|change| {
            let text = |word: &Option<std::sync::Arc<Word>>| word.as_ref().map(|it| it.text);
            (text(&change.before), text(&change.after))
        })
        .collect();
    assert_eq!(
        texts,
        [
            (Some("unseen"), Some("bumblebee")),
            (Some("bee"), None),
            (None, Some("cat"))
        ]
    );
    assert!(table.take_changes().is_empty());
}

#[test]
fn a_slot_is_used_again_and_a_scan_reads_every_record_once() {
    let mut table = words();
    table.remove(&"2");
    table.insert(Word {
        id: "0",
        text: "cat",
    });
    table.insert(Word {
        id: "5",
        text: "dog",
    });
    let mut scanned: Vec<_> = table.scan().map(|word| word.id).collect();
    assert_eq!(scanned.len(), table.len());
    scanned.sort_unstable();
    let ids: Vec<_> = table.iter().map(|word| word.id).collect();
    assert_eq!(ids, ["0", "1", "3", "4", "5"]);
    assert_eq!(scanned, ids);
    assert_eq!(table.ids(Index::Initial, "c".into()), ["0"]);
    assert_eq!(table.ids(Index::Initial, "b".into()), [""; 0]);
}

#[test]
fn candidates_are_all_records_from_a_key_on_however_many() {
    let mut table = Table::default();
    for (id, text) in [
        ("1", "a"),
        ("2", "be"),
        ("3", "cat"),
        ("4", "duck"),
        ("5", "eagle"),
    ] {
        table.insert(Word { id, text });
    }
    for from in 0..7 {
        let candidates = table.candidates(Index::Length, Key::Number(from));
        let long = candidates.filter(|word| word.text.len() as i64 >= from);
        let mut ids: Vec<_> = long.map(|word| word.id).collect();
        ids.sort_unstable();
        assert_eq!(ids.len() as i64, 5.min(6 - from).max(0));
        assert!(ids.is_sorted_by(|one, other| one < other));
    }
}

/// Something that happens to a table.
#[derive(Debug, Clone)]
enum Step {
    Insert(&'static str, &'static str),
    Update(&'static str, &'static str),
    Remove(&'static str),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let id = || prop::sample::select(vec!["1", "2", "3", "4", "5", "6"]);
    let text = || prop::sample::select(vec!["", "a", "ant", "bee", "bumblebee"]);
    let step = prop_oneof![
        (id(), text()).prop_map(|(id, text)| Step::Insert(id, text)),
        (id(), text()).prop_map(|(id, text)| Step::Update(id, text)),
        id().prop_map(Step::Remove),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    #[test]
    fn a_table_is_a_map_whose_indexes_are_right(steps in steps()) {
        let (mut table, mut map) = (Table::default(), BTreeMap::new());
        for step in steps {
            match step {
                Step::Insert(id, text) => {
                    table.insert(Word { id, text });
                    map.insert(id, text);
                }
                Step::Update(id, text) => {
                    let updated = table.update(&id, |word| word.text = text);
                    prop_assert_eq!(updated.is_some(), map.contains_key(id));
                    map.entry(id).and_modify(|it| *it = text);
                }
                Step::Remove(id) => {
                    let removed = table.remove(&id).map(|word| word.text);
                    prop_assert_eq!(removed, map.remove(id));
                }
            }
        }
        let pairs = |word: &Word| (word.id, word.text);
        let listed: BTreeMap<_, _> = table.iter().map(pairs).collect();
        prop_assert_eq!(&listed, &map);
        prop_assert_eq!(table.scan().count(), map.len());
        prop_assert_eq!(&table.scan().map(pairs).collect::<BTreeMap<_, _>>(), &map);
        let by_length: Vec<_> = table.range(Index::Length, None).map(|(_, it)| pairs(it)).collect();
        let mut sorted: Vec<_> = map.clone().into_iter().collect();
        sorted.sort_by_key(|(id, text)| (text.len(), *id));
        prop_assert_eq!(by_length, sorted);
        for initial in ["a", "b"] {
            let expected: Vec<_> = map.iter().filter(|(_, text)| text.starts_with(initial)).collect();
            prop_assert_eq!(table.count_of(Index::Initial, initial.into()), expected.len());
            let ids: Vec<_> = expected.into_iter().map(|(id, _)| *id).collect();
            prop_assert_eq!(table.ids(Index::Initial, initial.into()), ids);
        }
    }
}
