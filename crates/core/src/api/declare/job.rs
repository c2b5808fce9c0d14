//! Operations that start a job.

/// Implements [`StartJob`](crate::StartJob) for an endpoint. The `endpoint!` macro calls it for the
/// attribute `#[job(..)]`:
///
/// ```ignore
/// #[job(Get[DataExportId]: job_identifier, status, DataExportStatus { Completed } else { Failed })]
/// ```
///
/// It names the endpoint that polls the job and its argument, the fields of the reply with the id
/// and the status, and the values of the status of a finished and of a failed job. Further arguments
/// of the poll, which the reply does not have, follow the id: `Get[Id, ""]`.
#[doc(hidden)]
#[macro_export]
macro_rules! job {
    ($Start:ident by $Poll:path[$Id:ty $(, $argument:expr)*]: $id:ident, $status:ident,
        $Status:ident { $($finished:ident)|+ } $(else { $($failed:ident)|+ })?) => {
        impl $crate::StartJob for $Start {
            type Id = $Id;
            type Poll = $Poll;

            fn id(reply: &Self::Output) -> Option<$Id> {
                Option::<$Id>::from(reply.$id.clone()).filter(|id| !id.as_str().is_empty())
            }

            fn poll(id: $Id) -> $Poll {
                <$Poll>::new(id $(, $argument)*)
            }

            fn state(reply: &Self::Output) -> $crate::JobState<'_> {
                match &reply.$status {
                    $(Some(status @ $Status::$finished) => $crate::JobState::Finished(status.as_str()),)+
                    $($(Some(status @ $Status::$failed) => $crate::JobState::Failed(status.as_str()),)+)?
                    Some(status) => $crate::JobState::Pending(status.as_str()),
                    None => $crate::JobState::Pending(""),
                }
            }
        }
    };
}

pub use job;
