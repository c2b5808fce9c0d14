//! Activity logs: what admins did in the workspace.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::{null, number, object};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
use crate::{
    ActivityLogId, AdminId, AttributeValue, ImpersonationConsentId, MessageId, ObjectType, Pages,
    TeamId, Timestamp,
};

/// Something that an admin did.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/activity_log)
#[apply(response)]
pub struct ActivityLog {
    /// Only in webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ActivityLogId,
    pub performed_by: Option<ActivityLogPerformer>,
    /// More about it, depending on the type.
    pub metadata: Option<ActivityLogMetadata>,
    pub created_at: Option<Timestamp>,
    pub activity_type: Option<ActivityLogEventType>,
    /// The same in a sentence.
    pub activity_description: Option<String>,
}

/// The admin who did it.
#[apply(response)]
pub struct ActivityLogPerformer {
    pub r#type: Option<ObjectType>,
    pub id: Option<AdminId>,
    pub email: Option<String>,
    /// The address from which it was done.
    pub ip: Option<String>,
}

open_enum! {
    /// What an admin did. Versions know more and fewer of them, and the service sends some that none
    /// describes.
    pub enum ActivityLogEventType {
        AdminAssignmentLimitChange = "admin_assignment_limit_change",
        AdminAvatarChange = "admin_avatar_change",
        AdminAwayModeChange = "admin_away_mode_change",
        AdminConversationAssignmentLimitChange = "admin_conversation_assignment_limit_change",
        AdminDeletion = "admin_deletion",
        AdminDeprovisioned = "admin_deprovisioned",
        AdminImpersonationConsentApproved = "admin_impersonation_consent_approved",
        AdminImpersonationConsentRevoked = "admin_impersonation_consent_revoked",
        AdminImpersonationEnd = "admin_impersonation_end",
        AdminImpersonationStart = "admin_impersonation_start",
        AdminInviteChange = "admin_invite_change",
        AdminInviteCreation = "admin_invite_creation",
        AdminInviteDeletion = "admin_invite_deletion",
        AdminLoginFailure = "admin_login_failure",
        AdminLoginSuccess = "admin_login_success",
        AdminLogout = "admin_logout",
        AdminOccupancySettingChange = "admin_occupancy_setting_change",
        AdminOccupancyStateChange = "admin_occupancy_state_change",
        AdminPasswordResetRequest = "admin_password_reset_request",
        AdminPasswordResetSuccess = "admin_password_reset_success",
        AdminPermissionChange = "admin_permission_change",
        AdminProvisioned = "admin_provisioned",
        AdminTicketAssignmentLimitChange = "admin_ticket_assignment_limit_change",
        AdminTwoFactorAuthChange = "admin_two_factor_auth_change",
        AdminUnauthorizedSignInMethod = "admin_unauthorized_sign_in_method",
        AllowedAttachmentFiletypesSettingChange = "allowed_attachment_filetypes_setting_change",
        AppAdminJoin = "app_admin_join",
        AppAuthenticationMethodChange = "app_authentication_method_change",
        AppDataDeletion = "app_data_deletion",
        AppDataExport = "app_data_export",
        AppGoogleSsoDomainChange = "app_google_sso_domain_change",
        AppIdentityVerificationChange = "app_identity_verification_change",
        AppNameChange = "app_name_change",
        AppOutboundAddressChange = "app_outbound_address_change",
        AppPackageInstallation = "app_package_installation",
        AppPackageTokenRegeneration = "app_package_token_regeneration",
        AppPackageUninstallation = "app_package_uninstallation",
        AppTeamCreation = "app_team_creation",
        AppTeamDeletion = "app_team_deletion",
        AppTeamMembershipModification = "app_team_membership_modification",
        AppTimezoneChange = "app_timezone_change",
        AppWebhookCreation = "app_webhook_creation",
        AppWebhookDeletion = "app_webhook_deletion",
        ArticlesInMessengerEnabledChange = "articles_in_messenger_enabled_change",
        AttachUploadsInlineSettingChange = "attach_uploads_inline_setting_change",
        AutomaticAwayModeSettingChange = "automatic_away_mode_setting_change",
        BulkDelete = "bulk_delete",
        BulkExport = "bulk_export",
        CampaignDeletion = "campaign_deletion",
        CampaignStateChange = "campaign_state_change",
        ContentRedactionRuleCreation = "content_redaction_rule_creation",
        ContentRedactionRuleDeletion = "content_redaction_rule_deletion",
        ContentRedactionRuleUpdate = "content_redaction_rule_update",
        ConversationDeletionScheduleCreation = "conversation_deletion_schedule_creation",
        ConversationDeletionScheduleDeletion = "conversation_deletion_schedule_deletion",
        ConversationDeletionScheduleStateChange = "conversation_deletion_schedule_state_change",
        ConversationDeletionScheduleUpdate = "conversation_deletion_schedule_update",
        ConversationPartDeletion = "conversation_part_deletion",
        ConversationPdfExport = "conversation_pdf_export",
        ConversationTopicChange = "conversation_topic_change",
        ConversationTopicCreation = "conversation_topic_creation",
        ConversationTopicDeletion = "conversation_topic_deletion",
        CsvImportCompletion = "csv_import_completion",
        CsvImportCreation = "csv_import_creation",
        CustomAuthenticationTokenCreation = "custom_authentication_token_creation",
        CustomerFacingNameChange = "customer_facing_name_change",
        HelpCenterSettingsChange = "help_center_settings_change",
        HideCsatFromAgentsSettingChange = "hide_csat_from_agents_setting_change",
        InboundConversationsChange = "inbound_conversations_change",
        InboxAccessChange = "inbox_access_change",
        InboxBulkAction = "inbox_bulk_action",
        MacroCreation = "macro_creation",
        MacroDeletion = "macro_deletion",
        MacroUpdate = "macro_update",
        MacroUsageExport = "macro_usage_export",
        MaliciousDomainsSettingChange = "malicious_domains_setting_change",
        MessageDeletion = "message_deletion",
        MessageStateChange = "message_state_change",
        MessengerApiSecretCreation = "messenger_api_secret_creation",
        MessengerApiSecretDeletion = "messenger_api_secret_deletion",
        MessengerLookAndFeelChange = "messenger_look_and_feel_change",
        MessengerSearchRequiredChange = "messenger_search_required_change",
        MessengerSpacesChange = "messenger_spaces_change",
        OauthTokenRevocation = "oauth_token_revocation",
        OfficeHoursChange = "office_hours_change",
        RoleChange = "role_change",
        RoleCreation = "role_creation",
        RoleDeletion = "role_deletion",
        RulesetActivationTitlePreview = "ruleset_activation_title_preview",
        RulesetCreation = "ruleset_creation",
        RulesetDeletion = "ruleset_deletion",
        SearchBrowseEnabledChange = "search_browse_enabled_change",
        SearchBrowseRequiredChange = "search_browse_required_change",
        SeatChange = "seat_change",
        SeatRevoke = "seat_revoke",
        SecuritySettingsChange = "security_settings_change",
        SeriesCreation = "series_creation",
        SeriesDeletion = "series_deletion",
        SeriesSettingsUpdate = "series_settings_update",
        SeriesStatusChange = "series_status_change",
        SeriesUpdate = "series_update",
        StripInboundEmailLinksChange = "strip_inbound_email_links_change",
        TeamAssignmentLimitChange = "team_assignment_limit_change",
        TeammateGifsSettingChange = "teammate_gifs_setting_change",
        TemporaryExpectationChange = "temporary_expectation_change",
        TrustedDomainsSettingChange = "trusted_domains_setting_change",
        UnassignUnsnoozedAtCapacitySettingChange = "unassign_unsnoozed_at_capacity_setting_change",
        UnassignUnsnoozedWhenAwaySettingChange = "unassign_unsnoozed_when_away_setting_change",
        UpfrontEmailCollectionChange = "upfront_email_collection_change",
        UserCameraAttachmentsSettingChange = "user_camera_attachments_setting_change",
        UserConversationAttachmentsSettingChange = "user_conversation_attachments_setting_change",
        UserFileAttachmentsSettingChange = "user_file_attachments_setting_change",
        UserGifsSettingChange = "user_gifs_setting_change",
        UserMediaAttachmentsSettingChange = "user_media_attachments_setting_change",
        UserVoiceNotesSettingChange = "user_voice_notes_setting_change",
        WelcomeMessageChange = "welcome_message_change",
        WorkspaceDeletionRequest = "workspace_deletion_request",
    }
}

open_enum! {
    /// Whether an admin is at work, as far as activity tells. From 2.13.
    pub enum OccupancyState {
        Idle = "idle",
        Occupied = "occupied",
    }
}

/// More about an activity. Each type of activity has a few of the fields.
#[apply(response)]
pub struct ActivityLogMetadata {
    /// How the admin signed in, such as `email_password`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_method: Option<String>,
    /// The id of the contact in your own system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Whether the admin went away, and not came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_mode: Option<bool>,
    /// Why the admin is away, as it is shown: an emoji and a label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_status_reason: Option<String>,
    /// Whether the admin's conversations are reassigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reassign_conversations: Option<bool>,
    /// What brought the change about, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether the change was automatic: described as a text, shown as `false`.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub auto_changed: AttributeValue,
    /// The admin who brought the change about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_by: Option<AdminId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub update_by_name: Option<String>,
    /// Also `None` if the admin had no state yet. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_state: Option<OccupancyState>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_state: Option<OccupancyState>,
    /// After how many minutes without activity an admin is idle. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub threshold_minutes: Option<u64>,
    /// When the admin was last active. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_activity_at: Option<Timestamp>,
    /// Whether the state follows from activity, and was not set by an admin. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto: Option<bool>,
    /// Which settings were changed, such as `teammate_occupancy` or `automatic_away_mode`. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting_type: Option<String>,
    /// The settings that were changed, by name. From 2.13.
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "object::map"
    )]
    pub changes: Option<BTreeMap<String, ActivityLogChange>>,
    /// How many conversations an admin may have. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub conversation_assignment_limit: Option<u64>,
    /// How many tickets an admin may have. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub ticket_assignment_limit: Option<u64>,
    /// The team whose limit was changed. From 2.14 to 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<ActivityLogTeam>,
    /// How many conversations each of a team may have; also `None` if the limit was removed.
    /// From 2.14 to 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub team_assignment_limit: Option<u64>,
    /// Whether the setting was turned on. From 2.14 to 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What the setting was set to, such as `when_away_only`. In 2.15 and 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The consent by which Intercom's support may act as an admin. From 2.14 to 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent_id: Option<ImpersonationConsentId>,
    /// When the consent ends. From 2.14 to 2.16.
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "time::iso8601"
    )]
    pub expired_at: Option<Timestamp>,
    /// The message that was changed. No version describes it, though replies have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<ActivityLogMessage>,
    /// The admin whose permissions were changed. Sent without being documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<ActivityLogAdmin>,
    /// What was before the change: described as an object, shown as a text.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub before: AttributeValue,
    /// What is after the change.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub after: AttributeValue,
}

/// How a setting was changed. From 2.13.
#[apply(response)]
pub struct ActivityLogChange {
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub before: AttributeValue,
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub after: AttributeValue,
}

/// The message that an activity is about.
#[apply(response)]
pub struct ActivityLogMessage {
    pub id: Option<MessageId>,
    pub title: Option<String>,
}

/// The team that an activity is about.
#[apply(response)]
pub struct ActivityLogTeam {
    pub id: Option<TeamId>,
    pub name: Option<String>,
    /// Sent without being documented.
    #[serde(
        deserialize_with = "number::any_form",
        skip_serializing_if = "Option::is_none"
    )]
    pub member_count: Option<u64>,
}

/// The admin whom an activity is about. Sent without being documented.
#[apply(response)]
pub struct ActivityLogAdmin {
    pub id: Option<AdminId>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// A page of what admins did.
#[apply(response)]
#[items(activity_logs)]
pub struct ActivityLogList {
    pub r#type: Option<ObjectType>,
    pub pages: Option<Pages>,
    #[serde(deserialize_with = "null::as_default")]
    pub activity_logs: Vec<ActivityLog>,
}

/// What to search the activity logs for. From 2.16.
#[apply(body)]
pub struct ActivityLogSearch {
    pub created_at_after: Timestamp,
    /// If omitted, until now.
    pub created_at_before: Option<Timestamp>,
    /// Without any, all types.
    pub event_types: Option<Vec<ActivityLogEventType>>,
    /// The number of the page, from 1.
    #[serde(deserialize_with = "number::any_form")]
    pub page: Option<u32>,
    /// How many activities a page has: 20 by default, 250 at most.
    #[serde(deserialize_with = "number::any_form")]
    pub per_page: Option<u32>,
}

/// The types by which the activity logs can be searched. From 2.16.
#[apply(response)]
#[items(event_types)]
pub struct ActivityLogEventTypeList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub event_types: Vec<ActivityLogEventType>,
}
