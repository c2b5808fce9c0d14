//! Webhooks and their deliveries.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::schema::{Invalid, Kind, Shape, optional, required};
use crate::control::webhooks::{
    Delivery, Subscription, TOPICS, Target, Webhook, WebhookId, WebhookKind,
};

/// How many deliveries a list has if it does not say.
const LIMIT: usize = 1000;

/// How many webhooks there can be at once.
const MAX_WEBHOOKS: usize = 100;

/// The kinds of webhooks.
const KIND: Kind = Kind::Choice(&[
    WebhookKind::Notifications.as_str(),
    WebhookKind::FinAgent.as_str(),
    WebhookKind::Uninstall.as_str(),
]);

static NEW: Shape = Shape {
    name: "NewWebhook",
    about: "A webhook to subscribe.",
    fields: &[
        required(
            "url",
            Kind::Text,
            "Its address, by http. One of notifications must answer 2xx to a HEAD request first.",
        ),
        optional(
            "secret",
            Kind::Text,
            "The secret with which requests are signed: the client secret of the app, or that of the Fin Agent API.",
        ),
        optional(
            "kind",
            KIND,
            "What it is for: `notifications` by default, events of the Fin Agent API, or the notice that an app was uninstalled.",
        ),
        optional(
            "topics",
            Kind::List(&Kind::Text),
            "The topics, or beginnings of topics and `*`; all of its kind by default.",
        ),
        optional(
            "duplicates",
            Kind::Integer(0, 100),
            "How many times more to deliver every notification.",
        ),
        optional(
            "delay_seconds",
            Kind::Number(0.0, 86_400.0),
            "How much later to deliver every notification.",
        ),
        optional(
            "reorder",
            Kind::Flag,
            "Delivers what is due together in the reverse order.",
        ),
    ],
};

static NOTIFICATION: Shape = Shape {
    name: "NewNotification",
    about: "Something to notify of.",
    fields: &[
        required("topic", Kind::Text, "The topic."),
        required(
            "item",
            Kind::Map(&Kind::Any),
            "The object that it is about, as the service shows it in notifications.",
        ),
    ],
};

static WEBHOOK: Shape = Shape {
    name: "Webhook",
    about: "A subscribed webhook.",
    fields: &[
        required("id", Kind::Integer(1, u64::MAX), "Its id."),
        required(
            "url",
            Kind::Nullable(&Kind::Text),
            "Its address; null for one in process.",
        ),
        required("kind", KIND, "What it is for."),
        required(
            "topics",
            Kind::List(&Kind::Text),
            "Its topics; empty for all.",
        ),
        required(
            "duplicates",
            Kind::Integer(0, 100),
            "How many times more every notification is delivered.",
        ),
        required(
            "delay_seconds",
            Kind::Number(0.0, 86_400.0),
            "How much later every notification is delivered.",
        ),
        required(
            "reorder",
            Kind::Flag,
            "Whether what is due together is delivered in the reverse order.",
        ),
        required("enabled", Kind::Flag, "Whether it gets notifications."),
        required("reason", Kind::Nullable(&Kind::Text), "Why it gets none."),
    ],
};

static WEBHOOKS: Shape = Shape {
    name: "Webhooks",
    about: "All webhooks.",
    fields: &[
        required(
            "webhooks",
            Kind::List(&Kind::Object(&WEBHOOK)),
            "Oldest first.",
        ),
        required(
            "topics",
            Kind::List(&Kind::Text),
            "All topics that there are.",
        ),
    ],
};

static ATTEMPT: Shape = Shape {
    name: "DeliveryAttempt",
    about: "An attempt to deliver a notification.",
    fields: &[
        required(
            "at",
            Kind::Number(0.0, f64::MAX),
            "When, in seconds since 1970 by the emulator's clock.",
        ),
        required(
            "status",
            Kind::Nullable(&Kind::Integer(100, 999)),
            "The status of the reply; null if there was none.",
        ),
        required("error", Kind::Nullable(&Kind::Text), "Why there was none."),
        required("took_ms", Kind::Integer(0, u64::MAX), "How long it took."),
    ],
};

static DELIVERY: Shape = Shape {
    name: "Delivery",
    about: "A notification on its way to one webhook.",
    fields: &[
        required(
            "id",
            Kind::Integer(1, u64::MAX),
            "The number of the delivery, counting from 1.",
        ),
        required("webhook", Kind::Integer(1, u64::MAX), "The webhook."),
        required(
            "notification",
            Kind::Nullable(&Kind::Text),
            "The id of the notification, the same in duplicates and replays.",
        ),
        required(
            "topic",
            Kind::Nullable(&Kind::Text),
            "The topic; null for the check of a new webhook.",
        ),
        required(
            "state",
            Kind::Choice(&["pending", "in_flight", "delivered", "failed", "dropped"]),
            "Its state.",
        ),
        required(
            "created_at",
            Kind::Number(0.0, f64::MAX),
            "When it happened.",
        ),
        required(
            "due_at",
            Kind::Number(0.0, f64::MAX),
            "When it is sent next, while it is pending.",
        ),
        required(
            "attempts",
            Kind::List(&Kind::Object(&ATTEMPT)),
            "The attempts so far.",
        ),
        required("item", Kind::Any, "What it is about."),
    ],
};

static DELIVERIES: Shape = Shape {
    name: "Deliveries",
    about: "Deliveries, oldest first.",
    fields: &[
        required(
            "count",
            Kind::Integer(0, u64::MAX),
            "How many were selected.",
        ),
        required(
            "deliveries",
            Kind::List(&Kind::Object(&DELIVERY)),
            "The selected ones; the last ones if there are more than `limit`.",
        ),
    ],
};

static QUEUED: Shape = Shape {
    name: "Queued",
    about: "A new delivery.",
    fields: &[required(
        "delivery",
        Kind::Integer(1, u64::MAX),
        "Its number.",
    )],
};

static NOTHING: Shape = Shape {
    name: "Nothing",
    about: "Nothing.",
    fields: &[],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/webhooks",
        about: "Lists the webhooks.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&WEBHOOKS),
        run: |call| {
            let state = call.emulator.lock();
            let webhooks: Vec<_> = state.webhooks.subscriptions().map(show).collect();
            Ok(json!({"webhooks": webhooks, "topics": TOPICS}).into())
        },
    },
    Route {
        method: "POST",
        path: "/webhooks",
        about: "Subscribes a webhook.",
        query: &[],
        body: Body::Object(&NEW),
        reply: ReplyKind::Object(&WEBHOOK),
        run: subscribe,
    },
    Route {
        method: "DELETE",
        path: "/webhooks/{id}",
        about: "Removes a webhook.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            let removed = id(call).is_some_and(|id| call.emulator.unsubscribe(id));
            if removed {
                Ok(Answer::Nothing)
            } else {
                Err(Problem::not_found("there is no such webhook"))
            }
        },
    },
    Route {
        method: "POST",
        path: "/webhooks/{id}/ping",
        about: "Sends a ping.",
        query: &[],
        body: Body::Object(&NOTHING),
        reply: ReplyKind::Object(&QUEUED),
        run: |call| queued(id(call).and_then(|id| call.emulator.ping(id))),
    },
    Route {
        method: "POST",
        path: "/notifications",
        about: "Notifies of something that does not happen in the emulator, such as `call.ended`: every webhook that is subscribed to the topic.",
        query: &[],
        body: Body::Object(&NOTIFICATION),
        reply: ReplyKind::Nothing,
        run: |call| {
            let topic = call.body.text("topic").unwrap_or_default();
            let item = call.body.get("item").cloned().unwrap_or_default();
            let notified = call.emulator.notify(topic, item);
            notified.map_err(|error| Invalid::new("topic", error.to_string()))?;
            Ok(Answer::Nothing)
        },
    },
    Route {
        method: "GET",
        path: "/deliveries",
        about: "Lists the deliveries of notifications.",
        query: &[
            optional("topic", Kind::Text, "Only of this topic."),
            optional(
                "webhook",
                Kind::Integer(1, u64::MAX),
                "Only to this webhook.",
            ),
            optional(
                "since",
                Kind::Integer(0, u64::MAX),
                "Only with a greater number.",
            ),
            optional(
                "limit",
                Kind::Integer(0, 100_000),
                "How many to return at most; 1000 by default.",
            ),
        ],
        body: Body::None,
        reply: ReplyKind::Object(&DELIVERIES),
        run: deliveries,
    },
    Route {
        method: "POST",
        path: "/deliveries/{id}/replay",
        about: "Delivers a notification again.",
        query: &[],
        body: Body::Object(&NOTHING),
        reply: ReplyKind::Object(&QUEUED),
        run: |call| queued(call.number().and_then(|id| call.emulator.replay(id))),
    },
    Route {
        method: "DELETE",
        path: "/deliveries",
        about: "Forgets the deliveries, and drops those that are pending.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            call.emulator.lock().webhooks.clear_deliveries();
            Ok(Answer::Nothing)
        },
    },
];

fn id(call: &Call<'_>) -> Option<WebhookId> {
    call.number().map(WebhookId)
}

fn queued(delivery: Option<u64>) -> Result<Answer, Problem> {
    let delivery = delivery.ok_or_else(|| {
        Problem::not_found("there is no such delivery, or no such webhook any more")
    })?;
    Ok(Answer::Json(
        StatusCode::CREATED,
        json!({ "delivery": delivery }),
    ))
}

fn subscribe(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = &call.body;
    if call.emulator.lock().webhooks.subscriptions().count() >= MAX_WEBHOOKS {
        let message = format!("there are {MAX_WEBHOOKS} webhooks already: remove some with DELETE");
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let mut webhook = Webhook::to_url(body.text("url").unwrap_or_default())
        .secret(body.text("secret").unwrap_or_default());
    let mut kinds = WebhookKind::ALL.into_iter();
    if let Some(kind) = kinds.find(|kind| Some(kind.as_str()) == body.text("kind")) {
        webhook = webhook.kind(kind);
    }
    for topic in body.list("topics").into_iter().flatten() {
        webhook = webhook.topic(topic.as_str().unwrap_or_default());
    }
    if let Some(times) = body.integer("duplicates") {
        webhook = webhook.duplicates(u32::try_from(times).unwrap_or(u32::MAX));
    }
    let delay = body
        .number("delay_seconds")
        .map(Duration::try_from_secs_f64);
    if let Some(Ok(delay)) = delay {
        webhook = webhook.delay(delay);
    }
    if body.flag("reorder") == Some(true) {
        webhook = webhook.reordered();
    }
    let id = call.emulator.subscribe(webhook);
    let id = id.map_err(|error| Invalid::new(error.field, error.to_string()))?;
    let state = call.emulator.lock();
    let shown = state.webhooks.subscription(id).map(show);
    Ok(Answer::Json(StatusCode::CREATED, shown.unwrap_or_default()))
}

fn show(subscription: &Subscription) -> Value {
    let webhook = &subscription.webhook;
    let url = match &webhook.target {
        Target::Url(url) => Some(url),
        Target::Receiver(_) => None,
    };
    json!({
        "id": subscription.id.0,
        "url": url,
        "kind": webhook.kind.as_str(),
        "topics": webhook.topics,
        "duplicates": webhook.duplicates,
        "delay_seconds": webhook.delay.as_secs_f64(),
        "reorder": webhook.reorder,
        "enabled": subscription.disabled.is_none(),
        "reason": subscription.disabled,
    })
}

fn deliveries(call: &Call<'_>) -> Result<Answer, Problem> {
    let query = &call.query;
    let since = query.integer("since").unwrap_or(0);
    let limit = query.count("limit").unwrap_or(LIMIT);
    let (topic, webhook) = (query.text("topic"), query.integer("webhook"));
    let mut kinds = WebhookKind::ALL.into_iter();
    if let Some(topic) = topic
        && !kinds.any(|kind| kind.topics().contains(&topic))
    {
        let message = format!("`topic`: there is no topic {topic}");
        return Err(Invalid::new("topic", message).into());
    }
    let state = call.emulator.lock();
    let fits = |delivery: &&Delivery| {
        delivery.id > since
            && topic.is_none_or(|topic| delivery.topic == Some(topic))
            && webhook.is_none_or(|webhook| delivery.webhook.0 == webhook)
    };
    let selected: Vec<_> = state.webhooks.deliveries().filter(fits).collect();
    let last = selected.iter().skip(selected.len().saturating_sub(limit));
    let shown: Vec<_> = last.map(|delivery| show_delivery(delivery)).collect();
    Ok(json!({"count": selected.len(), "deliveries": shown}).into())
}

fn seconds(time: SystemTime) -> f64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs_f64()
}

fn show_delivery(delivery: &Delivery) -> Value {
    let attempts = delivery.attempts.iter().map(|attempt| {
        json!({
            "at": seconds(attempt.at),
            "status": attempt.status,
            "error": attempt.error,
            "took_ms": u64::try_from(attempt.took.as_millis()).unwrap_or(u64::MAX),
        })
    });
    json!({
        "id": delivery.id,
        "webhook": delivery.webhook.0,
        "notification": delivery.notification,
        "topic": delivery.topic,
        "state": delivery.state.as_str(),
        "created_at": seconds(delivery.created_at),
        "due_at": seconds(delivery.due),
        "attempts": attempts.collect::<Vec<_>>(),
        "item": delivery.item,
    })
}
