//! The fault that a request asks for itself, in the header `X-Emulator-Fault`.

use bytes::Bytes;
use http::{Request, StatusCode};
use intercom_core::ErrorCode;
use serde_json::{Map, Value};

use super::fault_spec::FaultSpec;
use super::faults::{Faults, Selection};
use crate::http::FaultKind;
use crate::refusal::Refusal;

/// The header with the fault.
pub(crate) const HEADER: &str = "x-emulator-fault";

/// Returns the fault that a request asks for itself, if it is to hit this time.
pub(crate) fn own_fault(
    faults: &mut Faults,
    request: &Request<Bytes>,
) -> Result<Option<FaultKind>, Refusal> {
    let Some(header) = request.headers().get(HEADER) else {
        return Ok(None);
    };
    let text = header.to_str().unwrap_or_default();
    let spec = parse(text).map_err(|message| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::ParameterInvalid,
            format!("X-Emulator-Fault: {message}"),
        )
        .field("X-Emulator-Fault")
    })?;
    let counted = Selection {
        // A request without a count fails whenever it is sent.
        times: spec.times,
        ..spec.selection
    };
    if !counted.covers(request) {
        return Ok(None);
    }
    let key = format!("{} {} {text}", request.method(), request.uri());
    let hits = faults.hits_own(key, counted);
    Ok(hits.then_some(spec.fault.0))
}

/// Parses `status=503; times=2`, or the name of a kind in place of `kind=..`.
fn parse(text: &str) -> Result<FaultSpec, String> {
    let mut fields = Map::new();
    for part in text.split(';').map(str::trim) {
        let (name, value) = part.split_once('=').unwrap_or(("kind", part));
        let value = value.trim();
        let number = value.parse::<u64>().map(Value::from);
        let number = number.or_else(|_| value.parse::<f64>().map(Value::from));
        let value = number.unwrap_or_else(|_| Value::from(value));
        if fields.insert(name.trim().to_owned(), value).is_some() {
            return Err(format!("`{}` is given twice", name.trim()));
        }
    }
    if fields.contains_key("operation") {
        return Err("the request is the operation, so leave out `operation`".to_owned());
    }
    FaultSpec::read(fields)
        .map_err(|error| format!("{error}; write it like `status=503; times=2` or `hang`"))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_header_is_a_list_of_fields() {
        let spec = parse("status=503; times=2").unwrap();
        assert_eq!((spec.times, spec.selection.first), (Some(2), 1));
        assert_eq!(parse("hang").unwrap().times, None);
        assert!(parse("kind=trickle; pause_ms=5;nth=2").is_ok());
    }

    #[test]
    fn an_error_names_the_field_and_the_fix() {
        for (text, part) in [
            ("status=abc", "`status` must be an integer"),
            ("sttaus=503", "unknown field `sttaus`"),
            ("status=99", "`status` must be from 100 to 999"),
            ("stop", "`kind` must be one of `status`"),
            ("", "`kind` must be one of"),
            ("status=503; status=504", "`status` is given twice"),
            (
                "status=503; operation=contacts::Get",
                "leave out `operation`",
            ),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
