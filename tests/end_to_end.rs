//! Both clients against the emulator, over real sockets, in the clear and with TLS.
//!
//! The story is told once, as a function over what both can do: [`Intercom`].

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::net::SocketAddr;

use intercom_core::api::contacts::{self, Contact, ContactCreate, ContactUpdate};
use intercom_core::api::help_center::{self, CollectionCreate, CollectionUpdate};
use intercom_core::api::{admins, notes, tags};
use intercom_core::model::Patch;
use intercom_core::model::search::{Query, contact};
use intercom_core::{
    ApiVersion, BaseUrl, CallOptions, Client, Config, Endpoint, Error, ErrorCode, Paginate, Reply,
    blocking,
};
use intercom_emulator::Emulator;
use intercom_emulator::serve::Server;
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use support::TlsFront;
use tokio::runtime::Runtime;

/// What both clients can do.
trait Intercom {
    fn call<E: Endpoint>(&self, endpoint: &E) -> Result<Reply<E::Output>, Error>;
    fn items<E: Paginate>(&self, endpoint: E) -> Result<Vec<E::Item>, Error>;
    fn with(&self, options: CallOptions) -> Self;
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

    fn with(&self, options: CallOptions) -> Self {
        Self(self.0.with(options), runtime())
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

    fn with(&self, options: CallOptions) -> Self {
        Self(self.0.with(options))
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
    fn a_version_is_chosen_for_one_call(intercom: _, _emulator: &Emulator = empty) {
        let old = intercom.with(CallOptions::new().version(ApiVersion::V2_9));
        assert_eq!(old.call(&admins::Me::new()).unwrap().version(), Some(ApiVersion::V2_9));
        assert_eq!(intercom.call(&admins::Me::new()).unwrap().version(), Some(ApiVersion::V2_16));
        assert!(matches!(old.call(&contacts::FindByExternalId::new("1")), Err(Error::Encode(_))));
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
fn a_write_whose_reply_is_lost_is_done_once_and_said_to_be_unknown() {
    let emulator = empty();
    let service = Service::start(&emulator, false);
    emulator
        .fail(contacts::Create::SPEC)
        .always()
        .with(intercom_emulator::Fault::reset_after());
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
