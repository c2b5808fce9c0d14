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
use crate::query::{Key, Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ContactRecord, MergedContact, Workspace};

/// Why a merge is refused: the code and the message of a preview.
type Obstacle = (MergePreviewReasonCode, &'static str);

impl Workspace {
    /// What stands in the way of a merge.
    fn obstacle(
        &self,
        merge: &ContactMerge,
        version: &ApiVersion,
    ) -> Result<Option<Obstacle>, Refusal> {
        let (from, into) = (self.contact(&merge.from)?, self.contact(&merge.into)?);
        let role = |record: &ContactRecord, role| record.contact.role == Some(role);
        if merge.from == merge.into || !role(from, Role::Lead) || !role(into, Role::User) {
            return Ok(Some((
                MergePreviewReasonCode::InvalidMergeRolePair,
                "from must be a lead, and into a user",
            )));
        }
        let checked =
            *version >= ApiVersion::V2_16 && merge.skip_duplicate_validation != Some(true);
        if checked && !share_identifier(&from.contact, &into.contact) {
            return Ok(Some((
                MergePreviewReasonCode::NoSharedIdentifier,
                "Contacts can only be merged when they are duplicates (matching email or phone). Pass skip_duplicate_validation=true to override this check.",
            )));
        }
        Ok(None)
    }

    fn merge(&mut self, merge: &ContactMerge, context: &Context) -> Result<(), Refusal> {
        let (from_id, into_id) = (&merge.from, &merge.into);
        let from = self.contact(from_id)?.clone();
        let into = self.contact_mut(into_id)?;
        adopt(&from, into);
        into.merges.push(object!(MergeHistoryItem {
            r#type: Some(ObjectType::MergeHistory),
            source_contact_id: Some(from_id.clone()),
            source_contact_role: from.contact.role.clone(),
            merged_at: Some(context.now),
        }));
        into.contact.updated_at = Some(context.now);

        self.contacts.remove(from_id);
        let merged = MergedContact {
            into: into_id.clone(),
            external_id: from.contact.external_id,
        };
        self.merged.insert(from_id.clone(), merged);
        for note in self.notes.values_mut() {
            if note.contact == *from_id {
                note.contact = into_id.clone();
            }
        }
        for ticket in self.tickets.values_mut() {
            if ticket.contact == *from_id {
                ticket.contact = into_id.clone();
            }
        }
        self.move_events(from_id, into_id);
        for segment in self.segments.values_mut() {
            let count = segment.members.len();
            segment.members.retain(|member| member != from_id);
            if segment.members.len() < count && !segment.members.contains(into_id) {
                segment.members.push(into_id.clone());
            }
        }
        let activity = self.record(ContactActivityType::Merged, into_id, context);
        activity.merge_source_id = Some(from_id.clone());
        activity.merge_target_id = Some(into_id.clone());
        Ok(())
    }
}

fn share_identifier(one: &Contact, other: &Contact) -> bool {
    let same = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    same(&one.email, &other.email) || same(&one.phone, &other.phone)
}

/// Gives the contact that stays what the other has and it has not.
fn adopt(from: &ContactRecord, into: &mut ContactRecord) {
    macro_rules! adopt {
        ($($field:ident)*) => {$(
            if into.contact.$field.is_none() {
                into.contact.$field = from.contact.$field.clone();
            }
        )*};
    }
    adopt! {
        email phone name avatar owner_id signed_up_at last_seen_at last_replied_at
        last_contacted_at language_override location
    }
    for (name, value) in from.contact.custom_attributes.iter() {
        if into.contact.custom_attributes.get(name).is_none() {
            into.contact.custom_attributes.insert(name, value.clone());
        }
    }
    for tagged in &from.tags {
        if !into.tags.iter().any(|other| other.tag == tagged.tag) {
            into.tags.push(tagged.clone());
        }
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
            let activity = self.record(ContactActivityType::MergeFailed, &merge.body.from, context);
            activity.merge_source_id = Some(merge.body.from);
            activity.merge_target_id = Some(merge.body.into);
            activity.failure_reason = Some(message.to_owned());
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::InvalidMerge,
                message,
            ));
        }
        self.merge(&merge.body, context)?;
        let stays = self.contact(&merge.body.into)?;
        Ok(self.show(stays, &context.version, merge.include_merge_history))
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
        let tickets = |id: &ContactId| self.tickets_of(id);
        Ok(MergePreview::Allowed(object!(MergePreviewSummary {
            attribute_changes: Some(object!(MergePreviewAttributeChanges {
                total_count: Some(attributes.len() as u64),
                attributes: attributes,
            })),
            reassignments: Some(object!(MergePreviewReassignments {
                conversations: count(0, 0),
                tickets: count(tickets(&merge.from), tickets(&merge.into)),
                tags: count(from.tags.len(), into.tags.len()),
                notes: count(notes(&merge.from), notes(&merge.into)),
            })),
        })))
    }
}

impl Workspace {
    /// What a merge would do to the attributes of the two contacts.
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
        let fields = |contact: &Contact| {
            let owner = contact.owner_id.as_ref().map(ToString::to_string);
            [
                ("name", contact.name.clone().into()),
                ("email", contact.email.clone().into()),
                ("phone", contact.phone.clone().into()),
                ("owner_id", owner.into()),
                ("signed_up_at", contact.signed_up_at.into()),
            ]
        };
        for ((name, from), (_, into)) in
            fields(&from.contact).into_iter().zip(fields(&into.contact))
        {
            change(name, from, into);
        }
        for (name, value) in from.contact.custom_attributes.iter() {
            let theirs = into.contact.custom_attributes.get(name).cloned();
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
            .filter(|record| record.contact.role == Some(Role::User))
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
        let merges = record.merges.iter().enumerate().map(|(index, merge)| {
            let rank = Rank {
                key: Key::Number(index as f64),
                id: String::new(),
            };
            (rank, merge)
        });
        let cursor = list.cursor.as_deref();
        let cut = after_cursor(merges.collect(), descending, cursor, list.per_page)?;
        Ok(object!(MergeHistoryList {
            r#type: Some(ObjectType::List),
            data: cut.items.into_iter().cloned().collect(),
            has_more: Some(cut.next.is_some()),
            next_cursor: cut.next,
        }))
    }
}
