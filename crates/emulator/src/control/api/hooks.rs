//! Hooks.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::HookId;
use crate::control::fault_spec::{named, selection};
use crate::control::hooks::{Action, Hook};
use crate::control::schema::{Fields, Invalid, Kind, Shape, optional, required};
use crate::control::seed;

/// How many hooks there can be at once.
const MAX_HOOKS: usize = 100;

static NEW: Shape = Shape {
    name: "NewHook",
    about: "What happens before the next request, unless `nth`, `times` or `always` says otherwise.",
    fields: &[
        optional(
            "operation",
            Kind::Nullable(&Kind::Text),
            "The operation of the request, such as `contacts::List`; any if it is left out.",
        ),
        optional(
            "nth",
            Kind::Integer(1, u64::MAX),
            "The first request before which it happens, counted from now; 1 by default.",
        ),
        optional(
            "times",
            Kind::Integer(1, u64::MAX),
            "Before how many requests in a row it happens; 1 by default.",
        ),
        optional(
            "always",
            Kind::Flag,
            "It happens before every request from the first on.",
        ),
        required(
            "seed",
            Kind::Map(&Kind::Any),
            "The objects to create and the `requests` to perform, as `POST /seed` takes them.",
        ),
    ],
};

static HOOK: Shape = Shape {
    name: "Hook",
    about: "What happens before requests.",
    fields: &[
        required("id", Kind::Integer(1, u64::MAX), "Its id."),
        required(
            "operation",
            Kind::Nullable(&Kind::Text),
            "The operation of the requests; null for any.",
        ),
        required(
            "nth",
            Kind::Integer(1, u64::MAX),
            "The first request before which it happens.",
        ),
        required(
            "times",
            Kind::Nullable(&Kind::Integer(1, u64::MAX)),
            "Before how many requests it happens; null for all.",
        ),
        required(
            "seen",
            Kind::Integer(0, u64::MAX),
            "How many requests have matched.",
        ),
        required(
            "error",
            Kind::Nullable(&Kind::Text),
            "Why it failed last, and changed nothing; null if it did not.",
        ),
        required(
            "seed",
            Kind::Nullable(&Kind::Map(&Kind::Any)),
            "What it creates and performs; null if it was set in process.",
        ),
    ],
};

static LIST: Shape = Shape {
    name: "Hooks",
    about: "All hooks, those included that are over.",
    fields: &[required(
        "hooks",
        Kind::List(&Kind::Object(&HOOK)),
        "Oldest first.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/hooks",
        about: "Lists the hooks.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&LIST),
        run: |call| {
            let state = call.emulator.lock();
            let hooks = state.hooks.hooks().map(show);
            Ok(json!({ "hooks": hooks.collect::<Vec<_>>() }).into())
        },
    },
    Route {
        method: "POST",
        path: "/hooks",
        about: "Changes the workspace before a request.",
        query: &[],
        body: Body::Object(&NEW),
        reply: ReplyKind::Object(&HOOK),
        run: add,
    },
    Route {
        method: "DELETE",
        path: "/hooks/{id}",
        about: "Removes a hook.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            let id = call.number().map(HookId);
            if id.is_some_and(|id| call.emulator.remove_hook(id)) {
                return Ok(Answer::Nothing);
            }
            let id = call.arguments.first().map_or("", String::as_str);
            Err(Problem::not_found(format!("there is no hook {id}")))
        },
    },
    Route {
        method: "DELETE",
        path: "/hooks",
        about: "Removes all hooks.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            call.emulator.clear_hooks();
            Ok(Answer::Nothing)
        },
    },
];

fn add(call: &Call<'_>) -> Result<Answer, Problem> {
    let operation = call.body.text("operation").map(named).transpose()?;
    let selection = selection(&call.body)?;
    let action = planting(call.body.object("seed").cloned().unwrap_or_default())?;
    let mut state = call.emulator.lock();
    if state.hooks.hooks().len() >= MAX_HOOKS {
        let message = format!("there are {MAX_HOOKS} hooks already: remove some with DELETE");
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let hook = state.hooks.add(operation, selection, action);
    Ok(Answer::Json(StatusCode::CREATED, show(hook)))
}

/// Returns the action that plants a seed.
fn planting(seed: Map<String, Value>) -> Result<Action, Invalid> {
    let shown = Value::Object(seed.clone());
    let seed = Fields::checked(seed::FIELDS, seed).map_err(|error| {
        let field = format!("seed.{}", error.field);
        Invalid::new(&field, format!("seed: {}", error.message))
    })?;
    Ok(Action {
        run: Arc::new(move |emulator| {
            let planted = emulator.plant(&seed);
            planted.map(drop).map_err(|error| error.message)
        }),
        seed: shown,
    })
}

fn show(hook: &Hook) -> Value {
    json!({
        "id": hook.id.0,
        "operation": hook.operation,
        "nth": hook.selection.first,
        "times": hook.selection.times,
        "seen": hook.seen,
        "error": hook.error,
        "seed": hook.action.seed,
    })
}
