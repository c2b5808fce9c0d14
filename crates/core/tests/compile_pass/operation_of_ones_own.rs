use intercom_core::{Endpoint, endpoint};
use macro_rules_attribute::apply;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct Survey {
    name: Option<String>,
}

/// Returns a survey by its id.
#[apply(endpoint)]
#[spec(GET "/surveys/{survey_id}" -> Survey; since V2_7)]
pub struct Get {
    #[path]
    pub survey_id: String,
    /// Limits how many questions it has.
    #[query]
    pub questions: Option<u32>,
}

fn main() {
    let request = Get::new("7").questions(3).encode().unwrap();
    assert_eq!(request.uri(), "/surveys/7?questions=3");
    assert!(Get::SPEC.idempotent);
}
