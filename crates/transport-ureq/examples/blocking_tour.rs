//! What the client can do, told as a story.
//!
//! ```console
//! $ cargo run -p intercom-transport-ureq --example blocking_tour
//! ```
//!
//! It starts an emulator and goes there. With `INTERCOM_BASE_URL` and `INTERCOM_ACCESS_TOKEN` set,
//! it goes to that address instead, and only reads, unless `--write` is given.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;
use std::process::ExitCode;
use std::time::Instant;

use intercom_emulator::Emulator;
use intercom_transport_ureq::contacts::{ContactCreate, ContactUpdate};
use intercom_transport_ureq::help_center::{CollectionCreate, CollectionUpdate, GroupContent};
use intercom_transport_ureq::notes::NoteCreate;
use intercom_transport_ureq::search::{Query, contact};
use intercom_transport_ureq::tags::{TagAttach, TagRequest};
use intercom_transport_ureq::{
    ApiVersion, BaseUrl, CallOptions, Client, Config, ErrorCode, Locale, Patch, Translations,
    admins, contacts, help_center, notes, tags,
};

type Result = std::result::Result<(), Box<dyn Error>>;

fn main() -> ExitCode {
    match tour() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tour() -> Result {
    let emulator = Emulator::builder().demo().build();
    let elsewhere = std::env::var("INTERCOM_BASE_URL").ok();
    let (server, base_url, token) = match &elsewhere {
        Some(url) => (None, url.clone(), std::env::var("INTERCOM_ACCESS_TOKEN")?),
        None => {
            let server = emulator.serve("127.0.0.1:0")?;
            let url = server.url().to_owned();
            (Some(server), url, "any token will do".to_owned())
        }
    };
    let write = elsewhere.is_none() || std::env::args().any(|argument| argument == "--write");

    let config = Config::new(token).base_url(BaseUrl::parse(&base_url)?);
    let intercom = intercom_transport_ureq::client(config)?;
    println!("A tour through the blocking client, at {base_url}");

    who_am_i(&intercom)?;
    if write {
        a_collection(&intercom)?;
        a_contact(&intercom)?;
    } else {
        println!("\n(Nothing is written here; --write shows how to create, change and delete.)");
    }
    five_hundred_contacts(&intercom)?;
    another_version(&intercom)?;
    match server {
        Some(_) => the_rate_limit()?,
        None => println!("\n(The rate limit is met only at the emulator.)"),
    }
    Ok(())
}

fn who_am_i(intercom: &Client) -> Result {
    println!("\n1. Who am I?");
    let me = intercom.call(&admins::Me::new())?;
    let app = me.app.clone().unwrap_or_default();
    println!("   {} <{}>", text(&me.name), text(&me.email));
    println!(
        "   of the workspace {}, whose data is kept in {}",
        text(&app.name),
        text(&app.region)
    );
    println!(
        "   answered in version {}, request {}",
        me.raw().version().unwrap_or_default(),
        me.raw().request_id().unwrap_or("-")
    );
    Ok(())
}

fn a_collection(intercom: &Client) -> Result {
    println!("\n2. A collection of the Help Center comes and goes");
    let german = GroupContent::new().name("Abrechnung");
    let billing = CollectionCreate::new("Billing")
        .description("Invoices and payments")
        .translated_content(Translations::from([(Locale::German, german)]));
    let billing = intercom
        .call(&help_center::CreateCollection::new(billing))?
        .into_value();
    println!("   created  {} {}", billing.id, text(&billing.name));

    let update = CollectionUpdate::new().name("Billing and plans");
    let updated = intercom.call(&help_center::UpdateCollection::new(&billing.id, update))?;
    println!(
        "   updated  {} {}, the description is still {:?}",
        updated.id,
        text(&updated.name),
        text(&updated.description)
    );

    let collections = intercom.items(help_center::ListCollections::new());
    let collections = collections.collect::<std::result::Result<Vec<_>, _>>()?;
    println!("   listed   {} collections", collections.len());

    let fetched = intercom.call(&help_center::GetCollection::new(&billing.id))?;
    println!("   fetched  {} {}", fetched.id, text(&fetched.name));
    intercom.call(&help_center::DeleteCollection::new(&billing.id))?;
    println!("   deleted  {}", billing.id);

    match intercom.call(&help_center::GetCollection::new(&billing.id)) {
        Err(error) if error.code() == Some(&ErrorCode::NotFound) => println!("   is gone: {error}"),
        other => println!("   unexpected: {other:?}"),
    }
    Ok(())
}

fn a_contact(intercom: &Client) -> Result {
    println!("\n3. A contact is created, noted, tagged, and found");
    let unique = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)?
        .as_millis();
    let email = format!("ada-{unique}@example.com");
    let ada = ContactCreate::new()
        .email(&email)
        .name("Ada")
        .phone("+353871234567");
    let ada = intercom.call(&contacts::Create::new(ada))?.into_value();
    println!("   created  {} {email}", ada.id);

    let note = NoteCreate::new("<p>Prefers to be called in the morning.</p>");
    let note = intercom.call(&notes::CreateForContact::new(&ada.id, note))?;
    println!("   noted    {}: {}", note.id, text(&note.body));

    let vip = intercom.call(&tags::CreateOrUpdate::new(TagRequest::create("vip")))?;
    intercom.call(&tags::AttachToContact::new(
        &ada.id,
        TagAttach::new(&vip.id),
    ))?;
    println!("   tagged   {}", text(&vip.name));

    let query = Query::all([contact::EMAIL.eq(&email), contact::TAG_ID.eq(&vip.id)]);
    println!("   found    by {query}:");
    for contact in intercom.items(contacts::Search::new(query)) {
        let contact = contact?;
        println!("   {} {}", contact.id, text(&contact.name));
    }

    println!("\n4. One field is set, another is cleared, the rest is left alone");
    let update = ContactUpdate::new()
        .name("Ada Lovelace")
        .phone(Patch::Clear);
    let ada = intercom.call(&contacts::Update::new(&ada.id, update))?;
    println!(
        "   name {:?}, phone {:?}, email {:?}",
        text(&ada.name),
        ada.phone,
        text(&ada.email)
    );
    Ok(())
}

fn five_hundred_contacts(intercom: &Client) -> Result {
    println!("\n5. 500 contacts, 150 a page");
    let start = Instant::now();
    let mut pages = intercom.pages(contacts::List::new().per_page(150_u32));
    let mut count = 0;
    for page in pages.by_ref() {
        let page = page?;
        count += page.data.len();
        println!(
            "   {:>3} contacts of {}",
            count,
            page.total_count.unwrap_or_default()
        );
        if count >= 500 {
            break;
        }
    }
    println!("   in {:.1?}", start.elapsed());
    Ok(())
}

fn another_version(intercom: &Client) -> Result {
    println!("\n6. An operation that a version does not have is refused before anything is sent");
    let old = intercom.with_options(CallOptions::new().version(ApiVersion::V2_10));
    match old.call(&contacts::FindByExternalId::new("70")) {
        Err(error) => println!("   {error}"),
        Ok(contact) => println!("   unexpected: {}", contact.id),
    }
    Ok(())
}

fn the_rate_limit() -> Result {
    println!("\n7. A rate limit of 10 requests in 10 seconds is met, and waited out");
    // In process, the emulator has a clock of its own, so that waiting takes no time.
    let emulator = Emulator::builder().rate_limit(10).build();
    let intercom = Client::new(emulator.transport(), "any token will do");
    let start = emulator.now();
    for _ in 0..25 {
        intercom.call(&admins::Me::new())?;
    }
    let passed = emulator.now().duration_since(start)?;
    let refused = emulator
        .journal()
        .requests()
        .filter(|request| request.status == Some(429))
        .count();
    println!(
        "   25 calls took {} s by the emulator's clock, and {refused} were refused",
        passed.as_secs()
    );
    Ok(())
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or("-")
}
