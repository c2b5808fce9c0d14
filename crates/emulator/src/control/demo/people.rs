//! Companies and contacts.

use fastrand::Rng;
use intercom_core::api::contacts::{Company, Contact, Location, Role};
use intercom_core::model::{CompanyId, ObjectType, TagId, Timestamp};

use super::names::{
    BROWSERS, CITIES, COMPANY_KINDS, COMPANY_NAMES, FIRST_NAMES, LAST_NAMES, PLANS, SYSTEMS,
};
use crate::object::object;
use crate::store::{ContactRecord, TagApplied, Workspace};

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

/// Returns how many whole days lie between two times.
pub(super) fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()) / SECONDS_PER_DAY
}

/// Picks one of several.
pub(super) fn pick<T: Copy>(random: &mut Rng, from: &[T]) -> Option<T> {
    from.get(random.usize(..from.len().max(1))).copied()
}

pub(super) fn company(index: usize, random: &mut Rng) -> Company {
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

pub(super) fn contact(
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
