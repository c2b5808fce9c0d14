//! Teams, groups of admins to which conversations are assigned.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::teams;
//!
//! for team in &intercom.call(&teams::List::new()).await?.teams {
//!     println!("{:?} has {} admins", team.name, team.admin_ids.len());
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::teams::*;
use intercom_model::{List as ModelList, TeamId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all teams of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/listteams)
#[apply(endpoint)]
#[spec(GET "/teams" -> TeamList; since V2_7)]
pub struct List {}

/// Returns a team by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/retrieveteam)
#[apply(endpoint)]
#[spec(GET "/teams/{team_id}" -> Team; since V2_7)]
pub struct Get {
    #[path]
    pub team_id: TeamId,
}

/// Replaces the members of a team.
///
/// Fails with 409 while another request changes the same team; part of the change may have been
/// made, so read the team before you try again. Fails with 403 and
/// [`ErrorCode::ApiPlanRestricted`](intercom_model::ErrorCode::ApiPlanRestricted) if the workspace
/// does not have this feature.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/teams/updateteammembers)
#[apply(endpoint)]
#[spec(PUT "/teams/{team_id}" -> Team; since Preview)]
pub struct UpdateMembers {
    #[path]
    pub team_id: TeamId,
    pub body: TeamMembersUpdate,
}

/// Returns how busy each admin of a team is now.
///
/// Fails with 403 if the workspace does not have real-time monitoring.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/getteammetrics)
#[apply(endpoint)]
#[spec(GET "/teams/{team_id}/metrics" -> ModelList<TeamMetric>; since V2_16)]
pub struct ListMetrics {
    #[path]
    pub team_id: TeamId,
    /// Sets after how many seconds without a reply a conversation is idle: 1,800 by default, from 1
    /// to 86,400.
    #[query]
    pub idle_threshold: Option<u32>,
}
