//! An app for the Inbox that looks up an order, and a page that shows its canvas in a browser.
//!
//! ```console
//! $ cargo run -p intercom-app --example canvas_orders
//! ```
//!
//! Intercom, or an emulator of it, sends its requests to `/initialize` and `/submit`, signed with
//! `INTERCOM_CLIENT_SECRET`. The page at `/` does the same, so it needs no workspace. Stops on Ctrl-C.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it does"
)]

use std::error::Error;

use axum::Router;
use axum::extract::{Form, FromRef, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use intercom_app::canvas::{
    Canvas, CanvasResponse, Component, Initialize, InvalidCanvas, Receiver, Submit, button,
    data_table, divider, input, sign, text,
};
use intercom_app::{Reply, Signed};
use tokio::net::TcpListener;

#[derive(Clone)]
struct App {
    receiver: Receiver,
    secret: String,
}

impl FromRef<App> for Receiver {
    fn from_ref(app: &App) -> Self {
        app.receiver.clone()
    }
}

/// A canvas with a mistake is a mistake of this program.
struct Failure(InvalidCanvas);

impl From<InvalidCanvas> for Failure {
    fn from(error: InvalidCanvas) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> axum::response::Response {
        eprintln!("{}", self.0);
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}

/// What a shop would look up in its database.
fn look_up(order: &str) -> Option<[(&'static str, &'static str); 2]> {
    match order.trim() {
        "4711" => Some([("State", "shipped"), ("Carrier", "DHL")]),
        "4712" => Some([("State", "packed"), ("Carrier", "none yet")]),
        _ => None,
    }
}

fn question(order: &str) -> Canvas {
    Canvas::new()
        .with(text("Order lookup").header())
        .with(
            input("order")
                .label("Order number")
                .placeholder("4711")
                .value(order),
        )
        .with(button("look_up", "Look up").primary().submit())
}

fn answer(submit: &Submit) -> Canvas {
    let order = submit.input_values.get("order").unwrap_or_default();
    let canvas = question(order).with(divider());
    match look_up(order) {
        Some(rows) => canvas.with(data_table(rows)),
        None => canvas.with(text(format!("There is no order “{order}”.")).error()),
    }
}

async fn initialize(_: Signed<Initialize>) -> Result<CanvasResponse, Failure> {
    Ok(CanvasResponse::inbox(question(""))?)
}

async fn submit(submit: Signed<Submit>) -> Result<CanvasResponse, Failure> {
    Ok(CanvasResponse::inbox(answer(&submit))?)
}

#[derive(serde::Deserialize)]
struct Entered {
    order: String,
}

async fn first_page() -> Html<String> {
    Html(page(&question("")))
}

/// Sends the app the request that Intercom would send, and shows the reply.
async fn next_page(
    State(app): State<App>,
    Form(entered): Form<Entered>,
) -> Result<Html<String>, Reply> {
    let mut request = Submit::default();
    request.component_id = Some("look_up".to_owned());
    request
        .input_values
        .0
        .insert("order".to_owned(), entered.order.into());
    // A request of a flow can be written as JSON.
    let request = sign(app.secret.as_str(), &request).unwrap_or_default();
    let body = request.body().clone();
    let submit = app
        .receiver
        .receive::<Submit>(request.method(), request.headers(), body)?;
    Ok(Html(page(&answer(&submit))))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn page(canvas: &Canvas) -> String {
    let mut html = String::from(
        "<!doctype html><meta charset=utf-8><title>Canvas</title>\
         <style>body{font:15px sans-serif;width:20em;margin:2em auto}table{width:100%}\
         .error{color:#b00}input,button{font:inherit;margin:.3em 0}</style><form method=post>",
    );
    for component in canvas.components() {
        html += &match component {
            Component::Text(it) if it.style.as_ref().is_some_and(|it| *it == "header") => {
                format!("<h2>{}</h2>", escape(&it.text))
            }
            Component::Text(it) => {
                let style = it.style.as_ref().map_or("", |style| style.as_str());
                format!("<p class=\"{}\">{}</p>", escape(style), escape(&it.text))
            }
            Component::Input(it) => {
                let [label, value] =
                    [&it.label, &it.value].map(|it| escape(it.as_deref().unwrap_or_default()));
                format!(
                    "<label>{label}<br><input name=\"{}\" value=\"{value}\"></label><br>",
                    escape(&it.id)
                )
            }
            Component::Button(it) => format!("<button>{}</button>", escape(&it.label)),
            Component::DataTable(it) => {
                let rows = it.items.iter();
                let rows = rows
                    .map(|row| format!("<tr><td>{}<td>{}", escape(&row.field), escape(&row.value)));
                format!("<table>{}</table>", rows.collect::<String>())
            }
            Component::Divider(_) => "<hr>".to_owned(),
            other => format!("<pre>{}</pre>", escape(&format!("{other:?}"))),
        };
    }
    html + "</form>"
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("INTERCOM_CLIENT_SECRET").unwrap_or_else(|_| "s3cr3t".to_owned());
    let address = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let app = App {
        receiver: Receiver::new(secret.as_str()),
        secret,
    };
    let routes = Router::new()
        .route("/", get(first_page).post(next_page))
        .route("/initialize", post(initialize))
        .route("/submit", post(submit))
        .with_state(app);
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}/", listener.local_addr()?);
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, routes)
        .with_graceful_shutdown(stop)
        .await?;
    Ok(())
}
