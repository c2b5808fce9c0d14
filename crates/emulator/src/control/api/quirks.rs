//! Quirks of replies.

use serde_json::{Value, json};

use super::{Answer, Body, Call, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, optional, required};
use crate::http::{Quirk, Quirks};

/// The names of [`Quirk::ALL`].
const KINDS: [&str; Quirk::ALL.len()] = {
    let mut names = [""; Quirk::ALL.len()];
    let mut index = 0;
    while index < names.len() {
        names[index] = Quirk::ALL[index].name();
        index += 1;
    }
    names
};

const KIND: Kind = Kind::Choice(&KINDS);

const ABOUT_KINDS: &str = "The quirks that replies have. docs/emulator.md describes each.";

const ABOUT_ALL: &str = "Whether replies have all quirks.";

const PERCENT: Kind = Kind::Integer(0, 100);

static QUIRKS: Shape = Shape {
    name: "Quirks",
    about: "How successful replies differ from their descriptions.",
    fields: &[
        required("kinds", Kind::List(&KIND), ABOUT_KINDS),
        required("all", Kind::Flag, ABOUT_ALL),
        required(
            "percent",
            PERCENT,
            "The percentage of the fields that a quirk can change which it changes.",
        ),
        required(
            "seed",
            Kind::Integer(0, u64::MAX),
            "Decides which fields are changed.",
        ),
    ],
};

static CHANGE: Shape = Shape {
    name: "QuirksChange",
    about: "The new quirks, in place of those so far. Without any, replies are as described.",
    fields: &[
        optional("kinds", Kind::List(&KIND), ABOUT_KINDS),
        optional("all", Kind::Flag, ABOUT_ALL),
        optional(
            "percent",
            PERCENT,
            "The percentage of the fields that a quirk can change which it changes; 50 by default.",
        ),
        optional(
            "seed",
            Kind::Integer(0, u64::MAX),
            "Decides which fields are changed; 0 by default.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/quirks",
        about: "Returns the quirks of replies.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&QUIRKS),
        run: |call| Ok(show(call)),
    },
    Route {
        method: "PUT",
        path: "/quirks",
        about: "Replaces the quirks of replies.",
        query: &[],
        body: Body::Object(&CHANGE),
        reply: ReplyKind::Object(&QUIRKS),
        run: |call| {
            call.emulator.set_quirks(read(call));
            Ok(show(call))
        },
    },
];

fn read(call: &Call<'_>) -> Quirks {
    let named = call.body.list("kinds").into_iter().flatten();
    let named = named.filter_map(|name| Quirk::named(name.as_str()?));
    let mut quirks = match call.body.flag("all") {
        Some(true) => Quirks::all(),
        _ => Quirks::new(named),
    };
    let percent = call.body.integer("percent");
    if let Some(percent) = percent.and_then(|percent| u8::try_from(percent).ok()) {
        quirks = quirks.percent(percent);
    }
    quirks.seed(call.body.integer("seed").unwrap_or_default())
}

fn show(call: &Call<'_>) -> Answer {
    let quirks = &call.emulator.lock().service.quirks;
    let kinds: Vec<Value> = quirks.kinds().iter().map(|it| it.name().into()).collect();
    json!({
        "all": kinds.len() == Quirk::ALL.len(),
        "kinds": kinds,
        "percent": quirks.share(),
        "seed": quirks.seeded_with(),
    })
    .into()
}
