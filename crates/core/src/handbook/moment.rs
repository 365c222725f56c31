//! When and where something of the handbook matters, and what it is used for.

use crate::json::fields::variants;
use serde::Serialize;

/// When something matters, in the order of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Always.
    All,
    /// Preparing, the night before (M1).
    Prepare,
    /// Contact by phone (M2).
    Phone,
    /// Arrival at the premises (M3).
    Arrive,
    /// Entering the room or office (M4).
    Enter,
    /// Before operating (M5).
    Before,
    /// While operating (M6).
    During,
    /// At the end of each day (M7).
    DayEnd,
    /// Leaving (M8).
    Leave,
    /// Signing and report (M9).
    Sign,
    /// Within three days after (M10).
    After,
}

variants!(Moment {
    "all" => All,
    "prepare" => Prepare,
    "phone" => Phone,
    "arrive" => Arrive,
    "enter" => Enter,
    "before" => Before,
    "during" => During,
    "day-end" => DayEnd,
    "leave" => Leave,
    "sign" => Sign,
    "after" => After,
});

impl Moment {
    /// Those of a visit in their order, and before them what matters always.
    pub const ALL: [Moment; 11] = [
        Moment::All,
        Moment::Prepare,
        Moment::Phone,
        Moment::Arrive,
        Moment::Enter,
        Moment::Before,
        Moment::During,
        Moment::DayEnd,
        Moment::Leave,
        Moment::Sign,
        Moment::After,
    ];

    /// The word of content files and addresses.
    pub fn id(self) -> &'static str {
        match self {
            Moment::All => "all",
            Moment::Prepare => "prepare",
            Moment::Phone => "phone",
            Moment::Arrive => "arrive",
            Moment::Enter => "enter",
            Moment::Before => "before",
            Moment::During => "during",
            Moment::DayEnd => "day-end",
            Moment::Leave => "leave",
            Moment::Sign => "sign",
            Moment::After => "after",
        }
    }

    /// The moment with this word.
    pub fn parse(word: &str) -> Option<Moment> {
        Moment::ALL.into_iter().find(|moment| moment.id() == word)
    }
}

/// Where something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Everywhere.
    Anywhere,
    /// The customer's premises.
    Premises,
    /// A machine room.
    Room,
    /// An office, the customer's or one's own.
    Office,
    /// On the phone.
    Phone,
    /// In reports, mails and chats.
    Writing,
    /// A production site.
    Production,
    /// A post at the customer's for weeks or months.
    Resident,
    /// A service counter.
    Counter,
}

variants!(Place {
    "anywhere" => Anywhere,
    "premises" => Premises,
    "room" => Room,
    "office" => Office,
    "phone" => Phone,
    "writing" => Writing,
    "production" => Production,
    "resident" => Resident,
    "counter" => Counter,
});

impl Place {
    /// All of them.
    pub const ALL: [Place; 9] = [
        Place::Anywhere,
        Place::Premises,
        Place::Room,
        Place::Office,
        Place::Phone,
        Place::Writing,
        Place::Production,
        Place::Resident,
        Place::Counter,
    ];

    /// Those that every visit has; the others come with a dress profile.
    pub const OF_EVERY_VISIT: [Place; 6] =
        [Place::Anywhere, Place::Premises, Place::Room, Place::Office, Place::Phone, Place::Writing];

    /// The word of content files and addresses.
    pub fn id(self) -> &'static str {
        match self {
            Place::Anywhere => "anywhere",
            Place::Premises => "premises",
            Place::Room => "room",
            Place::Office => "office",
            Place::Phone => "phone",
            Place::Writing => "writing",
            Place::Production => "production",
            Place::Resident => "resident",
            Place::Counter => "counter",
        }
    }

    /// The place with this word.
    pub fn parse(word: &str) -> Option<Place> {
        Place::ALL.into_iter().find(|place| place.id() == word)
    }
}

/// What a piece of guidance is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Ticked before or during a visit.
    SelfCheck,
    /// Read before a visit.
    Briefing,
    /// Looked at over time; handbook and appraisal only.
    Observe,
}

variants!(Use {
    "self-check" => SelfCheck, "briefing" => Briefing, "observe" => Observe
});
