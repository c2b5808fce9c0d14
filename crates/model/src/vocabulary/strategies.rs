//! Strategies for the fields of model types.
//!
//! By default they make values that a workspace could hold: an email in a field for emails, a known
//! value of an enumeration, a time of the last years. [`any_value`] makes values of the whole range of
//! each type. Which of the two is made is decided while a strategy is built, for the strategies of other
//! crates, such as those of `Option` and of derived types, pass on no parameters.
//!
//! Lists are short, so that objects that hold lists of objects stay small.

use std::any::Any;
use std::cell::Cell;
use std::marker::PhantomData;
use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::select;

use crate::ObjectType;

const MOST_ITEMS: usize = 3;

thread_local! {
    static ANY: Cell<bool> = const { Cell::new(false) };
}

/// Returns a strategy for arbitrary values of a type: any text, any number, unknown values of
/// enumerations.
///
/// `proptest::arbitrary::any` makes believable values instead.
///
/// ```
/// use intercom_model::any_value;
/// use intercom_model::contacts::Contact;
/// use proptest::prelude::*;
///
/// proptest!(|(believable: Contact, arbitrary in any_value::<Contact>())| {
///     if let Some(email) = believable.email {
///         prop_assert!(email.ends_with("@example.com"));
///     }
///     let written = serde_json::to_string(&arbitrary)?;
///     prop_assert_eq!(serde_json::from_str::<Contact>(&written)?, arbitrary);
/// });
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn any_value<T: Arbitrary>() -> T::Strategy {
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            ANY.set(self.0);
        }
    }

    let _restore = Restore(ANY.replace(true));
    any::<T>()
}

/// Whether the strategy that is built makes arbitrary values.
#[must_use]
pub fn is_any() -> bool {
    ANY.get()
}

/// The field that a strategy is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The name of the type that has the field.
    pub(crate) owner: &'static str,
    /// The name of the field.
    pub(crate) field: &'static str,
}

impl Place {
    pub(crate) fn new(owner: &'static str, field: &'static str) -> Self {
        let field = field.strip_prefix("r#").unwrap_or(field);
        Self { owner, field }
    }
}

/// The strategy for a field of type `T`: a method of its own for some types, that of [`Other`] for the
/// rest.
#[derive(Debug)]
pub(crate) struct Field<T>(PhantomData<T>);

/// A field that has a value more often than not.
fn optional<T: std::fmt::Debug>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    let present = if is_any() { 0.5 } else { 0.8 };
    proptest::option::weighted(present, value).boxed()
}

impl<T: Arbitrary + 'static> Field<Vec<T>> {
    pub(crate) fn values(place: Place) -> BoxedStrategy<Vec<T>> {
        // Items that are texts fit the name of the field too.
        let texts: Box<dyn Any> = Box::new(text(place));
        let items = match texts.downcast::<BoxedStrategy<T>>() {
            Ok(texts) => *texts,
            Err(_) => any::<T>().boxed(),
        };
        proptest::collection::vec(items, 0..=MOST_ITEMS).boxed()
    }
}

impl<T: Arbitrary + 'static> Field<Option<Vec<T>>> {
    pub(crate) fn values(place: Place) -> BoxedStrategy<Option<Vec<T>>> {
        optional(Field::<Vec<T>>::values(place))
    }
}

macro_rules! named {
    ($($Type:ty: $values:ident),*) => {$(
        #[allow(dead_code, reason = "not every type is required somewhere")]
        impl Field<$Type> {
            pub(crate) fn values(place: Place) -> BoxedStrategy<$Type> {
                $values(place)
            }
        }

        impl Field<Option<$Type>> {
            pub(crate) fn values(place: Place) -> BoxedStrategy<Option<$Type>> {
                optional($values(place))
            }
        }

        #[allow(dead_code, reason = "not every type is patched somewhere")]
        impl Field<crate::Patch<$Type>> {
            pub(crate) fn values(place: Place) -> BoxedStrategy<crate::Patch<$Type>> {
                prop_oneof![
                    1 => Just(crate::Patch::Keep),
                    1 => Just(crate::Patch::Clear),
                    3 => $values(place).prop_map(crate::Patch::Set),
                ]
                .boxed()
            }
        }
    )*};
}

named! { String: text, u64: count, u32: small_count, i64: integer, f64: amount, ObjectType: object_type }

pub(crate) trait Other<T> {
    fn values(place: Place) -> BoxedStrategy<T>;
}

impl<T: Arbitrary + 'static> Other<T> for Field<T> {
    fn values(_: Place) -> BoxedStrategy<T> {
        any::<T>().boxed()
    }
}

/// A text that fits a field of this name, for a variant of an enum.
pub(crate) fn text_of(field: &'static str) -> BoxedStrategy<String> {
    text(Place::new("", field))
}

/// Some English words.
pub(crate) fn words(count: Range<usize>) -> BoxedStrategy<String> {
    let words = [
        "account", "billing", "can", "change", "export", "how", "I", "invoice", "is", "login",
        "my", "new", "order", "please", "refund", "report", "the", "to", "update", "with",
    ];
    proptest::collection::vec(select(words.to_vec()), count)
        .prop_map(|words| words.join(" "))
        .boxed()
}

fn one_of(values: &[&'static str]) -> BoxedStrategy<String> {
    select(values.to_vec()).prop_map(str::to_owned).boxed()
}

const FIRST_NAMES: &[&str] = &[
    "Ada", "Alan", "Barbara", "Edsger", "Grace", "José", "Margaret", "Zoë",
];
const LAST_NAMES: &[&str] = &["Hopper", "Liskov", "Lovelace", "Núñez", "Turing", "Valim"];

fn person() -> BoxedStrategy<String> {
    (select(FIRST_NAMES.to_vec()), select(LAST_NAMES.to_vec()))
        .prop_map(|(first, last)| format!("{first} {last}"))
        .boxed()
}

/// A text that fits the name of its field.
fn text(place: Place) -> BoxedStrategy<String> {
    let Place { owner, field } = place;
    if is_any() {
        // An empty address of a download is read as none.
        let text = if field == "download_url" {
            "\\PC{1,12}"
        } else {
            ".{0,12}"
        };
        return text.boxed();
    }
    let is_person = [
        "Contact",
        "Admin",
        "Author",
        "User",
        "Visitor",
        "Initiator",
        "Recipient",
        "Teammate",
    ]
    .iter()
    .any(|part| owner.contains(part));
    match field {
        _ if field.contains("email_domain") || field == "domain" => {
            one_of(&["example.com", "example.org"])
        }
        _ if field.contains("email") && !field.contains("subject") => {
            "(ada|alan|barbara|grace)(\\.[a-z]{3,8})?@example\\.com".boxed()
        }
        "topic" => one_of(&[
            "contact.user.created",
            "contact.lead.tag.created",
            "company.created",
            "conversation.user.created",
            "conversation.admin.replied",
            "ticket.created",
            "ping",
        ]),
        _ if field.contains("phone") => "\\+1555[0-9]{7}".boxed(),
        _ if [
            "url", "avatar", "website", "referrer", "href", "link", "image",
        ]
        .iter()
        .any(|part| field.contains(part)) =>
        {
            "https://example\\.com/[a-z]{3,8}(/[a-z0-9]{1,8})?".boxed()
        }
        "name" if is_person => person(),
        "first_name" => one_of(FIRST_NAMES),
        "last_name" => one_of(LAST_NAMES),
        "country" => one_of(&["France", "Germany", "Ireland", "United States"]),
        "country_code" => one_of(&["FRA", "DEU", "IRL", "USA"]),
        "continent_code" => one_of(&["EU", "NA", "AS", "SA"]),
        "region" => one_of(&["Brandenburg", "Leinster", "California", "Occitanie"]),
        "city" | "city_name" => one_of(&["Berlin", "Dublin", "San Francisco", "Toulouse"]),
        "timezone" | "time_zone" | "time_zone_name" => {
            one_of(&["Europe/Dublin", "America/Los_Angeles", "UTC"])
        }
        "currency" => one_of(&["EUR", "USD", "GBP"]),
        "locale" | "language" | "language_override" | "browser_language" | "default_locale" => {
            one_of(&["de", "en", "fr", "pt-BR"])
        }
        "browser" => one_of(&["chrome", "firefox", "safari"]),
        "os" => one_of(&["Linux", "OS X 10.15.7", "Windows 11"]),
        "industry" => one_of(&["Software", "Retail", "Education"]),
        "plan" => one_of(&["free", "pro", "enterprise"]),
        "content_type" | "media_type" | "mime_type" => {
            one_of(&["application/pdf", "image/png", "text/plain"])
        }
        _ if field.ends_with("version") => "[1-9][0-9]?\\.[0-9]{1,2}\\.[0-9]".boxed(),
        _ if field.ends_with("id") || field.ends_with("uuid") => "[a-z]{3}-[1-9][0-9]{3,6}".boxed(),
        "name" | "title" | "label" | "subject" | "description" => words(1..4),
        "body" | "message" | "content" | "text" => words(4..12),
        _ => words(1..4),
    }
}

fn count(_: Place) -> BoxedStrategy<u64> {
    if is_any() {
        any::<u64>().boxed()
    } else {
        (0..2_000_u64).boxed()
    }
}

fn small_count(place: Place) -> BoxedStrategy<u32> {
    if is_any() {
        return any::<u32>().boxed();
    }
    match place.field {
        "per_page" => (1..=150_u32).boxed(),
        "day_of_week" => (0..7_u32).boxed(),
        "start_minute" | "end_minute" => (0..=1_440_u32).boxed(),
        _ => (1..100_u32).boxed(),
    }
}

fn integer(_: Place) -> BoxedStrategy<i64> {
    if is_any() {
        any::<i64>().boxed()
    } else {
        (0..2_000_i64).boxed()
    }
}

/// Two decimal places, which every JSON library reads and writes alike.
fn amount(_: Place) -> BoxedStrategy<f64> {
    let cents = if is_any() {
        -1_000_000_i32..1_000_000
    } else {
        0..1_000_000
    };
    cents.prop_map(|cents| f64::from(cents) / 100.0).boxed()
}

/// Types whose `type` is looked at: one that contradicts is a deviation.
const KINDS: &[&str] = &[
    "Article",
    "Company",
    "Contact",
    "Conversation",
    "Note",
    "Segment",
    "Tag",
    "Ticket",
    "Visitor",
];

/// The `type` of the objects of a Rust type, if its name tells, or else any.
fn object_type(place: Place) -> BoxedStrategy<ObjectType> {
    let any_type = any::<ObjectType>().boxed();
    if place.field != "type" || (is_any() && !KINDS.contains(&place.owner)) {
        return any_type;
    }
    let mut name = String::new();
    for letter in place.owner.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let list = name
        .strip_suffix("_list")
        .map(|items| format!("{items}.list"));
    let known = [Some(name), list]
        .into_iter()
        .flatten()
        .map(ObjectType::from)
        .find(|kind| ObjectType::KNOWN.contains(kind));
    match known {
        Some(kind) if is_any() => {
            let unknown = "x_[a-z]{3,8}".prop_map(|text| ObjectType::from(text.as_str()));
            prop_oneof![Just(kind), unknown].boxed()
        }
        Some(kind) => Just(kind).boxed(),
        None => any_type,
    }
}
