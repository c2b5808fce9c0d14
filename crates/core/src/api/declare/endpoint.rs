//! Operations, from one declaration each.

/// Declares an operation of the API. It is applied as an attribute:
///
/// ```ignore
/// /// Updates a contact.
/// ///
/// /// Fields that are not set stay as they are.
/// #[apply(endpoint)]
/// #[spec(PUT "/contacts/{contact_id}" -> Contact; since V2_7)]
/// pub struct Update {
///     #[path]
///     pub contact_id: ContactId,
///     #[query]
///     pub include_merge_history: Option<bool>,
///     pub body: ContactUpdate,
/// }
/// ```
///
/// `new` takes the arguments of the path, the fields of the query that are not `Option`, and the body;
/// each other field of the query has a setter. The documentation page is the summary line, a table of
/// what the declaration says, and the rest of the comment.
///
/// In `#[spec]`:
///
/// - `since V2_13` names the first version that has the operation, and `until V2_15` after it the last;
/// - `, idempotent` marks a POST or PATCH that may be sent twice, `, not_idempotent` a PUT or DELETE
///   that must not;
/// - `; pub(crate) fn new` keeps `new` for constructors that say which fields go together;
/// - `=> Type` in place of `-> Type` names a reply that is not JSON ([`FromReply`](crate::FromReply)).
///
/// `#[multipart]` marks a body that is not JSON ([`ToMultipart`](crate::ToMultipart)). The attributes
/// `#[paged(..)]` and `#[job(..)]`, after `#[spec]`, make the operation a list that comes in pages, or
/// one that starts a job; `paginate.rs` and `job.rs` beside this file explain them.
#[doc(hidden)]
#[macro_export]
macro_rules! endpoint {
    (
        #[doc = $summary:expr]
        $(#[doc = $doc:expr])*
        #[spec($METHOD:ident $path:literal -> $Output:ty; since $since:ident $(until $until:ident)? $(, $retry:ident)? $(; $new:vis fn new)?)]
        $(#[paged($($paged:tt)*)])?
        $(#[job($($job:tt)*)])?
        pub struct $Name:ident { $($fields:tt)* }
    ) => {
        $crate::endpoint! { @sort
            { [#[doc = $summary]] [$(#[doc = $doc])*] $Name [$($new)? pub]
                [$METHOD $path $since [$($until)?] [$($retry)?] [$(paged $($paged)*)?] [$(job $($job)*)?]] [json $Output] }
            [] [] [] [] $($fields)*
        }
        $($crate::paginate! { $Name: $($paged)* })?
        $($crate::job! { $Name by $($job)* })?
    };
    (
        #[doc = $summary:expr]
        $(#[doc = $doc:expr])*
        #[spec($METHOD:ident $path:literal => $Output:ty; since $since:ident $(until $until:ident)? $(, $retry:ident)? $(; $new:vis fn new)?)]
        pub struct $Name:ident { $($fields:tt)* }
    ) => {
        $crate::endpoint! { @sort
            { [#[doc = $summary]] [$(#[doc = $doc])*] $Name [$($new)? pub]
                [$METHOD $path $since [$($until)?] [$($retry)?] [] []] [own $Output] }
            [] [] [] [] $($fields)*
        }
    };

    // Each field goes to the list of its kind, with its documentation and that of its setter.
    (@sort $head:tt [$($path:tt)*] $required:tt $body:tt $query:tt
        $(#[doc = $doc:expr])* #[path] pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head
            [$($path)* { [$(#[doc = $doc])*] $field [$T] }] $required $body $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt $body:tt [$($query:tt)*]
        $(#[doc = $doc:expr])+ #[query] pub $field:ident : Option<u32> $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head $path $required $body
            [$($query)* { [$(#[doc = $doc])+] [$(#[doc = $doc])+] $field [u32] [u32] }] $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt $body:tt [$($query:tt)*]
        $(#[doc = $doc:expr])+ #[query] pub $field:ident : Option<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head $path $required $body
            [$($query)* { [$(#[doc = $doc])+] [$(#[doc = $doc])+] $field [$T] [impl Into<$T>] }] $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt $body:tt $query:tt
        #[query] pub $field:ident : Option<$T:ty> $(, $($rest:tt)*)?) => {
        ::core::compile_error!(concat!(
            "the field `", stringify!($field), "` needs a doc comment, which is that of its setter too",
        ));
    };
    (@sort $head:tt $path:tt [$($required:tt)*] $body:tt $query:tt
        $(#[doc = $doc:expr])* #[query] pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head
            $path [$($required)* { [$(#[doc = $doc])*] $field [$T] }] $body $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt [] $query:tt
        $(#[doc = $doc:expr])* pub body: $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head
            $path $required [{ [$(#[doc = $doc])*] json body [$T] }] $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt [] $query:tt
        $(#[doc = $doc:expr])* #[multipart] pub body: $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint! { @sort $head
            $path $required [{ [$(#[doc = $doc])*] parts body [$T] }] $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt $body:tt $query:tt
        $(#[doc = $doc:expr])* pub $field:ident : $($rest:tt)*) => {
        ::core::compile_error!(concat!(
            "the field `", stringify!($field), "` needs #[path] or #[query]; only one field named `body` goes without",
        ));
    };

    (@sort
        { [$(#[$summary:meta])*] [$(#[$meta:meta])*] $Name:ident [$new:vis $(pub)?]
            [$METHOD:ident $path:literal $since:ident [$($until:ident)?] [$($retry:ident)?] [$($paged:tt)*] [$($job:tt)*]]
            [$format:ident $Output:ty] }
        [$({ [$(#[$argument_meta:meta])*] $argument:ident [$Argument:ty] })*]
        [$({ [$(#[$required_meta:meta])*] $required:ident [$Required:ty] })*]
        [$({ [$(#[$body_meta:meta])*] $payload:ident $body:ident [$Body:ty] })?]
        [$({ [$(#[$query_meta:meta])*] [$(#[$setter_meta:meta])*] $query:ident [$Query:ty] [$Value:ty] })*]
    ) => {
        $(#[$summary])*
        ///
        /// | | |
        /// | --- | --- |
        #[doc = concat!("| request | `", stringify!($METHOD), " ", $path, "` |")]
        #[doc = concat!("| versions | ", $crate::endpoint!(@versions $since $($until)?), " |")]
        #[doc = concat!("| retried | ", $crate::endpoint!(@retried $METHOD $($retry)?), " |")]
        #[doc = concat!(
            "| use | `client.", $crate::endpoint!(@verb $format [$($paged)*] [$($job)*]), "(&",
            stringify!($Name), "::new(", $crate::endpoint!(@arguments $($argument)* $($required)* $($body)?), "))` |",
        )]
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a field whose name says it all needs no comment")]
        pub struct $Name {
            $( $(#[$argument_meta])* pub $argument: $Argument, )*
            $( $(#[$required_meta])* pub $required: $Required, )*
            $( $(#[$body_meta])* pub body: $Body, )?
            $( $(#[$query_meta])* pub $query: Option<$Query>, )*
        }

        const _: () = assert!(
            $crate::api::declare::names_arguments($path, &[$(stringify!($argument)),*]),
            "the arguments in the path must be the fields marked #[path], in the same order",
        );

        $crate::endpoint! { @check $METHOD $($retry)? }
        $crate::endpoint! { @default $Name [$($Argument)* $($Required)* $($Body)?] }

        impl $Name {
            /// Creates the request with its required arguments. The others are left out until they
            /// are set.
            #[must_use]
            $new fn new(
                $($argument: impl Into<$Argument>,)*
                $($required: impl Into<$Required>,)*
                $(body: impl Into<$Body>,)?
            ) -> Self {
                Self {
                    $($argument: $argument.into(),)*
                    $($required: $required.into(),)*
                    $(body: Into::<$Body>::into(body),)?
                    $($query: None,)*
                }
            }

            $(
                $(#[$setter_meta])*
                #[must_use]
                pub fn $query(mut self, $query: $Value) -> Self {
                    self.$query = Some($query.into());
                    self
                }
            )*
        }

        impl $crate::Endpoint for $Name {
            const SPEC: $crate::Spec = {
                let name = $crate::api::declare::endpoint_name(
                    concat!(module_path!(), "::", stringify!($Name)),
                );
                let mut spec = $crate::Spec::new(name, $crate::endpoint!(@method $METHOD), $path)
                    .in_versions($crate::ApiVersion::$since, $crate::endpoint!(@until $($until)?));
                spec.idempotent = $crate::endpoint!(@idempotent $METHOD $($retry)?);
                spec.has_body = $crate::endpoint!(@of $format $Output, HAS_BODY, true);
                spec.redirects = $crate::endpoint!(@of $format $Output, REDIRECTS, false);
                spec.accept = $crate::endpoint!(@of $format $Output, ACCEPT, "application/json");
                spec.paged = $crate::endpoint!(@is [$($paged)*]);
                spec.starts_job = $crate::endpoint!(@is [$($job)*]);
                spec
            };

            type Output = $Output;

            fn encode(&self) -> Result<::http::Request<::bytes::Bytes>, $crate::error::EncodeError> {
                $crate::api::declare::request(
                    &Self::SPEC,
                    &[$((stringify!($argument), $crate::api::declare::Param::to_text(&self.$argument)),)*],
                    &[$((
                        $crate::api::declare::field_name(stringify!($required)),
                        $crate::api::declare::Param::to_text(&self.$required),
                    ),)*],
                    &[$((
                        $crate::api::declare::field_name(stringify!($query)),
                        self.$query.as_ref().map($crate::api::declare::Param::to_text),
                    ),)*],
                    $crate::endpoint!(@encode self $($payload)?),
                )
            }

            fn decode(
                headers: &::http::HeaderMap,
                body: &::bytes::Bytes,
            ) -> Result<$crate::Decoded<$Output>, $crate::error::UnreadableReply> {
                $crate::endpoint!(@decode $format headers body $METHOD $($retry)?)
            }
        }

        #[cfg(feature = "server")]
        impl $crate::server::Serve for $Name {
            #[allow(unused_variables, unused_mut, reason = "not every operation has arguments")]
            fn receive(request: &$crate::server::Received<'_>) -> Result<Self, $crate::server::ReceiveError> {
                let mut arguments = request.arguments.iter();
                Ok(Self {
                    $($argument: request.argument(&mut arguments, stringify!($argument))?,)*
                    $($required: request.required_query($crate::api::declare::field_name(stringify!($required)))?,)*
                    $(body: request.$payload::<$Body>()?,)?
                    $($query: request.query($crate::api::declare::field_name(stringify!($query)))?,)*
                })
            }

            fn respond(output: &$Output) -> ::http::Response<::bytes::Bytes> {
                $crate::endpoint!(@respond $format output)
            }
        }
    };

    (@default $Name:ident []) => {
        impl Default for $Name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $Name:ident [$($Required:ty)+]) => {};

    (@method GET) => { $crate::Method::Get };
    (@method POST) => { $crate::Method::Post };
    (@method PUT) => { $crate::Method::Put };
    (@method PATCH) => { $crate::Method::Patch };
    (@method DELETE) => { $crate::Method::Delete };
    (@method $unknown:ident) => { $crate::Method::Get };

    (@check GET $($retry:ident)?) => { $crate::endpoint! { @check_retry $($retry)? } };
    (@check POST $($retry:ident)?) => { $crate::endpoint! { @check_retry $($retry)? } };
    (@check PUT $($retry:ident)?) => { $crate::endpoint! { @check_retry $($retry)? } };
    (@check PATCH $($retry:ident)?) => { $crate::endpoint! { @check_retry $($retry)? } };
    (@check DELETE $($retry:ident)?) => { $crate::endpoint! { @check_retry $($retry)? } };
    (@check $unknown:ident $($retry:ident)?) => {
        ::core::compile_error!(concat!(
            "unknown method `", stringify!($unknown), "`: write GET, POST, PUT, PATCH or DELETE",
        ));
    };
    (@check_retry) => {};
    (@check_retry idempotent) => {};
    (@check_retry not_idempotent) => {};
    (@check_retry $unknown:ident) => {
        ::core::compile_error!(concat!(
            "unknown word `", stringify!($unknown), "` in #[spec]: write `idempotent` or `not_idempotent`",
        ));
    };

    (@until) => { None };
    (@until $until:ident) => { Some($crate::ApiVersion::$until) };

    (@is []) => { false };
    (@is [$($some:tt)+]) => { true };

    (@idempotent $METHOD:ident idempotent) => { true };
    (@idempotent $METHOD:ident not_idempotent) => { false };
    (@idempotent POST) => { false };
    (@idempotent PATCH) => { false };
    (@idempotent $METHOD:ident) => { true };
    (@idempotent $METHOD:ident $unknown:ident) => { false };

    (@of json $Output:ty, $constant:ident, $json:literal) => { $json };
    (@of own $Output:ty, $constant:ident, $json:literal) => { <$Output as $crate::FromReply>::$constant };

    (@encode $this:ident) => { $crate::api::declare::Payload::Nothing };
    (@encode $this:ident json) => { $crate::api::declare::Payload::Json(::serde_json::to_vec(&$this.body)) };
    (@encode $this:ident parts) => { $crate::api::declare::Payload::Parts($crate::ToMultipart::to_parts(&$this.body)) };

    (@decode json $headers:ident $body:ident $METHOD:ident $($retry:ident)?) => {{
        let _ = $headers;
        $crate::endpoint!(@read $METHOD $($retry)?)($body)
    }};
    (@decode own $headers:ident $body:ident $METHOD:ident $($retry:ident)?) => {
        $crate::api::declare::read_own($headers, $body)
    };

    (@read POST) => { $crate::api::declare::read_written };
    (@read PATCH) => { $crate::api::declare::read_written };
    (@read $METHOD:ident not_idempotent) => { $crate::api::declare::read_written };
    (@read $METHOD:ident $($retry:ident)?) => { $crate::api::declare::read_json };

    (@respond json $output:ident) => { $crate::server::json_reply($output) };
    (@respond own $output:ident) => { $crate::server::ToReply::to_reply($output) };

    // What the documentation shows.
    (@versions Preview) => { "Preview" };
    (@versions $since:ident) => { concat!("from ", $crate::endpoint!(@version $since), " on") };
    (@versions $since:ident $until:ident) => {
        concat!($crate::endpoint!(@version $since), " to ", $crate::endpoint!(@version $until))
    };
    (@version V2_7) => { "2.7" };
    (@version V2_8) => { "2.8" };
    (@version V2_9) => { "2.9" };
    (@version V2_10) => { "2.10" };
    (@version V2_11) => { "2.11" };
    (@version V2_12) => { "2.12" };
    (@version V2_13) => { "2.13" };
    (@version V2_14) => { "2.14" };
    (@version V2_15) => { "2.15" };
    (@version V2_16) => { "2.16" };
    (@version Preview) => { "Preview" };

    (@retried $METHOD:ident idempotent) => { "yes" };
    (@retried $METHOD:ident not_idempotent) => { "only if it was not processed" };
    (@retried POST) => { "only if it was not processed" };
    (@retried PATCH) => { "only if it was not processed" };
    (@retried $METHOD:ident) => { "yes" };
    (@retried $METHOD:ident $unknown:ident) => { "" };

    (@verb json [$($paged:tt)+] []) => { "items" };
    (@verb json [] [$($job:tt)+]) => { "start" };
    (@verb $format:ident [] []) => { "call" };

    (@arguments $($argument:ident)*) => { stringify!($($argument),*) };

    // Mistakes.
    (#[spec($($spec:tt)*)] $($rest:tt)*) => {
        ::core::compile_error!("an operation needs a doc comment: its first line is the summary");
    };
    (
        $(#[doc = $doc:expr])*
        #[spec($METHOD:ident $path:literal $arrow:tt $Output:ty $(; $($other:tt)*)?)]
        $($rest:tt)*
    ) => {
        ::core::compile_error!("#[spec] needs the first version that has the operation: `; since V2_7`");
    };
    ($($other:tt)*) => {
        ::core::compile_error!(
            "expected a doc comment, `#[spec(METHOD \"/path/{argument}\" -> Output; since VERSION)]`, and a struct with public fields"
        );
    };
}

pub use endpoint;
