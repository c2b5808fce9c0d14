//! Strings that many records share.

use std::collections::BTreeSet;
use std::sync::Arc;

use intercom_core::model::{AttributeValue, CustomAttributes};

/// Keeps one copy of each string. Meant for names and other strings of which there are few.
#[derive(Debug, Default)]
pub(crate) struct Strings(BTreeSet<Arc<str>>);

impl Strings {
    pub(crate) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.0.get(text) {
            return Arc::clone(shared);
        }
        let shared: Arc<str> = text.into();
        self.0.insert(Arc::clone(&shared));
        shared
    }

    pub(crate) fn intern_option(&mut self, text: Option<String>) -> Option<Arc<str>> {
        text.map(|text| self.intern(&text))
    }
}

/// Custom attributes with shared names, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq)]
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

    pub(crate) fn to_model(&self) -> CustomAttributes {
        self.iter()
            .map(|(name, value)| (name, value.clone()))
            .collect()
    }
}
