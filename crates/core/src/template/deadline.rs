//! What is due some time after an event.

use super::{Operand, Predicate};
use crate::calendar::Span;
use crate::json::fields::{Blank, fields, variants};
use crate::text::Text;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Something due some time after an event.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Deadline {
    /// Id, unique in the procedure.
    pub id: String,
    /// What is due, in a few words.
    pub title: Text,
    /// The clause that sets it.
    pub clause: String,
    /// Rules of the inventory that it carries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
    /// Field keys of the stamps or moments that start it, the latest of those that are known; a column of moments
    /// (`stage.step.table.column`) counts with its latest, a signature with when it was given.
    pub from: Keys,
    /// How long after it.
    pub within: Within,
    /// It exists only while this holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Predicate>,
    /// It is met when this holds.
    pub until: Predicate,
    /// Id of the step that meets it, `stage.step`: where a tap on the deadline leads.
    pub step: String,
    /// Running clock on the visit screen (minutes matter) instead of a due date only.
    pub clock: bool,
    /// What it counts from is an appointment, of which people are reminded before it comes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub appointment: bool,
}

fields!(strict Deadline {
    id,
    title,
    clause,
    rules or Vec::new(),
    from,
    within,
    when or None,
    until,
    step,
    clock or false,
    appointment or false,
});

/// One key or several: in JSON a text or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys(pub Vec<String>);

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => serializer.serialize_str(one),
            several => serializer.collect_seq(several),
        }
    }
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        struct OneOrSeveral;
        impl<'de> Visitor<'de> for OneOrSeveral {
            type Value = Keys;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a field key or a list of them")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Keys, E> {
                Ok(Keys(vec![key.to_owned()]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Keys, A::Error> {
                let mut keys = Vec::new();
                while let Some(key) = list.next_element()? {
                    keys.push(key);
                }
                Ok(Keys(keys))
            }
        }
        deserializer.deserialize_any(OneOrSeveral)
    }
}

/// A duration; exactly one of the parts is set. Each amount is a number or the key of a limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Minutes.
    Minutes(Operand),
    /// Hours.
    Hours(Operand),
    /// Calendar days of 24 hours.
    Days(Operand),
    /// Hours of the customer's working time.
    WorkingHours(Operand),
    /// Until the end of working time of so many working days later.
    WorkingDays(Operand),
    /// Until the end of so many nights.
    Nights(Operand),
}

variants!(Within {
    "minutes" => Minutes(count),
    "hours" => Hours(count),
    "days" => Days(count),
    "working-hours" => WorkingHours(count),
    "working-days" => WorkingDays(count),
    "nights" => Nights(count),
});

impl Within {
    /// The words of the language for how it is counted, the usual ones first.
    pub const UNITS: [&str; 6] = ["minutes", "hours", "days", "working-hours", "working-days", "nights"];

    /// How it is counted.
    pub fn unit(&self) -> &'static str {
        match self {
            Within::Minutes(_) => "minutes",
            Within::Hours(_) => "hours",
            Within::Days(_) => "days",
            Within::WorkingHours(_) => "working-hours",
            Within::WorkingDays(_) => "working-days",
            Within::Nights(_) => "nights",
        }
    }

    /// An amount counted in one of [`Within::UNITS`]; `None` for another word.
    pub fn counted(unit: &str, amount: Operand) -> Option<Within> {
        Some(match unit {
            "minutes" => Within::Minutes(amount),
            "hours" => Within::Hours(amount),
            "days" => Within::Days(amount),
            "working-hours" => Within::WorkingHours(amount),
            "working-days" => Within::WorkingDays(amount),
            "nights" => Within::Nights(amount),
            _ => return None,
        })
    }

    /// With this amount, as the calendar counts it; `None` for one that no span can be.
    pub fn span(&self, amount: f64) -> Option<Span> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before")]
        let whole = (0.0..=1_000_000.0).contains(&amount).then(|| amount.round() as u32)?;
        Some(match self {
            Within::Minutes(_) => Span::Minutes(whole),
            Within::Hours(_) => Span::Hours(whole),
            Within::Days(_) => Span::Days(whole),
            Within::WorkingHours(_) => Span::WorkingHours(whole),
            Within::WorkingDays(_) => Span::WorkingDays(whole),
            Within::Nights(_) => Span::Nights(whole),
        })
    }

    /// How one of [`Within::UNITS`] is called.
    pub fn unit_words(unit: &str) -> Text {
        match unit {
            "minutes" => Text::of("分钟", "minutes"),
            "hours" => Text::of("小时", "hours"),
            "days" => Text::of("天（每天 24 小时）", "days of 24 hours"),
            "working-hours" => Text::of("客户的工作小时", "the customer's working hours"),
            "working-days" => Text::of("工作日（到下班为止）", "working days, to their end"),
            "nights" => Text::of("夜", "nights"),
            _ => Text::same(""),
        }
    }

    /// Its amount.
    pub fn amount(&self) -> &Operand {
        match self {
            Within::Minutes(amount)
            | Within::Hours(amount)
            | Within::Days(amount)
            | Within::WorkingHours(amount)
            | Within::WorkingDays(amount)
            | Within::Nights(amount) => amount,
        }
    }
}

impl Blank for Keys {
    fn blank() -> Keys {
        Keys::default()
    }
}

impl Blank for Within {
    fn blank() -> Within {
        Within::Minutes(Operand::Number(0.0))
    }
}
