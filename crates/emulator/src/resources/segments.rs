//! Segments. Their members are fixed: there are no rules.

use intercom_core::api::segments::{
    Get, List, ListForCompany, ListForContact, PersonType, Segment, SegmentList,
};
use intercom_core::model::{ContactId, List as ModelList, ObjectType, SegmentId, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{SegmentRecord, Workspace};

impl Workspace {
    /// Returns the segments that a contact is in.
    pub(crate) fn segments_of<'a>(
        &'a self,
        contact: &ContactId,
    ) -> impl Iterator<Item = &'a Segment> {
        self.segments
            .values()
            .filter(move |record| record.members.contains(contact))
            .map(|record| &record.segment)
    }

    /// Stores a new segment.
    pub(crate) fn add_segment(
        &mut self,
        name: &str,
        members: impl IntoIterator<Item = ContactId>,
        now: Timestamp,
    ) -> Segment {
        let segment = object!(Segment {
            r#type: Some(ObjectType::Segment),
            id: SegmentId::new(self.ids.hex(now)),
            name: Some(name.to_owned()),
            created_at: Some(now),
            updated_at: Some(now),
            person_type: Some(PersonType::Contact),
        });
        let record = SegmentRecord {
            segment: segment.clone(),
            members: members.into_iter().collect(),
        };
        self.segments.insert(segment.id.clone(), record);
        segment
    }

    /// Returns a segment, with the number of its active members if wanted.
    fn show_segment(&self, record: &SegmentRecord, count: bool) -> Segment {
        let mut segment = record.segment.clone();
        if count {
            let members = record.members.iter().filter_map(|id| self.contacts.get(id));
            let active = members.filter(|contact| !contact.archived).count();
            segment.count = Some(active as u64);
        }
        segment
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, _: &Context) -> Result<SegmentList, Refusal> {
        let count = list.include_count == Some(true);
        let segments = self.segments.values();
        Ok(object!(SegmentList {
            r#type: Some(ObjectType::SegmentList),
            segments: segments.map(|it| self.show_segment(it, count)).collect(),
        }))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Segment, Refusal> {
        let record = self.segments.get(&get.segment_id);
        let record = record.ok_or_else(Refusal::not_found)?;
        Ok(self.show_segment(record, false))
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, _: &Context) -> Result<ModelList<Segment>, Refusal> {
        self.contact(&list.contact_id)?;
        let segments = self.segments_of(&list.contact_id).cloned();
        Ok(ModelList::from(segments.collect::<Vec<_>>()))
    }
}

impl Handle<ListForCompany> for Workspace {
    /// Segments have contacts as members, so no company is in one.
    fn handle(&mut self, list: ListForCompany, _: &Context) -> Result<ModelList<Segment>, Refusal> {
        self.company_record(&list.company_id)?;
        Ok(ModelList::from(Vec::new()))
    }
}
