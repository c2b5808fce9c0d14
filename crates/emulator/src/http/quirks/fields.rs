//! Which fields a quirk can hit, by name.

/// What the service keeps whatever it leaves out: without these a client cannot know what it received,
/// or how to go on.
const KEPT: &[&str] = &[
    "deleted",
    "has_more",
    "id",
    "identifier",
    "job_identifier",
    "job_status",
    "next_cursor",
    "object",
    "page",
    "pages",
    "per_page",
    "scroll_param",
    "status",
    "total_count",
    "total_pages",
    "type",
];

/// Ids that customers choose. They stay the text that was sent.
const CHOSEN: &[&str] = &["company_id", "external_id", "user_id", "user_external_id"];

/// Integers that the service has been seen to send as text.
const AS_TEXT: &[&str] = &[
    "admin_assignee_id",
    "admin_id",
    "author_id",
    "away_status_reason_id",
    "conversation_id",
    "created_by_id",
    "help_center_id",
    "order",
    "owner_id",
    "parent_id",
    "size",
    "source_id",
    "team_assignee_id",
    "ticket_type_id",
];

/// Enumerations to which versions of the API have added values.
const OPEN: &[&str] = &[
    "activity_type",
    "category",
    "data_type",
    "delivered_as",
    "last_answer_type",
    "message_type",
    "part_type",
    "priority",
    "resolution_state",
    "state",
];

/// Times in seconds whose name does not end in `_at`.
const TIMES: &[&str] = &["snoozed_until", "waiting_since"];

/// Objects that stay as they are: their keys are data of the workspace, or say how to go on.
const WHOLE: &[&str] = &[
    "custom_attributes",
    "metadata",
    "pages",
    "ticket_attributes",
];

/// Objects whose keys have a meaning: fields are not added to or taken from them.
const CLOSED: &[&str] = &["translated_content"];

pub(super) fn may_be_missing(name: &str) -> bool {
    !KEPT.contains(&name)
}

pub(super) fn is_id(name: &str) -> bool {
    let id = name == "id" || name.ends_with("_id") || name.ends_with("_ids");
    id && !CHOSEN.contains(&name)
}

pub(super) fn is_text_sometimes(name: &str) -> bool {
    AS_TEXT.contains(&name)
}

pub(super) fn is_open(name: &str) -> bool {
    OPEN.contains(&name)
}

pub(super) fn is_time(name: &str) -> bool {
    name.ends_with("_at") || TIMES.contains(&name)
}

pub(super) fn is_whole(name: &str) -> bool {
    WHOLE.contains(&name)
}

pub(super) fn is_closed(name: &str) -> bool {
    CLOSED.contains(&name)
}
