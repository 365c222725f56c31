//! Events as an iCalendar file (RFC 5545), for the calendar that the phone already has.
//!
//! Times are written in UTC, so no file needs a table of time zones. It must not know what an event is about.

use crate::time::Stamp;

/// Something that happens or is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for the same thing in every file, so that a calendar replaces it and does not add it again.
    pub uid: String,
    /// One line.
    pub summary: String,
    /// What else is to be known; may be empty.
    pub description: String,
    /// Where; may be empty.
    pub location: String,
    /// When.
    pub when: When,
    /// Minutes before it at which the phone reminds.
    pub alarms: Vec<u32>,
}

/// When an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// From one moment to another; an end that is not later is left out.
    At(Stamp, Stamp),
    /// Something to be done by then: a VTODO.
    Due(Stamp),
}

/// Octets of a line, without its end.
const WIDTH: usize = 75;

/// The file: one calendar with all events, stamped with `now`.
pub fn ics(events: &[Event], now: Stamp) -> String {
    let mut file = File::default();
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", "-//Sitebook//Sitebook//ZH");
    file.line("CALSCALE", "GREGORIAN");
    for event in events {
        file.event(event, now);
    }
    file.line("END", "VCALENDAR");
    file.0
}

#[derive(Default)]
struct File(String);

impl File {
    fn event(&mut self, event: &Event, now: Stamp) {
        let (kind, trigger) = match event.when {
            When::At(..) => ("VEVENT", "TRIGGER"),
            // A task has no beginning that an alarm could be reckoned from.
            When::Due(_) => ("VTODO", "TRIGGER;RELATED=END"),
        };
        self.line("BEGIN", kind);
        self.text("UID", &event.uid);
        self.line("DTSTAMP", &now.utc());
        match event.when {
            When::At(from, to) => {
                self.line("DTSTART", &from.utc());
                if to.at / 1000 > from.at / 1000 {
                    self.line("DTEND", &to.utc());
                }
            }
            When::Due(at) => self.line("DUE", &at.utc()),
        }
        self.text("SUMMARY", &event.summary);
        for (name, words) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
            if !words.is_empty() {
                self.text(name, words);
            }
        }
        for minutes in &event.alarms {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.text("DESCRIPTION", &event.summary);
            self.line(trigger, &format!("-PT{minutes}M"));
            self.line("END", "VALARM");
        }
        self.line("END", kind);
    }

    /// A property with words of people.
    fn text(&mut self, name: &str, words: &str) {
        let mut escaped = String::new();
        for letter in words.replace("\r\n", "\n").chars() {
            match letter {
                '\\' | ';' | ',' => escaped.extend(['\\', letter]),
                '\n' | '\r' => escaped.push_str("\\n"),
                '\t' => escaped.push('\t'),
                control if control.is_control() => {}
                other => escaped.push(other),
            }
        }
        self.line(name, &escaped);
    }

    /// A property, folded where a line gets too long; never inside a letter.
    fn line(&mut self, name: &str, value: &str) {
        let mut width = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if width + letter.len_utf8() > WIDTH {
                self.0.push_str("\r\n ");
                width = 1;
            }
            width += letter.len_utf8();
            self.0.push(letter);
        }
        self.0.push_str("\r\n");
    }
}
