//! Reads and writes ISO 8601 by the proleptic Gregorian calendar.

use std::fmt;

use super::MICROS_PER_SECOND;

const SECONDS_PER_DAY: i64 = 86_400;
/// Days from 0000-03-01, where the leap day ends the year, to 1970-01-01.
const DAYS_TO_1970: i64 = 719_468;
const DAYS_PER_400_YEARS: i64 = 146_097;

pub(super) fn parse(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let (year, month, day) = (
        digits(bytes, 0, 4)?,
        digits(bytes, 5, 2)?,
        digits(bytes, 8, 2)?,
    );
    let separated = bytes[4] == b'-' && bytes[7] == b'-';
    if !separated || !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day)
    {
        return None;
    }
    let midnight = days_from_civil(year, month, day) * SECONDS_PER_DAY;
    if bytes.len() == 10 {
        return Some(midnight * MICROS_PER_SECOND);
    }

    let (hour, minute) = (digits(bytes, 11, 2)?, digits(bytes, 14, 2)?);
    let separated = matches!(bytes[10], b'T' | b't' | b' ') && bytes[13] == b':';
    let (second, mut rest) = match bytes.get(16) {
        Some(b':') => (digits(bytes, 17, 2)?, &text[19..]),
        _ => (0, &text[16..]),
    };
    // A leap second is read as the second before it.
    if !separated || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut micros = 0;
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        let mut scale = MICROS_PER_SECOND / 10;
        for digit in fraction[..length].bytes() {
            micros += i64::from(digit - b'0') * scale;
            scale /= 10;
        }
        rest = (length > 0).then(|| &fraction[length..])?;
    }
    let local = midnight + hour * 3_600 + minute * 60 + second.min(59);
    Some((local - offset(rest.trim_start())?) * MICROS_PER_SECOND + micros)
}

/// The seconds east of UTC; a time without an offset is in UTC.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first() {
        None => return Some(0),
        Some(b'Z' | b'z') => return (text.len() == 1).then_some(0),
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return (text == "UTC").then_some(0),
    };
    let bytes = text.as_bytes();
    let minutes_at = match (bytes.len(), bytes.get(3)) {
        (3, _) => None,
        (5, _) => Some(3),
        (6, Some(b':')) => Some(4),
        _ => return None,
    };
    let hours = digits(bytes, 1, 2)?;
    let minutes = minutes_at.map_or(Some(0), |at| digits(bytes, at, 2))?;
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3_600 + minutes * 60))
}

pub(super) fn write(micros: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let second = micros.div_euclid(MICROS_PER_SECOND);
    let (year, month, day) = civil_from_days(second.div_euclid(SECONDS_PER_DAY));
    let of_day = second.rem_euclid(SECONDS_PER_DAY);
    let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
    write!(
        f,
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
    )?;
    match micros.rem_euclid(MICROS_PER_SECOND) {
        0 => {}
        fraction if fraction % 1_000 == 0 => write!(f, ".{:03}", fraction / 1_000)?,
        fraction => write!(f, ".{fraction:06}")?,
    }
    f.write_str("Z")
}

fn digits(bytes: &[u8], at: usize, count: usize) -> Option<i64> {
    bytes
        .get(at..at + count)?
        .iter()
        .try_fold(0, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + i64::from(byte - b'0'))
        })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days since 1970-01-01, counting years from March, so that a leap day is a year's last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - DAYS_TO_1970
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + DAYS_TO_1970;
    let era = days.div_euclid(DAYS_PER_400_YEARS);
    let of_era = days.rem_euclid(DAYS_PER_400_YEARS);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}
