//! Where the user is, as the part of the address behind `#`.
//!
//! Hash routes need nothing of the host: every address works after a reload on any static host and under any
//! sub-path. Pure text in, enum out; the browser's side is `browser::route`.

use sitebook_core::handbook::{Moment, Place};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::RecordKind;

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// What is due and what is next.
    Today,
    /// Work orders and visits.
    Work,
    /// All records of a kind.
    Records(RecordKind),
    /// A list of records as it prints.
    PrintList(RecordKind),
    /// What the records say in figures.
    Charts,
    /// Profile, import, storage, about.
    More,
    /// Take in a file.
    Import,
    /// Say of a file whether it is whole.
    Verify,
    /// Say of a paper whether it says what the record says: the code on it.
    VerifyPaper(String),
    /// All forms, as blank papers.
    Blanks,
    /// One form as a blank paper.
    Blank(String),
    /// A new basic record; references are filled from the given record.
    New(RecordKind, Option<RecordId>),
    /// A record.
    Show(RecordKind, RecordId),
    /// Change a basic record.
    Edit(RecordKind, RecordId),
    /// A visit at one of its stages.
    Stage(RecordId, String),
    /// The forms of a visit.
    Forms(RecordId),
    /// One form of a visit as it prints.
    Form(RecordId, String),
    /// What happened to a record.
    History(RecordId),
    /// Erase a customer's data.
    Erase(RecordId),
    /// All procedures and forms; with a work order, to begin one for it.
    Catalogue(Option<RecordId>),
    /// One procedure, to read and to begin, perhaps for a work order.
    Procedure(String, Option<RecordId>),
    /// Labels of a piece of equipment, or of all of a customer or site.
    Labels(RecordKind, RecordId),
    /// Agreed times and due dates, for the phone's own calendar.
    Calendar,
    /// Rules and limits.
    Limits,
    /// The handbook.
    Handbook(Shelf),
    /// What to read and tick before a work order or visit.
    Briefing(RecordKind, RecordId),
    /// The design system, in development builds.
    #[cfg(debug_assertions)]
    Design,
    /// Where procedures are written.
    Desk(Desk),
    /// An address that leads nowhere.
    Lost,
}

/// What an address asks for, stages of one visit taken together so that changing the stage does not open it anew.
#[derive(Debug, Clone, PartialEq)]
pub enum Screen {
    /// The work of a visit.
    Visit(RecordId),
    /// A form of a visit; all of them if none is named.
    Forms(RecordId, Option<String>),
    /// Anything else.
    Page(Route),
}

/// What is done with a procedure that the team writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Desk {
    /// It is changed.
    Edit(String),
    /// It is tried out; nothing is kept.
    Try(String),
    /// Its versions are compared.
    Versions(String),
    /// One is taken in from a file.
    Take,
}

/// A part of the handbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// Everything, to choose from.
    Home,
    /// What matters at a moment.
    Moment(Moment),
    /// What matters at a place.
    Place(Place),
    /// Phrases to use.
    Use,
    /// Phrases to avoid.
    Avoid,
}

impl Route {
    /// The screen on which it is shown.
    pub fn screen(self) -> Screen {
        match self {
            Route::Show(RecordKind::Visit, id) | Route::Stage(id, _) => Screen::Visit(id),
            Route::Forms(id) => Screen::Forms(id, None),
            Route::Form(id, form) => Screen::Forms(id, Some(form)),
            route => Screen::Page(route),
        }
    }

    /// Reads the part behind `#`.
    pub fn parse(hash: &str) -> Route {
        let path = hash.trim_start_matches('#').split('?').next().unwrap_or("");
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Route::Today,
            ["work"] => Route::Work,
            ["work", "new"] => Route::New(RecordKind::Order, None),
            ["records"] => Route::Records(RecordKind::Visit),
            ["records", kind] => RecordKind::parse(kind).map_or(Route::Lost, Route::Records),
            ["records", kind, "print"] => RecordKind::parse(kind).map_or(Route::Lost, Route::PrintList),
            ["charts"] => Route::Charts,
            ["more"] => Route::More,
            ["import"] => Route::Import,
            ["verify"] => Route::Verify,
            ["verify", code @ ..] => Route::VerifyPaper(code.join("/")),
            ["forms"] => Route::Blanks,
            ["forms", form] => Route::Blank((*form).to_owned()),
            ["new", kind] => RecordKind::parse(kind).map_or(Route::Lost, |kind| Route::New(kind, None)),
            ["new", kind, from] => match (RecordKind::parse(kind), RecordId::parse(from)) {
                (Some(kind), from @ Some(_)) => Route::New(kind, from),
                _ => Route::Lost,
            },
            ["edit", kind, id] => with_kind(kind, id, Route::Edit),
            ["visit", id, "at", stage] => with_id(id, |id| Route::Stage(id, (*stage).to_owned())),
            ["visit", id, "forms"] => with_id(id, Route::Forms),
            ["visit", id, "form", form] => with_id(id, |id| Route::Form(id, (*form).to_owned())),
            ["catalogue"] => Route::Catalogue(None),
            ["catalogue", order] => with_id(order, |order| Route::Catalogue(Some(order))),
            ["procedures", "take"] => Route::Desk(Desk::Take),
            ["procedure", id, "edit"] => Route::Desk(Desk::Edit((*id).to_owned())),
            ["procedure", id, "try"] => Route::Desk(Desk::Try((*id).to_owned())),
            ["procedure", id, "versions"] => Route::Desk(Desk::Versions((*id).to_owned())),
            ["procedure", id] => Route::Procedure((*id).to_owned(), None),
            ["procedure", id, order] => with_id(order, |order| Route::Procedure((*id).to_owned(), Some(order))),
            ["calendar"] => Route::Calendar,
            ["limits"] => Route::Limits,
            #[cfg(debug_assertions)]
            ["design"] => Route::Design,
            ["erase", id] => with_id(id, Route::Erase),
            ["handbook"] => Route::Handbook(Shelf::Home),
            ["handbook", "use"] => Route::Handbook(Shelf::Use),
            ["handbook", "avoid"] => Route::Handbook(Shelf::Avoid),
            ["handbook", "moment", moment] => shelf(Moment::parse(moment).map(Shelf::Moment)),
            ["handbook", "place", place] => shelf(Place::parse(place).map(Shelf::Place)),
            ["briefing", kind, id] => with_kind(kind, id, Route::Briefing),
            ["labels", kind, id] => with_kind(kind, id, Route::Labels),
            ["history", id] => with_id(id, Route::History),
            [kind, id] => with_kind(kind, id, Route::Show),
            _ => Route::Lost,
        }
    }

    /// The address, with `#`.
    pub fn href(&self) -> String {
        match self {
            Route::Today | Route::Lost => "#/".to_owned(),
            Route::Work => "#/work".to_owned(),
            Route::Records(kind) => format!("#/records/{}", kind.id()),
            Route::PrintList(kind) => format!("#/records/{}/print", kind.id()),
            Route::Charts => "#/charts".to_owned(),
            Route::More => "#/more".to_owned(),
            Route::Import => "#/import".to_owned(),
            Route::Verify => "#/verify".to_owned(),
            Route::VerifyPaper(code) => format!("#/verify/{code}"),
            Route::Blanks => "#/forms".to_owned(),
            Route::Blank(form) => format!("#/forms/{form}"),
            Route::New(kind, None) => format!("#/new/{}", kind.id()),
            Route::New(kind, Some(from)) => format!("#/new/{}/{from}", kind.id()),
            Route::Show(kind, id) => format!("#/{}/{id}", kind.id()),
            Route::Edit(kind, id) => format!("#/edit/{}/{id}", kind.id()),
            Route::Stage(id, stage) => format!("#/visit/{id}/at/{stage}"),
            Route::Forms(id) => format!("#/visit/{id}/forms"),
            Route::Form(id, form) => format!("#/visit/{id}/form/{form}"),
            Route::History(id) => format!("#/history/{id}"),
            Route::Handbook(Shelf::Home) => "#/handbook".to_owned(),
            Route::Handbook(Shelf::Moment(moment)) => format!("#/handbook/moment/{}", moment.id()),
            Route::Handbook(Shelf::Place(place)) => format!("#/handbook/place/{}", place.id()),
            Route::Handbook(Shelf::Use) => "#/handbook/use".to_owned(),
            Route::Handbook(Shelf::Avoid) => "#/handbook/avoid".to_owned(),
            Route::Briefing(kind, id) => format!("#/briefing/{}/{id}", kind.id()),
            Route::Erase(id) => format!("#/erase/{id}"),
            Route::Catalogue(None) => "#/catalogue".to_owned(),
            Route::Catalogue(Some(order)) => format!("#/catalogue/{order}"),
            Route::Procedure(id, None) => format!("#/procedure/{id}"),
            Route::Procedure(id, Some(order)) => format!("#/procedure/{id}/{order}"),
            #[cfg(debug_assertions)]
            Route::Design => "#/design".to_owned(),
            Route::Desk(Desk::Take) => "#/procedures/take".to_owned(),
            Route::Desk(Desk::Edit(id)) => format!("#/procedure/{id}/edit"),
            Route::Desk(Desk::Try(id)) => format!("#/procedure/{id}/try"),
            Route::Desk(Desk::Versions(id)) => format!("#/procedure/{id}/versions"),
            Route::Labels(kind, id) => format!("#/labels/{}/{id}", kind.id()),
            Route::Calendar => "#/calendar".to_owned(),
            Route::Limits => "#/limits".to_owned(),
        }
    }
}

fn with_id(id: &str, route: impl FnOnce(RecordId) -> Route) -> Route {
    RecordId::parse(id).map_or(Route::Lost, route)
}

fn shelf(found: Option<Shelf>) -> Route {
    found.map_or(Route::Lost, Route::Handbook)
}

fn with_kind(kind: &str, id: &str, route: impl FnOnce(RecordKind, RecordId) -> Route) -> Route {
    match (RecordKind::parse(kind), RecordId::parse(id)) {
        (Some(kind), Some(id)) => route(kind, id),
        _ => Route::Lost,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_route_survives_its_own_address() {
        let id = RecordId::parse("0190-ab").unwrap();
        let routes = [
            Route::Today,
            Route::Work,
            Route::Records(RecordKind::Asset),
            Route::PrintList(RecordKind::Visit),
            Route::Charts,
            Route::More,
            Route::Import,
            Route::Verify,
            Route::VerifyPaper("SB1/F-33/SV-1/0123".to_owned()),
            Route::Blanks,
            Route::Blank("F-24-install".to_owned()),
            Route::New(RecordKind::Site, Some(id.clone())),
            Route::New(RecordKind::Order, None),
            Route::Show(RecordKind::Visit, id.clone()),
            Route::Edit(RecordKind::Customer, id.clone()),
            Route::Stage(id.clone(), "confirm".to_owned()),
            Route::Forms(id.clone()),
            Route::Form(id.clone(), "F-33".to_owned()),
            Route::History(id.clone()),
            Route::Erase(id.clone()),
            Route::Desk(Desk::Edit("field-visit".to_owned())),
            Route::Desk(Desk::Try("field-visit".to_owned())),
            Route::Desk(Desk::Versions("field-visit".to_owned())),
            Route::Desk(Desk::Take),
            Route::Labels(RecordKind::Site, id.clone()),
            Route::Calendar,
            Route::Handbook(Shelf::Home),
            Route::Handbook(Shelf::Moment(Moment::DayEnd)),
            Route::Handbook(Shelf::Place(Place::Room)),
            Route::Handbook(Shelf::Use),
            Route::Handbook(Shelf::Avoid),
            Route::Briefing(RecordKind::Order, id),
        ];
        for route in routes {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn a_wrong_address_leads_nowhere_and_not_to_a_panic() {
        for hash in
            ["#/nonsense/x/y/z", "#/visit/<script>", "#/records/ghosts", "#/edit/visit", "#/handbook/moment/never"]
        {
            assert_eq!(Route::parse(hash), Route::Lost, "{hash}");
        }
        assert_eq!(Route::parse(""), Route::Today);
        assert_eq!(Route::parse("#/work/new"), Route::New(RecordKind::Order, None));
    }
}
