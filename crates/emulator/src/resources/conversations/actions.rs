//! Managing conversations: closing, snoozing, opening and assigning them.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::{
    Conversation, ConversationAction, ConversationSnoozed, ConversationState, EventDetails, Manage,
    PartType, RunAssignmentRules,
};
use intercom_core::model::{AdminId, ConversationId};

use super::parts::{NewPart, reopen};
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Assignee, Author, ConversationRecord, Workspace};

pub(crate) fn no_assignee() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::AssigneeNotFound,
        "Assignee not found",
    )
}

/// Makes an assignee that of a conversation.
pub(crate) fn assign(record: &mut ConversationRecord, assignee: &Assignee) {
    match assignee {
        Assignee::Admin(id) => record.admin = Some(id.clone()),
        Assignee::Team(id) => record.team = Some(id.clone()),
        Assignee::Nobody => (record.admin, record.team) = (None, None),
    }
}

impl Workspace {
    fn manage(
        &mut self,
        id: &ConversationId,
        action: ConversationAction,
        context: &Context,
    ) -> Result<(), Refusal> {
        let by = |workspace: &Self, admin: &AdminId| workspace.acting_admin(admin);
        self.conversation(id)?;
        match action {
            ConversationAction::Close(close) => {
                let author = Author::Admin(by(self, &close.admin_id)?);
                self.update_conversation(id, |record| {
                    record.state = ConversationState::Closed;
                    record.snoozed_until = None;
                    record.waiting_since = None;
                })?;
                let mut part = NewPart::new(PartType::Close, author, context);
                part.body = close.body.map(|body| to_html(&body));
                self.add_part(id, part)
            }
            ConversationAction::Snooze(snooze) => {
                let author = Author::Admin(by(self, &snooze.admin_id)?);
                let until = snooze.snoozed_until;
                if until <= context.now {
                    return Err(Refusal::invalid(
                        "snoozed_until",
                        "snoozed_until must be in the future",
                    ));
                }
                self.update_conversation(id, |record| {
                    record.state = ConversationState::Snoozed;
                    record.snoozed_until = Some(until);
                })?;
                let mut part = NewPart::new(PartType::Snoozed, author, context);
                part.extra.event = Some(EventDetails::Snoozed(object!(ConversationSnoozed {
                    until: Some("custom".to_owned()),
                    custom_until_time: Some(until),
                })));
                self.add_part(id, part)
            }
            ConversationAction::Open(open) => {
                let author = Author::Admin(by(self, &open.admin_id)?);
                self.update_conversation(id, reopen)?;
                self.add_part(id, NewPart::new(PartType::Open, author, context))
            }
            ConversationAction::Assign(assignment) => {
                let author = Author::Admin(by(self, &assignment.admin_id)?);
                let assignee = self.assignee(assignment.assignee_id.as_str());
                let assignee = assignee.ok_or_else(no_assignee)?;
                let mut part = NewPart::new(PartType::Assignment, author, context);
                part.body = assignment.body.map(|body| to_html(&body));
                self.assign_conversation(id, assignee, part)
            }
            _ => Err(Refusal::invalid(
                "message_type",
                "message_type must be close, snoozed, open or assignment",
            )),
        }
    }

    /// Assigns a conversation. A closed one is reopened.
    pub(crate) fn assign_conversation(
        &mut self,
        id: &ConversationId,
        assignee: Assignee,
        mut part: NewPart,
    ) -> Result<(), Refusal> {
        let reopened = self.update_conversation(id, |record| {
            assign(record, &assignee);
            let closed = record.state == ConversationState::Closed;
            if closed && assignee != Assignee::Nobody {
                reopen(record);
            }
            closed && assignee != Assignee::Nobody
        })?;
        if reopened && part.kind == PartType::Assignment {
            part.kind = PartType::AssignAndReopen;
        }
        part.assigned_to = Some(assignee);
        self.add_part(id, part)
    }

    /// Returns whom the workspace's rules assign conversations to: the first team, and of its members
    /// the one with the fewest open conversations.
    fn assignees_by_rule(&self) -> Vec<Assignee> {
        let Some(team) = self.teams.values().next() else {
            return vec![Assignee::Nobody];
        };
        let open_of = |admin: &AdminId| {
            let conversations = self.conversations.iter();
            let theirs = conversations.filter(|record| {
                record.state == ConversationState::Open && record.admin.as_ref() == Some(admin)
            });
            theirs.count()
        };
        let least_busy = team.admin_ids.iter().min_by_key(|admin| open_of(admin));
        let team = Assignee::Team(team.id.clone());
        let admin = least_busy.map(|admin| Assignee::Admin(AdminId::new(admin.as_str())));
        std::iter::once(team).chain(admin).collect()
    }
}

impl Handle<Manage> for Workspace {
    fn handle(&mut self, manage: Manage, context: &Context) -> Result<Conversation, Refusal> {
        let id = &manage.conversation_id;
        self.manage(id, manage.body, context)?;
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}

impl Handle<RunAssignmentRules> for Workspace {
    fn handle(
        &mut self,
        run: RunAssignmentRules,
        context: &Context,
    ) -> Result<Conversation, Refusal> {
        let id = &run.conversation_id;
        self.conversation(id)?;
        for assignee in self.assignees_by_rule() {
            let kind = PartType::DefaultAssignment;
            let part = NewPart::new(kind, Author::Bot, context);
            self.assign_conversation(id, assignee, part)?;
        }
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}
