//! Webhooks: notifications of what happens in a workspace.
//!
//! A [`Receiver`] turns a request into a verified [`Notification`], or into the [`Reply`](crate::Reply)
//! to send back.
//!
//! ```
//! use http::{Request, StatusCode};
//! use intercom_app::webhooks::{Event, Receiver};
//!
//! fn handle(receiver: &Receiver, request: &Request<Vec<u8>>) -> StatusCode {
//!     let (method, headers) = (request.method(), request.headers());
//!     let notification = match receiver.receive(method, headers, request.body().clone()) {
//!         Ok(notification) => notification,
//!         // A probe, a ping, or a refusal.
//!         Err(reply) => return reply.status(),
//!     };
//!     match notification.event() {
//!         Event::ConversationUserCreated(conversation) => println!("triage {}", conversation.id),
//!         Event::ContactDeleted(gone) => println!("forget {:?}", gone.external_id),
//!         Event::Other { topic, .. } => println!("not for us: {topic}"),
//!         _ => {}
//!     }
//!     StatusCode::OK
//! }
//! # let request = intercom_app::webhooks::Notification::builder(Event::ContactDeleted(Box::default()));
//! # let request = request.sign("s3cr3t").map(|body| body.to_vec());
//! # assert_eq!(handle(&Receiver::new("s3cr3t"), &request), StatusCode::OK);
//! ```
//!
//! # Delivery
//!
//! Reply within five seconds, or Intercom counts the delivery as failed. It sends a notification again
//! once, after a minute, so a notification may come twice; and notifications come in any order. Store
//! the notification before replying, handle it afterwards, use a [`Deduplicator`] with
//! [`Notification::key`], and put changes of one object in order by [`Event::object_time`]. A reply of
//! 410 ends the subscription.

#[cfg(feature = "axum")]
mod axum;
mod builder;
mod declare;
mod deduplicator;
mod event;
mod item;
mod notification;
mod receiver;
mod ticket_change;
#[cfg(feature = "tower")]
mod tower;

pub use intercom_model::webhooks::*;

pub use self::builder::NotificationBuilder;
pub use self::deduplicator::{Deduplicator, MemoryDeduplicator};
pub use self::event::{Event, Topic};
pub use self::notification::{Notification, UnreadableNotification};
pub use self::receiver::Receiver;
pub use self::ticket_change::TicketChange;
#[cfg(feature = "tower")]
pub use self::tower::WebhookService;
