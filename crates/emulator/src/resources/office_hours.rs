//! Office hours, and exceptions to them. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::office_hours::{
    CreateException, CreateSchedule, DeleteException, DeleteSchedule, GetException, GetSchedule,
    ListExceptions, ListSchedules, OfficeHoursException, OfficeHoursExceptionType,
    OfficeHoursInterval, OfficeHoursSchedule, UpdateException, UpdateSchedule,
};
use intercom_core::model::{
    Deleted, List, ObjectType, OfficeHoursExceptionId, OfficeHoursScheduleId, Patch,
};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The minutes of a week.
const WEEK: u32 = 7 * 24 * 60;

fn invalid(field: &str, message: &str) -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::ParameterInvalid,
        message,
    )
    .field(field)
}

/// Refuses intervals that end before they start, or after the week.
fn check_intervals(intervals: &[OfficeHoursInterval]) -> Result<(), Refusal> {
    let is_valid = |interval: &OfficeHoursInterval| {
        let (start, end) = (interval.start_minute, interval.end_minute);
        start < end && end.is_some_and(|end| end <= WEEK)
    };
    if intervals.iter().all(is_valid) {
        return Ok(());
    }
    let message = "time_intervals must start before they end, within a week";
    Err(invalid("time_intervals", message))
}

/// Refuses what is not a date such as `2025-12-24`.
fn check_date(date: &str) -> Result<(), Refusal> {
    let parts: Vec<_> = date.split('-').collect();
    let number = |place: usize, length: usize| {
        let part = parts.get(place).filter(|part| part.len() == length);
        part.and_then(|part| part.parse::<u32>().ok())
    };
    let (month, day) = (number(1, 2), number(2, 2));
    let valid = parts.len() == 3
        && number(0, 4).is_some()
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=31).contains(&day));
    if valid {
        return Ok(());
    }
    Err(invalid("exception_date", "exception_date must be a date"))
}

/// Whether intervals cover the week.
fn is_always(intervals: &[OfficeHoursInterval]) -> bool {
    let minutes = intervals.iter().map(|interval| {
        let (start, end) = (interval.start_minute, interval.end_minute);
        end.unwrap_or(0).saturating_sub(start.unwrap_or(0))
    });
    minutes.sum::<u32>() >= WEEK
}

impl Workspace {
    fn schedule(
        &mut self,
        id: &OfficeHoursScheduleId,
    ) -> Result<&mut OfficeHoursSchedule, Refusal> {
        let schedule = self.office_hours.get_mut(id);
        schedule.ok_or_else(Refusal::not_found)
    }

    fn exception(
        &mut self,
        schedule: &OfficeHoursScheduleId,
        id: &OfficeHoursExceptionId,
    ) -> Result<&mut OfficeHoursException, Refusal> {
        let exception = self.office_hours_exceptions.get_mut(id);
        exception
            .filter(|it| it.office_hours_schedule_id.as_ref() == Some(schedule))
            .ok_or_else(Refusal::not_found)
    }
}

impl Handle<ListSchedules> for Workspace {
    fn handle(
        &mut self,
        _: ListSchedules,
        _: &Context,
    ) -> Result<List<OfficeHoursSchedule>, Refusal> {
        let schedules = self.office_hours.values().cloned();
        Ok(List::from(schedules.collect::<Vec<_>>()))
    }
}

impl Handle<GetSchedule> for Workspace {
    fn handle(&mut self, get: GetSchedule, _: &Context) -> Result<OfficeHoursSchedule, Refusal> {
        self.schedule(&get.office_hours_schedule_id).cloned()
    }
}

impl Handle<CreateSchedule> for Workspace {
    fn handle(
        &mut self,
        create: CreateSchedule,
        context: &Context,
    ) -> Result<OfficeHoursSchedule, Refusal> {
        let body = create.body;
        if body.name.trim().is_empty() {
            return Err(invalid("name", "Name is required"));
        }
        check_intervals(&body.time_intervals)?;
        let schedule = object!(OfficeHoursSchedule {
            r#type: Some(ObjectType::from("office_hours_schedule")),
            id: OfficeHoursScheduleId::new(self.ids.decimal().to_string()),
            name: Some(body.name),
            time_zone_name: Some(body.time_zone_name),
            twenty_four_seven: Some(is_always(&body.time_intervals)),
            time_intervals: body.time_intervals,
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        self.office_hours
            .insert(schedule.id.clone(), schedule.clone());
        Ok(schedule)
    }
}

impl Handle<UpdateSchedule> for Workspace {
    fn handle(
        &mut self,
        update: UpdateSchedule,
        context: &Context,
    ) -> Result<OfficeHoursSchedule, Refusal> {
        let body = update.body;
        check_intervals(body.time_intervals.as_deref().unwrap_or_default())?;
        let schedule = self.schedule(&update.office_hours_schedule_id)?;
        schedule.name = body.name.or(schedule.name.take());
        schedule.time_zone_name = body.time_zone_name.or(schedule.time_zone_name.take());
        if let Some(intervals) = body.time_intervals {
            schedule.twenty_four_seven = Some(is_always(&intervals));
            schedule.time_intervals = intervals;
        }
        schedule.updated_at = Some(context.now);
        Ok(schedule.clone())
    }
}

impl Handle<DeleteSchedule> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteSchedule,
        _: &Context,
    ) -> Result<Deleted<OfficeHoursScheduleId>, Refusal> {
        let id = delete.office_hours_schedule_id;
        self.office_hours
            .remove(&id)
            .ok_or_else(Refusal::not_found)?;
        self.office_hours_exceptions
            .retain(|_, it| it.office_hours_schedule_id.as_ref() != Some(&id));
        Ok(deleted(id, ObjectType::from("office_hours_schedule")))
    }
}

impl Handle<ListExceptions> for Workspace {
    fn handle(
        &mut self,
        list: ListExceptions,
        _: &Context,
    ) -> Result<List<OfficeHoursException>, Refusal> {
        let id = list.office_hours_schedule_id;
        self.schedule(&id)?;
        let exceptions = self.office_hours_exceptions.values();
        let theirs = exceptions.filter(|it| it.office_hours_schedule_id.as_ref() == Some(&id));
        Ok(List::from(theirs.cloned().collect::<Vec<_>>()))
    }
}

impl Handle<GetException> for Workspace {
    fn handle(&mut self, get: GetException, _: &Context) -> Result<OfficeHoursException, Refusal> {
        let id = &get.office_hours_exception_id;
        self.exception(&get.office_hours_schedule_id, id).cloned()
    }
}

impl Handle<CreateException> for Workspace {
    fn handle(
        &mut self,
        create: CreateException,
        context: &Context,
    ) -> Result<OfficeHoursException, Refusal> {
        let body = create.body;
        let schedule = self.schedule(&create.office_hours_schedule_id)?.id.clone();
        check_date(&body.exception_date)?;
        let intervals = match body.time_intervals {
            Patch::Set(intervals) => Some(intervals),
            _ => None,
        };
        check_intervals(intervals.as_deref().unwrap_or_default())?;
        let custom = body.exception_type == OfficeHoursExceptionType::CustomHours;
        if custom && intervals.is_none() {
            let message = "time_intervals is required for custom hours";
            return Err(invalid("time_intervals", message));
        }
        let exception = object!(OfficeHoursException {
            r#type: Some(ObjectType::from("office_hours_exception")),
            id: OfficeHoursExceptionId::new(self.ids.decimal().to_string()),
            office_hours_schedule_id: Some(schedule),
            exception_date: Some(body.exception_date),
            exception_type: Some(body.exception_type),
            name: body.name,
            time_intervals: intervals,
            recurring_annually: Some(body.recurring_annually.unwrap_or(false)),
            created_at: Some(context.now),
            updated_at: Some(context.now),
        });
        self.office_hours_exceptions
            .insert(exception.id.clone(), exception.clone());
        Ok(exception)
    }
}

impl Handle<UpdateException> for Workspace {
    fn handle(
        &mut self,
        update: UpdateException,
        context: &Context,
    ) -> Result<OfficeHoursException, Refusal> {
        let body = update.body;
        if let Some(date) = &body.exception_date {
            check_date(date)?;
        }
        if let Patch::Set(intervals) = &body.time_intervals {
            check_intervals(intervals)?;
        }
        let id = &update.office_hours_exception_id;
        let exception = self.exception(&update.office_hours_schedule_id, id)?;
        exception.exception_date = body.exception_date.or(exception.exception_date.take());
        exception.exception_type = body.exception_type.or(exception.exception_type.take());
        exception.name = body.name.or(exception.name.take());
        body.time_intervals.apply(&mut exception.time_intervals);
        exception.recurring_annually = body.recurring_annually.or(exception.recurring_annually);
        exception.updated_at = Some(context.now);
        Ok(exception.clone())
    }
}

impl Handle<DeleteException> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteException,
        _: &Context,
    ) -> Result<Deleted<OfficeHoursExceptionId>, Refusal> {
        let id = delete.office_hours_exception_id;
        self.exception(&delete.office_hours_schedule_id, &id)?;
        self.office_hours_exceptions.remove(&id);
        Ok(deleted(id, ObjectType::from("office_hours_exception")))
    }
}
