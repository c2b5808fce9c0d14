//! The statistics of a conversation, computed from its parts.

use intercom_core::api::conversations::{ConversationState, ConversationStatistics, PartType};
use intercom_core::model::{ObjectType, Timestamp};

use crate::object::object;
use crate::store::{Author, ConversationRecord, Part};

/// Whether a part is a message to the other side.
fn is_message(part: &Part) -> bool {
    part.body.is_some() && !matches!(part.kind, PartType::Note)
}

fn by_contact(part: &Part) -> bool {
    is_message(part) && matches!(part.author, Author::Contact(_))
}

fn by_admin(part: &Part) -> bool {
    is_message(part)
        && matches!(part.author, Author::Admin(_))
        && matches!(part.kind, PartType::Comment | PartType::QuickReply)
}

fn is_assignment(part: &Part) -> bool {
    matches!(
        part.kind,
        PartType::Assignment | PartType::AssignAndReopen | PartType::DefaultAssignment
    )
}

/// Returns when a contact first wrote.
pub(super) fn first_contact_reply_at(record: &ConversationRecord) -> Option<Timestamp> {
    if matches!(record.source.author, Author::Contact(_)) {
        return Some(record.created_at);
    }
    let first = record.parts.iter().find(|part| by_contact(part));
    first.map(|part| part.at)
}

/// Returns the median of the seconds that contacts waited for replies.
fn median_time_to_reply(record: &ConversationRecord) -> Option<u64> {
    let started_by_contact = matches!(record.source.author, Author::Contact(_));
    let mut waiting_since = started_by_contact.then_some(record.created_at);
    let mut times = Vec::new();
    for part in &record.parts {
        if by_contact(part) {
            waiting_since.get_or_insert(part.at);
        } else if by_admin(part)
            && let Some(since) = waiting_since.take()
        {
            times.push(between(since, part.at));
        }
    }
    times.sort_unstable();
    times.get(times.len() / 2).copied()
}

fn between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.as_second() - from.as_second()).unwrap_or(0)
}

pub(super) fn statistics(record: &ConversationRecord) -> ConversationStatistics {
    let parts = &record.parts;
    let first = |is: fn(&Part) -> bool| parts.iter().find(|part| is(part)).map(|part| part.at);
    let last_part = |is: fn(&Part) -> bool| parts.iter().rev().find(|part| is(part));
    let last = |is: fn(&Part) -> bool| last_part(is).map(|part| part.at);
    let is_close: fn(&Part) -> bool = |part| part.kind == PartType::Close;
    let since_start = |at: Option<Timestamp>| at.map(|at| between(record.created_at, at));

    let last_assignment_at = last(is_assignment);
    let mut after_assignment = parts
        .iter()
        .rev()
        .filter(|part| by_admin(part) && last_assignment_at.is_some_and(|at| part.at >= at));
    let mut reopens = 0;
    let mut closed = false;
    for part in parts {
        let now_closed = part.state == ConversationState::Closed;
        reopens += u64::from(closed && !now_closed);
        closed = now_closed;
    }
    let started_by_contact = matches!(record.source.author, Author::Contact(_));
    object!(ConversationStatistics {
        r#type: Some(ObjectType::from("conversation_statistics")),
        time_to_assignment: since_start(first(is_assignment)),
        time_to_admin_reply: since_start(first(by_admin)),
        time_to_first_close: since_start(first(is_close)),
        time_to_last_close: since_start(last(is_close)),
        median_time_to_reply: median_time_to_reply(record),
        first_contact_reply_at: first_contact_reply_at(record),
        first_assignment_at: first(is_assignment),
        first_admin_reply_at: first(by_admin),
        first_close_at: first(is_close),
        last_assignment_at: last_assignment_at,
        last_assignment_admin_reply_at: after_assignment.next().map(|part| part.at),
        last_contact_reply_at: last(by_contact).or(started_by_contact.then_some(record.created_at)),
        last_admin_reply_at: last(by_admin),
        last_close_at: last(is_close),
        last_closed_by_id: last_part(is_close).and_then(|part| match &part.author {
            Author::Admin(id) => Some(id.clone()),
            _ => None,
        }),
        count_reopens: Some(reopens),
        count_assignments: Some(parts.iter().filter(|part| is_assignment(part)).count() as u64),
        count_conversation_parts: Some(parts.len() as u64 + 1),
    })
}
