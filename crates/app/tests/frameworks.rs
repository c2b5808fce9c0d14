//! The extractors of axum, and the tower service.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::routing::any;
use bytes::Bytes;
use http::{Method, Request, StatusCode};
use intercom_app::canvas::{self, Canvas, CanvasResponse, Submit, text};
use intercom_app::fin::{self, FinEvent};
use intercom_app::webhooks::{Event, Notification, Receiver, WebhookService};
use intercom_app::{Reply, Signed};
use tower::{Service, ServiceExt, service_fn};

const SECRET: &str = "s3cr3t";

#[derive(Clone)]
struct App {
    handled: Arc<Mutex<Vec<String>>>,
}

impl FromRef<App> for Receiver {
    fn from_ref(_: &App) -> Self {
        Self::new(SECRET).max_body(10_000)
    }
}

impl FromRef<App> for canvas::Receiver {
    fn from_ref(_: &App) -> Self {
        Self::new(SECRET)
    }
}

impl FromRef<App> for fin::Receiver {
    fn from_ref(_: &App) -> Self {
        Self::new(SECRET)
    }
}

async fn webhook(State(app): State<App>, notification: Notification) -> StatusCode {
    app.handled
        .lock()
        .unwrap()
        .push(notification.topic().to_string());
    StatusCode::ACCEPTED
}

async fn submit(submit: Signed<Submit>) -> Result<CanvasResponse, Reply> {
    let order = submit
        .input_values
        .get("order")
        .unwrap_or("none")
        .to_owned();
    let canvas = Canvas::new().with(text(format!("Order {order}")));
    Ok(CanvasResponse::messenger(canvas).unwrap())
}

async fn fin_event(event: Signed<FinEvent>) -> StatusCode {
    assert_eq!(event.conversation_id.as_ref().unwrap(), "chat_42");
    StatusCode::OK
}

fn router() -> (Router, App) {
    let app = App {
        handled: Arc::default(),
    };
    let routes = Router::new()
        .route("/hooks", any(webhook))
        .route("/submit", any(submit))
        .route("/fin", any(fin_event))
        .with_state(app.clone());
    (routes, app)
}

async fn status(routes: &Router, path: &str, request: Request<Bytes>) -> (StatusCode, Bytes) {
    let (mut parts, body) = request.into_parts();
    parts.uri = path.parse().unwrap();
    let request = Request::from_parts(parts, Body::from(body));
    let response = routes.clone().oneshot(request).await.unwrap();
    let status = response.status();
    let body = axum::body::to_bytes(response.into_body(), 100_000)
        .await
        .unwrap();
    (status, body)
}

fn deleted() -> Request<Bytes> {
    Notification::builder(Event::ContactDeleted(Box::default())).sign(SECRET)
}

#[tokio::test]
async fn axum_hands_verified_notifications_to_the_handler_and_nothing_else() {
    let (routes, app) = router();
    assert_eq!(status(&routes, "/hooks", deleted()).await.0, 202);
    let ping = Notification::builder(Event::Ping(Box::default())).sign(SECRET);
    assert_eq!(status(&routes, "/hooks", ping).await.0, 200);
    let probe = Request::builder()
        .method(Method::HEAD)
        .body(Bytes::new())
        .unwrap();
    assert_eq!(status(&routes, "/hooks", probe).await.0, 200);
    let unsigned = Request::post("/").body(deleted().into_body()).unwrap();
    assert_eq!(status(&routes, "/hooks", unsigned).await.0, 401);
    let long = Request::post("/")
        .body(Bytes::from(vec![b' '; 10_001]))
        .unwrap();
    assert_eq!(status(&routes, "/hooks", long).await.0, 413);
    let other = Request::delete("/").body(Bytes::new()).unwrap();
    assert_eq!(status(&routes, "/hooks", other).await.0, 405);
    assert_eq!(*app.handled.lock().unwrap(), ["contact.deleted"]);
}

#[tokio::test]
async fn axum_reads_canvas_requests_and_events_of_fin() {
    let (routes, _) = router();
    let request = serde_json::json!({ "input_values": { "order": "4711" } });
    let request = canvas::sign(SECRET, &request).unwrap();
    let (code, body) = status(&routes, "/submit", request).await;
    assert_eq!(code, 200);
    assert!(std::str::from_utf8(&body).unwrap().contains("Order 4711"));
    let mut event = FinEvent::default();
    event.conversation_id = Some("chat_42".into());
    assert_eq!(
        status(&routes, "/fin", fin::sign(SECRET, &event)).await.0,
        200
    );
    assert_eq!(
        status(&routes, "/fin", fin::sign("other", &event)).await.0,
        401
    );
}

#[tokio::test]
async fn the_tower_service_replies_with_the_status_of_the_inner_one() {
    let handle = |notification: Notification| async move {
        assert_eq!(notification.topic(), "contact.deleted");
        Ok::<_, Infallible>(StatusCode::ACCEPTED)
    };
    let mut service = WebhookService::new(Receiver::new(SECRET), service_fn(handle));
    let mut call = async |request: Request<Bytes>| {
        let request = request.map(http_body_util::Full::new);
        let ready = ServiceExt::<Request<http_body_util::Full<Bytes>>>::ready(&mut service);
        ready.await.unwrap().call(request).await.unwrap().status()
    };
    assert_eq!(call(deleted()).await, 202);
    let unsigned = Request::post("/").body(deleted().into_body()).unwrap();
    assert_eq!(call(unsigned).await, 401);
}
