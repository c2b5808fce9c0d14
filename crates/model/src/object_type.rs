//! The `type` that most objects carry.

use crate::open_enum::open_enum;

open_enum! {
    /// What kind of object it is: the `type` that it carries.
    pub enum ObjectType {
        ActivityLogList = "activity_log.list",
        Admin = "admin",
        AdminList = "admin.list",
        App = "app",
        Avatar = "avatar",
        Bot = "bot",
        CompaniesBulkJob = "companies.bulk.job",
        Company = "company",
        CompanyList = "company.list",
        CompanyPlan = "plan",
        Contact = "contact",
        ContactActivity = "contact_activity",
        ContactList = "contact.list",
        ContactsBulkJob = "contacts.bulk.job",
        Conversation = "conversation",
        Error = "error",
        ErrorList = "error.list",
        GroupContent = "group_content",
        GroupTranslatedContent = "group_translated_content",
        HelpCenterRedirect = "help_center_redirect",
        Lead = "lead",
        List = "list",
        Location = "location",
        MergeHistory = "merge_history",
        Note = "note",
        NoteList = "note.list",
        Pages = "pages",
        Role = "role",
        Segment = "segment",
        SegmentList = "segment.list",
        SocialProfile = "social_profile",
        SocialProfileList = "social_profile.list",
        Subscription = "subscription",
        Tag = "tag",
        TagList = "tag.list",
        Team = "team",
        Ticket = "ticket",
        User = "user",
    }
}
