//! Ecommerce connectors: catalogues of products for Fin.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use crate::json::number;
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{CatalogImportJobId, CustomAttributes};

open_enum! {
    /// What became of an uploaded catalogue.
    pub enum CatalogUploadStatus {
        /// It is complete, and being read.
        Processing = "processing",
    }
}

/// The reply to the upload of a catalogue, or of a part of one. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/ecommerce_catalog_upload_response)
#[apply(response)]
pub struct CatalogUploaded {
    /// The job to name with the next part, and at the end.
    pub import_job_id: Option<CatalogImportJobId>,
    /// The number of the part that comes next, while the catalogue is not complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub next_part_number: Option<u32>,
    /// Once the catalogue is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CatalogUploadStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A product of a catalogue. A catalogue is a JSON array of them. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/ecommerce_catalog_product)
#[apply(body)]
pub struct CatalogProduct {
    /// The id in the shop: the same in every upload, for a product that is not in the next one is
    /// forgotten.
    pub id: String,
    pub title: String,
    /// The page of the product, with `https`.
    pub url: String,
    /// By which Fin finds the product; it may be HTML.
    pub description: Option<String>,
    /// The same as HTML, which counts instead.
    pub description_html: Option<String>,
    /// The picture, or else the first of `image_urls`. A variant without any is not shown.
    pub featured_image_url: Option<String>,
    pub image_urls: Option<Vec<String>>,
    /// The lowest price; without one, that of the variants.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub price_min: Option<f64>,
    /// The highest price; without one, that of the variants.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub price_max: Option<f64>,
    /// By ISO 4217; without one, `USD`.
    pub currency: Option<String>,
    /// Whether it can be bought; without a word, whether a variant can. Fin does not speak of what cannot
    /// be.
    pub in_stock: Option<bool>,
    /// Words by which customers ask for it, such as `waterproof`.
    pub tags: Option<Vec<String>>,
    /// In what the shop groups it.
    pub collections: Option<Vec<CatalogCollection>>,
    /// In which category it is.
    pub category_path: Option<CategoryPath>,
    /// What can be chosen.
    pub available_options: Option<Vec<CatalogOption>>,
    pub variants: Option<Vec<CatalogVariant>>,
    /// By which Fin chooses the products for a customer. All products have the same names; the first
    /// one of the catalogue tells which.
    pub additional_data: Option<CustomAttributes>,
}

/// A variant of a product, as it can be bought. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/ecommerce_catalog_variant)
#[apply(body)]
pub struct CatalogVariant {
    /// Its id within the product.
    pub id: String,
    /// Such as `Small / Blue`.
    pub title: Option<String>,
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub price: Option<f64>,
    /// The price before a discount, of which Fin then speaks.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub compare_at_price: Option<f64>,
    /// Whether it can be bought. Fin does not speak of what cannot be.
    pub in_stock: Option<bool>,
    /// Its page; without one, that of the product with `?variant=` and the id.
    pub url: Option<String>,
    /// Its picture; without one, that of the product.
    pub image_url: Option<String>,
    /// What is chosen of the options of the product.
    pub selected_options: Option<Vec<SelectedOption>>,
    /// The stock-keeping unit.
    pub sku: Option<String>,
}

/// In what a shop groups products: by its name, or as an object with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum CatalogCollection {
    /// The name alone.
    Name(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"name\")")
        )]
        String,
    ),
    /// The name in an object.
    Titled(CollectionTitle),
}

impl From<&str> for CatalogCollection {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

/// The name of a group of products, in an object.
#[apply(part)]
pub struct CollectionTitle {
    pub title: String,
}

/// A category in its categories, the widest first: Fin finds a product by each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum CategoryPath {
    /// Such as `Clothing > T-Shirts`.
    Text(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"name\")")
        )]
        String,
    ),
    /// Such as `Clothing` and `T-Shirts`.
    Segments(Vec<String>),
}

impl From<&str> for CategoryPath {
    fn from(path: &str) -> Self {
        Self::Text(path.to_owned())
    }
}

impl<const N: usize> From<[&str; N]> for CategoryPath {
    fn from(segments: [&str; N]) -> Self {
        Self::Segments(segments.map(str::to_owned).into())
    }
}

/// Something of a product that can be chosen, such as its size.
#[apply(part)]
pub struct CatalogOption {
    pub name: String,
    pub values: Vec<String>,
}

/// What is chosen of an option, such as a size.
#[apply(part)]
pub struct SelectedOption {
    pub name: String,
    pub value: String,
}
