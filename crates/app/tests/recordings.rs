//! Recorded notifications are read as the events of their topics, and nothing of them is lost.
//!
//! The recordings are not part of this repository. `INTERCOM_RECORDINGS_DIR` names the folder whose
//! `webhooks` has them, one JSON file each; without it, the test says that it skips.

use std::fs;
use std::path::PathBuf;

use intercom_app::webhooks::{Event, Notification};

/// Fields that are known to be dropped on purpose, by the end of their paths.
const DROPPED: &[&str] = &[];

fn recordings() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("INTERCOM_RECORDINGS_DIR") else {
        println!("skipped: INTERCOM_RECORDINGS_DIR is not set");
        return Vec::new();
    };
    let files = fs::read_dir(PathBuf::from(folder).join("webhooks")).unwrap();
    let paths = files.map(|file| file.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|it| it == "json"));
    let mut read: Vec<_> = paths
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    read.sort();
    assert!(!read.is_empty(), "the folder has no recordings");
    read
}

#[test]
fn every_recording_is_read_as_the_event_of_its_topic_without_loss() {
    let mut faults = Vec::new();
    for (path, body) in recordings() {
        let notification = Notification::read(body.clone()).unwrap();
        if let Event::Other { topic, .. } = notification.event() {
            faults.push(format!("{path}: {topic} {:?}", notification.problem()));
        }
        for deviation in notification.deviations() {
            faults.push(format!("{path}: {deviation}"));
        }
        for field in notification.unread() {
            if !DROPPED.iter().any(|end| field.ends_with(end)) {
                faults.push(format!("{path}: `{field}` is not read"));
            }
        }
        assert_eq!(notification.body(), &body);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
