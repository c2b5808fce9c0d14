//! Secrets for identity verification. In Preview.

use http::StatusCode;
use intercom_core::api::identity_verification::{Create, Delete, IdentityVerificationSecret, List};
use intercom_core::model::{IdentityVerificationSecretId, List as ModelList, ObjectType, Secret};
use intercom_core::{Empty, ErrorCode};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Handle<List> for Workspace {
    fn handle(
        &mut self,
        _: List,
        _: &Context,
    ) -> Result<ModelList<IdentityVerificationSecret>, Refusal> {
        Ok(ModelList::from(self.identity_secrets.clone()))
    }
}

impl Handle<Create> for Workspace {
    fn handle(
        &mut self,
        create: Create,
        context: &Context,
    ) -> Result<IdentityVerificationSecret, Refusal> {
        let body = create.body;
        if body.name.trim().is_empty() {
            return Err(Refusal::missing("name", "Name is required"));
        }
        let secret = object!(IdentityVerificationSecret {
            r#type: Some(ObjectType::from("secure_mode_secret")),
            id: IdentityVerificationSecretId::new(self.ids.decimal().to_string()),
            name: Some(body.name),
            secret: Some(Secret::from(self.ids.uuid().replace('-', ""))),
            supports_android: Some(body.supports_android.unwrap_or(false)),
            supports_ios: Some(body.supports_ios.unwrap_or(false)),
            supports_web: Some(body.supports_web.unwrap_or(true)),
            created_at: Some(context.now),
        });
        self.identity_secrets.push(secret.clone());
        Ok(secret)
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Empty, Refusal> {
        let mut secrets = self.identity_secrets.iter();
        let place = secrets.position(|secret| secret.id == delete.secret_id);
        let place = place.ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::from("identity_verification_secret_not_found"),
                "Identity verification secret not found",
            )
        })?;
        self.identity_secrets.remove(place);
        Ok(Empty)
    }
}
