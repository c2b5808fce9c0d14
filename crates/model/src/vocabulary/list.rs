//! Lists, pages of lists, and lists inside other objects.

use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::ObjectType;
use crate::json::object::object;
use crate::json::{null, number};
use crate::vocabulary::declare::response;

/// A list, or one page of it.
///
/// Iterating over it yields its items.
#[apply(object)]
#[items(data)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct List<T> {
    /// [`ObjectType::List`], as a rule.
    #[serde(default)]
    pub r#type: Option<ObjectType>,
    /// The items, in the order of the service.
    #[serde(default, deserialize_with = "null::as_default")]
    pub data: Vec<T>,
    /// The number of items on all pages, if the list is paginated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    /// The position of this page among the others, if the list is paginated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            r#type: None,
            data: Vec::new(),
            total_count: None,
            pages: None,
        }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(data: Vec<T>) -> Self {
        Self {
            r#type: Some(ObjectType::List),
            data,
            total_count: None,
            pages: None,
        }
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.iter()
    }
}

/// A page of a list that tells its number beside its items, and not in [`Pages`].
#[apply(object)]
#[items(data)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct CountedList<T> {
    /// [`ObjectType::List`], as a rule.
    #[serde(default)]
    pub r#type: Option<ObjectType>,
    /// The items, in the order of the service.
    #[serde(default, deserialize_with = "null::as_default")]
    pub data: Vec<T>,
    /// How many items there are on all pages.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    /// The number of this page, from 1.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub page: Option<u64>,
    /// How many items a page has at most.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub per_page: Option<u64>,
    /// How many pages there are.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub total_pages: Option<u64>,
}

impl<T> Default for CountedList<T> {
    fn default() -> Self {
        Self {
            r#type: None,
            data: Vec::new(),
            total_count: None,
            page: None,
            per_page: None,
            total_pages: None,
        }
    }
}

/// A list inside another object: its first items, and the URL of the complete list.
#[apply(object)]
#[items(data)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct EmbeddedList<T> {
    /// [`ObjectType::List`], as a rule.
    #[serde(default)]
    pub r#type: Option<ObjectType>,
    /// The first items.
    #[serde(default, deserialize_with = "null::as_default")]
    pub data: Vec<T>,
    /// The path of the whole list, relative to the API's address. Linked objects have none.
    #[serde(default)]
    pub url: Option<String>,
    /// How many items the whole list has.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    /// Whether there are more items than `data` holds.
    #[serde(default)]
    pub has_more: Option<bool>,
}

impl<T> Default for EmbeddedList<T> {
    fn default() -> Self {
        Self {
            r#type: None,
            data: Vec::new(),
            url: None,
            total_count: None,
            has_more: None,
        }
    }
}

/// A reference to an object in an [`EmbeddedList`]: its type, id and URL.
#[apply(response)]
pub struct Addressable {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: crate::ObjectId,
    /// The path of the object, relative to the API's address.
    pub url: Option<String>,
}

/// A reference to an object of any kind.
#[apply(response)]
pub struct Reference {
    pub r#type: Option<ObjectType>,
    pub id: Option<crate::ObjectId>,
    /// Only in webhooks of the versions 1.x.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Reference {
    /// Returns `true` if the reference is to an object, and not to the nobody that the service writes
    /// for something that is not assigned.
    #[must_use]
    pub fn is_somebody(&self) -> bool {
        let nobody = self.r#type == Some(ObjectType::NobodyAdmin);
        !nobody && self.id.as_ref().is_some_and(|id| *id != "" && *id != "0")
    }
}

/// The position of a page in its list.
#[apply(response)]
pub struct Pages {
    pub r#type: Option<ObjectType>,
    /// The number of this page, from 1. On lists that are paged by cursor it is for display only.
    #[serde(deserialize_with = "number::any_form")]
    pub page: Option<u64>,
    /// How many items a page has at most.
    #[serde(deserialize_with = "number::any_form")]
    pub per_page: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_pages: Option<u64>,
    /// The next page; `None` on the last one.
    pub next: Option<NextPage>,
    /// The address of the previous page, on the few lists that tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
}

/// The next page. A list may use either form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum NextPage {
    /// After this cursor.
    Cursor(NextCursor),
    /// At this address.
    Url(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"url\")")
        )]
        String,
    ),
}

/// The cursor of the next page.
#[apply(response)]
pub struct NextCursor {
    /// The number of the next page, for display.
    #[serde(deserialize_with = "number::any_form")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_page: Option<u64>,
    /// The cursor to send for the next page.
    #[serde(deserialize_with = "number::text_or_integer")]
    pub starting_after: Option<String>,
}

impl<'de> Deserialize<'de> for NextPage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NextVisitor;

        impl<'de> Visitor<'de> for NextVisitor {
            type Value = NextPage;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the next page (an object with `starting_after`, or an address)")
            }

            fn visit_str<E: Error>(self, url: &str) -> Result<NextPage, E> {
                Ok(NextPage::Url(url.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<NextPage, A::Error> {
                NextCursor::deserialize(MapAccessDeserializer::new(map)).map(NextPage::Cursor)
            }
        }

        crate::json::scalar::scalar_or_object(deserializer, NextVisitor)
    }
}

/// How a list is paged in the body of a request: how many items, and after which cursor.
#[apply(crate::vocabulary::declare::body)]
pub struct Pagination {
    /// How many items a page has at most, up to 150.
    #[serde(deserialize_with = "number::any_form")]
    pub per_page: Option<u32>,
    /// The cursor of the page before, from [`Pages::next`].
    pub starting_after: Option<String>,
}

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;

    use super::{CountedList, EmbeddedList, List, Pages};
    use crate::ObjectType;
    use crate::vocabulary::strategies::{Field, Place};

    /// The items of a list, and its fields that are counts.
    fn items<T: Arbitrary + 'static>(
        owner: &'static str,
    ) -> BoxedStrategy<(Option<ObjectType>, Vec<T>)> {
        let kind = Field::<Option<ObjectType>>::values(Place::new(owner, "type"));
        (kind, Field::<Vec<T>>::values(Place::new(owner, "data"))).boxed()
    }

    fn count() -> BoxedStrategy<Option<u64>> {
        Field::<Option<u64>>::values(Place::new("List", "total_count"))
    }

    impl<T: Arbitrary + 'static> Arbitrary for List<T> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            (items("List"), count(), any::<Option<Pages>>())
                .prop_map(|((r#type, data), total_count, pages)| Self {
                    r#type,
                    data,
                    total_count,
                    pages,
                })
                .boxed()
        }
    }

    impl<T: Arbitrary + 'static> Arbitrary for CountedList<T> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            (items("List"), [count(), count(), count(), count()])
                .prop_map(
                    |((r#type, data), [total_count, page, per_page, total_pages])| Self {
                        r#type,
                        data,
                        total_count,
                        page,
                        per_page,
                        total_pages,
                    },
                )
                .boxed()
        }
    }

    impl<T: Arbitrary + 'static> Arbitrary for EmbeddedList<T> {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let url = Field::<Option<String>>::values(Place::new("EmbeddedList", "url"));
            (items("List"), url, count(), any::<Option<bool>>())
                .prop_map(|((r#type, data), url, total_count, has_more)| Self {
                    r#type,
                    data,
                    url,
                    total_count,
                    has_more,
                })
                .boxed()
        }
    }
}
