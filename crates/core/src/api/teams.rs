//! Teams: groups of admins to which conversations are assigned.
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

/// All teams of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/listteams)
#[apply(endpoint)]
#[spec(GET "/teams" -> TeamList; since V2_7)]
pub struct List {}

/// One team.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/retrieveteam)
#[apply(endpoint)]
#[spec(GET "/teams/{team_id}" -> Team; since V2_7)]
pub struct Get {
    #[path]
    pub team_id: TeamId,
}

/// Replaces the members of a team. In Preview.
///
/// While another request changes the same team, it is answered with 409, and may have been done in part:
/// read the team before you try again. Workspaces without it are answered with 403 and the code
/// [`ErrorCode::ApiPlanRestricted`](intercom_model::ErrorCode::ApiPlanRestricted).
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/teams/updateteammembers)
#[apply(endpoint)]
#[spec(PUT "/teams/{team_id}" -> Team; since Preview)]
pub struct UpdateMembers {
    #[path]
    pub team_id: TeamId,
    pub body: TeamMembersUpdate,
}

/// How busy each admin of a team is now. From 2.16.
///
/// Workspaces without real-time monitoring are answered with 403.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/getteammetrics)
#[apply(endpoint)]
#[spec(GET "/teams/{team_id}/metrics" -> ModelList<TeamMetric>; since V2_16)]
pub struct ListMetrics {
    #[path]
    pub team_id: TeamId,
    /// After how many seconds without an answer a conversation is idle: 1,800 by default, from 1 to
    /// 86,400.
    #[query]
    pub idle_threshold: Option<u32>,
}
