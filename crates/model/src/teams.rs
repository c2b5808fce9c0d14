//! Teams: groups of admins to which conversations are assigned.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, ObjectType, Patch, TeamId};

open_enum! {
    /// How conversations are spread over a team.
    pub enum DistributionMethod {
        /// To whom has the fewest.
        LoadBalanced = "load_balanced",
        /// To one after the other.
        RoundRobin = "round_robin",
    }
}

/// A group of admins.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/teams/team)
#[apply(response)]
pub struct Team {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TeamId,
    pub name: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub admin_ids: Vec<AdminId>,
    /// From 2.8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_priority_level: Option<AdminPriorityLevel>,
    /// How many conversations each admin has at most, if the load is balanced. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub assignment_limit: Option<u64>,
    /// From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distribution_method: Option<DistributionMethod>,
}

/// Who is asked first in a team.
#[apply(response)]
pub struct AdminPriorityLevel {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_admin_ids: Option<Vec<AdminId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secondary_admin_ids: Option<Vec<AdminId>>,
}

/// The teams of the workspace.
#[apply(response)]
#[items(teams)]
pub struct TeamList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub teams: Vec<Team>,
}

/// How busy an admin of a team is. From 2.16.
#[apply(response)]
pub struct TeamMetric {
    pub r#type: Option<ObjectType>,
    pub admin_id: Option<AdminId>,
    /// How many open conversations the admin has.
    #[serde(deserialize_with = "number::any_form")]
    pub open: Option<u64>,
    /// How many of them have waited for the admin longer than the threshold.
    #[serde(deserialize_with = "number::any_form")]
    pub idle: Option<u64>,
    /// How many snoozed conversations the admin has.
    #[serde(deserialize_with = "number::any_form")]
    pub snoozed: Option<u64>,
}

/// The new members of a team; any others are removed. In Preview.
#[apply(body)]
pub struct TeamMembersUpdate {
    /// 1 to 1,000.
    #[serde(serialize_with = "id::as_number")]
    pub admin_ids: Vec<AdminId>,
    pub admin_priority_level: Patch<AdminPriorityLevelUpdate>,
}

/// The priority of the members of a team. Members that are not named keep their level, which is the
/// first by default. In Preview.
#[apply(part)]
pub struct AdminPriorityLevelUpdate {
    /// Members of the team.
    #[serde(serialize_with = "id::as_number")]
    pub primary_admin_ids: Patch<Vec<AdminId>>,
    /// Members of the team; only if the team is [`DistributionMethod::LoadBalanced`].
    #[serde(serialize_with = "id::as_number")]
    pub secondary_admin_ids: Patch<Vec<AdminId>>,
}
