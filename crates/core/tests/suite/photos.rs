//! What is said of photos: captions, marks, pairs; on paper, in the history, under signatures.

use super::device::picture;
use super::procedure::{Visit, now};
use sitebook_core::ledger::{Change, PhotoPart};
use sitebook_core::print::{BlockView, Pair, PhotoView, photo_rows, resolve};
use sitebook_core::text::Lang;
use sitebook_core::value::Value;
use sitebook_core::work::{Command, History, Refusal, Words, changed_since};

const FIELD: &str = "enter.measure.photo";

fn attach(visit: &mut Visit, number: u8, caption: Option<&str>) -> String {
    let (attachment, sha256) = (picture(number).0, picture(number).0.sha256);
    let caption = caption.map(str::to_owned);
    visit.run(&Command::Attach { field: FIELD.into(), attachment, caption }).unwrap();
    sha256
}

fn entered() -> Visit {
    let mut visit = Visit::signed();
    visit.stamp("enter.arrive.at", now()).unwrap();
    visit
}

fn say(visit: &mut Visit, part: PhotoPart, sha256: &str, text: &str) -> Result<usize, Refusal> {
    let value = if text.is_empty() { Value::EMPTY } else { Value::text(text) };
    visit.set(&part.key(FIELD, sha256), value)
}

fn printed(visit: &Visit, lang: Lang) -> Vec<PhotoView> {
    visit.ask(|scope| {
        let blocks = resolve(scope.form("F-2").unwrap(), lang, scope).blocks;
        let photos = blocks.into_iter().find_map(|block| match block {
            BlockView::Photos { photos, .. } => Some(photos),
            _ => None,
        });
        photos.unwrap()
    })
}

#[test]
fn a_caption_is_printed_changed_and_taken_away() {
    let mut visit = entered();
    let sha = attach(&mut visit, 1, Some("开箱"));
    assert_eq!(printed(&visit, Lang::Zh)[0].caption, "开箱");
    say(&mut visit, PhotoPart::Caption, &sha, "3 号机柜").unwrap();
    assert_eq!(printed(&visit, Lang::Zh)[0].caption, "3 号机柜");
    say(&mut visit, PhotoPart::Caption, &sha, "").unwrap();
    assert_eq!(printed(&visit, Lang::Zh)[0].caption, "");
    assert_eq!(
        say(&mut visit, PhotoPart::Caption, &sha, &"长".repeat(501)),
        Err(Refusal::TooLong { max: 500, is: 501 })
    );
}

#[test]
fn marks_are_printed_over_the_picture_whose_bytes_and_hash_stay() {
    let mut visit = entered();
    let sha = attach(&mut visit, 1, None);
    say(&mut visit, PhotoPart::Marks, &sha, "arrow 1 2 3 4\ntext 5 6 裂纹").unwrap();
    let photo = printed(&visit, Lang::Zh).remove(0);
    assert_eq!((photo.marks.len(), photo.size, photo.sha256), (2, (4, 3), sha.clone()));
    assert_eq!(visit.record.attachments().len(), 2, "the signature and the photo, nothing else");
    say(&mut visit, PhotoPart::Marks, &sha, "").unwrap();
    assert!(printed(&visit, Lang::Zh)[0].marks.is_empty());
}

#[test]
fn what_is_no_mark_and_no_photo_is_refused() {
    let mut visit = entered();
    let sha = attach(&mut visit, 1, None);
    for marks in ["<svg onload=alert(1)>", "arrow 1 2 3", "arrow 1 2 3 99999"] {
        assert!(say(&mut visit, PhotoPart::Marks, &sha, marks).is_err(), "{marks}");
    }
    for key in ["", ".x", ".0123456789abcdef.size", ".0123456789ABCDEF"] {
        assert!(visit.text(&format!("{FIELD}{key}"), "words").is_err(), "{key:?}");
    }
    assert!(say(&mut visit, PhotoPart::After, &sha, "not a name").is_err());
}

#[test]
fn before_and_after_stand_side_by_side_and_say_which_is_which() {
    let mut visit = entered();
    let (before, after) = (attach(&mut visit, 1, Some("线缆")), attach(&mut visit, 2, None));
    say(&mut visit, PhotoPart::After, &after, &before[..16]).unwrap();
    let photos = printed(&visit, Lang::En);
    assert_eq!(photos.iter().map(|photo| photo.pair).collect::<Vec<_>>(), [Some(Pair::Before), Some(Pair::After)]);
    assert_eq!((photos[0].caption.as_str(), photos[1].caption.as_str()), ("Before: 线缆", "After"));
    assert_eq!(printed(&visit, Lang::Zh)[0].caption, "处理前：线缆");
    // A photo that is said to be its own or that points back makes no pair twice.
    say(&mut visit, PhotoPart::After, &before, &after[..16]).unwrap();
    assert_eq!(printed(&visit, Lang::En).len(), 2);
}

#[test]
fn a_pair_has_a_row_of_its_own() {
    let photo = |name: &str, pair| PhotoView {
        sha256: name.into(),
        caption: String::new(),
        at: String::new(),
        size: (4, 3),
        marks: Vec::new(),
        pair,
    };
    let all = [
        photo("a", None),
        photo("b", Some(Pair::Before)),
        photo("c", Some(Pair::After)),
        photo("d", None),
        photo("e", None),
    ];
    let rows: Vec<Vec<_>> =
        photo_rows(&all).into_iter().map(|row| row.into_iter().map(|one| one.sha256).collect()).collect();
    assert_eq!(rows, [vec!["a"], vec!["b", "c"], vec!["d", "e"]]);
}

#[test]
fn a_caption_or_a_mark_after_signing_shows() {
    for part in [PhotoPart::Caption, PhotoPart::Marks] {
        let mut visit = entered();
        let sha = attach(&mut visit, 1, None);
        visit.sign_report().unwrap();
        let changed = |visit: &Visit| {
            let fact = visit.record.signature("leave.report.sign").unwrap();
            visit.ask(|scope| changed_since(fact, scope))
        };
        assert_eq!(changed(&visit), Vec::<String>::new());
        say(&mut visit, part, &sha, "circle 1 1 9 9").unwrap();
        assert_eq!(changed(&visit), [FIELD]);
    }
}

#[test]
fn the_history_tells_marks_and_captions_in_words() {
    let mut visit = entered();
    let sha = attach(&mut visit, 1, None);
    say(&mut visit, PhotoPart::Caption, &sha, "机柜门").unwrap();
    say(&mut visit, PhotoPart::Marks, &sha, "arrow 1 2 3 4").unwrap();
    let told: Vec<String> = visit.ask(|scope| {
        let history = History::new(&visit.ops, now());
        let entries = history.entries(0, 2, &visit.record, &Words::Visit(scope), None);
        entries.into_iter().map(|entry| entry.what.zh.into_owned()).collect()
    });
    assert_eq!(told, ["照片标注：1 处标注", "照片说明：机柜门"]);
}

#[test]
fn a_photo_that_is_put_back_has_its_words_again() {
    let mut visit = entered();
    let sha = attach(&mut visit, 1, None);
    let taken = visit.ops.last().unwrap().op.clone();
    say(&mut visit, PhotoPart::Caption, &sha, "机柜门").unwrap();
    visit.run(&Command::Withdraw { fact: taken.id.clone() }).unwrap();
    assert_eq!(visit.record.photos(FIELD).count(), 0);
    let Change::Attach { field, attachment, caption } = taken.change else { panic!("a photo") };
    visit.run(&Command::Attach { field, attachment, caption }).unwrap();
    assert_eq!(visit.record.photos(FIELD).next().unwrap().caption, Some("机柜门"));
}

#[test]
fn what_a_visit_left_on_the_equipment_is_told() {
    use sitebook_core::work::{Trace, names_part, trace};
    let mut visit = entered();
    assert_eq!(visit.ask(trace), Trace::default());
    let sha = attach(&mut visit, 1, Some("端口"));
    say(&mut visit, PhotoPart::Marks, &sha, "arrow 1 2 3 4").unwrap();
    let told = visit.ask(trace);
    assert_eq!((told.photos.len(), told.photos[0].caption.as_str(), told.photos[0].marks.len()), (1, "端口", 1));
    for (name, is) in
        [("serial", true), ("old-serial", true), ("Old serial", true), ("Serial No.", true), ("series", false)]
    {
        assert_eq!(names_part(name), is, "{name}");
    }
}
