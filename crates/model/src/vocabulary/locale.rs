//! Languages, and content that is translated into them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::ObjectType;
use crate::json::object::MapOnly;
use crate::vocabulary::open_enum::open_enum;

open_enum! {
    /// A language in which content can be written: the ones that Intercom supports by name, and any
    /// other as it was read.
    pub enum Locale {
        Arabic = "ar",
        Bosnian = "bs",
        BrazilianPortuguese = "pt-BR",
        Bulgarian = "bg",
        Catalan = "ca",
        Croatian = "hr",
        Czech = "cs",
        Danish = "da",
        Dutch = "nl",
        English = "en",
        Estonian = "et",
        Finnish = "fi",
        French = "fr",
        German = "de",
        Greek = "el",
        Hebrew = "he",
        Hungarian = "hu",
        Indonesian = "id",
        Italian = "it",
        Japanese = "ja",
        Korean = "ko",
        Latvian = "lv",
        Lithuanian = "lt",
        Mongolian = "mn",
        Norwegian = "nb",
        Polish = "pl",
        Portuguese = "pt",
        Romanian = "ro",
        Russian = "ru",
        Serbian = "sr",
        SimplifiedChinese = "zh-CN",
        Slovenian = "sl",
        Spanish = "es",
        Swedish = "sv",
        TraditionalChinese = "zh-TW",
        Turkish = "tr",
        Vietnamese = "vi",
    }
}

/// Content in several languages, by locale.
///
/// ```
/// use intercom_model::help_center::GroupContent;
/// use intercom_model::{Locale, Translations};
///
/// let content = Translations::from([(Locale::German, GroupContent::new().name("Abrechnung"))]);
/// assert_eq!(serde_json::to_string(&content)?, r#"{"de":{"name":"Abrechnung"}}"#);
/// let cleared = content.clear(Locale::French);
/// assert_eq!(serde_json::to_string(&cleared)?, r#"{"de":{"name":"Abrechnung"},"fr":null}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Translations<T> {
    /// What the content belongs to, such as [`ObjectType::GroupTranslatedContent`].
    pub r#type: Option<ObjectType>,
    /// The content in each language.
    #[cfg_attr(feature = "schemars", schemars(flatten, with = "BTreeMap<String, T>"))]
    pub by_locale: BTreeMap<Locale, T>,
    /// The languages whose content an update removes. They are sent as `null`.
    #[cfg_attr(feature = "schemars", schemars(skip))]
    pub cleared: BTreeSet<Locale>,
}

impl<T> Translations<T> {
    /// Removes the content in a language with the update that this is sent with.
    #[must_use]
    pub fn clear(mut self, locale: impl Into<Locale>) -> Self {
        let locale = locale.into();
        self.by_locale.remove(&locale);
        self.cleared.insert(locale);
        self
    }

    /// Returns the content in a language.
    pub fn get(&self, locale: &Locale) -> Option<&T> {
        self.by_locale.get(locale)
    }
}

impl<T> Default for Translations<T> {
    fn default() -> Self {
        Self {
            r#type: None,
            by_locale: BTreeMap::new(),
            cleared: BTreeSet::new(),
        }
    }
}

impl<T> FromIterator<(Locale, T)> for Translations<T> {
    fn from_iter<I: IntoIterator<Item = (Locale, T)>>(content: I) -> Self {
        Self {
            r#type: None,
            by_locale: content.into_iter().collect(),
            cleared: BTreeSet::new(),
        }
    }
}

impl<T, const N: usize> From<[(Locale, T); N]> for Translations<T> {
    fn from(content: [(Locale, T); N]) -> Self {
        content.into_iter().collect()
    }
}

impl<T: Serialize> Serialize for Translations<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(kind) = &self.r#type {
            map.serialize_entry("type", kind)?;
        }
        for (locale, content) in &self.by_locale {
            map.serialize_entry(locale, content)?;
        }
        for locale in &self.cleared {
            map.serialize_entry(locale, &())?;
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Translations<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TranslationsVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for TranslationsVisitor<T> {
            type Value = Translations<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("translated content (an object with a key for each locale)")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Translations<T>, A::Error> {
                let mut content = Translations::default();
                while let Some(key) = map.next_key::<Locale>()? {
                    if key.as_str() == "type" {
                        content.r#type = map.next_value()?;
                    } else if let Some(value) = map.next_value()? {
                        content.by_locale.insert(key, value);
                    } else {
                        content.cleared.insert(key);
                    }
                }
                Ok(content)
            }
        }

        MapOnly(deserializer).deserialize_map(TranslationsVisitor(PhantomData))
    }
}

#[cfg(feature = "proptest")]
impl<T: proptest::arbitrary::Arbitrary + 'static> proptest::arbitrary::Arbitrary
    for Translations<T>
{
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        (
            any::<Option<ObjectType>>(),
            proptest::collection::btree_map(any::<Locale>(), any::<T>(), 0..4),
            proptest::collection::btree_set(any::<Locale>(), 0..2),
        )
            .prop_map(|(r#type, by_locale, mut cleared)| {
                cleared.retain(|locale| !by_locale.contains_key(locale));
                Self {
                    r#type,
                    by_locale,
                    cleared,
                }
            })
            .boxed()
    }
}
