//! An operation of the API as a plain value.

use bytes::Bytes;
use http::{HeaderMap, Request, header};
use intercom_model::Deviation;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;

use crate::error::{EncodeError, EncodeProblem};
use crate::output::FromReply;
use crate::version::Spec;

/// An operation of the API: a request that can be encoded, and how its reply is read.
///
/// The types in [`api`](crate::api) implement it. No method is generic, so that a program that uses
/// an endpoint does not compile its serialization again.
///
/// An operation that this crate does not have is a few lines:
///
/// ```
/// use bytes::Bytes;
/// use http::{HeaderMap, Request};
/// use intercom_core::{Decoded, EncodeError, EncodeProblem, Endpoint, Method, Spec};
///
/// #[derive(serde::Deserialize)]
/// struct Survey { name: Option<String> }
///
/// struct GetSurvey(u32);
///
/// impl Endpoint for GetSurvey {
///     const SPEC: Spec = Spec::new("surveys::Get", Method::Get, "/surveys/{survey_id}");
///
///     type Output = Survey;
///
///     fn encode(&self) -> Result<Request<Bytes>, EncodeError> {
///         Request::get(format!("/surveys/{}", self.0))
///             .body(Bytes::new())
///             .map_err(|error| EncodeError::new(Self::SPEC.name, EncodeProblem::Target(error.to_string())))
///     }
///
///     fn decode(_: &HeaderMap, body: &Bytes) -> Result<Decoded<Survey>, serde_json::Error> {
///         Decoded::json(body)
///     }
/// }
///
/// assert_eq!(GetSurvey(7).encode()?.uri(), "/surveys/7");
/// # Ok::<(), EncodeError>(())
/// ```
pub trait Endpoint {
    /// Method, path, versions.
    const SPEC: Spec;

    /// What the service replies on success.
    type Output: Send + 'static;

    /// The same of this request, where it is known only from its value.
    fn spec(&self) -> Spec {
        Self::SPEC
    }

    /// The request, with a path instead of a whole address, and without the headers that every
    /// request has.
    fn encode(&self) -> Result<Request<Bytes>, EncodeError>;

    /// Reads the reply of a success.
    fn decode(
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Decoded<Self::Output>, serde_json::Error>;
}

/// A reply that was read, with what was not as documented.
#[derive(Debug)]
#[non_exhaustive]
pub struct Decoded<T> {
    /// The reply.
    pub value: T,
    /// Where values were not of the documented kind.
    pub deviations: Vec<Deviation>,
}

impl<T> Decoded<T> {
    /// A reply without deviations.
    pub const fn new(value: T) -> Self {
        Self {
            value,
            deviations: Vec::new(),
        }
    }

    /// Reads JSON, and takes values of the wrong kind as if they were missing.
    ///
    /// # Errors
    ///
    /// Where the body is no JSON, or nothing of it is of the documented kind.
    pub fn json(body: &[u8]) -> Result<Self, serde_json::Error>
    where
        T: DeserializeOwned,
    {
        intercom_model::from_slice(body).map(|(value, deviations)| Self { value, deviations })
    }
}

pub(crate) fn read_json<T: DeserializeOwned>(body: &[u8]) -> Result<Decoded<T>, serde_json::Error> {
    Decoded::json(body)
}

pub(crate) fn read_own<T: FromReply>(
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Decoded<T>, serde_json::Error> {
    T::from_reply(headers, body).map(Decoded::new)
}

/// What stays as it is in a path argument; RFC 3986 calls it unreserved.
const PATH_ARGUMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The body of a request.
pub(crate) enum Payload {
    Nothing,
    Json(Result<Vec<u8>, serde_json::Error>),
    Parts(Vec<crate::multipart::Part>),
}

/// Builds the request of an endpoint from the text of its arguments.
pub(crate) fn request(
    spec: &Spec,
    arguments: &[(&'static str, String)],
    required: &[(&'static str, String)],
    query: &[(&'static str, Option<String>)],
    body: Payload,
) -> Result<Request<Bytes>, EncodeError> {
    let refuse = |problem| EncodeError::new(spec.name, problem);
    if let Some((name, _)) = required.iter().find(|(_, value)| value.is_empty()) {
        return Err(refuse(EncodeProblem::EmptyArgument { name }));
    }
    let mut target = String::with_capacity(96);
    let mut rest = spec.path;
    for (name, argument) in arguments {
        let (Some(open), Some(close)) = (rest.find('{'), rest.find('}')) else {
            break;
        };
        match argument.as_str() {
            "" => return Err(refuse(EncodeProblem::EmptyArgument { name })),
            "." | ".." => return Err(refuse(EncodeProblem::DotArgument { name })),
            argument => {
                target.push_str(&rest[..open]);
                target.extend(utf8_percent_encode(argument, PATH_ARGUMENT));
                rest = &rest[close + 1..];
            }
        }
    }
    target.push_str(rest);

    let set = query
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let required = required.iter().map(|(name, value)| (*name, value.as_str()));
    let mut query = required.chain(set).peekable();
    if query.peek().is_some() {
        target.push('?');
        let start = target.len();
        form_urlencoded::Serializer::for_suffix(&mut target, start).extend_pairs(query);
    }

    let request = Request::builder()
        .method(http::Method::from(spec.method))
        .uri(target);
    let request = match body {
        Payload::Nothing => request.body(Bytes::new()),
        Payload::Json(body) => {
            let body = body.map_err(|error| refuse(EncodeProblem::Body(error.to_string())))?;
            request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Bytes::from(body))
        }
        Payload::Parts(parts) => {
            let (content_type, body) = crate::multipart::write(&parts);
            request
                .header(header::CONTENT_TYPE, content_type)
                .body(Bytes::from(body))
        }
    };
    request.map_err(|error| refuse(EncodeProblem::Target(error.to_string())))
}

/// Checks at compile time that a path template names the path fields, in their order.
#[must_use]
pub(crate) const fn names_arguments(path: &str, fields: &[&str]) -> bool {
    let path = path.as_bytes();
    let (mut at, mut field) = (0, 0);
    while at < path.len() {
        if path[at] == b'{' {
            if field == fields.len() {
                return false;
            }
            let name = fields[field].as_bytes();
            let mut offset = 0;
            while offset < name.len() {
                if at + 1 + offset >= path.len() || path[at + 1 + offset] != name[offset] {
                    return false;
                }
                offset += 1;
            }
            at += 1 + name.len();
            if at >= path.len() || path[at] != b'}' {
                return false;
            }
            field += 1;
        }
        at += 1;
    }
    field == fields.len()
}

/// The name of a field without the `r#` of a raw identifier.
#[must_use]
pub(crate) const fn field_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// Makes a struct an operation of the API. It is applied as an attribute:
///
/// ```ignore
/// /// Changes the named fields of a contact.
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
/// `new` takes the arguments of the path, the fields of the query that are no `Option`, and the body;
/// each other field of the query has a setter. After the version, `until V2_9` names the last one that
/// has the operation, and `, replay` says that a POST may be sent twice without doing more; `, once`,
/// that a PUT or DELETE must not. `; pub(crate) fn new` keeps `new` for constructors that say which
/// fields go together. `=> Type` in place of `-> Type` names an output that is not JSON
/// ([`FromReply`]); `#[multipart]` on the body, one that is not ([`Multipart`](crate::Multipart)).
macro_rules! endpoint {
    (
        $(#[doc = $doc:expr])*
        #[spec($METHOD:ident $path:literal -> $Output:ty; since $since:ident $(until $until:ident)? $(, $replay:ident)? $(; $new:vis fn new)?)]
        pub struct $Name:ident { $($fields:tt)* }
    ) => {
        $crate::endpoint::endpoint! { @sort
            { [$(#[doc = $doc])*] $Name [$($new)? pub] [$METHOD $path $since [$($until)?] [$($replay)?]] [json $Output] }
            [] [] [] [] $($fields)*
        }
    };
    (
        $(#[doc = $doc:expr])*
        #[spec($METHOD:ident $path:literal => $Output:ty; since $since:ident $(until $until:ident)? $(, $replay:ident)? $(; $new:vis fn new)?)]
        pub struct $Name:ident { $($fields:tt)* }
    ) => {
        $crate::endpoint::endpoint! { @sort
            { [$(#[doc = $doc])*] $Name [$($new)? pub] [$METHOD $path $since [$($until)?] [$($replay)?]] [own $Output] }
            [] [] [] [] $($fields)*
        }
    };

    (@sort $head:tt [$($path:tt)*] $required:tt $body:tt $query:tt
        $(#[doc = $doc:expr])* #[path] pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint::endpoint! { @sort $head
            [$($path)* { [$(#[doc = $doc])*] $field [$T] }] $required $body $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt $body:tt [$($query:tt)*]
        $(#[doc = $doc:expr])* #[query] pub $field:ident : Option<$T:ty> $(, $($rest:tt)*)?) => {
        $crate::endpoint::endpoint! { @sort $head
            $path $required $body [$($query)* { [$(#[doc = $doc])*] $field [$T] }] $($($rest)*)? }
    };
    (@sort $head:tt $path:tt [$($required:tt)*] $body:tt $query:tt
        $(#[doc = $doc:expr])* #[query] pub $field:ident : $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint::endpoint! { @sort $head
            $path [$($required)* { [$(#[doc = $doc])*] $field [$T] }] $body $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt [] $query:tt
        $(#[doc = $doc:expr])* pub body: $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint::endpoint! { @sort $head
            $path $required [{ [$(#[doc = $doc])*] json [$T] }] $query $($($rest)*)? }
    };
    (@sort $head:tt $path:tt $required:tt [] $query:tt
        $(#[doc = $doc:expr])* #[multipart] pub body: $T:ty $(, $($rest:tt)*)?) => {
        $crate::endpoint::endpoint! { @sort $head
            $path $required [{ [$(#[doc = $doc])*] parts [$T] }] $query $($($rest)*)? }
    };

    (@sort
        { [$(#[$meta:meta])*] $Name:ident [$new:vis $(pub)?]
            [$METHOD:ident $path:literal $since:ident [$($until:ident)?] [$($replay:ident)?]] [$format:ident $Output:ty] }
        [$({ [$(#[$argument_meta:meta])*] $argument:ident [$Argument:ty] })*]
        [$({ [$(#[$required_meta:meta])*] $required:ident [$Required:ty] })*]
        [$({ [$(#[$body_meta:meta])*] $payload:ident [$Body:ty] })?]
        [$({ [$(#[$query_meta:meta])*] $query:ident [$Query:ty] })*]
    ) => {
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
            $crate::endpoint::names_arguments($path, &[$(stringify!($argument)),*]),
            "the arguments in the path must be the fields marked #[path], in their order",
        );

        $crate::endpoint::endpoint! { @default $Name [$($Argument)* $($Required)* $($Body)?] }

        impl $Name {
            /// The operation with its required arguments. The others are left out until they are set.
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
                #[doc = concat!("Sets `", stringify!($query), "`.")]
                #[must_use]
                pub fn $query(mut self, $query: impl Into<$Query>) -> Self {
                    self.$query = Some($query.into());
                    self
                }
            )*
        }

        impl $crate::Endpoint for $Name {
            const SPEC: $crate::Spec = $crate::Spec {
                name: $crate::endpoint::endpoint_name(concat!(module_path!(), "::", stringify!($Name))),
                method: $crate::endpoint::endpoint!(@method $METHOD),
                path: $path,
                since: $crate::ApiVersion::$since,
                until: $crate::endpoint::endpoint!(@until $($until)?),
                replay: $crate::endpoint::endpoint!(@replay $METHOD $($replay)?),
                replies: $crate::endpoint::endpoint!(@of $format $Output, REPLIES, true),
                redirects: $crate::endpoint::endpoint!(@of $format $Output, REDIRECTS, false),
                accept: $crate::endpoint::endpoint!(@of $format $Output, ACCEPT, "application/json"),
            };

            type Output = $Output;

            fn encode(&self) -> Result<::http::Request<::bytes::Bytes>, $crate::EncodeError> {
                $crate::endpoint::request(
                    &Self::SPEC,
                    &[$((stringify!($argument), $crate::param::Param::to_text(&self.$argument)),)*],
                    &[$((
                        $crate::endpoint::field_name(stringify!($required)),
                        $crate::param::Param::to_text(&self.$required),
                    ),)*],
                    &[$((
                        $crate::endpoint::field_name(stringify!($query)),
                        self.$query.as_ref().map($crate::param::Param::to_text),
                    ),)*],
                    $crate::endpoint::endpoint!(@encode self $($payload)?),
                )
            }

            fn decode(
                headers: &::http::HeaderMap,
                body: &::bytes::Bytes,
            ) -> Result<$crate::endpoint::Decoded<$Output>, ::serde_json::Error> {
                $crate::endpoint::endpoint!(@decode $format headers body)
            }
        }

        #[cfg(feature = "server")]
        impl $crate::server::Serve for $Name {
            #[allow(unused_variables, unused_mut, reason = "not every operation has arguments")]
            fn receive(request: &$crate::server::Received<'_>) -> Result<Self, $crate::server::ReceiveError> {
                let mut arguments = request.arguments.iter();
                Ok(Self {
                    $($argument: request.argument(&mut arguments, stringify!($argument))?,)*
                    $($required: request.required_query($crate::endpoint::field_name(stringify!($required)))?,)*
                    $(body: request.$payload::<$Body>()?,)?
                    $($query: request.query($crate::endpoint::field_name(stringify!($query)))?,)*
                })
            }

            fn respond(output: &$Output) -> ::http::Response<::bytes::Bytes> {
                $crate::endpoint::endpoint!(@respond $format output)
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

    (@until) => { None };
    (@until $until:ident) => { Some($crate::ApiVersion::$until) };

    (@replay $METHOD:ident once) => { false };
    (@replay POST) => { false };
    (@replay PATCH) => { false };
    (@replay $METHOD:ident $(replay)?) => { true };

    (@of json $Output:ty, $constant:ident, $json:literal) => { $json };
    (@of own $Output:ty, $constant:ident, $json:literal) => { <$Output as $crate::FromReply>::$constant };

    (@encode $this:ident) => { $crate::endpoint::Payload::Nothing };
    (@encode $this:ident json) => { $crate::endpoint::Payload::Json(::serde_json::to_vec(&$this.body)) };
    (@encode $this:ident parts) => { $crate::endpoint::Payload::Parts($crate::Multipart::parts(&$this.body)) };

    (@decode json $headers:ident $body:ident) => {{
        let _ = $headers;
        $crate::endpoint::read_json($body)
    }};
    (@decode own $headers:ident $body:ident) => { $crate::endpoint::read_own($headers, $body) };

    (@respond json $output:ident) => { $crate::server::json_reply($output) };
    (@respond own $output:ident) => { $crate::FromReply::to_reply($output) };
}

pub(crate) use endpoint;

/// The name of an endpoint from that of its type: the module of the resource, and the verb.
#[must_use]
pub(crate) const fn endpoint_name(path: &'static str) -> &'static str {
    path.split_at("intercom_core::api::".len()).1
}
