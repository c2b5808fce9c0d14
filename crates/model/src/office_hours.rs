//! Office hours: when the workspace is at work.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::{body, made_body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{ObjectType, OfficeHoursExceptionId, OfficeHoursScheduleId, Patch, Timestamp};

/// When the workspace is at work, week by week. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/office_hours_schedule)
#[apply(response)]
pub struct OfficeHoursSchedule {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: OfficeHoursScheduleId,
    pub name: Option<String>,
    /// By the names of the IANA.
    pub time_zone_name: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub time_intervals: Vec<OfficeHoursInterval>,
    /// Whether the workspace is always at work.
    pub twenty_four_seven: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// When the workspace is at work: for a schedule, in minutes since Monday 00:00; for an exception, in
/// minutes since the midnight of its day. The minutes are multiples of 15.
#[apply(part)]
pub struct OfficeHoursInterval {
    /// From 0 on.
    #[serde(deserialize_with = "number::any_form")]
    pub start_minute: Option<u32>,
    /// After the start: up to 10,080 for a schedule, up to 1,440 for an exception.
    #[serde(deserialize_with = "number::any_form")]
    pub end_minute: Option<u32>,
    /// From 0, Monday, to 6. Replies tell it; requests leave it out.
    #[serde(deserialize_with = "number::any_form")]
    pub day_of_week: Option<u32>,
}

impl OfficeHoursInterval {
    /// From one minute to another.
    #[must_use]
    pub fn between(start_minute: u32, end_minute: u32) -> Self {
        Self::new()
            .start_minute(start_minute)
            .end_minute(end_minute)
    }
}

/// A schedule to create. From 2.16.
#[apply(body)]
pub struct OfficeHoursScheduleCreate {
    pub name: String,
    /// By the names of the IANA.
    pub time_zone_name: String,
    pub time_intervals: Vec<OfficeHoursInterval>,
}

/// Changes to a schedule. From 2.16.
#[apply(body)]
pub struct OfficeHoursScheduleUpdate {
    pub name: Option<String>,
    /// By the names of the IANA.
    pub time_zone_name: Option<String>,
    /// Replaces all time intervals.
    pub time_intervals: Option<Vec<OfficeHoursInterval>>,
}

open_enum! {
    /// What is otherwise on a day.
    pub enum OfficeHoursExceptionType {
        Closed = "closed",
        /// The exception has times of its own.
        CustomHours = "custom_hours",
    }
}

/// A day on which a schedule does not hold. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/office_hours_exception)
#[apply(response)]
pub struct OfficeHoursException {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: OfficeHoursExceptionId,
    pub office_hours_schedule_id: Option<OfficeHoursScheduleId>,
    /// Such as `2026-12-25`.
    pub exception_date: Option<String>,
    pub exception_type: Option<OfficeHoursExceptionType>,
    pub name: Option<String>,
    /// When the workspace is at work on that day; `None` if it is closed.
    pub time_intervals: Option<Vec<OfficeHoursInterval>>,
    /// Whether it is so every year.
    pub recurring_annually: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// An exception to create. From 2.16.
#[apply(made_body)]
pub struct OfficeHoursExceptionCreate {
    /// Such as `2026-12-25`.
    pub exception_date: String,
    pub exception_type: OfficeHoursExceptionType,
    pub name: Option<String>,
    /// Only of times of its own.
    pub time_intervals: Patch<Vec<OfficeHoursInterval>>,
    /// Whether it is so every year.
    pub recurring_annually: Option<bool>,
}

impl OfficeHoursExceptionCreate {
    /// The workspace is closed on this day, such as `2026-12-25`.
    #[must_use]
    pub fn closed(exception_date: impl Into<String>) -> Self {
        Self::new(exception_date, OfficeHoursExceptionType::Closed)
    }

    /// On this day, such as `2026-12-24`, the workspace is at work at these times alone.
    #[must_use]
    pub fn custom_hours(
        exception_date: impl Into<String>,
        time_intervals: impl Into<Vec<OfficeHoursInterval>>,
    ) -> Self {
        let time_intervals: Vec<OfficeHoursInterval> = time_intervals.into();
        Self::new(exception_date, OfficeHoursExceptionType::CustomHours)
            .time_intervals(time_intervals)
    }
}

/// Changes to an exception. From 2.16.
#[apply(body)]
pub struct OfficeHoursExceptionUpdate {
    /// Such as `2026-12-25`.
    pub exception_date: Option<String>,
    pub exception_type: Option<OfficeHoursExceptionType>,
    pub name: Option<String>,
    /// Replaces all time intervals.
    pub time_intervals: Patch<Vec<OfficeHoursInterval>>,
    /// Whether it is so every year.
    pub recurring_annually: Option<bool>,
}
