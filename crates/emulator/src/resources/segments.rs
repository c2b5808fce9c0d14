//! Segments. Their members are named, for there are no rules.

use intercom_core::api::segments::{ListForContact, PersonType, Segment};
use intercom_core::model::{ContactId, List, ObjectType, SegmentId, Timestamp};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{SegmentRecord, Workspace};

impl Workspace {
    pub(crate) fn segments_of<'a>(
        &'a self,
        contact: &'a ContactId,
    ) -> impl Iterator<Item = (&'a SegmentId, &'a SegmentRecord)> {
        self.segments
            .iter()
            .filter(|(_, record)| record.members.contains(contact))
    }

    pub(crate) fn add_segment(
        &mut self,
        name: &str,
        members: Vec<ContactId>,
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
            members,
        };
        self.segments.insert(segment.id.clone(), record);
        segment
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, _: &Context) -> Result<List<Segment>, Refusal> {
        self.contact(&list.contact_id)?;
        let segments = self.segments_of(&list.contact_id);
        let segments = segments.map(|(_, record)| record.segment.clone());
        Ok(List::from(segments.collect::<Vec<_>>()))
    }
}
