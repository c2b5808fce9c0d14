//! What somebody would write by hand with serde for the same fields, and nothing else: the types that
//! the crate's own are measured by.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct ContactPage {
    r#type: Option<String>,
    pub(crate) data: Vec<Contact>,
    total_count: Option<u64>,
    pub(crate) pages: Option<Pages>,
}

#[derive(Deserialize)]
pub(crate) struct Pages {
    r#type: Option<String>,
    page: Option<u64>,
    per_page: Option<u64>,
    total_pages: Option<u64>,
    pub(crate) next: Option<Next>,
}

#[derive(Deserialize)]
pub(crate) struct Next {
    page: Option<u64>,
    pub(crate) starting_after: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Avatar {
    r#type: Option<String>,
    image_url: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Location {
    r#type: Option<String>,
    country: Option<String>,
    region: Option<String>,
    city: Option<String>,
    country_code: Option<String>,
    continent_code: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct SocialProfiles {
    r#type: Option<String>,
    pub(crate) data: Vec<SocialProfile>,
}

#[derive(Deserialize)]
pub(crate) struct SocialProfile {
    r#type: Option<String>,
    name: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Addressables {
    r#type: Option<String>,
    pub(crate) data: Vec<Addressable>,
    url: Option<String>,
    total_count: Option<u64>,
    has_more: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct Addressable {
    r#type: Option<String>,
    id: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Contact {
    r#type: Option<String>,
    id: String,
    workspace_id: Option<String>,
    external_id: Option<String>,
    role: Option<String>,
    email: Option<String>,
    email_domain: Option<String>,
    phone: Option<String>,
    formatted_phone: Option<String>,
    name: Option<String>,
    avatar: Option<Avatar>,
    owner_id: Option<String>,
    social_profiles: Option<SocialProfiles>,
    has_hard_bounced: Option<bool>,
    marked_email_as_spam: Option<bool>,
    unsubscribed_from_emails: Option<bool>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    signed_up_at: Option<i64>,
    last_seen_at: Option<i64>,
    last_replied_at: Option<i64>,
    last_contacted_at: Option<i64>,
    last_email_opened_at: Option<i64>,
    last_email_clicked_at: Option<i64>,
    language_override: Option<String>,
    browser: Option<String>,
    browser_version: Option<String>,
    browser_language: Option<String>,
    os: Option<String>,
    location: Option<Location>,
    android_app_name: Option<String>,
    android_app_version: Option<String>,
    android_device: Option<String>,
    android_os_version: Option<String>,
    android_sdk_version: Option<String>,
    android_last_seen_at: Option<i64>,
    ios_app_name: Option<String>,
    ios_app_version: Option<String>,
    ios_device: Option<String>,
    ios_os_version: Option<String>,
    ios_sdk_version: Option<String>,
    ios_last_seen_at: Option<i64>,
    custom_attributes: BTreeMap<String, Value>,
    tags: Option<Addressables>,
    notes: Option<Addressables>,
    companies: Option<Addressables>,
    opted_out_subscription_types: Option<Addressables>,
    opted_in_subscription_types: Option<Addressables>,
    utm_campaign: Option<String>,
    utm_content: Option<String>,
    utm_medium: Option<String>,
    utm_source: Option<String>,
    utm_term: Option<String>,
    referrer: Option<String>,
    enabled_push_messaging: Option<bool>,
    merge_history: Option<Vec<IgnoredAny>>,
}

#[derive(Deserialize)]
pub(crate) struct Conversation {
    r#type: Option<String>,
    id: String,
    title: Option<String>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    waiting_since: Option<i64>,
    snoozed_until: Option<i64>,
    open: Option<bool>,
    state: Option<String>,
    read: Option<bool>,
    priority: Option<String>,
    admin_assignee_id: Option<u64>,
    team_assignee_id: Option<String>,
    source: Option<Source>,
    contacts: Option<Contacts>,
    teammates: Option<Teammates>,
    tags: Option<Tags>,
    custom_attributes: BTreeMap<String, Value>,
    conversation_parts: Option<ConversationParts>,
}

#[derive(Deserialize)]
pub(crate) struct Source {
    r#type: Option<String>,
    id: String,
    delivered_as: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    author: Option<Author>,
    attachments: Vec<Attachment>,
    url: Option<String>,
    redacted: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct Contacts {
    r#type: Option<String>,
    contacts: Vec<ContactReference>,
}

#[derive(Deserialize)]
pub(crate) struct ContactReference {
    r#type: Option<String>,
    id: Option<String>,
    external_id: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Teammates {
    r#type: Option<String>,
    teammates: Vec<Reference>,
}

#[derive(Deserialize)]
pub(crate) struct Reference {
    r#type: Option<String>,
    id: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Tags {
    r#type: Option<String>,
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
pub(crate) struct Tag {
    r#type: Option<String>,
    id: String,
    name: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct ConversationParts {
    r#type: Option<String>,
    conversation_parts: Vec<ConversationPart>,
    total_count: Option<u64>,
}

#[derive(Deserialize)]
pub(crate) struct ConversationPart {
    r#type: Option<String>,
    id: String,
    part_type: Option<String>,
    body: Option<String>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    notified_at: Option<i64>,
    assigned_to: Option<Reference>,
    author: Option<Author>,
    attachments: Vec<Attachment>,
    external_id: Option<String>,
    redacted: Option<bool>,
    email_message_metadata: Option<Value>,
    state: Option<String>,
    tags: Option<Vec<Tag>>,
    event_details: Option<Value>,
    app_package_code: Option<String>,
    metadata: Option<Value>,
}

#[derive(Deserialize)]
pub(crate) struct Author {
    r#type: Option<String>,
    id: String,
    name: Option<String>,
    email: Option<String>,
    from_ai_agent: Option<bool>,
    is_ai_answer: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct Attachment {
    r#type: Option<String>,
    name: Option<String>,
    url: Option<String>,
    content_type: Option<String>,
    filesize: Option<u64>,
    width: Option<u64>,
    height: Option<u64>,
}

#[derive(Deserialize)]
pub(crate) struct TicketPage {
    r#type: Option<String>,
    tickets: Vec<Ticket>,
    total_count: Option<u64>,
    pub(crate) pages: Option<Pages>,
}

#[derive(Deserialize)]
pub(crate) struct Ticket {
    r#type: Option<String>,
    id: String,
    ticket_id: Option<String>,
    category: Option<String>,
    ticket_attributes: BTreeMap<String, Value>,
    ticket_state: Option<TicketState>,
    ticket_type: Option<TicketType>,
    contacts: Option<Contacts>,
    admin_assignee_id: Option<String>,
    team_assignee_id: Option<String>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    open: Option<bool>,
    ticket_parts: Option<TicketParts>,
    is_shared: Option<bool>,
}

#[derive(Deserialize)]
pub(crate) struct TicketState {
    r#type: Option<String>,
    id: String,
    category: Option<String>,
    internal_label: Option<String>,
    external_label: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct TicketType {
    r#type: Option<String>,
    id: String,
    name: Option<String>,
    description: Option<String>,
    icon: Option<String>,
    archived: Option<bool>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    is_internal: Option<bool>,
    category: Option<String>,
    ticket_type_attributes: Option<TicketTypeAttributes>,
}

#[derive(Deserialize)]
pub(crate) struct TicketTypeAttributes {
    r#type: Option<String>,
    pub(crate) data: Vec<TicketTypeAttribute>,
}

#[derive(Deserialize)]
pub(crate) struct TicketTypeAttribute {
    r#type: Option<String>,
    id: String,
    workspace_id: Option<String>,
    name: Option<String>,
    description: Option<String>,
    data_type: Option<String>,
    input_options: Option<Value>,
    order: Option<i64>,
    required_to_create: Option<bool>,
    required_to_create_for_contacts: Option<bool>,
    visible_on_create: Option<bool>,
    visible_to_contacts: Option<bool>,
    default: Option<bool>,
    ticket_type_id: Option<u64>,
    archived: Option<bool>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
}

#[derive(Deserialize)]
pub(crate) struct TicketParts {
    r#type: Option<String>,
    ticket_parts: Vec<TicketPart>,
    total_count: Option<u64>,
}

#[derive(Deserialize)]
pub(crate) struct TicketPart {
    r#type: Option<String>,
    id: String,
    part_type: Option<String>,
    body: Option<String>,
    previous_ticket_state: Option<String>,
    ticket_state: Option<String>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    author: Option<Author>,
    attachments: Vec<Attachment>,
    redacted: Option<bool>,
}
