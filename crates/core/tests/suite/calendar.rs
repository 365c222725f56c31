//! What is due when, against an oracle that walks through the weeks minute by minute.
//!
//! The oracle knows hours as lists of minutes and days as a map; it counts one minute after the other and shares
//! nothing with the core but the names of the weekdays.

use super::cases;
use proptest::prelude::*;
use sitebook_core::calendar::{Calendar, Day, DayKind, Days, Span, Weekly};
use sitebook_core::time::Stamp;
use std::collections::BTreeMap;

const MINUTE: i64 = 60_000;
const DAY: i64 = 1440;
/// 2026-09-14 00:00 UTC, a Monday.
const MONDAY: i64 = 1_789_344_000_000 / MINUTE;

/// A world of random hours, and the same world as the oracle knows it. Times are minutes since 1970.
#[derive(Debug, Clone)]
struct World {
    /// From Monday: minutes after midnight at which spans begin, and how long they are.
    hours: Vec<Vec<(i64, i64)>>,
    /// Days after [`MONDAY`], negative ones before it.
    days: BTreeMap<i64, DayKind>,
    tz: i16,
    night: (u32, u32),
}

impl World {
    fn calendar(&self) -> Calendar {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut text = String::new();
        for (weekday, spans) in self.hours.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
            text.push_str(&format!("{}", weekday + 1));
            for (from, long) in spans {
                text.push_str(&format!(" {}-{}", clock(*from), clock((from + long) % DAY)));
            }
            text.push(';');
        }
        let monday = Day::at(Stamp { at: MONDAY * MINUTE, tz: 0 }, 0);
        let days = self.days.iter().map(|(n, kind)| (monday.plus(i32::try_from(*n).unwrap()), *kind));
        Calendar {
            hours: Weekly::parse(&text).unwrap(),
            days: Days::new(days),
            tz: self.tz,
            night: self.night,
            ..Calendar::default()
        }
    }

    /// The spans that begin on a day, counted from [`MONDAY`].
    fn spans(&self, day: i64) -> &[(i64, i64)] {
        let weekday = usize::try_from(day.rem_euclid(7)).unwrap();
        let never_rests = self.hours.iter().all(|spans| !spans.is_empty());
        match self.days.get(&day) {
            Some(DayKind::Holiday) if !never_rests => &[],
            Some(DayKind::Working) if weekday == 5 || weekday == 6 => {
                let mut stands_for = weekday;
                for candidate in 0..5 {
                    if !self.hours[candidate].is_empty() {
                        stands_for = candidate;
                    }
                }
                &self.hours[stands_for]
            }
            _ => &self.hours[weekday],
        }
    }

    /// Local days and minutes after midnight.
    fn local(&self, minute: i64) -> (i64, i64) {
        let local = minute + i64::from(self.tz) - MONDAY;
        (local.div_euclid(DAY), local.rem_euclid(DAY))
    }

    fn works(&self, minute: i64) -> bool {
        let (day, of_day) = self.local(minute);
        let inside = |(from, long): &(i64, i64), of_day: i64| *from <= of_day && of_day < from + long;
        self.spans(day).iter().any(|span| inside(span, of_day))
            || self.spans(day - 1).iter().any(|span| inside(span, of_day + DAY))
    }

    /// The first moment at which so many working minutes have passed, among the minutes of some weeks.
    fn after(&self, from: i64, minutes: u32) -> Option<i64> {
        let mut passed = 0;
        for minute in from..from + 60 * DAY {
            if passed == minutes {
                return Some(minute);
            }
            passed += u32::from(self.works(minute));
        }
        None
    }

    /// The last minute of the hours that begin on a local day is followed by this one.
    fn end_of_work(&self, day: i64) -> Option<i64> {
        let midnight = day * DAY + MONDAY - i64::from(self.tz);
        let open = |minute: &i64| self.spans(day).iter().any(|(from, long)| (*from..from + long).contains(minute));
        (0..2 * DAY).rev().find(open).map(|minute| midnight + minute + 1)
    }

    fn in_the_night(&self, minute: i64) -> bool {
        let (_, of_day) = self.local(minute);
        let (from, to) = (i64::from(self.night.0), i64::from(self.night.1));
        if from < to { from <= of_day && of_day < to } else { from <= of_day || of_day < to }
    }
}

/// Spans of a day that do not overlap: pauses and lengths one after the other; the last may run across midnight.
fn spans() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let lengths = proptest::collection::vec((0..500i64, 1..600i64), 1..4);
    let some = (lengths, 1..=DAY).prop_map(|(lengths, last)| {
        let (mut spans, mut at) = (Vec::new(), 0);
        for (pause, long) in lengths {
            at += pause;
            if at >= DAY {
                break;
            }
            // A span longer than the rest of the day ends tomorrow, and is the last.
            let long = if at + long >= DAY { last } else { long };
            spans.push((at, long));
            at += long;
        }
        spans
    });
    prop_oneof![2 => Just(Vec::new()), 5 => some, 1 => Just(vec![(0, DAY)]), 3 => Just(vec![(540, 540)])]
}

fn tz() -> impl Strategy<Value = i16> {
    prop_oneof![Just(480i16), Just(0), Just(345), Just(-570), Just(840), Just(-840), -840..=840i16]
}

fn world() -> impl Strategy<Value = World> {
    let kind = prop_oneof![Just(DayKind::Holiday), Just(DayKind::Working)];
    let hours = proptest::collection::vec(spans(), 7);
    let days = proptest::collection::btree_map(-8..70i64, kind, 0..20);
    (hours, days, tz(), (0..1440u32, 0..1440u32)).prop_map(|(hours, days, tz, night)| World { hours, days, tz, night })
}

/// A minute within three weeks, often one at which something begins or ends.
fn minute() -> impl Strategy<Value = i64> {
    let edge = (-2..20i64, prop_oneof![Just(0i64), Just(540), Just(1080), Just(1439)], -840..=840i64)
        .prop_map(|(day, minute, tz)| MONDAY + day * DAY + minute - tz);
    prop_oneof![MONDAY - 3000..MONDAY + 20 * DAY, edge]
}

/// A stamp of a phone: the moment, in whatever offset.
fn stamp(minute: i64, phone: i16) -> Stamp {
    Stamp { at: minute * MINUTE, tz: phone }
}

fn minutes(stamp: Option<Stamp>) -> Option<i64> {
    stamp.map(|stamp| {
        assert_eq!(stamp.at % MINUTE, 0);
        stamp.at / MINUTE
    })
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn working_time_is_that_of_the_oracle_minute_by_minute(world in world(), from in minute(), phone in tz()) {
        let calendar = world.calendar();
        for minute in from..from + 3 * DAY {
            prop_assert_eq!(calendar.is_working(stamp(minute, phone)), world.works(minute), "{}", minute);
        }
    }

    #[test]
    fn working_hours_run_out_when_the_oracle_says(
        world in world(), from in minute(), hours in 0..80u32, phone in tz(),
    ) {
        let due = minutes(world.calendar().due(stamp(from, phone), Span::WorkingHours(hours)));
        match world.after(from, hours * 60) {
            Some(expected) => prop_assert_eq!(due, Some(expected)),
            // The oracle looks at 60 days, the core at every day up to 2099.
            None => prop_assert!(due.is_none_or(|due| due >= from + 60 * DAY)),
        }
    }

    #[test]
    fn working_minutes_are_counted_as_the_oracle_counts(
        world in world(), from in minute(), long in 0..15 * DAY, phone in tz(),
    ) {
        let expected = (from..from + long).filter(|minute| world.works(*minute)).count();
        let counted = world.calendar().working_minutes(stamp(from, phone), stamp(from + long, phone));
        prop_assert_eq!(counted, i64::try_from(expected).unwrap());
        prop_assert_eq!(world.calendar().working_minutes(stamp(from + long, phone), stamp(from, phone)), 0);
    }

    #[test]
    fn the_next_working_moment_is_that_of_the_oracle(world in world(), from in minute(), phone in tz()) {
        let next = minutes(world.calendar().next_working(stamp(from, phone)));
        match (from..from + 60 * DAY).find(|minute| world.works(*minute)) {
            Some(expected) => prop_assert_eq!(next, Some(expected)),
            None => prop_assert!(next.is_none_or(|next| next >= from + 60 * DAY)),
        }
    }

    #[test]
    fn working_days_end_when_the_oracle_says(world in world(), from in minute(), count in 0..9u32, phone in tz()) {
        let due = minutes(world.calendar().due(stamp(from, phone), Span::WorkingDays(count)));
        let (today, _) = world.local(from);
        let expected = if count == 0 {
            (today - 1..today + 60).filter_map(|day| world.end_of_work(day)).find(|end| *end >= from)
        } else {
            let mut ends = (today + 1..today + 60).filter_map(|day| world.end_of_work(day));
            ends.nth(usize::try_from(count).unwrap() - 1)
        };
        match expected {
            Some(expected) => prop_assert_eq!(due, Some(expected)),
            None => prop_assert!(due.is_none_or(|due| due >= from + 58 * DAY)),
        }
    }

    #[test]
    fn nights_are_over_when_the_oracle_says(world in world(), from in minute(), count in 1..9u32, phone in tz()) {
        let starts = |minute: &i64| world.local(*minute).1 == i64::from(world.night.0);
        let begin = (from..).filter(starts).nth(usize::try_from(count).unwrap() - 1).unwrap();
        let whole_day = world.night.0 == world.night.1;
        let end = (begin + 1..).find(|minute| if whole_day { starts(minute) } else { !world.in_the_night(*minute) });
        let calendar = world.calendar();
        prop_assert_eq!(minutes(calendar.due(stamp(from, phone), Span::Nights(count))), end);
        for minute in begin - 2..begin + DAY {
            prop_assert_eq!(calendar.is_night(stamp(minute, phone)), world.in_the_night(minute));
        }
    }

    #[test]
    fn a_deadline_does_not_depend_on_the_offset_of_the_phone(
        world in world(), from in minute(), one in tz(), other in tz(), count in 0..50u32,
    ) {
        let calendar = world.calendar();
        for span in [Span::Minutes, Span::Hours, Span::Days, Span::WorkingHours, Span::WorkingDays, Span::Nights] {
            let due = calendar.due(stamp(from, one), span(count));
            prop_assert_eq!(due, calendar.due(stamp(from, other), span(count)));
            prop_assert!(due.is_none_or(|due| due.tz == world.tz && due.at >= from * MINUTE));
        }
    }

    #[test]
    fn what_was_counted_forward_is_counted_between(world in world(), from in 0..20 * DAY * MINUTE, hours in 1..60u32) {
        let calendar = world.calendar();
        let from = Stamp { at: MONDAY * MINUTE + from, tz: 480 };
        if let Some(due) = calendar.due(from, Span::WorkingHours(hours)) {
            prop_assert_eq!(calendar.working_minutes(from, due), i64::from(hours) * 60);
            prop_assert_eq!(calendar.working_minutes(from, Stamp { at: due.at - 1, ..due }), i64::from(hours) * 60 - 1);
        }
    }

    #[test]
    fn no_moment_and_no_span_makes_it_fail_or_run_for_ever(
        world in world(), at in any::<i64>(), tz in any::<i16>(), count in any::<u32>(), night in any::<(u32, u32)>(),
    ) {
        let calendar = Calendar { tz, night, ..world.calendar() };
        for at in [at, at % 4_102_444_800_000] {
            let stamp = Stamp { at, tz };
            for span in [Span::Minutes, Span::Hours, Span::Days, Span::WorkingHours, Span::WorkingDays, Span::Nights] {
                let due = calendar.due(stamp, span(count));
                prop_assert!(due.is_none_or(Stamp::is_plausible));
            }
            calendar.is_working(stamp);
            calendar.next_working(stamp);
            let end = |at| Stamp { at, tz };
            prop_assert_eq!(calendar.working_minutes(stamp, end(i64::MAX)), 0);
            prop_assert!(calendar.working_minutes(stamp, end(4_102_444_799_999)) >= 0);
        }
    }
}

/// A moment at the customer's in China.
fn china(text: &str) -> Stamp {
    Stamp::from_input(text, 480).unwrap()
}

fn national_day() -> Calendar {
    let days = Days::parse("2026-10-01..2026-10-07 休 国庆节\n2026-09-20 班\n2026-10-10 班").unwrap();
    Calendar { days, ..Calendar::default() }
}

fn due(calendar: &Calendar, from: &str, span: Span) -> String {
    calendar.due(china(from), span).map_or_else(|| "never".to_owned(), Stamp::date_time)
}

#[test]
fn two_working_hours_before_the_national_day_end_after_it() {
    let calendar = national_day();
    assert_eq!(due(&calendar, "2026-09-30T17:00", Span::WorkingHours(2)), "2026-10-08 10:00");
    assert_eq!(due(&calendar, "2026-09-30T16:00", Span::WorkingHours(2)), "2026-09-30 18:00");
    assert_eq!(due(&calendar, "2026-09-30T16:00", Span::Hours(2)), "2026-09-30 18:00");
}

#[test]
fn a_shifted_saturday_is_a_working_day_with_the_hours_of_friday() {
    let calendar = Calendar { hours: Weekly::parse("1-4 09:00-18:00; 5 09:00-17:00").unwrap(), ..national_day() };
    assert_eq!(due(&calendar, "2026-10-09T12:00", Span::WorkingDays(1)), "2026-10-10 17:00");
    assert!(calendar.is_working_day(Day::parse("2026-10-10").unwrap()));
    assert!(!calendar.is_working_day(Day::parse("2026-10-17").unwrap()));
    assert!(!calendar.is_working_day(Day::parse("2026-10-01").unwrap()));
}

#[test]
fn who_works_every_day_of_the_week_works_on_holidays() {
    for hours in ["always", "每天 08:00-20:00"] {
        let calendar = Calendar { hours: Weekly::parse(hours).unwrap(), ..national_day() };
        assert!(calendar.is_working(china("2026-10-01T09:00")), "{hours}");
    }
    let calendar = Calendar { hours: Weekly::parse("1-6 08:00-20:00").unwrap(), ..national_day() };
    assert!(!calendar.is_working(china("2026-10-01T09:00")));
}

#[test]
fn peak_hours_follow_the_customers_clocks_and_not_those_of_the_phone() {
    let calendar = Calendar { peak: Weekly::parse_peak("19:00-22:00").unwrap(), ..Calendar::default() };
    // 20:00 in China is 12:00 in London.
    let phone = Stamp::from_input("2026-11-21T12:00", 0).unwrap();
    assert!(calendar.is_peak(phone));
    assert!(!calendar.is_peak(Stamp::from_input("2026-11-21T20:00", 0).unwrap()));
}

#[test]
fn a_window_across_midnight_is_that_of_the_customer() {
    let calendar = Calendar::default();
    let phone = |text: &str| Stamp::from_input(text, -480).unwrap();
    // 15:00 on the American coast is 07:00 the next day in China.
    assert!(!calendar.in_window(phone("2026-11-20T15:00"), 20 * 60, 6 * 60));
    assert!(calendar.in_window(phone("2026-11-20T13:59"), 20 * 60, 6 * 60));
}

#[test]
fn a_night_that_has_begun_does_not_count() {
    let calendar = Calendar::default();
    assert_eq!(due(&calendar, "2026-11-21T02:00", Span::Nights(1)), "2026-11-22 06:00");
    assert_eq!(due(&calendar, "2026-11-21T00:00", Span::Nights(1)), "2026-11-21 06:00");
    assert_eq!(due(&calendar, "2026-11-21T17:00", Span::Nights(3)), "2026-11-24 06:00");
    assert_eq!(due(&calendar, "2026-11-21T17:00", Span::Nights(0)), "2026-11-21 17:00");
}

#[test]
fn without_any_working_time_nothing_is_due() {
    let calendar = Calendar { hours: Weekly::default(), ..national_day() };
    for span in [Span::WorkingHours(1), Span::WorkingDays(1), Span::WorkingDays(0)] {
        assert_eq!(due(&calendar, "2026-11-21T02:00", span), "never");
    }
    assert_eq!(calendar.next_working(china("2026-11-21T02:00")), None);
    assert_eq!(due(&calendar, "2026-11-21T02:00", Span::Days(3)), "2026-11-24 02:00");
}

#[test]
fn seconds_are_kept() {
    let from = Stamp { at: china("2026-11-20T17:30").at + 1_500, tz: 480 };
    let due = Calendar::default().due(from, Span::WorkingHours(1)).unwrap();
    assert_eq!(due.at, china("2026-11-23T09:30").at + 1_500);
}

#[test]
fn a_span_is_said_in_words() {
    assert_eq!(Span::WorkingHours(2).words().zh, "2 个工作小时");
    assert_eq!(Span::WorkingHours(2).words().en, "2 working hours");
    assert_eq!(Span::Nights(1).words().en, "1 night");
}
