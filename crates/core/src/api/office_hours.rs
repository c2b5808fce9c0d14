//! Office hours: the schedules of when a workspace is open, and their exceptions.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::office_hours::{self, OfficeHoursInterval, OfficeHoursScheduleCreate};
//!
//! // Monday, from nine to five.
//! let monday = OfficeHoursInterval::between(9 * 60, 17 * 60);
//! let support = OfficeHoursScheduleCreate::new("Support", "Europe/Dublin", [monday]);
//! intercom.call(&office_hours::CreateSchedule::new(support)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::office_hours::*;
use intercom_model::{Deleted, List as ModelList, OfficeHoursExceptionId, OfficeHoursScheduleId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all schedules.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/listofficehoursschedules)
#[apply(endpoint)]
#[spec(GET "/office_hours_schedules" -> ModelList<OfficeHoursSchedule>; since V2_16)]
pub struct ListSchedules {}

/// Returns a schedule by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/getofficehoursschedule)
#[apply(endpoint)]
#[spec(GET "/office_hours_schedules/{office_hours_schedule_id}" -> OfficeHoursSchedule; since V2_16)]
pub struct GetSchedule {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
}

/// Creates a schedule.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/createofficehoursschedule)
#[apply(endpoint)]
#[spec(POST "/office_hours_schedules" -> OfficeHoursSchedule; since V2_16)]
pub struct CreateSchedule {
    pub body: OfficeHoursScheduleCreate,
}

/// Updates a schedule.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/updateofficehoursschedule)
#[apply(endpoint)]
#[spec(PUT "/office_hours_schedules/{office_hours_schedule_id}" -> OfficeHoursSchedule; since V2_16)]
pub struct UpdateSchedule {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
    pub body: OfficeHoursScheduleUpdate,
}

/// Deletes a schedule.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/deleteofficehoursschedule)
#[apply(endpoint)]
#[spec(DELETE "/office_hours_schedules/{office_hours_schedule_id}" -> Deleted<OfficeHoursScheduleId>; since V2_16)]
pub struct DeleteSchedule {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
}

/// Lists the exceptions of a schedule.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/listofficehoursexceptions)
#[apply(endpoint)]
#[spec(GET "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions" -> ModelList<OfficeHoursException>; since V2_16)]
pub struct ListExceptions {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
}

/// Returns an exception of a schedule by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/getofficehoursexception)
#[apply(endpoint)]
#[spec(GET "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions/{office_hours_exception_id}" -> OfficeHoursException; since V2_16)]
pub struct GetException {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
    #[path]
    pub office_hours_exception_id: OfficeHoursExceptionId,
}

/// Creates an exception of a schedule.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/createofficehoursexception)
#[apply(endpoint)]
#[spec(POST "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions" -> OfficeHoursException; since V2_16)]
pub struct CreateException {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
    pub body: OfficeHoursExceptionCreate,
}

/// Updates an exception of a schedule.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/updateofficehoursexception)
#[apply(endpoint)]
#[spec(PUT "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions/{office_hours_exception_id}" -> OfficeHoursException; since V2_16)]
pub struct UpdateException {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
    #[path]
    pub office_hours_exception_id: OfficeHoursExceptionId,
    pub body: OfficeHoursExceptionUpdate,
}

/// Deletes an exception of a schedule.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/office-hours/deleteofficehoursexception)
#[apply(endpoint)]
#[spec(DELETE "/office_hours_schedules/{office_hours_schedule_id}/office_hours_exceptions/{office_hours_exception_id}" -> Deleted<OfficeHoursExceptionId>; since V2_16)]
pub struct DeleteException {
    #[path]
    pub office_hours_schedule_id: OfficeHoursScheduleId,
    #[path]
    pub office_hours_exception_id: OfficeHoursExceptionId,
}
