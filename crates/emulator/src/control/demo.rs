//! A workspace with something in it.

use fastrand::Rng;
use intercom_core::ApiVersion;
use intercom_core::api::contacts::{Company, Contact, Location, Role};
use intercom_core::api::help_center::CollectionCreate;
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::api::ticket_types::{TicketCategory, TicketTypeCreate};
use intercom_core::model::{CompanyId, ObjectType, TagId, Timestamp};

use crate::object::object;
use crate::resources::Context;
use crate::store::{ContactRecord, NoteSubject, TagApplied, Workspace};

/// How many contacts there are for each company.
const CONTACTS_PER_COMPANY: usize = 20;
const SECONDS_PER_DAY: i64 = 86_400;

const FIRST_NAMES: &[&str] = &[
    "Ada",
    "Alan",
    "Barbara",
    "Camille",
    "Dorothy",
    "Edsger",
    "Frances",
    "Grace",
    "Hedy",
    "Ivan",
    "Jean",
    "Katherine",
    "Leslie",
    "Margaret",
    "Niklaus",
    "Olga",
    "Peter",
    "Radia",
    "Sophie",
    "Tony",
];
const LAST_NAMES: &[&str] = &[
    "Allen",
    "Backus",
    "Clarke",
    "Dijkstra",
    "Engelbart",
    "Fischer",
    "Goldberg",
    "Hopper",
    "Iverson",
    "Johnson",
    "Knuth",
    "Lovelace",
    "McCarthy",
    "Nygaard",
    "O'Brien",
    "Perlman",
    "Ritchie",
    "Shannon",
    "Turing",
    "Wirth",
];
const COMPANY_NAMES: &[&str] = &["Acme", "Borealis", "Cobalt", "Dune", "Ember", "Fjord"];
const COMPANY_KINDS: &[&str] = &["Analytics", "Books", "Logistics", "Robotics"];
const TAGS: &[&str] = &["vip", "beta", "trial", "newsletter", "churn risk"];
const PLANS: &[&str] = &["free", "pro", "enterprise"];
const BROWSERS: &[&str] = &["chrome", "firefox", "safari"];
const SYSTEMS: &[&str] = &["Windows", "OS X", "Linux"];
/// City, region, country and the country's code.
const CITIES: &[(&str, &str, &str, &str)] = &[
    ("Dublin", "Leinster", "Ireland", "IRL"),
    ("San Francisco", "California", "United States", "USA"),
    ("London", "England", "United Kingdom", "GBR"),
    ("Sydney", "New South Wales", "Australia", "AUS"),
    ("Berlin", "Berlin", "Germany", "DEU"),
];
const COLLECTIONS: &[(&str, &[&str])] = &[
    (
        "Getting started",
        &["Installation", "First steps", "Import"],
    ),
    ("Billing", &["Invoices", "Plans"]),
    ("Integrations", &["Email", "Calendar", "Webhooks"]),
];
const TICKET_TYPES: &[(&str, TicketCategory)] = &[
    ("Bug report", TicketCategory::Customer),
    ("Refund", TicketCategory::BackOffice),
];
const LOOSE_COLLECTION: &str = "Release notes";

/// Fills a workspace: always alike for one seed, up to the time.
pub(crate) fn fill(workspace: &mut Workspace, contacts: usize, seed: u64, now: Timestamp) {
    // Its own, so that more demo data would not change the ids of requests.
    let mut random = Rng::with_seed(seed.wrapping_add(1));
    workspace.add_admin("Grace Support", "grace@workspace.example");
    workspace.add_admin("Linus Sales", "linus@workspace.example");
    for name in ["Newsletter", "Product updates"] {
        workspace.add_subscription_type(name, ConsentType::OptOut);
    }
    workspace.add_subscription_type("Events", ConsentType::OptIn);

    let tags: Vec<TagId> = TAGS.iter().map(|tag| workspace.tag_named(tag)).collect();
    let companies: Vec<CompanyId> = (0..contacts.div_ceil(CONTACTS_PER_COMPANY))
        .map(|index| {
            let company = company(index, &mut random);
            workspace.add_company(company, now)
        })
        .collect();
    let (mut active, mut new) = (Vec::new(), Vec::new());
    for index in 0..contacts {
        let record = contact(index, workspace, &tags, &companies, now, &mut random);
        let seen = record.last_seen_at;
        let created_at = record.created_at;
        let context = Context {
            version: ApiVersion::LATEST,
            now: created_at,
        };
        let id = workspace.add_contact(record, &context);
        if seen.is_some_and(|seen| days_between(seen, now) <= 7) {
            active.push(id.clone());
        }
        if days_between(created_at, now) <= 30 {
            new.push(id.clone());
        }
        if index.is_multiple_of(5) {
            let context = Context { now, ..context };
            let body = "Prefers to be called in the morning.";
            let owner = workspace.owner();
            workspace.add_note(NoteSubject::Contact(id), owner, body, &context);
        }
    }
    workspace.activities.sort_by_key(|activity| activity.at);
    workspace.add_segment("Active", active, now);
    workspace.add_segment("New", new, now);
    collections(workspace, now);
    for (name, category) in TICKET_TYPES {
        let body = TicketTypeCreate::new(*name).category(category.clone());
        workspace.add_ticket_type(body, now);
    }
}

fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()) / SECONDS_PER_DAY
}

fn pick<T: Copy>(random: &mut Rng, from: &[T]) -> Option<T> {
    from.get(random.usize(..from.len().max(1))).copied()
}

fn company(index: usize, random: &mut Rng) -> Company {
    let name = COMPANY_NAMES[index % COMPANY_NAMES.len()];
    let kind = COMPANY_KINDS[index / COMPANY_NAMES.len() % COMPANY_KINDS.len()];
    object!(Company {
        company_id: Some(format!("company-{}", index + 1)),
        name: Some(format!("{name} {kind}")),
        size: Some(random.i64(1..2_000)),
        industry: Some(kind.to_owned()),
        monthly_spend: Some(f64::from(random.u32(..5_000))),
    })
}

fn contact(
    index: usize,
    workspace: &mut Workspace,
    tags: &[TagId],
    companies: &[CompanyId],
    now: Timestamp,
    random: &mut Rng,
) -> ContactRecord {
    let first = FIRST_NAMES[index % FIRST_NAMES.len()];
    let last = LAST_NAMES[index / FIRST_NAMES.len() % LAST_NAMES.len()];
    let lead = index % 4 == 3;
    let login = format!("{}.{}", first, last.replace('\'', "")).to_lowercase();
    let before = |seconds: i64| Timestamp::from_second(now.as_second() - seconds);
    let age = random.i64(0..365 * SECONDS_PER_DAY);
    let seen = (random.u8(..4) > 0).then(|| before(random.i64(0..=age)));
    let place = pick(random, CITIES).map(|(city, region, country, code)| {
        object!(Location {
            r#type: Some(ObjectType::Location),
            city: Some(city.to_owned()),
            region: Some(region.to_owned()),
            country: Some(country.to_owned()),
            country_code: Some(code.to_owned()),
        })
    });
    let mut contact = object!(Contact {
        role: Some(if lead { Role::Lead } else { Role::User }),
        external_id: (!lead).then(|| format!("user-{}", index + 1)),
        // Names repeat after 400 contacts, and users have an email of their own.
        email: Some(format!("{login}.{}@example.com", index + 1)),
        name: Some(format!("{first} {last}")),
        created_at: Some(before(age)),
        updated_at: Some(seen.unwrap_or(before(age))),
        signed_up_at: (!lead).then(|| before(age)),
        last_seen_at: seen,
        browser: pick(random, BROWSERS).map(str::to_owned),
        os: pick(random, SYSTEMS).map(str::to_owned),
        browser_language: Some("en".to_owned()),
        location: place.map(Box::new),
        unsubscribed_from_emails: Some(random.u8(..10) == 0),
    });
    if index.is_multiple_of(3) {
        contact.phone = Some(format!("+1555{:07}", index + 1));
    }
    if index.is_multiple_of(7) {
        let owner = random.usize(..workspace.admins.len().max(1));
        contact.owner_id = workspace.admins.get(owner).map(|admin| admin.id.clone());
    }
    if let Some(plan) = pick(random, PLANS) {
        contact.custom_attributes.insert("plan", plan);
    }
    contact
        .custom_attributes
        .insert("seats", random.i32(1..100));

    let mut record = ContactRecord::new(contact, now, &mut workspace.strings);
    for tag in tags {
        if random.u8(..8) == 0 {
            record.tags.push(TagApplied {
                tag: tag.clone(),
                at: now,
                by: workspace.owner(),
            });
        }
    }
    if !lead && let Some(company) = companies.get(random.usize(..companies.len().max(1))) {
        record.companies.push(company.clone());
    }
    record
}

fn collections(workspace: &mut Workspace, now: Timestamp) {
    for (name, children) in COLLECTIONS {
        let description = format!("Everything about {}", name.to_lowercase());
        let body = CollectionCreate::new(*name).description(description);
        let Ok(parent) = workspace.add_collection(body, now) else {
            continue;
        };
        for child in *children {
            let body = CollectionCreate::new(*child).parent_id(parent.id.clone());
            // The names are not empty and the parent was created on the lines above.
            let _ = workspace.add_collection(body, now);
        }
    }
    let _ = workspace.add_collection(CollectionCreate::new(LOOSE_COLLECTION), now);
}
