//! Conversations and tickets: a few days of a support inbox.

use intercom_core::api::conversations::{
    AdminReply, ContactKey, ContactReply, ConversationAction, ConversationCreate, Create, Manage,
    Person, Reply,
};
use intercom_core::api::segments::PersonType;
use intercom_core::api::tags::{AttachToConversation, TagAttachByAdmin};
use intercom_core::api::ticket_types::{TicketStateCategory, TicketTypeCreate};
use intercom_core::api::tickets::{self, TicketContact, TicketCreate, TicketUpdate};
use intercom_core::model::{AdminId, ContactId, ConversationId, CustomAttributes};

use super::names::TICKET_TYPES;
use super::{Demo, SECONDS_PER_DAY};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};

/// The most conversations.
const MAX_CONVERSATIONS: usize = 2_000;

/// How many tickets of each type there are, one in each state.
const STATES: [TicketStateCategory; 4] = [
    TicketStateCategory::Submitted,
    TicketStateCategory::InProgress,
    TicketStateCategory::WaitingOnCustomer,
    TicketStateCategory::Resolved,
];

/// What contacts ask, what teammates answer, and what contacts reply.
const DIALOGUES: &[(&str, &str, &str)] = &[
    (
        "Where do I find my invoices?",
        "Under Settings, then Billing. There is one for each month.",
        "Found them, thank you!",
    ),
    (
        "The export stops after a few rows.",
        "Thanks for telling us. Which browser do you use?",
        "Firefox, on Linux. In Chrome it works.",
    ),
    (
        "Can I invite my colleagues?",
        "Yes: each plan comes with five seats. You can invite them by email.",
        "And what does a sixth one cost?",
    ),
    (
        "I was charged twice this month.",
        "I am sorry about that. I have refunded the second charge.",
        "That was quick, thanks.",
    ),
    (
        "Is there a way to import contacts from a CSV file?",
        "There is, and here is an article that shows how.",
        "Perfect.",
    ),
    (
        "The page does not load since this morning.",
        "We are looking into it and will write as soon as it is fixed.",
        "It is back. What was the matter?",
    ),
];

impl Demo<'_> {
    pub(super) fn inbox(&mut self) {
        let count = (self.contacts.len() / 5).min(MAX_CONVERSATIONS);
        for index in 0..count {
            let place = index * self.contacts.len() / count.max(1);
            let Some(contact) = self.contacts.get(place).cloned() else {
                continue;
            };
            // A request that the demo data gets wrong leaves its conversation as it is by then.
            let _ = self.conversation(index, &contact);
        }
        for (name, category) in TICKET_TYPES {
            let body = TicketTypeCreate::new(*name).category(category.clone());
            let ticket_type = self.workspace.add_ticket_type(body, self.now);
            for (index, state) in STATES.into_iter().enumerate() {
                let place = self.random.usize(..self.contacts.len().max(1));
                let Some(contact) = self.contacts.get(place).cloned() else {
                    continue;
                };
                let title = format!("{name} {}", index + 1);
                let create = TicketCreate::new(&ticket_type.id, [TicketContact::Id(contact)])
                    .ticket_attributes(CustomAttributes::new().with("_default_title_", title));
                let _ = self.ticket(create, state);
            }
        }
    }

    fn ticket(&mut self, create: TicketCreate, state: TicketStateCategory) -> Result<(), Refusal> {
        let age = self.random.i64(SECONDS_PER_DAY..14 * SECONDS_PER_DAY);
        let (created, updated) = (self.ago(age), self.ago(age / 2));
        let ticket = self
            .workspace
            .handle(tickets::Create::new(create), &created)?;
        if state != TicketStateCategory::Submitted {
            let update = TicketUpdate::new().state(state);
            let update = tickets::Update::new(&ticket.id, update);
            self.workspace.handle(update, &updated)?;
        }
        Ok(())
    }

    fn conversation(&mut self, index: usize, contact: &ContactId) -> Result<(), Refusal> {
        let place = index % DIALOGUES.len();
        let Some((question, answer, reply)) = DIALOGUES.get(place).copied() else {
            return Ok(());
        };
        let age = self.random.i64(3_600..5 * SECONDS_PER_DAY);
        let pause = self.random.i64(60..1_200);
        let from = Person::new(PersonType::Contact, contact.clone());
        let create = Create::new(ConversationCreate::new(from, question));
        let message = self.workspace.handle(create, &self.ago(age))?;
        let id = message.conversation_id.unwrap_or_default();
        // One in six nobody has answered yet.
        if index % 6 == 5 {
            return Ok(());
        }
        let admin = self.admins.get(index % 2).cloned().unwrap_or_default();
        let assign = ConversationAction::assign_to_admin(&admin, &admin);
        self.manage(&id, assign, age - pause)?;
        let answer = AdminReply::comment(&admin, answer);
        let answered = self.ago(age - 2 * pause);
        self.workspace.handle(Reply::new(&id, answer), &answered)?;
        let later = age - 3 * pause;
        match index % 4 {
            0 => self.resolve(&id, &admin, (contact, reply), later),
            1 => {
                let until = self.ago(-2 * SECONDS_PER_DAY).now;
                self.manage(&id, ConversationAction::snooze(&admin, until), later)
            }
            2 => {
                let note = AdminReply::note(&admin, "Ask engineering about this one.");
                let context = self.ago(later);
                self.workspace.handle(Reply::new(&id, note), &context)?;
                self.tag(&id, &admin, &context)
            }
            _ => self.reply(&id, contact, reply, later),
        }
    }

    /// Lets the contact reply, closes the conversation, and lets the contact rate it.
    fn resolve(
        &mut self,
        id: &ConversationId,
        admin: &AdminId,
        (contact, reply): (&ContactId, &str),
        ago: i64,
    ) -> Result<(), Refusal> {
        self.reply(id, contact, reply, ago)?;
        let close = ConversationAction::close(admin);
        self.manage(id, close, ago - 60)?;
        let score = self.random.u8(3..=5);
        let context = self.ago(ago - 120);
        self.workspace.rate_conversation(id, score, None, &context);
        Ok(())
    }

    fn reply(
        &mut self,
        id: &ConversationId,
        contact: &ContactId,
        text: &str,
        ago: i64,
    ) -> Result<(), Refusal> {
        let reply = ContactReply::comment(ContactKey::id(contact.clone()), text);
        let context = self.ago(ago);
        self.workspace.handle(Reply::new(id, reply), &context)?;
        Ok(())
    }

    fn manage(
        &mut self,
        id: &ConversationId,
        action: ConversationAction,
        ago: i64,
    ) -> Result<(), Refusal> {
        let context = self.ago(ago);
        self.workspace.handle(Manage::new(id, action), &context)?;
        Ok(())
    }

    fn tag(
        &mut self,
        id: &ConversationId,
        admin: &AdminId,
        context: &Context,
    ) -> Result<(), Refusal> {
        let tag = self.workspace.tag_named("bug");
        let attach = AttachToConversation::new(id, TagAttachByAdmin::new(tag, admin));
        self.workspace.handle(attach, context)?;
        Ok(())
    }
}
