//! Both clients against the emulator, over real sockets, in the clear and with TLS.
//!
//! The story is told once, as a function over what both can do: [`Intercom`].

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::net::SocketAddr;
use std::time::Duration;

use intercom_core::api::audiences::{self, AudienceCreate};
use intercom_core::api::contacts::{self, Contact, ContactCreate, ContactMerge, ContactUpdate};
use intercom_core::api::data_events::{self, DataEventCreate};
use intercom_core::api::data_export::{self, DataExportCreate};
use intercom_core::api::help_center::{self, CollectionCreate, CollectionUpdate};
use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::{self, TicketContact, TicketCreate};
use intercom_core::api::{admins, companies, notes, tags};
use intercom_core::error::DownloadErrorKind;
use intercom_core::model::search::{Query, Search, contact, ticket};
use intercom_core::model::{CustomAttributes, Patch, Timestamp};
use intercom_core::{
    ApiVersion, BaseUrl, CallOptions, Client, Config, Endpoint, Error, ErrorCode, ExportJob,
    Paginate, PollPolicy, Reply, RetryPolicy, StartJob, blocking,
};
use intercom_emulator::Server;
use intercom_emulator::{Emulator, Fault};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use support::TlsFront;
use tokio::runtime::Runtime;

/// What both clients can do.
trait Intercom {
    fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error>;
    fn items<E: Paginate>(&self, endpoint: E) -> Result<Vec<E::Item>, Error>;
    /// Starts a job, waits for it, and reads this of what it says in the end.
    fn finish<S: StartJob, T>(
        &self,
        start: &S,
        read: impl FnOnce(&S::Output) -> T,
    ) -> Result<T, Error>;
    /// Starts a job, waits for it, and downloads what it made.
    fn export<S: ExportJob>(&self, start: &S) -> Result<Vec<u8>, Error>;
    fn with_options(&self, options: CallOptions) -> Self;
}

/// Jobs that take no time.
fn at_once() -> PollPolicy {
    PollPolicy::default().first(Duration::from_millis(1))
}

struct Async(Client, Runtime);

impl Intercom for Async {
    fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        self.1.block_on(self.0.call(endpoint))
    }

    fn items<E: Paginate>(&self, endpoint: E) -> Result<Vec<E::Item>, Error> {
        self.1.block_on(async {
            let (mut items, mut all) = (self.0.items(endpoint), Vec::new());
            while let Some(item) = items.try_next().await? {
                all.push(item);
            }
            Ok(all)
        })
    }

    fn finish<S: StartJob, T>(
        &self,
        start: &S,
        read: impl FnOnce(&S::Output) -> T,
    ) -> Result<T, Error> {
        self.1.block_on(async {
            let job = self.0.start(start).await?.policy(at_once());
            Ok(read(&*job.wait().await?))
        })
    }

    fn export<S: ExportJob>(&self, start: &S) -> Result<Vec<u8>, Error> {
        self.1.block_on(async {
            let (job, mut file) = (self.0.start(start).await?.policy(at_once()), Vec::new());
            let written = job.wait().await?.download_to(&mut file).await?;
            assert_eq!(written, file.len() as u64);
            Ok(file)
        })
    }

    fn with_options(&self, options: CallOptions) -> Self {
        Self(self.0.with_options(options), runtime())
    }
}

struct Blocking(blocking::Client);

impl Intercom for Blocking {
    fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error> {
        self.0.call(endpoint)
    }

    fn items<E: Paginate>(&self, endpoint: E) -> Result<Vec<E::Item>, Error> {
        self.0.items(endpoint).collect()
    }

    fn finish<S: StartJob, T>(
        &self,
        start: &S,
        read: impl FnOnce(&S::Output) -> T,
    ) -> Result<T, Error> {
        let job = self.0.start(start)?.policy(at_once());
        Ok(read(&*job.wait()?))
    }

    fn export<S: ExportJob>(&self, start: &S) -> Result<Vec<u8>, Error> {
        let (job, mut file) = (self.0.start(start)?.policy(at_once()), Vec::new());
        let written = job.wait()?.download_to(&mut file)?;
        assert_eq!(written, file.len() as u64);
        Ok(file)
    }

    fn with_options(&self, options: CallOptions) -> Self {
        Self(self.0.with_options(options))
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

/// An emulator on a socket, and how to get there: in the clear, or by TLS.
struct Service {
    server: Server,
    front: Option<TlsFront>,
}

impl Service {
    fn start(emulator: &Emulator, tls: bool) -> Self {
        let server = emulator.serve("127.0.0.1:0").unwrap();
        let address: SocketAddr = server.url().trim_start_matches("http://").parse().unwrap();
        let front = tls.then(|| TlsFront::start(address));
        Self { server, front }
    }

    fn config(&self, token: &str) -> Config {
        let url = self
            .front
            .as_ref()
            .map_or_else(|| self.server.url().to_owned(), TlsFront::url);
        Config::new(token).base_url(BaseUrl::parse(&url).unwrap())
    }

    fn root(&self) -> Vec<Vec<u8>> {
        self.front.iter().map(TlsFront::certificate).collect()
    }

    fn hyper(&self, token: &str) -> Async {
        let transport = HyperTransport::builder()
            .root_certificates(self.root())
            .build()
            .unwrap();
        Async(Client::new(transport, self.config(token)), runtime())
    }

    fn ureq(&self, token: &str) -> Blocking {
        let transport = UreqTransport::builder()
            .root_certificates(self.root())
            .build()
            .unwrap();
        Blocking(blocking::Client::new(transport, self.config(token)))
    }
}

/// Tells a story through both transports, in the clear and with TLS, each to an emulator of its own.
fn told_four_ways(
    emulator: fn() -> Emulator,
    clear: impl Fn(&Async, &Emulator),
    blocking: impl Fn(&Blocking, &Emulator),
) {
    for tls in [false, true] {
        let one = emulator();
        clear(&Service::start(&one, tls).hyper("token"), &one);
        let one = emulator();
        blocking(&Service::start(&one, tls).ureq("token"), &one);
    }
}

macro_rules! story {
    ($(#[$meta:meta])* fn $name:ident($intercom:ident: _, $emulator:ident: &Emulator = $make:expr) $story:block) => {
        $(#[$meta])*
        #[test]
        fn $name() {
            fn tell<I: Intercom>($intercom: &I, $emulator: &Emulator) $story
            told_four_ways($make, tell, tell);
        }
    };
}

fn empty() -> Emulator {
    Emulator::builder().build()
}

fn demo() -> Emulator {
    Emulator::builder().demo().build()
}

story! {
    fn a_collection_is_created_changed_listed_and_deleted(intercom: _, _emulator: &Emulator = empty) {
        let created = intercom.call(&help_center::CreateCollection::new(CollectionCreate::new("Billing"))).unwrap();
        let update = CollectionUpdate::new().description("Invoices");
        let updated = intercom.call(&help_center::UpdateCollection::new(&created.id, update)).unwrap();
        assert_eq!((updated.name.as_deref(), updated.description.as_deref()), (Some("Billing"), Some("Invoices")));
        let listed = intercom.items(help_center::ListCollections::new()).unwrap();
        assert!(listed.iter().any(|collection| collection.id == created.id));
        let deleted = intercom.call(&help_center::DeleteCollection::new(&created.id)).unwrap();
        assert_eq!(deleted.deleted, Some(true));
        let gone = intercom.call(&help_center::GetCollection::new(&created.id)).unwrap_err();
        assert_eq!(gone.code(), Some(&ErrorCode::NotFound));
    }
}

story! {
    fn a_contact_is_created_noted_tagged_and_found(intercom: _, _emulator: &Emulator = empty) {
        let ada = ContactCreate::new().email("ada@example.com").phone("+353871234567");
        let ada = intercom.call(&contacts::Create::new(ada)).unwrap();
        intercom.call(&notes::CreateForContact::new(&ada.id, notes::NoteCreate::new("Hello"))).unwrap();
        assert_eq!(intercom.items(notes::ListForContact::new(&ada.id)).unwrap().len(), 1);
        let vip = intercom.call(&tags::CreateOrUpdate::new(tags::TagRequest::create("vip"))).unwrap();
        intercom.call(&tags::AttachToContact::new(&ada.id, tags::TagAttach::new(&vip.id))).unwrap();

        let update = ContactUpdate::new().name("Ada").phone(Patch::Clear);
        let ada = intercom.call(&contacts::Update::new(&ada.id, update)).unwrap();
        assert_eq!((ada.name.as_deref(), &ada.phone, ada.email.as_deref()), (Some("Ada"), &None, Some("ada@example.com")));

        let query = Query::all([contact::EMAIL.eq("ada@example.com"), contact::TAG_ID.eq(&vip.id)]);
        let found = intercom.items(contacts::Search::new(query)).unwrap();
        assert_eq!(found.iter().map(|contact| &contact.id).collect::<Vec<_>>(), [&ada.id]);
    }
}

story! {
    fn five_hundred_contacts_come_once_each(intercom: _, _emulator: &Emulator = demo) {
        let contacts: Vec<Contact> = intercom.items(contacts::List::new().per_page(150_u32)).unwrap();
        let mut ids: Vec<&str> = contacts.iter().map(|contact| contact.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((contacts.len(), ids.len()), (500, 500));
    }
}

story! {
    /// One list of each family: what names the next page, and where.
    fn lists_are_read_to_their_end_whichever_way_they_come_in_pages(intercom: _, emulator: &Emulator = empty) {
        let ada = emulator.contact().email("ada@example.com").create();
        for n in 0..5 {
            let company = emulator.company(&format!("Company {n}")).create();
            let lead = emulator.contact().company(&company.id).create();
            if n > 1 {
                let merge = ContactMerge::new(&lead.id, &ada.id).skip_duplicate_validation(true);
                intercom.call(&contacts::Merge::new(merge)).unwrap();
            }
            intercom.call(&audiences::Create::new(AudienceCreate::new("VIP"))).unwrap();
            let event = DataEventCreate::new("signed-in", emulator.now()).email("ada@example.com");
            intercom.call(&data_events::Create::new(event)).unwrap();
        }
        let contacts = Search::new(contact::ROLE.one_of(["user", "lead"])).per_page(2);
        let read = [
            ("a cursor in the query", intercom.items(contacts::List::new().per_page(2_u32)).unwrap().len()),
            ("a cursor in the body", intercom.items(contacts::Search::new(contacts)).unwrap().len()),
            ("a cursor beside the items", {
                let latest = CallOptions::new().version(ApiVersion::Preview);
                intercom.with_options(latest).items(contacts::ListMergeHistory::new(&ada.id).per_page(2_u32)).unwrap().len()
            }),
            ("a number", intercom.items(companies::ListAll::new().per_page(2_u32)).unwrap().len()),
            ("a number in an address", intercom.items(contacts::ListCompanies::new(&ada.id).per_page(2_u32)).unwrap().len()),
            ("a number beside the items", intercom.items(audiences::List::new().per_page(2_u32)).unwrap().len()),
            ("an address of its own kind", intercom.items(data_events::List::by_email("ada@example.com").per_page(2_u32)).unwrap().len()),
            ("a scroll", intercom.items(companies::Scroll::new()).unwrap().len()),
        ];
        assert_eq!(read.map(|(_, count)| count), [3, 3, 3, 5, 3, 5, 5, 5], "{read:?}");
    }
}

story! {
    fn a_version_is_chosen_for_one_call(intercom: _, _emulator: &Emulator = empty) {
        let old = intercom.with_options(CallOptions::new().version(ApiVersion::V2_9));
        assert_eq!(old.call(&admins::Me::new()).unwrap().raw().version(), Some(ApiVersion::V2_9));
        assert_eq!(intercom.call(&admins::Me::new()).unwrap().raw().version(), Some(ApiVersion::V2_16));
        assert!(matches!(old.call(&contacts::FindByExternalId::new("1")), Err(Error::Encode(_))));
    }
}

/// A CSV of half a megabyte that compresses, but not to nothing.
fn csv() -> String {
    let line = |n: u32| format!("{n},{},ada@example.com\n", n.wrapping_mul(2_654_435_761));
    (0..16_000).map(line).collect()
}

fn with_an_export() -> Emulator {
    let emulator = empty();
    emulator.set_export(csv());
    emulator
}

fn everything() -> data_export::Create {
    let (from, to) = (Timestamp::from_second(0), Timestamp::from_second(1));
    data_export::Create::new(DataExportCreate::new(from, to))
}

/// Retries that take no time.
fn impatient() -> CallOptions {
    CallOptions::new().retry(RetryPolicy::default().base(Duration::from_millis(1)))
}

story! {
    fn an_export_comes_whole_although_its_connection_breaks_again_and_again(intercom: _, emulator: &Emulator = with_an_export) {
        emulator.fail(data_export::Download::SPEC).times(5).with(Fault::truncated_body());
        let file = intercom.with_options(impatient()).export(&everything()).unwrap();
        assert!(file == csv().into_bytes());
        assert_eq!(emulator.journal().count(data_export::Download::SPEC), 6);
    }
}

story! {
    fn an_export_whose_connection_breaks_for_good_is_an_error(intercom: _, emulator: &Emulator = with_an_export) {
        emulator.fail(data_export::Download::SPEC).with(Fault::truncated_body());
        emulator.fail(data_export::Download::SPEC).nth(2).always().with(Fault::reset_before());
        let error = intercom.with_options(impatient()).export(&everything()).unwrap_err();
        let Error::Download(error) = error else { panic!("{error}") };
        assert!(matches!(error.kind, DownloadErrorKind::Resume(_)), "{error}");
        let half = error.total.unwrap() / 2;
        assert_eq!(error.received, half);
    }
}

story! {
    fn a_ticket_is_created_in_the_services_own_time_and_found(intercom: _, emulator: &Emulator = empty) {
        let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
        let attributes = CustomAttributes::new().with("_default_title_", "The button does not work");
        let create = TicketCreate::new(&bug.id, [TicketContact::email("ada@example.com")]).ticket_attributes(attributes);
        let id = intercom.finish(&tickets::Enqueue::new(create), |job| job.resource_id.clone()).unwrap().unwrap();
        let created = intercom.call(&tickets::Get::new(id.as_str())).unwrap();
        let found = intercom.items(tickets::Search::new(ticket::TITLE.contains("button"))).unwrap();
        assert_eq!(found, [created.into_value()]);
        let nobody = TicketCreate::new(&bug.id, [TicketContact::id("nobody")]);
        let Err(Error::Job(error)) = intercom.finish(&tickets::Enqueue::new(nobody), |_| ()) else {
            panic!("the job did not fail");
        };
        assert_eq!(error.status.as_deref(), Some("failed"));
    }
}

#[test]
fn a_wrong_token_is_an_error_that_says_so() {
    let emulator = Emulator::builder().token("right").build();
    let service = Service::start(&emulator, false);
    for error in [
        service.hyper("wrong").call(&admins::Me::new()).unwrap_err(),
        service.ureq("wrong").call(&admins::Me::new()).unwrap_err(),
    ] {
        assert_eq!(error.code(), Some(&ErrorCode::Unauthorized));
        assert!(
            error
                .to_string()
                .starts_with("401 unauthorized: Access Token Invalid (GET /me, request "),
            "{error}"
        );
    }
}

#[test]
fn an_id_with_a_slash_stays_one_argument() {
    let emulator = empty();
    let service = Service::start(&emulator, false);
    let create = contacts::Create::new(ContactCreate::new().external_id("a/b c?d#e%2F"));
    let created = service.hyper("token").call(&create).unwrap();
    for found in [
        service
            .hyper("token")
            .call(&contacts::FindByExternalId::new("a/b c?d#e%2F"))
            .unwrap(),
        service
            .ureq("token")
            .call(&contacts::FindByExternalId::new("a/b c?d#e%2F"))
            .unwrap(),
    ] {
        assert_eq!(found.id, created.id);
    }
}

#[test]
fn a_write_whose_reply_is_lost_is_sent_once_with_an_unknown_outcome() {
    let emulator = empty();
    let service = Service::start(&emulator, false);
    emulator
        .fail(contacts::Create::SPEC)
        .always()
        .with(Fault::reset_after());
    let create = |email: &str| contacts::Create::new(ContactCreate::new().email(email));
    for (error, email) in [
        (
            service
                .hyper("token")
                .call(&create("a@example.com"))
                .unwrap_err(),
            "a@example.com",
        ),
        (
            service
                .ureq("token")
                .call(&create("b@example.com"))
                .unwrap_err(),
            "b@example.com",
        ),
    ] {
        assert!(error.outcome_unknown(), "{error}");
        let found = service
            .ureq("token")
            .items(contacts::Search::new(contact::EMAIL.eq(email)))
            .unwrap();
        assert_eq!(found.len(), 1);
    }
    assert_eq!(emulator.journal().count(contacts::Create::SPEC), 2);
}
