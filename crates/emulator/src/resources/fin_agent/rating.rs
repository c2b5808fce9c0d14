//! How users rate conversations with Fin.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::fin_agent::{FinCsatRated, FinCsatStatus, FinRating, SubmitCsat};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{FinSurvey, Workspace};

/// The ratings, worst first.
const RATINGS: [FinRating; 5] = [
    FinRating::Terrible,
    FinRating::Bad,
    FinRating::Ok,
    FinRating::Good,
    FinRating::Amazing,
];

fn refused(key: &'static str, message: &str) -> Refusal {
    let code = ErrorCode::ParameterInvalid;
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, code, message).keyed(key)
}

impl Handle<SubmitCsat> for Workspace {
    fn handle(&mut self, submit: SubmitCsat, context: &Context) -> Result<FinCsatRated, Refusal> {
        let body = submit.body;
        let Some(session) = self.fin_session(&body.conversation_id) else {
            let message = "Conversation not found for the given external_conversation_id";
            return Err(refused("external_conversation_id", message));
        };
        let conversation = session.conversation.clone();
        let Some(survey) = &session.survey else {
            let message = "No rating survey found for this conversation";
            return Err(refused("base", message));
        };
        let Some(score) = RATINGS.iter().position(|known| *known == body.rating) else {
            return Err(refused("rating", "Rating isn't an option"));
        };
        let score = u8::try_from(score + 1).unwrap_or(u8::MAX);
        let is_repeated = survey.score == Some(score) && body.remark.is_none();
        if survey.is_locked && !is_repeated {
            let message =
                "This rating can no longer be changed because a remark has already been submitted";
            return Err(refused("base", message));
        }
        if !is_repeated {
            let remark = body.remark.as_deref();
            self.rate_conversation(&conversation, score, remark, context);
            if let Some(session) = self.fin_sessions.get_mut(&body.conversation_id) {
                session.survey = Some(FinSurvey {
                    score: Some(score),
                    is_locked: remark.is_some(),
                });
            }
        }
        Ok(object!(FinCsatRated {
            conversation_id: Some(body.conversation_id),
            rating: Some(body.rating),
            status: Some(FinCsatStatus::Rated),
        }))
    }
}
