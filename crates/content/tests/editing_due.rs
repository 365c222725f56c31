//! Deadlines and conditions of the desk, tried on every procedure that is shipped: what is added can be run as it
//! begins, each place changes nothing but itself, and what changed is told.
#![allow(clippy::expect_used, reason = "content that cannot be read must fail loudly")]

mod shipped;

use shipped::{library, places, shipped, words};
use sitebook_core::template::conditions::{self, Asked};
use sitebook_core::template::diff::{How, diff};
use sitebook_core::template::edit::Front;
use sitebook_core::template::pick::{self, Asks};
use sitebook_core::template::{CaptureKind, Keys, Operand, Predicate, Procedure, Within, edit_due};
use sitebook_core::text::{Lang, Text};
use sitebook_core::work::deadline_words;

/// Every place of a condition.
fn askable(procedure: &Procedure) -> Vec<Asked> {
    let mut all: Vec<Asked> = (0..procedure.stages.len()).map(Asked::Stage).collect();
    let gates =
        |front: Front, count: usize| (0..count).flat_map(move |n| [Asked::Gate(front, n), Asked::GateWhen(front, n)]);
    for (n, stage) in procedure.stages.iter().enumerate() {
        all.extend(gates(Front::Stage(n), stage.gates.len()));
    }
    for at in places(procedure) {
        let step = &procedure.stages[at.0].steps[at.1];
        all.push(Asked::Step(at));
        all.extend((0..step.captures.len()).map(|n| Asked::Field(at, n)));
        all.extend(gates(Front::Step(at), step.gates.len()));
    }
    all.extend(gates(Front::Close, procedure.close.len()));
    all.extend((0..procedure.deadlines.len()).flat_map(|n| [Asked::Until(n), Asked::Due(n)]));
    all
}

fn is_optional(at: Asked) -> bool {
    !matches!(at, Asked::Gate(..) | Asked::Until(_))
}

#[test]
fn a_deadline_can_be_run_as_it_begins_and_goes_without_a_trace() {
    for procedure in shipped() {
        let mut new = procedure.clone();
        let added = edit_due::add(&mut new, library());
        let n = added.expect("every shipped procedure has a step");
        assert_eq!(words(&new), Vec::<String>::new(), "{}", procedure.id);
        let told = diff(procedure, &new);
        assert!(told.iter().map(|one| one.how).eq([How::Added]), "{}: {told:?}", procedure.id);
        edit_due::remove(&mut new, n);
        assert!(new == *procedure, "{}", procedure.id);
    }
}

#[test]
fn every_start_every_unit_and_every_limit_makes_a_sound_deadline() {
    for procedure in shipped() {
        let mut new = procedure.clone();
        let Some(n) = edit_due::add(&mut new, library()) else { continue };
        for (key, _) in pick::starts(procedure, library()) {
            new.deadlines[n].from = Keys(vec![key.clone()]);
            assert_eq!(words(&new), Vec::<String>::new(), "{} from {key}", procedure.id);
            let said = deadline_words(&new.deadlines[n], &new, library());
            assert!(!said.zh.contains(&*key) && !said.en.contains(&*key), "{key} is told as a key: {said:?}");
        }
        for (limit, _) in pick::amounts(library()) {
            edit_due::set_amount(&mut new, n, Operand::Field(limit.clone()));
            assert_eq!(words(&new), Vec::<String>::new(), "{} within {limit}", procedure.id);
        }
        edit_due::set_amount(&mut new, n, Operand::Number(7.0));
        for unit in Within::UNITS {
            edit_due::set_unit(&mut new, n, unit);
            assert_eq!(
                (new.deadlines[n].within.unit(), new.deadlines[n].within.amount()),
                (unit, &Operand::Number(7.0))
            );
            assert_eq!(words(&new), Vec::<String>::new(), "{} in {unit}", procedure.id);
        }
    }
}

#[test]
fn every_shipped_deadline_stands_among_what_the_pickers_offer() {
    let mut seen = 0;
    for procedure in shipped() {
        let (starts, steps, amounts) =
            (pick::starts(procedure, library()), pick::steps(procedure), pick::amounts(library()));
        let offers = |list: &[(String, Text)], key: &str| list.iter().any(|(known, _)| known == key);
        for deadline in &procedure.deadlines {
            seen += 1;
            for key in &deadline.from.0 {
                assert!(offers(&starts, key), "{}: nobody can pick {key}", procedure.id);
            }
            assert!(offers(&steps, &deadline.step), "{}: {}", procedure.id, deadline.step);
            if let Operand::Field(key) = deadline.within.amount() {
                assert!(offers(&amounts, key), "{}: nobody can pick {key}", procedure.id);
            }
        }
    }
    assert!(seen > 40, "{seen} deadlines");
}

#[test]
fn what_is_due_is_told_as_people_say_it() {
    let visit = shipped().iter().find(|procedure| procedure.id == "field-visit").expect("the visit");
    let told: Vec<Text> = visit.deadlines.iter().map(|one| deadline_words(one, visit, library())).collect();
    let zh: Vec<&str> = told.iter().map(|text| text.get(Lang::Zh)).collect();
    assert!(zh.iter().all(|words| words.starts_with('从') && words.ends_with("之内")), "{zh:?}");
    assert!(zh.iter().any(|words| words.contains("1 分钟")), "{zh:?}");
}

#[test]
fn a_new_length_is_told_before_and_after_and_a_new_start_by_name() {
    let mut before = shipped().iter().find(|procedure| procedure.id == "field-visit").expect("the visit").clone();
    let n = edit_due::add(&mut before, library()).expect("something to count from");
    let mut after = before.clone();
    edit_due::set_amount(&mut after, n, Operand::Number(2.0));
    edit_due::set_unit(&mut after, n, "working-hours");
    let [told] = diff(&before, &after).try_into().expect("one difference");
    let words = told.words.expect("before and after");
    assert_eq!((&*words.0.zh, &*words.1.zh), ("1 小时", "2 个工作小时"));

    let mut after = before.clone();
    let other = pick::starts(&before, library())
        .into_iter()
        .map(|(key, _)| key)
        .find(|key| before.deadlines[n].from.0 != [key.clone()]);
    after.deadlines[n].from = Keys(other.into_iter().collect());
    after.deadlines[n].clock = true;
    let [told] = diff(&before, &after).try_into().expect("one difference");
    assert_eq!((told.how, told.words), (How::Changed, None));

    // One setting for another looks the same, and is still told.
    let limits: Vec<String> = pick::amounts(library()).into_iter().map(|(key, _)| key).take(2).collect();
    let [mut one, mut two] = [before.clone(), before];
    edit_due::set_amount(&mut one, n, Operand::Field(limits[0].clone()));
    edit_due::set_amount(&mut two, n, Operand::Field(limits[1].clone()));
    assert_eq!(diff(&one, &two).len(), 1);
}

#[test]
fn the_end_of_a_deadline_follows_its_step_unless_somebody_chose_another() {
    let procedure =
        shipped().iter().find(|one| edit_due::add(&mut (*one).clone(), library()).is_some()).expect("one with times");
    let (first, _) = pick::steps(procedure).remove(0);
    let mut new = procedure.clone();
    let n = edit_due::add(&mut new, library()).expect("something to count from");
    edit_due::set_step(&mut new, n, &first);
    assert_eq!(new.deadlines[n].until, Predicate::Done(first.clone()));
    new.deadlines[n].until = Predicate::Any(Vec::new());
    let (last, _) = pick::steps(procedure).pop().expect("a step");
    edit_due::set_step(&mut new, n, &last);
    assert_eq!((new.deadlines[n].step.clone(), new.deadlines[n].until.clone()), (last, Predicate::Any(Vec::new())));
}

#[test]
fn a_condition_is_set_and_taken_away_at_its_place_and_nowhere_else() {
    let mut tried = 0;
    for procedure in shipped() {
        for at in askable(procedure) {
            tried += 1;
            let before = conditions::asked(procedure, at).cloned();
            let mut new = procedure.clone();
            let added = Predicate::Answered("somewhere.else.field".into());
            conditions::rejoin(&mut new, at, |parts, _| parts.push(added.clone()));
            let (count, _) = conditions::shape(&new, at);
            assert_eq!(count, conditions::shape(procedure, at).0 + 1, "{} {at:?}", procedure.id);
            assert_eq!(conditions::part(&new, at, count - 1), Some((&added, false)));
            conditions::set_part(&mut new, at, count - 1, |one, _| (one, true));
            assert_eq!(conditions::part(&new, at, count - 1), Some((&added, true)));
            for other in askable(&new).into_iter().filter(|other| *other != at) {
                assert_eq!(
                    conditions::asked(&new, other),
                    conditions::asked(procedure, other),
                    "{at:?} changed {other:?}"
                );
            }
            conditions::remove_part(&mut new, at, count - 1);
            match &before {
                // "All of one" and "one" ask the same; the editor writes the short one.
                Some(Predicate::All(parts)) if parts.len() == 1 => {}
                _ => assert!(new == *procedure, "{} {at:?}", procedure.id),
            }
            conditions::rejoin(&mut new, at, |parts, _| parts.clear());
            assert_eq!(conditions::asked(&new, at).is_none(), is_optional(at), "{at:?}");
        }
    }
    assert!(tried > 1000, "{tried} places");
}

#[test]
fn a_condition_that_begins_at_a_place_is_sound_and_never_waits_for_what_it_is_about() {
    let mut tried = 0;
    for procedure in shipped() {
        for at in askable(procedure).into_iter().filter(|at| conditions::asked(procedure, *at).is_none()) {
            tried += 1;
            let own = match at {
                Asked::Stage(n) | Asked::GateWhen(Front::Stage(n), _) => Some(procedure.stages[n].id.clone()),
                Asked::Step((n, _)) | Asked::Field((n, _), _) | Asked::GateWhen(Front::Step((n, _)), _) => {
                    Some(procedure.stages[n].id.clone())
                }
                _ => None,
            };
            let begun = conditions::begin(procedure, at, library());
            assert!(begun != Predicate::All(Vec::new()), "{} {at:?}", procedure.id);
            assert!(
                own.is_none() || begun != Predicate::Done(own.clone().unwrap_or_default()),
                "{} {at:?}",
                procedure.id
            );
            let mut new = procedure.clone();
            conditions::rejoin(&mut new, at, |parts, _| parts.push(begun.clone()));
            assert_eq!(words(&new), Vec::<String>::new(), "{} {at:?} {begun:?}", procedure.id);
        }
    }
    assert!(tried > 1000, "{tried} places");
}

#[test]
fn what_is_not_there_has_no_condition_and_takes_none() {
    let procedure = &shipped()[0];
    let gone = [Asked::Stage(99), Asked::Step((0, 99)), Asked::Field((0, 0), 99), Asked::Until(99), Asked::Due(99)];
    for at in gone {
        let mut new = procedure.clone();
        conditions::rejoin(&mut new, at, |parts, _| parts.push(Predicate::All(Vec::new())));
        assert!(new == *procedure && conditions::asked(procedure, at).is_none(), "{at:?}");
    }
}

#[test]
fn a_step_that_is_there_only_for_some_can_be_run_as_it_begins() {
    for procedure in shipped() {
        let choice = pick::offers(Asks::Answered, procedure, library()).into_iter().next();
        let Some((key, _)) = choice else { continue };
        let own = |at: (usize, usize)| {
            key.starts_with(&format!("{}.{}.", procedure.stages[at.0].id, procedure.stages[at.0].steps[at.1].id))
        };
        // One that nobody else waits for: those would wait for what may never come, and the checker says so.
        let last = places(procedure).pop().filter(|at| !own(*at));
        let Some(at) = last else { continue };
        let mut new = procedure.clone();
        conditions::rejoin(&mut new, Asked::Step(at), |parts, _| {
            *parts = vec![pick::begin(Asks::Answered, Some(&key), procedure, library())]
        });
        assert_eq!(words(&new), Vec::<String>::new(), "{} {at:?}", procedure.id);
        let told = diff(procedure, &new);
        assert_eq!(told.len(), usize::from(new != *procedure), "{}: {told:?}", procedure.id);
    }
}

#[test]
fn only_times_and_signatures_start_a_deadline() {
    for procedure in shipped() {
        for (key, _) in pick::starts(procedure, library()) {
            // A field; a column stands under a longer key.
            let field = procedure.capture(&key).filter(|_| key.split('.').count() == 3);
            let fits = field.is_none_or(|capture| {
                matches!(capture.kind, CaptureKind::Stamp { .. } | CaptureKind::Moment | CaptureKind::Signature { .. })
            });
            assert!(fits, "{}: {key}", procedure.id);
        }
    }
}
