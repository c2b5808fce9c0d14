//! Subscription types, and which of them contacts chose.

use intercom_core::api::subscription_types::{
    AttachToContact, ConsentType, DetachFromContact, List, ListForContact, SubscriptionContentType,
    SubscriptionTranslation, SubscriptionType, SubscriptionTypeState,
};
use intercom_core::model::{List as ModelList, Locale, ObjectType, SubscriptionTypeId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Workspace {
    pub(crate) fn add_subscription_type(
        &mut self,
        name: &str,
        consent: ConsentType,
    ) -> SubscriptionType {
        let translation = object!(SubscriptionTranslation {
            name: Some(name.to_owned()),
            description: Some(format!("What we have to say about {name}.")),
            locale: Some(Locale::English),
        });
        let subscription_type = object!(SubscriptionType {
            r#type: Some(ObjectType::Subscription),
            id: SubscriptionTypeId::new(self.ids.decimal().to_string()),
            state: Some(SubscriptionTypeState::Live),
            consent_type: Some(consent),
            default_translation: Some(translation.clone()),
            translations: vec![translation],
            content_types: vec![SubscriptionContentType::Email],
        });
        self.subscription_types
            .insert(subscription_type.id.clone(), subscription_type.clone());
        subscription_type
    }

    fn subscription_type(&self, id: &SubscriptionTypeId) -> Result<SubscriptionType, Refusal> {
        let found = self.subscription_types.get(id);
        found.cloned().ok_or_else(Refusal::not_found)
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, _: List, _: &Context) -> Result<ModelList<SubscriptionType>, Refusal> {
        let types = self.subscription_types.values().cloned();
        Ok(ModelList::from(types.collect::<Vec<_>>()))
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(
        &mut self,
        list: ListForContact,
        _: &Context,
    ) -> Result<ModelList<SubscriptionType>, Refusal> {
        let chosen = self.contact(&list.contact_id)?.subscriptions.iter();
        let types: Result<Vec<_>, _> = chosen.map(|(id, _)| self.subscription_type(id)).collect();
        types.map(ModelList::from)
    }
}

impl Handle<AttachToContact> for Workspace {
    fn handle(
        &mut self,
        attach: AttachToContact,
        _: &Context,
    ) -> Result<SubscriptionType, Refusal> {
        let choice = attach.body;
        if !ConsentType::KNOWN.contains(&choice.consent_type) {
            let message = "consent_type must be opt_in or opt_out";
            return Err(Refusal::invalid("consent_type", message));
        }
        self.contact(&attach.contact_id)?;
        let subscription_type = self.subscription_type(&choice.id)?;
        self.update_contact(&attach.contact_id, |contact| {
            contact.subscriptions.retain(|(id, _)| *id != choice.id);
            let chosen = (choice.id, choice.consent_type);
            contact.subscriptions.push(chosen);
        })?;
        Ok(subscription_type)
    }
}

impl Handle<DetachFromContact> for Workspace {
    fn handle(
        &mut self,
        detach: DetachFromContact,
        _: &Context,
    ) -> Result<SubscriptionType, Refusal> {
        self.contact(&detach.contact_id)?;
        let id = detach.subscription_type_id;
        let subscription_type = self.subscription_type(&id)?;
        let was_chosen = self.update_contact(&detach.contact_id, |contact| {
            let count = contact.subscriptions.len();
            contact.subscriptions.retain(|(other, _)| *other != id);
            contact.subscriptions.len() < count
        })?;
        if !was_chosen {
            return Err(Refusal::not_found());
        }
        Ok(subscription_type)
    }
}
