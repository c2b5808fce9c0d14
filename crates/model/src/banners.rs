//! Banners: what a contact is shown above or below a page. From 2.16.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{AttributeValue, BannerId, BannerViewId, ObjectType, Timestamp, TourId};

/// A banner for a contact. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/banners/banner)
#[apply(response)]
pub struct Banner {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: BannerId,
    /// The id to dismiss this contact's banner with.
    #[serde(deserialize_with = "null::as_default")]
    pub view_id: BannerViewId,
    pub title: Option<String>,
    /// HTML.
    pub body: Option<String>,
    /// Such as `inline`.
    pub style: Option<String>,
    /// Such as `top`.
    pub position: Option<String>,
    pub show_dismiss_button: Option<bool>,
    /// What the contact can do on it.
    pub action: Option<BannerAction>,
    /// Kept by the service for later: it is empty so far.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub client_targeting: AttributeValue,
    /// When it was first meant for the contact.
    pub created_at: Option<Timestamp>,
}

open_enum! {
    /// What a contact can do on a banner.
    pub enum BannerActionType {
        /// Leave an email.
        EmailCollector = "email_collector",
        /// Begin a product tour.
        ProductTour = "product_tour",
        /// React with an emoji.
        Reaction = "reaction",
        /// Go to a page.
        Url = "url",
    }
}

/// What a contact can do on a banner; which fields it has depends on its type. From 2.16.
#[apply(response)]
pub struct BannerAction {
    pub r#type: Option<BannerActionType>,
    /// Of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The URL of a link.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The reactions to choose from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reaction_set: Option<Vec<BannerReaction>>,
    /// The tour to begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tour_id: Option<TourId>,
    /// The URL at which the tour begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tour_url: Option<String>,
}

/// A reaction that a contact can choose. From 2.16.
#[apply(response)]
pub struct BannerReaction {
    /// Its place among the others, from 0.
    #[serde(deserialize_with = "number::any_form")]
    pub index: Option<u64>,
    pub unicode_emoticon: Option<String>,
}

/// The reply to the dismissal of a banner. From 2.16.
#[apply(response)]
pub struct BannerDismissed {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub view_id: BannerViewId,
    pub dismissed: Option<bool>,
}
