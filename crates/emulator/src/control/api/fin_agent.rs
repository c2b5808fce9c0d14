//! What Fin says.

use intercom_core::api::fin_agent::FinEvent;

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::schema::{Invalid, Kind, Shape, optional, required};

static NEW: Shape = Shape {
    name: "NewFinEvents",
    about: "What Fin says in a conversation: in this order, if it is more than one thing.",
    fields: &[
        required(
            "conversation_id",
            Kind::Text,
            "The id with which `POST /fin/start` began the conversation.",
        ),
        optional(
            "reply",
            Kind::Text,
            "HTML that it replies, before it waits for the user. It becomes a part of the conversation.",
        ),
        optional(
            "status",
            Kind::Choice(&["escalated", "resolved", "complete"]),
            "The status that it reports. One that is escalated is open and waits for a teammate.",
        ),
        optional(
            "reason",
            Kind::Text,
            "Why it is escalated; `Escalation requested by user` by default.",
        ),
        optional(
            "ask_for_rating",
            Kind::Flag,
            "Whether it asks for a rating once it is complete.",
        ),
        optional(
            "event",
            Kind::Map(&Kind::Any),
            "An event as the API has it. What it leaves out of the conversation, the user and the time is filled in.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[Route {
    method: "POST",
    path: "/fin_agent",
    about: "Lets Fin say something: its events go to the webhooks of the kind `fin_agent`, and to whoever reads the `sse_subscription_url`.",
    query: &[],
    body: Body::Object(&NEW),
    reply: ReplyKind::Nothing,
    run: say,
}];

fn say(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = &call.body;
    let event = body.get("event").filter(|event| !event.is_null());
    let event = event.map(|event| serde_json::from_value::<FinEvent>(event.clone()));
    let event = event
        .transpose()
        .map_err(|error| Invalid::new("event", format!("`event`: {error}")))?;
    let fin = call
        .emulator
        .fin_agent(body.text("conversation_id").unwrap_or_default());
    let rates = body.flag("ask_for_rating") == Some(true);
    let said = || {
        if let Some(html) = body.text("reply") {
            fin.reply(html)?;
        }
        match body.text("status") {
            Some("escalated") => {
                let reason = body.text("reason");
                fin.escalate(reason.unwrap_or("Escalation requested by user"))?;
            }
            Some("resolved") => fin.resolve()?,
            Some("complete") if rates => fin.complete_with_rating()?,
            Some("complete") => fin.complete()?,
            _ => {}
        }
        event.map_or(Ok(()), |event| fin.send(event))
    };
    said()
        .map(|()| Answer::Nothing)
        .map_err(|error| Problem::not_found(error.to_string()))
}
