//! The page on which a person authorizes an app, and the redirect back to it.

use std::fmt::Write;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION, REFERRER_POLICY,
};
use http::{Response, StatusCode};

use super::fields::Fields;

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32rem;padding:0 1rem}\
    :root{color-scheme:light dark}button{font:inherit;padding:.4rem 1.2rem;margin-right:.5rem}\
    code{overflow-wrap:anywhere}";

/// Asks whether to authorize an app.
pub(super) fn authorize(fields: &Fields, redirect: &str, workspace: &str) -> Response<Bytes> {
    let client_id = fields.get("client_id").unwrap_or_default();
    let mut body = format!(
        "<h1>Authorize this app?</h1>\n<p>The app <code>{}</code> asks for access to the workspace \
         <b>{}</b>. You then return to <code>{}</code>.</p>\n<form method=\"post\" action=\"/oauth\">\n",
        escaped(client_id),
        escaped(workspace),
        escaped(redirect),
    );
    for name in ["client_id", "state", "redirect_uri"] {
        if let Some(value) = fields.get(name) {
            let value = escaped(value);
            // Writing to a string cannot fail.
            let _ = writeln!(
                body,
                "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
            );
        }
    }
    body.push_str(
        "<button name=\"decision\" value=\"authorize\">Authorize</button>\n\
         <button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n",
    );
    page(StatusCode::OK, "Authorize", &body)
}

/// Says why there is nothing to authorize.
pub(super) fn problem(problem: &str) -> Response<Bytes> {
    let body = format!(
        "<h1>This app cannot be authorized</h1>\n<p>{}</p>\n",
        escaped(problem)
    );
    page(StatusCode::BAD_REQUEST, "Not authorized", &body)
}

fn page(status: StatusCode, title: &str, body: &str) -> Response<Bytes> {
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    );
    let mut reply = Response::new(Bytes::from(html));
    *reply.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ),
        (CACHE_CONTROL, "no-store"),
    ] {
        reply
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    reply
}

/// Redirects to the app, with what came of it and the state that it sent.
pub(super) fn redirect(url: &str, result: (&str, &str), state: Option<&str>) -> Response<Bytes> {
    let mut query = Serializer::new(String::new());
    query.append_pair(result.0, result.1);
    if let Some(state) = state {
        query.append_pair("state", state);
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    let location = format!("{url}{separator}{}", query.finish());
    let Ok(location) = HeaderValue::try_from(location) else {
        return problem("redirect_uri cannot be sent in a header");
    };
    let mut reply = Response::default();
    *reply.status_mut() = StatusCode::FOUND;
    let headers = reply.headers_mut();
    headers.insert(LOCATION, location);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The code must not leave with the next page that the browser opens.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    reply
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
