//! What a transport promises, as functions that panic if it does not hold.

mod client_certificates;
mod connections;
mod deadlines;
mod gzip;
mod pool;
mod proxies;
mod requests;
mod responses;
mod tls;

use crate::subject::Subject;

/// One promise: its group, its name, and what checks it.
type Promise = (&'static str, &'static str, fn(&Subject));

/// Checks that `subject` keeps the promise `name`, or, if `exceptions` has it, that it does not.
///
/// An exception is the name of a promise or of a group, with the reason. The promises of a group that
/// is an exception are not checked.
#[doc(hidden)]
pub fn check(name: &str, subject: &Subject, exceptions: &[(&str, &str)]) {
    let mut promises = PROMISES.iter();
    let Some((group, _, check)) = promises.find(|promise| promise.1 == name) else {
        panic!("there is no promise {name}");
    };
    for (except, _) in exceptions {
        let known = PROMISES.iter().any(|it| it.0 == *except || it.1 == *except);
        assert!(
            known,
            "the exception {except} is neither a promise nor a group"
        );
    }
    let has = |wanted: &str| exceptions.iter().find(|except| except.0 == wanted);
    if has(group).is_some() {
        return;
    }
    let Some((_, reason)) = has(name) else {
        return check(subject);
    };
    let check = std::panic::AssertUnwindSafe(|| check(subject));
    assert!(
        std::panic::catch_unwind(check).is_err(),
        "the promise {name} is kept, and needs no exception ({reason})"
    );
}

/// Makes a module of tests from everything that a transport promises.
///
/// See the [crate documentation](crate) for an example. An exception that is a single promise is still
/// run, and the test fails if the promise is kept after all.
#[macro_export]
macro_rules! transport_tests {
    (mod $name:ident; $subject:expr) => {
        $crate::transport_tests! { mod $name; $subject; except: [] }
    };
    (mod $name:ident; $subject:expr; except: [$($except:ident: $reason:literal),* $(,)?]) => {
        $crate::__promises! {
            @list tests [$name ($subject) [$((stringify!($except), $reason)),*]]
        }
    };
}

/// The list of all promises, as a table or as tests.
#[doc(hidden)]
#[macro_export]
macro_rules! __promises {
    (@list $what:ident [$($arguments:tt)*]) => {
        $crate::__promises! { @$what [$($arguments)*]
            requests {
                a_request_arrives_as_it_was_made_and_the_reply_comes_back
                the_name_of_this_machine_is_looked_up
                the_url_decides_where_a_request_goes
                plain_http_to_another_machine_is_refused_before_connecting
                the_transport_adds_no_headers_that_speak_for_the_caller
                an_accept_encoding_of_the_caller_is_kept
                every_method_of_the_api_carries_a_body
            }
            responses {
                a_body_in_another_encoding_arrives_as_it_was_sent
                a_reply_that_is_not_http_is_a_protocol_error
                a_body_shorter_than_announced_is_an_error
                a_body_that_is_reset_is_an_error_even_without_a_length
                a_huge_announced_length_reserves_nothing
                a_chunked_body_is_put_together
                an_interim_reply_is_not_the_reply
                an_error_status_is_a_reply
                a_redirect_is_returned_and_not_followed
            }
            gzip {
                gzip_is_asked_for_and_undone
                truncated_gzip_is_an_encoding_error
                an_empty_body_that_claims_to_be_gzip_is_empty
                gzip_that_trickles_meets_the_deadline
                empty_members_of_gzip_without_end_meet_the_deadline
                empty_members_of_gzip_that_trickle_are_a_pause_of_the_body
            }
            connections {
                a_connection_serves_one_request_after_the_other
                nobody_listening_means_not_sent
                a_failed_connection_names_host_and_port_and_has_a_source
                a_connection_closed_before_the_reply_counts_as_sent
                a_write_is_never_sent_twice
                a_write_on_a_used_connection_is_never_sent_twice
                an_idle_connection_that_was_closed_is_not_noticed
                a_reply_that_nobody_asked_for_answers_no_request
            }
            tls {
                tls_works_with_a_root_of_ones_own
                a_second_connection_resumes_the_tls_session
                a_certificate_that_is_not_trusted_keeps_the_request_from_being_sent
                roots_may_be_in_pem_many_in_one
                an_encrypted_reply_that_nobody_asked_for_answers_no_request
                tls_does_not_draw_a_deadline_out
            }
            deadlines {
                a_server_that_hangs_before_its_reply_meets_the_deadline
                a_server_that_hangs_in_its_body_meets_the_deadline
                a_server_that_hangs_in_its_handshake_meets_the_limit_for_connecting
                a_deadline_that_has_passed_sends_nothing
                a_host_that_takes_no_connection_meets_either_limit
                a_body_that_the_server_does_not_read_meets_the_deadline
                a_body_that_the_server_reads_in_sips_meets_the_deadline
                a_head_that_trickles_meets_the_deadline
                a_body_that_trickles_meets_the_deadline
                a_limit_for_the_head_leaves_the_body_its_time
                a_body_that_pauses_for_longer_than_it_may_is_a_timeout
                a_body_that_is_slow_does_not_pause
                chunk_extensions_are_a_pause_of_the_body
                chunk_extensions_without_end_meet_the_deadline
            }
            pool {
                a_connection_is_kept_for_the_next_call
                a_pool_of_size_zero_opens_a_connection_per_call
                a_connection_that_was_idle_for_too_long_is_not_used
                a_connection_that_is_too_old_takes_no_more_calls
            }
            proxies {
                a_call_goes_through_the_proxy_encrypted_end_to_end
                a_proxy_that_makes_no_connection_is_named_without_its_password
                a_proxy_that_wants_credentials_says_where_they_go
                a_proxy_that_is_not_there_is_named
                this_machine_is_reached_without_the_proxy
                a_proxy_that_cannot_be_used_is_refused_at_once
                a_proxy_that_never_finishes_its_answer_meets_the_limit_for_connecting
            }
            client_certificates {
                a_server_that_demands_a_certificate_is_shown_one
                a_client_certificate_that_is_missing_or_wrong_is_said_to_be
                a_client_certificate_that_cannot_be_used_is_refused_at_once
            }
        }
    };
    (@tests [$name:ident ($subject:expr) $except:tt] $($group:ident { $($promise:ident)* })*) => {
        mod $name {
            $($(
                #[test]
                fn $promise() {
                    $crate::check(stringify!($promise), &$subject, &$except);
                }
            )*)*
        }
    };
    (@table [] $($group:ident { $($promise:ident)* })*) => {
        &[$($((stringify!($group), stringify!($promise), $group::$promise)),*),*]
    };
}

const PROMISES: &[Promise] = crate::__promises! { @list table [] };
