//! Faults.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::FaultId;
use crate::control::fault_spec::{self, FIELDS, FaultSpec, KINDS};
use crate::control::schema::{Kind, Shape, optional, required};

/// How many faults there can be at once.
const MAX_FAULTS: usize = 1000;

static NEW: Shape = Shape {
    name: "NewFault",
    about: "A fault to inject. It hits the next call unless `nth`, `times` or `always` says otherwise.",
    fields: FIELDS,
};

static FAULT: Shape = Shape {
    name: "Fault",
    about: "An injected fault.",
    fields: &[
        required("id", Kind::Integer(1, u64::MAX), "Its id."),
        required(
            "operation",
            Kind::Nullable(&Kind::Text),
            "The operation that fails; null for any.",
        ),
        required("kind", Kind::Choice(KINDS), "What goes wrong."),
        optional(
            "status",
            Kind::Integer(100, 999),
            "The status that is sent.",
        ),
        optional("body", Kind::Text, "The body that is sent."),
        optional(
            "headers",
            Kind::Map(&Kind::Text),
            "The headers that are sent.",
        ),
        optional(
            "wait_seconds",
            Kind::Integer(0, u64::MAX),
            "When the window resets.",
        ),
        optional(
            "pause_ms",
            Kind::Integer(0, u64::MAX),
            "The pause before each piece.",
        ),
        required(
            "nth",
            Kind::Integer(1, u64::MAX),
            "The first call that fails.",
        ),
        required(
            "times",
            Kind::Nullable(&Kind::Integer(1, u64::MAX)),
            "How many calls fail; null for all.",
        ),
        required(
            "always",
            Kind::Flag,
            "Whether all calls fail from the first on.",
        ),
        required(
            "min_per_page",
            Kind::Nullable(&Kind::Integer(1, u64::MAX)),
            "The smallest pages that fail; null for any call.",
        ),
        required(
            "seen",
            Kind::Integer(0, u64::MAX),
            "How many calls have matched.",
        ),
        required("enabled", Kind::Flag, "Whether it is in force."),
    ],
};

static LIST: Shape = Shape {
    name: "Faults",
    about: "All faults, those included that have hit what they were to hit.",
    fields: &[required(
        "faults",
        Kind::List(&Kind::Object(&FAULT)),
        "Oldest first.",
    )],
};

static CHANGE: Shape = Shape {
    name: "FaultChange",
    about: "What to change.",
    fields: &[required(
        "enabled",
        Kind::Flag,
        "Whether it is in force. Turning it on starts its count anew.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/faults",
        about: "Lists the faults.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&LIST),
        run: |call| {
            let state = call.emulator.lock();
            let rules = state.faults.rules().map(fault_spec::show);
            Ok(json!({ "faults": rules.collect::<Vec<_>>() }).into())
        },
    },
    Route {
        method: "POST",
        path: "/faults",
        about: "Injects a fault.",
        query: &[],
        body: Body::Object(&NEW),
        reply: ReplyKind::Object(&FAULT),
        run: add,
    },
    Route {
        method: "PATCH",
        path: "/faults/{id}",
        about: "Turns a fault off or on.",
        query: &[],
        body: Body::Object(&CHANGE),
        reply: ReplyKind::Object(&FAULT),
        run: change,
    },
    Route {
        method: "DELETE",
        path: "/faults/{id}",
        about: "Removes a fault.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            let removed = id(call).is_some_and(|id| call.emulator.remove_fault(id));
            if removed {
                Ok(Answer::Nothing)
            } else {
                Err(no_fault(call))
            }
        },
    },
    Route {
        method: "DELETE",
        path: "/faults",
        about: "Removes all faults.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            call.emulator.clear_faults();
            Ok(Answer::Nothing)
        },
    },
];

fn id(call: &Call<'_>) -> Option<FaultId> {
    call.number().map(FaultId)
}

fn no_fault(call: &Call<'_>) -> Problem {
    let id = call.arguments.first().map_or("", String::as_str);
    Problem::not_found(format!("there is no fault {id}"))
}

fn add(call: &Call<'_>) -> Result<Answer, Problem> {
    let spec = FaultSpec::read(call.body.to_object())?;
    let mut state = call.emulator.lock();
    if state.faults.rules().count() >= MAX_FAULTS {
        let message = format!("there are {MAX_FAULTS} faults already: remove some with DELETE");
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let rule = state.faults.add(spec.operation, spec.selection, spec.fault);
    Ok(Answer::Json(StatusCode::CREATED, fault_spec::show(rule)))
}

fn change(call: &Call<'_>) -> Result<Answer, Problem> {
    let mut state = call.emulator.lock();
    let rule = id(call).and_then(|id| state.faults.rule_mut(id));
    let rule = rule.ok_or_else(|| no_fault(call))?;
    let enabled = call.body.flag("enabled") == Some(true);
    if enabled && !rule.enabled {
        rule.seen = 0;
    }
    rule.enabled = enabled;
    let shown: Value = fault_spec::show(rule);
    Ok(shown.into())
}
