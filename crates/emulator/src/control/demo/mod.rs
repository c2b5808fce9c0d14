//! Demo data: a workspace that looks lived in.

mod inbox;
mod knowledge;
mod names;
mod people;

use fastrand::Rng;
use intercom_core::ApiVersion;
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::model::{AdminId, CompanyId, ContactId, TagId, Timestamp};

use self::names::TAGS;
use self::people::{SECONDS_PER_DAY, company, contact, days_between};
use crate::query::{SearchLag, UtcOffset};
use crate::resources::{API, Context};
use crate::store::{NoteSubject, Workspace};

/// How many contacts there are for each company.
const CONTACTS_PER_COMPANY: usize = 20;

/// What the parts of the demo data have in common.
struct Demo<'a> {
    workspace: &'a mut Workspace,
    random: Rng,
    now: Timestamp,
    /// The owner of the token comes first.
    admins: Vec<AdminId>,
    contacts: Vec<ContactId>,
}

impl Demo<'_> {
    /// Returns the context of a request some seconds ago.
    fn ago(&self, seconds: i64) -> Context {
        at(Timestamp::from_second(self.now.as_second() - seconds))
    }
}

/// Returns the context of a request at this time.
fn at(now: Timestamp) -> Context {
    Context {
        version: ApiVersion::LATEST,
        now,
        search_lag: SearchLag::default(),
        utc_offset: UtcOffset::default(),
        base_url: API.into(),
    }
}

/// Fills a workspace: always alike for the same seed, up to the time.
pub(crate) fn fill(workspace: &mut Workspace, contacts: usize, seed: u64, now: Timestamp) {
    let admins = [
        workspace.owner(),
        workspace
            .add_admin("Grace Support", "grace@workspace.example")
            .id,
        workspace
            .add_admin("Linus Sales", "linus@workspace.example")
            .id,
    ];
    let mut demo = Demo {
        workspace,
        // Its own, so that the ids of requests do not depend on the demo data.
        random: Rng::with_seed(seed.wrapping_add(1)),
        now,
        admins: admins.to_vec(),
        contacts: Vec::new(),
    };
    demo.settings();
    demo.people(contacts);
    demo.knowledge();
    demo.inbox();
}

impl Demo<'_> {
    fn settings(&mut self) {
        let workspace = &mut *self.workspace;
        workspace.add_team("Support", self.admins.get(..2).unwrap_or_default());
        workspace.add_team("Sales", self.admins.get(2..).unwrap_or_default());
        for name in ["Newsletter", "Product updates"] {
            workspace.add_subscription_type(name, ConsentType::OptOut);
        }
        workspace.add_subscription_type("Events", ConsentType::OptIn);
        for (label, emoji) in [
            ("In a meeting", "📅"),
            ("On a break", "☕"),
            ("Done for today", "🌙"),
        ] {
            workspace.add_away_reason(label, emoji, self.now);
        }
        for (name, body) in [
            ("Greeting", "<p>Hi there, thanks for reaching out!</p>"),
            (
                "Ask for details",
                "<p>Could you tell us what you see, and on which page?</p>",
            ),
            (
                "Closing",
                "<p>Glad that it works. I will close this for now.</p>",
            ),
        ] {
            workspace.add_macro(name, body, self.now);
        }
    }

    fn people(&mut self, count: usize) {
        let (workspace, random, now) = (&mut *self.workspace, &mut self.random, self.now);
        let tags: Vec<TagId> = TAGS.iter().map(|tag| workspace.tag_named(tag)).collect();
        let companies: Vec<CompanyId> = (0..count.div_ceil(CONTACTS_PER_COMPANY))
            .map(|index| workspace.add_company(company(index, random), now))
            .collect();
        let (mut active, mut new) = (Vec::new(), Vec::new());
        for index in 0..count {
            let record = contact(index, workspace, &tags, &companies, now, random);
            let seen = record.last_seen_at;
            let created_at = record.created_at;
            let id = workspace.add_contact(record, &at(created_at));
            self.contacts.push(id.clone());
            if seen.is_some_and(|seen| days_between(seen, now) <= 7) {
                active.push(id.clone());
            }
            if days_between(created_at, now) <= 30 {
                new.push(id.clone());
            }
            if index.is_multiple_of(5) {
                let body = "Prefers to be called in the morning.";
                let owner = workspace.owner();
                workspace.add_note(NoteSubject::Contact(id), owner, body, &at(now));
            }
        }
        workspace.activities.sort_by_key(|activity| activity.at);
        workspace.add_segment("Active", active, now);
        workspace.add_segment("New", new, now);
    }
}
