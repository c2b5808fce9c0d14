use std::time::Duration;

use http::HeaderMap;

use super::simulation::{Service, run};
use super::{Caller, Permit, RateBudget, SharedRateBudget};
use crate::transport::Now;

/// Asks for one that has all the time.
fn acquire(budget: &SharedRateBudget, now: Now) -> Permit {
    budget.acquire(Caller::default(), now)
}

/// Asks again for one that waited.
fn again(budget: &SharedRateBudget, now: Now) -> Permit {
    let caller = Caller {
        waited: true,
        ..Caller::default()
    };
    budget.acquire(caller, now)
}

/// Asks for one that can wait so long.
fn briefly(budget: &SharedRateBudget, time: Duration, now: Now) -> Permit {
    let caller = Caller {
        deadline: Some(now.instant + time),
        ..Caller::default()
    };
    budget.acquire(caller, now)
}

fn headers(limit: &str, remaining: &str, reset: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("x-ratelimit-limit", limit.parse().unwrap());
    headers.insert("x-ratelimit-remaining", remaining.parse().unwrap());
    headers.insert("x-ratelimit-reset", reset.parse().unwrap());
    headers
}

/// The seconds since 1970, so much later.
fn unix(now: Now, later: u64) -> String {
    (now.system
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs()
        + later)
        .to_string()
}

fn whole_second() -> Now {
    let now = Now::from_system();
    let second = now
        .system
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    Now {
        system: std::time::UNIX_EPOCH + Duration::from_secs(second),
        ..now
    }
}

#[test]
fn without_rate_limit_headers_every_call_is_granted() {
    let (budget, now) = (SharedRateBudget::default(), Now::from_system());
    budget.observe(&HeaderMap::new(), now);
    for _ in 0..10_000 {
        assert_eq!(acquire(&budget, now), Permit::Granted);
    }
}

#[test]
fn a_late_reply_of_the_window_before_does_not_close_the_next() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("10", "9", &unix(now, 2)), now);
    assert_eq!(acquire(&budget, now), Permit::Granted);
    let next = now + Duration::from_secs(2);
    assert_eq!(acquire(&budget, next), Permit::Granted);
    for late in [Duration::ZERO, Duration::from_secs(1)] {
        budget.observe(&headers("10", "0", &unix(now, 2)), next + late);
        assert_eq!(acquire(&budget, next + late), Permit::Granted);
    }
}

#[test]
fn a_requested_wait_is_not_shortened_by_other_replies() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("10", "5", &unix(now, 3)), now);
    budget.exhausted(Duration::from_secs(4), now);
    budget.observe(&headers("10", "5", &unix(now, 3)), now);
    assert_eq!(acquire(&budget, now), Permit::After(Duration::from_secs(4)));
}

#[test]
fn malformed_or_contradictory_headers_do_no_harm() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let far = unix(now, 86_400);
    for (limit, remaining, reset) in [
        ("ten", "0", "1"),
        ("10", "-1", "1"),
        ("0", "0", "1"),
        ("10", "0", &far),
        ("10", "0", "99999999999999999999"),
        ("10", "0", ""),
    ] {
        budget.observe(&headers(limit, remaining, reset), now);
        assert_eq!(
            acquire(&budget, now),
            Permit::Granted,
            "{limit} {remaining} {reset}"
        );
    }
    // A window that is over already counts for nothing.
    budget.observe(&headers("10", "0", "1"), now);
    assert_eq!(acquire(&budget, now), Permit::Granted);
}

#[test]
fn a_wrong_local_clock_does_not_matter_if_the_server_sends_a_date() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let mut headers = headers("10", "0", "784111783");
    headers.insert("date", "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
    budget.observe(&headers, now);
    assert_eq!(acquire(&budget, now), Permit::After(Duration::from_secs(6)));
}

#[test]
fn concurrent_calls_wait_for_the_first_reply_to_learn_the_limit() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let granted = |count: usize| {
        (0..count)
            .filter(|_| acquire(&budget, now) == Permit::Granted)
            .count()
    };
    assert_eq!(granted(300), 50);
    budget.observe(&headers("167", "166", &unix(now, 10)), now);
    budget.release();
    // 84 pass at once, and the first of those that are spread.
    assert_eq!(granted(300), 85 - 50);
}

#[test]
fn replies_that_come_out_of_order_do_not_raise_what_is_left() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("10", "7", &unix(now, 5)), now);
    budget.observe(&headers("10", "9", &unix(now, 5)), now);
    assert_eq!(acquire(&budget, now), Permit::Granted);
    assert_eq!(acquire(&budget, now), Permit::Granted);
    assert_eq!(budget.state(now).map(|state| state.remaining), Some(5));
}

#[test]
fn a_window_is_over_when_the_earliest_of_its_replies_says() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let late = now + Duration::from_millis(900);
    let mut seen = headers("10", "0", &unix(now, 7));
    let date = httpdate::fmt_http_date(now.system);
    seen.insert("date", date.parse().unwrap());
    budget.observe(&seen, late);
    budget.observe(&seen, now + Duration::from_millis(100));
    budget.observe(&seen, late);
    assert_eq!(
        acquire(&budget, late),
        Permit::After(Duration::from_millis(6_200))
    );
}

#[test]
fn its_state_can_be_read() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    assert_eq!(budget.state(now), None);
    budget.observe(&headers("10", "9", &unix(now, 5)), now);
    let state = budget.state(now).unwrap();
    assert_eq!((state.limit, state.remaining), (10, 9));
    assert_eq!(state.reset, now.system + Duration::from_secs(5));
    let next = budget.state(now + Duration::from_secs(6)).unwrap();
    assert_eq!((next.limit, next.remaining), (10, 10));
    assert_eq!(next.reset, now.system + Duration::from_secs(15));
}

#[test]
fn a_429_without_a_limit_is_waited_out_and_has_no_later_effect() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.exhausted(Duration::from_secs(3), now);
    assert_eq!(acquire(&budget, now), Permit::After(Duration::from_secs(3)));
    assert_eq!(budget.state(now), None);
    budget.observe(&HeaderMap::new(), now);
    let then = now + Duration::from_secs(3);
    for _ in 0..1_000 {
        assert_eq!(acquire(&budget, then), Permit::Granted);
    }
}

/// Of the windows after the first, the least that was answered of the quota, and all that was refused.
fn used(service: &Service, callers: usize) -> (f64, u64) {
    let windows = run(service, callers, 12);
    let least = windows[1..].iter().map(|window| window.answered).min();
    let quota = service.limit - service.others;
    let refused = windows[1..].iter().map(|window| window.refused).sum();
    (least.unwrap() as f64 / quota as f64, refused)
}

#[test]
fn many_callers_use_the_full_quota_and_are_never_refused() {
    for (limit, callers) in [(167, 64), (1_667, 64), (1_667, 1_000), (10, 64), (167, 8)] {
        let service = Service {
            limit,
            ..Service::default()
        };
        let (used, refused) = used(&service, callers);
        assert!(
            used >= 0.98 && refused == 0,
            "{limit}, {callers}: {used} {refused}"
        );
    }
}

#[test]
fn a_shared_quota_is_used_up_to_what_others_leave() {
    let service = Service {
        others: 100,
        ..Service::default()
    };
    let (used, refused) = used(&service, 64);
    assert!(used >= 0.98, "{used}");
    assert_eq!(refused, 0);
}

#[test]
fn impatient_calls_do_not_starve_waiting_ones() {
    for hurried in [0, 200] {
        let service = Service {
            hurried,
            ..Service::default()
        };
        let windows = run(&service, hurried + 5, 12);
        let longest = windows.iter().map(|window| window.longest).max().unwrap();
        assert!(longest < Duration::from_secs(2), "{hurried}: {windows:?}");
        assert!(windows.iter().all(|window| window.refused == 0));
    }
}

#[test]
fn windows_of_another_length_are_learned() {
    for length in [5, 20, 60] {
        let service = Service {
            length: Duration::from_secs(length),
            ..Service::default()
        };
        let windows = run(&service, 64, 12);
        let (answered, refused) = windows[3..].iter().fold((0, 0), |sum, window| {
            (sum.0 + window.answered, sum.1 + window.refused)
        });
        assert!(answered as f64 >= 0.9 * 9.0 * 167.0, "{length}: {answered}");
        assert!(refused <= 9, "{length}: {refused}");
    }
}

#[test]
fn windows_that_start_between_seconds_are_met_after_two_of_them() {
    for dated in [true, false] {
        let service = Service {
            offset: Duration::from_millis(700),
            dated,
            ..Service::default()
        };
        let windows = run(&service, 64, 12);
        // The first is begun too early, which is made up for in it and in the next.
        let used = windows[1].answered;
        assert!(windows[1].refused == 0 && used >= 70, "{dated}: {used}");
        let later = &windows[2..];
        let refused: u64 = later.iter().map(|window| window.refused).sum();
        let least = later.iter().map(|window| window.answered).min().unwrap();
        assert!(refused == 0 && least >= 160, "{dated}: {windows:?}");
    }
}

#[test]
fn a_wait_that_follows_on_another_is_no_longer_than_asked() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let second = Duration::from_secs(1);
    budget.exhausted(second, now);
    assert_eq!(acquire(&budget, now + second), Permit::Granted);
    budget.exhausted(second, now + second);
    assert_eq!(acquire(&budget, now + second), Permit::After(second));
    assert_eq!(acquire(&budget, now + second * 2), Permit::Granted);
}

#[test]
fn half_a_window_is_granted_at_once_and_the_rest_is_spread_over_it() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("10", "10", &unix(now, 10)), now);
    for _ in 0..5 {
        assert_eq!(acquire(&budget, now), Permit::Granted);
    }
    // The first of the others passes too; then they are as far apart as what is left allows.
    assert_eq!(acquire(&budget, now), Permit::Granted);
    let mut then = now;
    for _ in 0..4 {
        let Permit::After(wait) = acquire(&budget, then) else {
            panic!("nobody had to wait");
        };
        assert!(wait <= Duration::from_millis(2_376), "{wait:?}");
        then = then + wait;
        assert_eq!(again(&budget, then), Permit::Granted);
    }
    assert!(then.instant < now.instant + Duration::from_secs(10));
    let end = now + Duration::from_secs(10);
    assert_eq!(
        acquire(&budget, then),
        Permit::After(end.instant - then.instant)
    );
    assert_eq!(again(&budget, end), Permit::Granted);
}

#[test]
fn a_lone_call_passes_whatever_others_used_of_the_window() {
    for (limit, remaining) in [("1667", "167"), ("3", "1"), ("2", "1"), ("1", "1")] {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        budget.observe(&headers(limit, remaining, &unix(now, 10)), now);
        assert_eq!(acquire(&budget, now), Permit::Granted, "{limit}");
    }
}

#[test]
fn waiting_calls_get_turns_one_after_the_other() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("20", "10", &unix(now, 10)), now);
    assert_eq!(acquire(&budget, now), Permit::Granted);
    let apart = Duration::from_millis(9_500).div_f64(9.0);
    let waits = [(); 3].map(|()| acquire(&budget, now));
    assert_eq!(waits, [1, 2, 3].map(|nth| Permit::After(nth * apart)));

    // One who comes later does not take the turn of one who waits.
    let first = now + apart;
    assert!(matches!(acquire(&budget, first), Permit::After(_)));
    assert_eq!(again(&budget, first), Permit::Granted);
}

#[test]
fn calls_that_cannot_wait_leave_their_turn_to_the_others() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("167", "80", &unix(now, 10)), now);
    assert_eq!(acquire(&budget, now), Permit::Granted);
    let first = briefly(&budget, Duration::from_millis(20), now);
    assert!(matches!(first, Permit::After(_)));
    for _ in 0..100 {
        assert_eq!(briefly(&budget, Duration::from_millis(20), now), first);
    }
    assert_eq!(acquire(&budget, now), first);
}

#[test]
fn a_requested_wait_outlives_late_replies() {
    // A 429 without headers, and then a reply with some.
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    let half_a_minute = Duration::from_secs(30);
    budget.exhausted(half_a_minute, now);
    budget.observe(&headers("167", "100", &unix(now, 7)), now);
    assert_eq!(acquire(&budget, now), Permit::After(half_a_minute));
    assert_eq!(acquire(&budget, now + half_a_minute), Permit::Granted);

    // One of the window before, which tells of the next.
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("167", "100", &unix(now, 10)), now);
    budget.exhausted(half_a_minute, now);
    let late = now + Duration::from_secs(12);
    budget.observe(&headers("167", "160", &unix(now, 20)), late);
    assert_eq!(
        acquire(&budget, late),
        Permit::After(Duration::from_secs(18))
    );
}

#[test]
fn resets_a_second_apart_are_one_window() {
    let (budget, now) = (SharedRateBudget::default(), whole_second());
    budget.observe(&headers("10", "9", &unix(now, 10)), now);
    budget.observe(&headers("10", "9", &unix(now, 11)), now);
    let state = budget.state(now + Duration::from_secs(12)).unwrap();
    assert_eq!(state.reset, now.system + Duration::from_secs(20));
}
