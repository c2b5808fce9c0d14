//! Strings that many records share.

use std::collections::BTreeSet;
use std::sync::Arc;

use intercom_core::api::contacts::Location;
use intercom_core::model::{AttributeValue, CustomAttributes};
use serde::{Deserialize, Serialize};

/// Keeps one copy of each string and place. Meant for names and other values of which there are few.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings {
    texts: BTreeSet<Arc<str>>,
    places: BTreeSet<Arc<Place>>,
}

/// Where a contact is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) country: Option<Arc<str>>,
    pub(crate) region: Option<Arc<str>>,
    pub(crate) city: Option<Arc<str>>,
    pub(crate) country_code: Option<Arc<str>>,
    pub(crate) continent_code: Option<Arc<str>>,
}

impl Strings {
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.texts.get(text) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&shared));
        shared
    }

    pub(crate) fn intern_option(&mut self, text: Option<String>) -> Option<Arc<str>> {
        text.map(|text| self.intern(&text))
    }

    /// Replaces a string by the copy that is kept.
    pub(crate) fn share(&mut self, text: &mut Option<Arc<str>>) {
        if let Some(text) = text {
            *text = self.intern(text);
        }
    }

    /// Replaces a place by the copy that is kept.
    pub(crate) fn share_place(&mut self, place: &mut Option<Arc<Place>>) {
        if let Some(place) = place {
            match self.places.get(place) {
                Some(shared) => *place = Arc::clone(shared),
                None => {
                    self.places.insert(Arc::clone(place));
                }
            }
        }
    }

    pub(crate) fn intern_place(&mut self, location: Location) -> Arc<Place> {
        let place = Place {
            country: self.intern_option(location.country),
            region: self.intern_option(location.region),
            city: self.intern_option(location.city),
            country_code: self.intern_option(location.country_code),
            continent_code: self.intern_option(location.continent_code),
        };
        if let Some(shared) = self.places.get(&place) {
            return Arc::clone(shared);
        }
        let shared = Arc::new(place);
        self.places.insert(Arc::clone(&shared));
        shared
    }
}

/// Custom attributes with shared names, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Attributes(Vec<(Arc<str>, AttributeValue)>);

impl Attributes {
    pub(crate) fn new(attributes: CustomAttributes, strings: &mut Strings) -> Self {
        let attributes = attributes.into_iter();
        Self(
            attributes
                .map(|(name, value)| (strings.intern(&name), value))
                .collect(),
        )
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| (**other).cmp(name))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&AttributeValue> {
        let place = self.place(name).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    /// Sets an attribute, or removes it if the value is null.
    pub(crate) fn set(&mut self, name: &str, value: AttributeValue, strings: &mut Strings) {
        match self.place(name) {
            Ok(place) if value.is_null() => {
                self.0.remove(place);
            }
            Ok(place) => {
                if let Some((_, current)) = self.0.get_mut(place) {
                    *current = value;
                }
            }
            Err(_) if value.is_null() => {}
            Err(place) => self.0.insert(place, (strings.intern(name), value)),
        }
    }

    /// Adds the attributes of others that these lack.
    pub(crate) fn adopt(&mut self, others: &Self) {
        for (name, value) in &others.0 {
            if let Err(place) = self.place(name) {
                self.0.insert(place, (Arc::clone(name), value.clone()));
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &AttributeValue)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Replaces the names by the copies that are kept.
    pub(crate) fn share(&mut self, strings: &mut Strings) {
        for (name, _) in &mut self.0 {
            *name = strings.intern(name);
        }
    }

    pub(crate) fn to_model(&self) -> CustomAttributes {
        self.iter()
            .map(|(name, value)| (name, value.clone()))
            .collect()
    }
}
