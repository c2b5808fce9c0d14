//! The names and texts that demo data is made of. All are invented, or of people long known.

use intercom_core::api::ticket_types::TicketCategory;

pub(super) const FIRST_NAMES: &[&str] = &[
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
pub(super) const LAST_NAMES: &[&str] = &[
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
pub(super) const COMPANY_NAMES: &[&str] = &["Acme", "Borealis", "Cobalt", "Dune", "Ember", "Fjord"];
pub(super) const COMPANY_KINDS: &[&str] = &["Analytics", "Books", "Logistics", "Robotics"];
pub(super) const TAGS: &[&str] = &["vip", "beta", "trial", "newsletter", "churn risk"];
pub(super) const PLANS: &[&str] = &["free", "pro", "enterprise"];
pub(super) const BROWSERS: &[&str] = &["chrome", "firefox", "safari"];
pub(super) const SYSTEMS: &[&str] = &["Windows", "OS X", "Linux"];
/// City, region, country and the country's code.
pub(super) const CITIES: &[(&str, &str, &str, &str)] = &[
    ("Dublin", "Leinster", "Ireland", "IRL"),
    ("San Francisco", "California", "United States", "USA"),
    ("London", "England", "United Kingdom", "GBR"),
    ("Sydney", "New South Wales", "Australia", "AUS"),
    ("Berlin", "Berlin", "Germany", "DEU"),
];
pub(super) const COLLECTIONS: &[(&str, &[&str])] = &[
    (
        "Getting started",
        &["Installation", "First steps", "Import"],
    ),
    ("Billing", &["Invoices", "Plans"]),
    ("Integrations", &["Email", "Calendar", "Webhooks"]),
];
pub(super) const TICKET_TYPES: &[(&str, TicketCategory)] = &[
    ("Bug report", TicketCategory::Customer),
    ("Refund", TicketCategory::BackOffice),
    ("Outage", TicketCategory::Tracker),
];
/// The collection, the title and the title in French.
pub(super) const ARTICLES: &[(&str, &str, &str)] = &[
    (
        "Installation",
        "How to install the app",
        "Installer l'application",
    ),
    (
        "First steps",
        "Your first ten minutes",
        "Vos dix premières minutes",
    ),
    ("Import", "Importing contacts", "Importer des contacts"),
    ("Invoices", "Finding your invoices", "Trouver vos factures"),
    ("Plans", "Which plan fits", "Choisir une offre"),
    (
        "Email",
        "Connecting your email",
        "Connecter votre messagerie",
    ),
    ("Webhooks", "Receiving webhooks", "Recevoir des webhooks"),
];
pub(super) const NEWS: &[&str] = &["Exports are faster", "Invite your colleagues"];
pub(super) const LOOSE_COLLECTION: &str = "Release notes";
