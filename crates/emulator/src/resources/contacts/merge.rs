//! Merging contacts.

use std::collections::BTreeSet;

use http::StatusCode;
use intercom_core::api::contacts::{
    Contact, ContactActivityType, ContactMerge, ListMergeHistory, Merge, MergeHistoryItem,
    MergeHistoryList, MergeOutcome, MergePreview, MergePreviewAttributeChange,
    MergePreviewAttributeChanges, MergePreviewCount, MergePreviewReason, MergePreviewReasonCode,
    MergePreviewReassignments, MergePreviewSummary, Order, PreviewMerge, Role,
};
use intercom_core::model::{AttributeValue, ContactId, ObjectType};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, MAX_PER_PAGE, Rank, after_cursor, page_size};
use crate::refusal::Refusal;
use crate::resources::tags::apply_tag;
use crate::resources::{Context, Handle};
use crate::store::{
    ContactRecord, MergeActivity, MergedContact, NoteIndex, NoteSubject, TicketIndex, Workspace,
};

/// Why a merge is refused: the code and message of a preview.
type Obstacle = (MergePreviewReasonCode, &'static str);

impl Workspace {
    /// Returns why a merge is refused, if it is.
    fn obstacle(
        &self,
        merge: &ContactMerge,
        version: &ApiVersion,
    ) -> Result<Option<Obstacle>, Refusal> {
        let (from, into) = (self.contact(&merge.from)?, self.contact(&merge.into)?);
        let role = |record: &ContactRecord, role| record.role == role;
        if merge.from == merge.into || !role(from, Role::Lead) || !role(into, Role::User) {
            return Ok(Some((
                MergePreviewReasonCode::InvalidMergeRolePair,
                "from must be a lead, and into a user",
            )));
        }
        let checked =
            *version >= ApiVersion::V2_16 && merge.skip_duplicate_validation != Some(true);
        if checked && !share_identifier(from, into) {
            return Ok(Some((
                MergePreviewReasonCode::NoSharedIdentifier,
                "Contacts can only be merged when they are duplicates (matching email or phone). Pass skip_duplicate_validation=true to override this check.",
            )));
        }
        Ok(None)
    }

    fn merge(&mut self, merge: &ContactMerge, context: &Context) -> Result<(), Refusal> {
        let (from_id, into_id) = (&merge.from, &merge.into);
        self.contact(into_id)?;
        let from = self
            .contacts
            .remove(from_id)
            .ok_or_else(Refusal::no_contact)?;
        self.update_contact(into_id, |into| {
            adopt(&from, into);
            into.merges.push(object!(MergeHistoryItem {
                r#type: Some(ObjectType::MergeHistory),
                source_contact_id: Some(from_id.clone()),
                source_contact_role: Some(from.role.clone()),
                merged_at: Some(context.now),
            }));
            into.updated_at = context.now;
        })?;
        if let Some(id) = &from.external_id {
            self.merged_external_ids.insert(id.clone(), from_id.clone());
        }
        let merged = MergedContact {
            into: into_id.clone(),
        };
        self.merged.insert(from_id.clone(), merged);
        for note in self.notes.ids(NoteIndex::Contact, from_id.as_str().into()) {
            let about = NoteSubject::Contact(into_id.clone());
            self.notes.update(&note, |note| note.about = about);
        }
        self.replace_participant(from_id, Some(into_id));
        self.move_events(from_id, into_id);
        for segment in self.segments.values_mut() {
            if segment.members.remove(from_id) {
                segment.members.insert(into_id.clone());
            }
        }
        let activity = self.record_activity(ContactActivityType::Merged, into_id, context);
        activity.merge = Some(Box::new(MergeActivity {
            from: from_id.clone(),
            into: into_id.clone(),
            failure: None,
        }));
        Ok(())
    }
}

/// Whether two contacts have the same email or phone number.
fn share_identifier(one: &ContactRecord, other: &ContactRecord) -> bool {
    let same = |one: &Option<Box<str>>, other: &Option<Box<str>>| match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    same(&one.email, &other.email) || same(&one.phone, &other.phone)
}

/// Gives the surviving contact what only the other one has.
fn adopt(from: &ContactRecord, into: &mut ContactRecord) {
    macro_rules! adopt {
        ($($field:ident)*) => {$(
            if into.$field.is_none() {
                into.$field = from.$field.clone();
            }
        )*};
    }
    adopt! {
        email phone name avatar owner signed_up_at last_seen_at last_replied_at last_contacted_at
        language_override location
    }
    into.attributes.adopt(&from.attributes);
    for tagged in &from.tags {
        apply_tag(&mut into.tags, tagged);
    }
    for company in &from.companies {
        if !into.companies.contains(company) {
            into.companies.push(company.clone());
        }
    }
    for (id, consent) in &from.subscriptions {
        if !into.subscriptions.iter().any(|(other, _)| other == id) {
            into.subscriptions.push((id.clone(), consent.clone()));
        }
    }
}

impl Handle<Merge> for Workspace {
    fn handle(&mut self, merge: Merge, context: &Context) -> Result<Contact, Refusal> {
        if let Some((_, message)) = self.obstacle(&merge.body, &context.version)? {
            let failed = ContactActivityType::MergeFailed;
            let activity = self.record_activity(failed, &merge.body.from, context);
            activity.merge = Some(Box::new(MergeActivity {
                from: merge.body.from,
                into: merge.body.into,
                failure: Some(message.to_owned()),
            }));
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::InvalidMerge,
                message,
            ));
        }
        self.merge(&merge.body, context)?;
        let stays = self.contact(&merge.body.into)?;
        Ok(self.show_contact(stays, &context.version, merge.include_merge_history))
    }
}

impl Handle<PreviewMerge> for Workspace {
    fn handle(
        &mut self,
        preview: PreviewMerge,
        context: &Context,
    ) -> Result<MergePreview, Refusal> {
        let merge = preview.body;
        if let Some((code, message)) = self.obstacle(&merge, &context.version)? {
            let reason = object!(MergePreviewReason {
                code: Some(code),
                message: Some(message.to_owned()),
            });
            return Ok(MergePreview::Blocked(vec![reason]));
        }
        let (from, into) = (self.contact(&merge.from)?, self.contact(&merge.into)?);
        let attributes = self.changes(from, into);
        let count = |from: usize, into: usize| {
            Some(object!(MergePreviewCount {
                from: Some(from as u64),
                into: Some(into as u64),
            }))
        };
        let notes = |id: &ContactId| self.notes_of(id).len();
        let conversations = |id: &ContactId| self.conversations_of(id).count();
        let tickets = |id: &ContactId| {
            self.tickets
                .find(TicketIndex::Contact, id.as_str().into())
                .count()
        };
        Ok(MergePreview::Allowed(object!(MergePreviewSummary {
            attribute_changes: Some(object!(MergePreviewAttributeChanges {
                total_count: Some(attributes.len() as u64),
                attributes: attributes,
            })),
            reassignments: Some(object!(MergePreviewReassignments {
                conversations: count(conversations(&merge.from), conversations(&merge.into)),
                tickets: count(tickets(&merge.from), tickets(&merge.into)),
                // There are no phone calls of contacts.
                phone_calls: count(0, 0),
                tags: count(from.tags.len(), into.tags.len()),
                notes: count(notes(&merge.from), notes(&merge.into)),
            })),
        })))
    }
}

impl Workspace {
    /// Returns what a merge would change.
    fn changes(
        &self,
        from: &ContactRecord,
        into: &ContactRecord,
    ) -> Vec<MergePreviewAttributeChange> {
        let mut changes = Vec::new();
        let mut change = |field: &str, from: AttributeValue, into: AttributeValue| {
            if from.is_null() || from == into {
                return;
            }
            let adopted = into.is_null();
            changes.push(object!(MergePreviewAttributeChange {
                field: Some(field.to_owned()),
                outcome: Some(if adopted {
                    MergeOutcome::Adopted
                } else {
                    MergeOutcome::Discarded
                }),
                new_into_value: if adopted { from.clone() } else { into.clone() },
                from_value: from,
                into_value: into,
            }));
        };
        let fields = |contact: &ContactRecord| {
            let text = |text: &Option<Box<str>>| text.clone().map(String::from).into();
            let owner = contact.owner.as_ref().map(ToString::to_string);
            [
                ("name", text(&contact.name)),
                ("email", text(&contact.email)),
                ("phone", text(&contact.phone)),
                ("owner_id", owner.into()),
                ("signed_up_at", contact.signed_up_at.into()),
            ]
        };
        for ((name, from), (_, into)) in fields(from).into_iter().zip(fields(into)) {
            change(name, from, into);
        }
        for (name, value) in from.attributes.iter() {
            let theirs = into.attributes.get(name).cloned();
            let field = format!("custom_attributes.{name}");
            change(&field, value.clone(), theirs.unwrap_or_default());
        }
        if !from.companies.is_empty() {
            let names = |record: &ContactRecord| -> BTreeSet<String> {
                let companies = record.companies.iter();
                companies
                    .filter_map(|id| self.companies.get(id)?.company.name.clone())
                    .collect()
            };
            let (from, into) = (names(from), names(into));
            let list = |names: &BTreeSet<String>| Vec::from_iter(names.iter().cloned()).into();
            changes.push(object!(MergePreviewAttributeChange {
                field: Some("companies".to_owned()),
                outcome: Some(MergeOutcome::Merged),
                from_value: list(&from),
                into_value: list(&into),
                new_into_value: list(&from.union(&into).cloned().collect()),
            }));
        }
        changes
    }
}

impl Handle<ListMergeHistory> for Workspace {
    fn handle(&mut self, list: ListMergeHistory, _: &Context) -> Result<MergeHistoryList, Refusal> {
        let record = self
            .contacts
            .get(&list.contact_id)
            .filter(|record| record.role == Role::User)
            .ok_or_else(|| {
                Refusal::new(
                    StatusCode::NOT_FOUND,
                    ErrorCode::NotFound,
                    "Contact not found",
                )
            })?;
        let descending = match list.order {
            None | Some(Order::Descending) => true,
            Some(Order::Ascending) => false,
            Some(_) => return Err(Refusal::invalid("order", "order must be asc or desc")),
        };
        let per_page = page_size(list.per_page, CONTACTS_PER_PAGE, MAX_PER_PAGE)?;
        let merges = record.merges.iter().enumerate();
        let ranked = merges.map(|(index, merge)| (Rank::by_number(index as i64, ""), merge));
        let cursor = list.cursor.as_deref();
        let slice = after_cursor(ranked, descending, cursor, per_page)?;
        Ok(object!(MergeHistoryList {
            r#type: Some(ObjectType::List),
            data: slice.items.into_iter().cloned().collect(),
            has_more: Some(slice.next.is_some()),
            next_cursor: slice.next,
        }))
    }
}
