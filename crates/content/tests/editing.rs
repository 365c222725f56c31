//! Editing in the app, tried on every procedure that is shipped: what the checker says of it, what an edit does to it,
//! what the difference is, and what a file of it carries.
#![allow(clippy::expect_used, reason = "content that cannot be read must fail loudly")]

mod shipped;

use shipped::{library, places, shipped, words};
use sitebook_core::template::check::check;
use sitebook_core::template::diff::{How, diff};
use sitebook_core::template::edit::{self, Front, Pen};
use sitebook_core::template::file::{self, FileError};
use sitebook_core::template::kinds;
use sitebook_core::template::pick::{self, Asks};
use sitebook_core::template::words_at::{TextAt, set_text, text_at};
use sitebook_core::template::{CaptureKind, Level, Predicate, Procedure};
use sitebook_core::text::{Lang, Text};
use sitebook_core::work::without_keys;

fn one(id: &str) -> &'static Procedure {
    shipped().iter().find(|procedure| procedure.id == id).expect("a shipped procedure")
}

#[test]
fn the_checker_of_the_app_has_nothing_against_what_is_shipped() {
    assert!(shipped().len() > 40, "the content is lost");
    for procedure in shipped() {
        assert_eq!(words(procedure), Vec::<String>::new(), "{}", procedure.id);
    }
}

#[test]
fn a_version_differs_in_nothing_from_itself() {
    for procedure in shipped() {
        assert_eq!(diff(procedure, procedure), []);
    }
}

#[test]
fn a_step_moved_there_and_back_leaves_everything_as_it_was() {
    for procedure in shipped() {
        for at in places(procedure) {
            for up in [true, false] {
                let mut moved = procedure.clone();
                let there = edit::move_step(&mut moved, at, up);
                if there == at {
                    assert!(moved == *procedure, "at the edge nothing moves: {} {at:?}", procedure.id);
                    continue;
                }
                let back = edit::move_step(&mut moved, there, !up);
                // A step whose id was taken there has got another one, and so has everything that names it.
                if edit::step_mut(&mut moved, back).map(|step| step.id.clone())
                    == edit::step_mut(&mut procedure.clone(), at).map(|step| step.id.clone())
                {
                    assert!(moved == *procedure, "{} {at:?}", procedure.id);
                }
            }
        }
    }
}

#[test]
fn what_names_a_step_follows_it_into_another_stage() {
    for procedure in shipped().iter().filter(|procedure| procedure.stages.len() > 1) {
        for at in places(procedure) {
            let other = (at.0 + 1) % procedure.stages.len();
            let mut moved = procedure.clone();
            edit::move_to(&mut moved, at, other, true);
            let unknown: Vec<String> = words(&moved).into_iter().filter(|what| what.starts_with("unknown")).collect();
            assert_eq!(unknown, Vec::<String>::new(), "{} {at:?}", procedure.id);
        }
    }
}

#[test]
fn every_edit_shows_as_what_it_is() {
    for procedure in shipped() {
        let mut added = procedure.clone();
        let at = edit::add_step(&mut added, 0, Some(0)).expect("a stage");
        assert!(words(&added).is_empty(), "a new step can be run as it is: {:?}", words(&added));
        let hows: Vec<How> = diff(procedure, &added).iter().map(|one| one.how).collect();
        assert_eq!(hows, [How::Added], "{}", procedure.id);
        let hows: Vec<How> = diff(&added, procedure).iter().map(|one| one.how).collect();
        assert_eq!(hows, [How::Removed], "{}", procedure.id);

        let mut level = added.clone();
        edit::step_mut(&mut level, at).expect("the step").level = Level::Should;
        let found = diff(&added, &level);
        assert_eq!(found.len(), 1);
        let (before, after) = found[0].words.clone().expect("both words");
        assert_eq!((before.get(Lang::En), after.get(Lang::En)), ("Must", "Should"));

        let mut gate = added.clone();
        let stage = gate.stages[0].id.clone();
        let first = format!("{stage}.{}", gate.stages[0].steps[0].id);
        edit::add_gate(&mut gate, Front::Step(at), Text::of("先做第一步", "the first step"), Predicate::Done(first));
        let found = diff(&added, &gate);
        assert_eq!(found.iter().map(|one| one.how).collect::<Vec<_>>(), [How::Added]);
        assert_eq!(found[0].what.get(Lang::En), "new gate: the first step");

        let mut moved = added.clone();
        let there = edit::move_step(&mut moved, at, true);
        assert_ne!(there, at);
        assert!(diff(&added, &moved).iter().any(|one| one.how == How::Moved), "{}", procedure.id);
    }
}

#[test]
fn a_step_in_another_stage_was_moved_and_neither_removed_nor_added() {
    let before = one("field-visit");
    let mut after = before.clone();
    edit::move_to(&mut after, (0, 0), 1, true);
    let hows: Vec<How> = diff(before, &after).iter().map(|one| one.how).collect();
    assert!(hows.contains(&How::Moved) && !hows.contains(&How::Removed) && !hows.contains(&How::Added), "{hows:?}");
}

#[test]
fn a_step_that_others_wait_for_cannot_go_unnoticed() {
    let mut cut = one("field-visit").clone();
    let asked = |cut: &Procedure| {
        let mut keys = Vec::new();
        let gates = cut
            .stages
            .iter()
            .flat_map(|stage| stage.gates.iter().chain(stage.steps.iter().flat_map(|step| &step.gates)));
        gates.for_each(|gate| gate.needs.keys(&mut |key| keys.push(key.to_owned())));
        keys
    };
    let key = asked(&cut).into_iter().find(|key| key.split('.').count() > 1).expect("a gate that needs a step");
    let path: Vec<&str> = key.split('.').take(2).collect();
    let stage = cut.stages.iter().position(|stage| stage.id == path[0]).expect("the stage");
    let step = cut.stages[stage].steps.iter().position(|step| step.id == path[1]).expect("the step");
    edit::remove_step(&mut cut, (stage, step));
    let problems = check(&cut, library());
    assert!(problems.iter().any(|problem| problem.spot.number("stage").is_some()), "the place is told");
    assert!(words(&cut).iter().any(|what| what.starts_with("unknown")), "{:?}", words(&cut));
}

#[test]
fn an_empty_text_an_unchosen_condition_and_a_list_of_one_are_named_with_their_place() {
    let mut draft = one("field-visit").clone();
    let at = edit::add_step(&mut draft, 1, None).expect("a stage");
    let step = edit::step_mut(&mut draft, at).expect("the step");
    step.title = Text::of("", "Only English");
    step.clause = " ".to_owned();
    edit::add_capture(&mut draft, at, CaptureKind::Choice { options: Vec::new() });
    edit::add_gate(&mut draft, Front::Step(at), Text::of("条件", "a condition"), Predicate::All(Vec::new()));
    let problems = check(&draft, library());
    let told: Vec<&str> = problems.iter().map(|problem| problem.what.get(Lang::Zh)).collect();
    for wanted in ["中文没有填", "没有写依据条款", "这里还空着", "条件还没选好"] {
        assert!(told.contains(&wanted), "{wanted} in {told:?}");
    }
    for problem in &problems {
        assert_eq!(
            (problem.spot.number("stage"), problem.spot.number("step")),
            (Some(at.0), Some(at.1)),
            "{problem:?}"
        );
        assert!(!problem.what.zh.is_empty() && !problem.what.en.is_empty());
    }
}

#[test]
fn every_kind_that_the_editor_makes_can_be_run_as_it_begins() {
    for (word, kind) in kinds::kinds() {
        assert_eq!(kinds::kind_word(&kind), word);
        let mut draft = one("field-visit").clone();
        let at = edit::add_step(&mut draft, 0, None).expect("a stage");
        edit::add_capture(&mut draft, at, kind);
        let had = words(&draft);
        assert!(had.is_empty(), "{word}: {had:?}");
        let step = edit::step_mut(&mut draft, at).expect("the step");
        let before = kinds::lines(&step.captures[1].kind).len();
        kinds::add_line(&mut step.captures[1].kind);
        let after = kinds::lines(&step.captures[1].kind).len();
        assert!(after == before + 1 || before == 0, "{word}");
        assert!(words(&draft).is_empty(), "{word} with a line more");
    }
}

#[test]
fn what_was_typed_is_taken_back_in_one_and_done_again() {
    let start = one("field-visit");
    let mut pen = Pen::new(start.clone());
    for title in ["现", "现场", "现场支持"] {
        pen.type_into("title", |procedure| procedure.title = Text::of(title, "On site"));
    }
    pen.change(|procedure| edit::remove_step(procedure, (0, 0)));
    pen.change(|procedure| procedure.version = start.version);
    assert_eq!(pen.can(), (true, false));
    let end = pen.now().clone();
    pen.undo();
    assert_eq!(pen.now().title.get(Lang::Zh), "现场支持");
    pen.undo();
    assert_eq!(pen.now(), start);
    assert_eq!(pen.can(), (false, true));
    pen.redo();
    pen.redo();
    assert_eq!(pen.now(), &end);
}

#[test]
fn a_file_brings_every_procedure_over_as_it_is() {
    for procedure in shipped() {
        let written = file::write(procedure, "第一版").expect("JSON");
        let read = file::read(written.as_bytes()).expect("our own file");
        assert_eq!((&read.procedure, read.note.as_str()), (procedure, "第一版"));
        assert!(written.len() * 4 < file::BYTES, "{}: {}", procedure.id, written.len());
    }
}

#[test]
fn a_hostile_file_is_refused_in_words_and_never_taken() {
    let good = file::write(one("field-visit"), "").expect("JSON");
    let refuse = |text: &str| file::read(text.as_bytes()).expect_err("it is no procedure");
    assert!(matches!(refuse(""), FileError::NotJson(_)));
    assert!(matches!(refuse(&good[..good.len() / 2]), FileError::NotJson(_)));
    assert!(matches!(refuse("{\"format\":\"elsewhere\"}"), FileError::Other));
    assert!(matches!(refuse("[1,2,3]"), FileError::Other));
    assert!(matches!(refuse("{\"format\":\"sitebook-bundle-1\"}"), FileError::Records));
    assert!(matches!(refuse(&"[".repeat(100_000)), FileError::NotJson(_)));
    assert!(matches!(refuse(&good.replacen("\"title\"", "\"tytle\"", 1)), FileError::Unfit(_)));
    assert!(matches!(file::read(&vec![b' '; file::BYTES + 1]), Err(FileError::TooBig(_))));
    assert!(matches!(file::read(&[0xff, 0xfe]), Err(FileError::NotJson(_))));
    let mut many = one("field-visit").clone();
    let stage = many.stages[0].clone();
    many.stages = (0..100).map(|_| stage.clone()).collect();
    assert!(matches!(refuse(&file::write(&many, "").expect("JSON")), FileError::TooMany(_)));
    let mut id = one("field-visit").clone();
    id.stages[0].id = "../../etc".to_owned();
    let refused = refuse(&file::write(&id, "").expect("JSON"));
    assert!(matches!(refused, FileError::Id(_)));
    assert!(
        refused.words().get(Lang::Zh).contains("没有采用") && refused.words().get(Lang::En).contains("not taken in")
    );
    // Deep conditions read well, and the checker refuses them.
    let mut deep = one("field-visit").clone();
    let mut needs = Predicate::Done(format!("{}.{}", deep.stages[0].id, deep.stages[0].steps[0].id));
    for _ in 0..20 {
        needs = Predicate::Not(Box::new(needs));
    }
    edit::add_gate(&mut deep, Front::Close, Text::of("深", "deep"), needs);
    let read = file::read(file::write(&deep, "").expect("JSON").as_bytes()).expect("it has the form of a procedure");
    assert!(words(&read.procedure).contains(&"the condition is nested too deeply".to_owned()));
}

#[test]
fn a_copy_is_another_procedure_that_says_the_same() {
    let original = one("field-visit");
    let copy = edit::copy_of(original, "own-visit", Text::of("我们的现场服务", "Our visit"));
    assert_eq!(copy.id, "own-visit");
    assert!(copy.carries.is_empty(), "the inventory's rows stay with the original");
    assert_eq!(copy.stages, original.stages);
    assert!(words(&copy).is_empty());
}

#[test]
fn every_condition_of_a_picker_can_be_run_as_it_begins() {
    let mut made = 0;
    for procedure in shipped() {
        for asks in Asks::ALL {
            for (key, said) in pick::offers(asks, procedure, library()) {
                assert!(!said.zh.is_empty() && !said.en.is_empty());
                let needs = pick::begin(asks, Some(&key), procedure, library());
                let alone = asks == Asks::Before && pick::offers(asks, procedure, library()).len() < 2;
                if alone {
                    continue;
                }
                assert_eq!(Asks::of(&needs), Some(asks));
                assert_eq!(pick::picked(&needs), Some(key.as_str()));
                let mut draft = procedure.clone();
                edit::add_gate(&mut draft, Front::Close, Text::of("条件", "a condition"), needs);
                assert_eq!(words(&draft), Vec::<String>::new(), "{} {asks:?} {key}", procedure.id);
                made += 1;
            }
        }
    }
    assert!(made > 1000, "{made}");
}

#[test]
fn a_gate_begins_with_what_comes_before_and_waits_for_nothing_behind_it() {
    for procedure in shipped() {
        let steps = places(procedure).into_iter().map(Front::Step);
        let stages = (0..procedure.stages.len()).map(Front::Stage);
        for front in steps.chain(stages).chain([Front::Close]) {
            let Some(usual) = pick::before(procedure, front) else { continue };
            let mut draft = procedure.clone();
            let needs = pick::begin(Asks::Done, Some(&usual), procedure, library());
            edit::add_gate(&mut draft, front, Text::of("条件", "a condition"), needs);
            // Some procedures have gates that look ahead; they may meet the new one.
            let circles = words(&draft);
            assert!(
                circles.iter().all(|what| what.starts_with("gates wait")),
                "{} {front:?}: {circles:?}",
                procedure.id
            );
        }
    }
}

#[test]
fn a_problem_names_steps_by_their_titles() {
    let mut draft = one("field-visit").clone();
    let stage = draft.stages[0].id.clone();
    let own = format!("{stage}.{}", draft.stages[0].steps[0].id);
    edit::add_gate(&mut draft, Front::Stage(0), Text::of("条件", "a condition"), Predicate::Done(own.clone()));
    let problem = &check(&draft, library())[0];
    assert!(problem.what.zh.contains(&own));
    let plain = without_keys(&problem.what, &draft, library());
    assert!(plain.zh.contains(draft.stages[0].steps[0].title.zh.as_ref()) && !plain.zh.contains(&own), "{plain:?}");
    assert!(plain.en.contains(draft.stages[0].steps[0].title.en.as_ref()) && !plain.en.contains(&own), "{plain:?}");
}

#[test]
fn joined_conditions_come_apart_and_together_again() {
    let (one, other) = (Predicate::Done("a".into()), Predicate::Done("b".into()));
    for (parts, any) in
        [(vec![one.clone()], false), (vec![one.clone(), other.clone()], false), (vec![one, other], true)]
    {
        let joined = pick::join(parts.clone(), any);
        let (apart, is_any) = pick::parts(&joined);
        assert_eq!((apart.into_iter().cloned().collect::<Vec<_>>(), is_any), (parts, any));
    }
}

#[test]
fn words_are_changed_where_they_stand_and_nowhere_else() {
    let start = one("field-visit");
    let mut places = vec![TextAt::Title, TextAt::Summary, TextAt::Stage(0), TextAt::StageSummary(0)];
    for (at, stage, step) in self::places(start).into_iter().map(|at| (at, &start.stages[at.0], at.1)) {
        places.extend([TextAt::Step(at), TextAt::Help(at)]);
        for (n, capture) in stage.steps[step].captures.iter().enumerate() {
            places.extend([TextAt::Label(at, n), TextAt::Hint(at, n)]);
            places.extend((0..kinds::lines(&capture.kind).len()).map(|line| TextAt::Line(at, n, line)));
        }
    }
    assert!(places.len() > 100);
    for at in places {
        let before = text_at(start, at).cloned();
        let mut draft = start.clone();
        set_text(&mut draft, at, Lang::Zh, "别的说法");
        assert_eq!(text_at(&draft, at).map(|text| text.zh.as_ref()), Some("别的说法"), "{at:?}");
        assert_eq!(diff(start, &draft).len(), 1, "{at:?}");
        let zh = before.as_ref().map_or("", |text| &text.zh);
        set_text(&mut draft, at, Lang::Zh, zh);
        assert!(draft == *start, "{at:?} goes back");
    }
}
