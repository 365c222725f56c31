//! What people write into a calendar: hours, holidays, freezes; and what a calendar file says to other apps.

use super::cases;
use proptest::prelude::*;
use sitebook_core::calendar::{
    Calendar, Day, DayKind, Days, Event, Freeze, HolidayFile, HoursFault, LineFault, Weekly, When, ics,
};
use sitebook_core::json;
use sitebook_core::text::{Lang, Text};
use sitebook_core::time::Stamp;

fn hours(text: &str) -> String {
    Weekly::parse(text).unwrap_or_else(|error| panic!("{text}: {}", error.words().en)).to_string()
}

#[test]
fn hours_are_read_as_a_chinese_keyboard_writes_them() {
    let expected = "1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00";
    for text in [
        expected,
        "1-5 8:30-12:00, 14:00-18:00; 6 9:00-12:00",
        "１—５　８：３０～１２：００，１４：００～１８：００；６　９：００－１２：００",
        "周一至周五 8:30-12:00、14:00-18:00；周六 9:00-12:00",
        "星期一到星期五8:30至12:00，14:00至18:00。星期六9:00至12:00",
        "工作日 8点半-12点 14时-18时，周六 9点-12点00分",
        "一二三四五 0830-1200 1400-1800\n六 0900-1200",
        "周一、三、五、二、四 08:30—12:00；14:00—18:00；礼拜六 9:00—12:00",
        "Mon-Fri 8:30-12:00 and 14:00 to 18:00, Saturday 9:00-12:00",
    ] {
        assert_eq!(hours(text), expected, "{text}");
    }
}

#[test]
fn round_the_clock_has_many_names() {
    for text in
        ["always", "7x24", "7×24小时", "24*7h", "全天", "每天全天", "1-7 00:00-24:00", "每天 0:00-0:00", "all day"]
    {
        assert_eq!(Weekly::parse(text).unwrap(), Weekly::always(), "{text}");
    }
    assert_eq!(hours("周末 24小时"), "6-7 00:00-24:00");
}

#[test]
fn no_hours_have_names_too() {
    for text in ["", "  ", "无", "没有", "none"] {
        assert!(Weekly::parse(text).unwrap().is_empty(), "{text}");
    }
}

#[test]
fn times_without_weekdays_are_working_days_or_for_peaks_every_day() {
    assert_eq!(hours("9:00-18:00"), "1-5 09:00-18:00");
    assert_eq!(Weekly::parse_peak("9:00-11:00 19:00-22:00").unwrap().to_string(), "1-7 09:00-11:00 19:00-22:00");
    assert_eq!(Weekly::parse_peak("1-5 9:00-11:00").unwrap().to_string(), "1-5 09:00-11:00");
}

#[test]
fn hours_may_run_across_midnight_and_weekdays_across_the_week() {
    assert_eq!(hours("每天 20:00-次日6:00"), "1-7 20:00-06:00");
    assert_eq!(hours("5-1 22:00-06:00"), "1,5-7 22:00-06:00");
}

#[test]
fn what_is_wrong_with_hours_is_said_in_words_with_the_place() {
    let wrong = |text: &str| Weekly::parse(text).unwrap_err();
    let cases = [
        ("1-5 9:00-18:00 左右", HoursFault::Unknown("左右".to_owned()), 16),
        ("1-8 9:00-18:00", HoursFault::Number("8".to_owned()), 3),
        ("9-18", HoursFault::Number("9-18".to_owned()), 1),
        ("9:00-25:00", HoursFault::Clock("25:00".to_owned()), 6),
        ("9:00-18:60", HoursFault::Clock("18:60".to_owned()), 6),
        ("24:00-06:00", HoursFault::NoEnd("24:00-06:00".to_owned()), 1),
        ("周一 9:00", HoursFault::NoEnd("9:00".to_owned()), 4),
        ("1-5; 6 9:00-12:00", HoursFault::NoTimes, 1),
        ("9:00-12:00 6", HoursFault::NoTimes, 12),
        ("1-5 9:00-18:00; 5 17:00-20:00", HoursFault::Overlap(4), 19),
        ("9:00-12:00 none", HoursFault::Unknown("none".to_owned()), 12),
        ("- 9:00-12:00", HoursFault::Unknown("-".to_owned()), 1),
    ];
    for (text, fault, at) in cases {
        let error = wrong(text);
        assert_eq!((error.fault, error.at), (fault, at), "{text}");
    }
    let words = wrong("1-5 9:00-18:00；周五 17:00-20:00").words();
    assert_eq!(
        words.zh,
        "第 19 个字：周五的两段时间重叠。例如：1-5 08:30-12:00 14:00-18:00; 6 09:00-12:00（1 为周一）。"
    );
    assert!(words.en.starts_with("At letter 19: Two spans of Fri overlap. For example:"), "{}", words.en);
}

/// Any hours, as text: up to three spans a day, one in order after the other.
fn any_hours() -> impl Strategy<Value = String> {
    let day = proptest::collection::btree_set(0..1440u32, 0..7);
    proptest::collection::vec((day, 0..4u32), 7).prop_map(|days| {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut text = String::new();
        for (weekday, (edges, same)) in days.iter().enumerate() {
            let edges: Vec<u32> = edges.iter().copied().collect();
            // Days that look the same are written together.
            let spans: Vec<String> = match same {
                0 => vec!["09:00-18:00".to_owned()],
                1 => vec!["00:00-24:00".to_owned()],
                _ => edges.chunks_exact(2).map(|pair| format!("{}-{}", clock(pair[0]), clock(pair[1]))).collect(),
            };
            if !spans.is_empty() {
                text.push_str(&format!("{} {};", weekday + 1, spans.join(" ")));
            }
            // What is left over is the begin of a span across midnight.
            if let (2.., [first, .., last]) = (same, edges.as_slice())
                && edges.len() % 2 == 1
            {
                text.push_str(&format!("{} {}-{};", weekday + 1, clock(*last), clock(*first)));
            }
        }
        text
    })
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn hours_that_were_written_are_read_again(text in any_hours()) {
        let weekly = Weekly::parse(&text).unwrap();
        prop_assert_eq!(Weekly::parse(&weekly.to_string()).unwrap(), weekly.clone());
        prop_assert_eq!(Weekly::parse(&weekly.words().zh).unwrap(), weekly.clone());
        prop_assert_eq!(Weekly::parse(&weekly.words().en).unwrap(), weekly);
    }

    #[test]
    fn no_text_makes_the_parsers_fail_and_errors_point_into_it(
        text in "([0-9]{1,4}|[-:;,. ~…年月日至—]|周|一|工作日|全天|24小时|7x24|always|休|班|T|2026-02-10|\n|.){0,24}",
    ) {
        if let Err(error) = Weekly::parse(&text) {
            prop_assert!((1..=text.chars().count()).contains(&error.at));
            let place = format!("第 {} 个字：", error.at);
            prop_assert!(error.words().zh.starts_with(&place));
        }
        let lines = text.lines().count();
        let errors = [Days::parse(&text).err(), Freeze::parse(&text).err()];
        for error in errors.into_iter().flatten().flatten() {
            prop_assert!((1..=lines).contains(&error.line));
            prop_assert!(!error.words().en.is_empty());
        }
    }

    #[test]
    fn freezes_that_were_written_are_read_again(
        starts in proptest::collection::vec((0..30_000i64, 1..9000i64, any::<bool>(), "[^\n\r]{1,12}"), 0..5),
    ) {
        let mut text = String::new();
        for (start, long, whole, reason) in starts {
            let (start, end) = if whole { (start / 1440 * 1440, start / 1440 * 1440 + long / 1440 * 1440 + 1440) } else { (start, start + long) };
            let written = |minute: i64| Stamp { at: 1_789_344_000_000 + minute * 60_000, tz: 0 }.date_time();
            text.push_str(&format!("{}..{} {reason}\n", written(start), written(end)));
        }
        if let Ok(freeze) = Freeze::parse(&text) {
            prop_assert_eq!(Freeze::parse(&freeze.to_string()).unwrap(), freeze);
        }
    }

    #[test]
    fn holidays_that_were_written_are_read_again(days in proptest::collection::btree_map(0..400i32, any::<bool>(), 0..40)) {
        let first = Day::parse("2026-01-01").unwrap();
        let kind = |off| if off { DayKind::Holiday } else { DayKind::Working };
        let days = Days::new(days.into_iter().map(|(n, off)| (first.plus(n), kind(off))));
        prop_assert_eq!(Days::parse(&days.lines(Lang::Zh)).unwrap(), days.clone());
        prop_assert_eq!(Days::parse(&days.lines(Lang::En)).unwrap(), days);
    }

    #[test]
    fn a_calendar_file_unfolds_to_what_was_put_in(
        summary in "\\PC{0,200}", description in "(\\PC|\n|\t|[;,\\\\]){0,400}", uid in "[a-z0-9@.-]{1,90}",
    ) {
        let event = Event { uid: uid.clone(), summary: summary.clone(), description: description.clone(), ..cutover() };
        let file = ics(&[event], NOW);
        for line in file.split("\r\n") {
            prop_assert!(line.len() <= 75, "{line}");
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let unfolded = file.replace("\r\n ", "");
        let value = |name: &str| {
            let line = unfolded.split("\r\n").find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            line.map(unescaped)
        };
        prop_assert_eq!(value("UID"), Some(uid));
        prop_assert_eq!(value("SUMMARY"), Some(summary));
        // An empty description is left out; what is found then is the alarm's.
        if !description.is_empty() {
            prop_assert_eq!(value("DESCRIPTION"), Some(description));
        }
    }
}

/// A text of iCalendar as it was before it was escaped.
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                other => out.extend(other),
            },
            ';' | ',' => panic!("{letter} stands unescaped in {value}"),
            other => out.push(other),
        }
    }
    out
}

#[test]
fn holidays_are_read_line_by_line_and_have_names() {
    let days = Days::parse(
        "# 2026\n2026-10-01..2026-10-07 休 国庆节\n\n2026年9月20日 班 国庆节\n2026/9/25～9/27 放假 中秋\n2026-10-10 work",
    )
    .unwrap();
    let on = |date: &str| days.kind(Day::parse(date).unwrap());
    assert_eq!(on("2026-10-07"), Some(DayKind::Holiday));
    assert_eq!(on("2026-10-08"), None);
    assert_eq!(on("2026-09-20"), Some(DayKind::Working));
    assert_eq!(on("2026-09-26"), Some(DayKind::Holiday));
    assert_eq!(on("2026-10-10"), Some(DayKind::Working));
    assert_eq!(days.name(Day::parse("2026-10-02").unwrap()), Some(&Text::same("国庆节")));
    assert_eq!(days.name(Day::parse("2026-10-10").unwrap()), None);
    let lines =
        "2026-09-20 班 国庆节\n2026-09-25..2026-09-27 休 中秋\n2026-10-01..2026-10-07 休 国庆节\n2026-10-10 班\n";
    assert_eq!(days.lines(Lang::Zh), lines);
}

#[test]
fn every_line_that_is_not_understood_is_told_with_its_number() {
    let text = "国庆 休\n2026-02-30 休\n2026-10-07..2026-10-01 休\n2026-10-01 调休\n2026-10-02\n2026-10-03 休\n\
                2026-10-03 班\n2026-01-01..2027-01-02 休\n2026-10-04..x 休\n2026-10-05 08:00 休";
    let errors = Days::parse(text).unwrap_err();
    let told: Vec<(usize, LineFault)> = errors.iter().map(|error| (error.line, error.fault.clone())).collect();
    let word = |word: &str| word.to_owned();
    let expected = [
        (1, LineFault::Date(word("国庆"))),
        (2, LineFault::NoDate(word("2026-02-30"))),
        (3, LineFault::Reversed),
        (4, LineFault::Kind(word("调休"))),
        (5, LineFault::Kind(word(""))),
        (7, LineFault::Twice(Day::parse("2026-10-03").unwrap())),
        (8, LineFault::Long),
        (9, LineFault::Date(word("x"))),
        (10, LineFault::WholeDays),
    ];
    assert_eq!(told, expected);
    assert_eq!(
        errors[1].words().zh,
        "第 2 行：没有“2026-02-30”这一天（2000 至 2099 年）。例如：2026-10-01..2026-10-07 休 国庆节"
    );
    assert_eq!(
        errors[5].words().en,
        "Line 7: 2026-10-03 already stands further up. For example: 2026-10-01..2026-10-07 休 国庆节"
    );
}

#[test]
fn a_year_is_known_when_its_holidays_are_set() {
    let days = Days::parse("2026-12-31..2027-01-02 休 元旦\n2026-10-01 休").unwrap();
    assert!(days.known(2026));
    assert!(!days.known(2027), "three days at the turn of the year are not the arrangement of 2027");
    assert!(!days.known(2025));
}

#[test]
fn the_file_of_holidays_gives_days_with_names_in_both_languages() {
    let file: HolidayFile = json::read(
        r#"{"schema":1,"day":[{"from":"2026-10-01","to":"2026-10-07","kind":"holiday","name":{"zh":"国庆节","en":"National Day"}},
            {"from":"2026-10-10","kind":"working","name":{"zh":"国庆节","en":"National Day"}}]}"#,
    )
    .unwrap();
    let days = Days::from_file(&file);
    assert_eq!(days.lines(Lang::En), "2026-10-01..2026-10-07 off National Day\n2026-10-10 work National Day\n");
    assert_eq!(json::read::<HolidayFile>(&json::write(&file).unwrap()).unwrap(), file);
    assert!(
        json::read::<HolidayFile>(r#"{"schema":1,"day":[{"from":"2026-10-01","name":{"zh":"","en":""}}]}"#).is_err()
    );
}

#[test]
fn a_freeze_is_in_force_by_the_customers_clocks() {
    let freeze = Freeze::parse("2026-02-10 18:00..2026-02-25 08:00 春节封网\n2026年3月5日至15日 两会保障").unwrap();
    let calendar = Calendar { freeze, ..Calendar::default() };
    let reason = |text: &str, tz: i16| calendar.frozen(Stamp::from_input(text, tz).unwrap()).map(|one| one.reason());
    assert_eq!(reason("2026-02-10T17:59", 480), None);
    assert_eq!(reason("2026-02-10T18:00", 480), Some("春节封网"));
    assert_eq!(reason("2026-02-25T08:00", 480), None);
    assert_eq!(reason("2026-03-15T23:59", 480), Some("两会保障"));
    assert_eq!(reason("2026-03-16T00:00", 480), None);
    // 10:00 in London is 18:00 in China.
    assert_eq!(reason("2026-02-10T09:59", 0), None);
    assert_eq!(reason("2026-02-10T10:00", 0), Some("春节封网"));
    let period = calendar.frozen(Stamp::from_input("2026-02-10T10:00", 0).unwrap()).unwrap();
    assert_eq!(period.to(480).date_time(), "2026-02-25 08:00");
    assert_eq!(period.when(), "2026-02-10 18:00..2026-02-25 08:00");
    assert_eq!(calendar.freeze.periods()[1].when(), "2026-03-05..2026-03-15");
}

#[test]
fn of_two_freezes_the_one_that_ends_last_is_told() {
    let freeze = Freeze::parse("2026-02-10..2026-02-12 短\n2026-02-11..2026-02-20 长").unwrap();
    let at = |text: &str| freeze.at(Stamp::from_input(text, 480).unwrap()).map(|one| one.reason());
    assert_eq!(at("2026-02-11T12:00"), Some("长"));
    assert_eq!(at("2026-02-10T12:00"), Some("短"));
}

#[test]
fn a_freeze_needs_a_reason_and_an_end_after_its_beginning() {
    let errors = Freeze::parse("2026-02-10..2026-02-12\n2026-02-10 18:00..2026-02-10 08:00 春节\n2026-02-10 25:00 x")
        .unwrap_err();
    let told: Vec<LineFault> = errors.iter().map(|error| error.fault.clone()).collect();
    assert_eq!(told, [LineFault::Reason, LineFault::Reversed, LineFault::Clock("25:00".to_owned())]);
    assert_eq!(errors[0].words().zh, "第 1 行：后面请写原因。例如：2026-02-10 18:00..2026-02-25 08:00 春节封网");
}

const NOW: Stamp = Stamp { at: 1_795_233_600_000, tz: 480 };

fn cutover() -> Event {
    Event {
        uid: "visit-1@sitebook".to_owned(),
        summary: "割接，一号机房".to_owned(),
        description: String::new(),
        location: "A; B".to_owned(),
        when: When::At(NOW, Stamp { at: NOW.at + 3_600_000, tz: 0 }),
        alarms: vec![30],
    }
}

#[test]
fn a_calendar_file_looks_like_this() {
    let due = Event { when: When::Due(NOW), location: String::new(), alarms: vec![1440], ..cutover() };
    insta::assert_snapshot!(ics(&[cutover(), due], NOW).replace("\r\n", "\n"), @r"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//Sitebook//Sitebook//ZH
    CALSCALE:GREGORIAN
    BEGIN:VEVENT
    UID:visit-1@sitebook
    DTSTAMP:20261121T040000Z
    DTSTART:20261121T040000Z
    DTEND:20261121T050000Z
    SUMMARY:割接，一号机房
    LOCATION:A\; B
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:割接，一号机房
    TRIGGER:-PT30M
    END:VALARM
    END:VEVENT
    BEGIN:VTODO
    UID:visit-1@sitebook
    DTSTAMP:20261121T040000Z
    DUE:20261121T040000Z
    SUMMARY:割接，一号机房
    BEGIN:VALARM
    ACTION:DISPLAY
    DESCRIPTION:割接，一号机房
    TRIGGER;RELATED=END:-PT1440M
    END:VALARM
    END:VTODO
    END:VCALENDAR
    ");
}

#[test]
fn an_event_that_ends_before_it_begins_has_no_end() {
    let event = Event { when: When::At(NOW, NOW), ..cutover() };
    assert!(!ics(&[event], NOW).contains("DTEND"));
}
