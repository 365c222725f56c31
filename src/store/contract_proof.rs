//! The store's contract for keys, seals, backup and restore, on a real database like [`super::contract`].

use super::Store;
use super::commit::{Job, NewBlob, TABLES, commit, put_blob};
use super::contract::{all_ops, bytes_of, customer, fresh_name, new_id, owned, rename, tab, whole};
use super::contract_ledger::customer_with_all;
use super::error::StoreError;
use super::going::Step;
use crate::browser::db::{Doc, Table};
use crate::browser::files::File;
use crate::browser::outgoing;
use crate::browser::sink::Sink;
use sitebook_core::exchange::{self, Incoming};
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Attachment, RecordKind, hex, sha256};
use sitebook_core::verify::{Finding, Sealing, Verdict};
use sitebook_core::work::Command;
use std::cell::Cell;
use wasm_bindgen_test::wasm_bindgen_test;

/// Something long goes on to its end.
const ON: &dyn Fn(Step) -> bool = &|_| true;

async fn file(bytes: &[u8]) -> File {
    let mut sink = Sink::pieces("file.json");
    sink.write(bytes).await.unwrap();
    sink.finish().await.unwrap().unwrap()
}

async fn new_customer(store: Store, name: &str) -> RecordId {
    let id = new_id();
    commit(store, Job::new(id.clone(), customer(name), "张伟")).await.unwrap();
    id
}

fn incoming(bytes: &[u8]) -> Incoming {
    exchange::read(bytes).unwrap()
}

async fn taken_in(store: Store, bytes: &[u8]) {
    let file = file(bytes).await;
    store.take_in(&file, &store.check(&file, ON).await.unwrap(), ON).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_new_device_is_called_by_its_key_which_stays_inside() {
    let _owner = owned();
    let name = fresh_name();
    let first = tab(&name).await;
    let id = new_customer(first, "云岭").await;
    let op = first.ops(id.as_str()).await.unwrap().remove(0).op;
    assert!(op.device.is_of_a_key(), "{}", op.device);
    let key = first.device_key().await.unwrap();
    assert!(!key.gives_itself_away().await, "the browser gives the private key out");
    let later = tab(&name).await;
    assert_eq!(later.device_key().await.unwrap().public(), key.public(), "another tab has another key");
}

#[wasm_bindgen_test]
async fn two_tabs_that_begin_together_make_one_key() {
    let _owner = owned();
    let name = fresh_name();
    let (one, two) = (tab(&name).await, tab(&name).await);
    let (a, b) = futures::join!(one.device_key(), two.device_key());
    assert_eq!(a.unwrap().public(), b.unwrap().public());
}

#[wasm_bindgen_test]
async fn a_sealed_file_is_whole_elsewhere_and_a_changed_one_is_not() {
    let _owner = owned();
    let (from, other) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    new_customer(from, "甲方").await;
    let bytes = whole(from).await;
    let verified = other.verify(&file(&bytes).await, None, ON).await.unwrap();
    assert!(matches!(verified.report.verdict, Verdict::Original(_)), "{:?}", verified.report);
    assert_eq!((verified.same, verified.new, verified.own), (0, incoming(&bytes).ops.len(), false));
    assert!(verified.report.records.iter().all(|record| {
        record.devices.iter().all(|part| matches!(part.sealing, Sealing::Upto { .. }) && part.after == 0)
    }));
    assert!(from.verify(&file(&bytes).await, None, ON).await.unwrap().own);
    for at in (0..bytes.len()).step_by(bytes.len() / 60) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let verdict = other.verify(&file(&changed).await, None, ON).await.unwrap().report.verdict;
        assert!(!matches!(verdict, Verdict::Original(_)), "a changed byte at {at} passes");
    }
    let half = &bytes[..bytes.len() / 2];
    let cut = other.verify(&file(half).await, None, ON).await.unwrap().report.verdict;
    assert!(matches!(cut, Verdict::Unreadable(_)), "{cut:?}");
}

#[wasm_bindgen_test]
async fn an_unchanged_record_keeps_its_seal() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    let (same, changed) = (new_customer(store, "甲").await, new_customer(store, "乙").await);
    let before = incoming(&whole(store).await).seals;
    commit(store, Job::new(changed.clone(), rename("丙"), "张伟")).await.unwrap();
    let after = incoming(&whole(store).await).seals;
    let of = |seals: &[sitebook_core::seal::Seal], id: &RecordId| {
        seals.iter().find(|seal| seal.record == *id).cloned().unwrap()
    };
    assert_eq!((before.len(), after.len()), (2, 2));
    // A signature is never made twice alike.
    assert_eq!(of(&before, &same), of(&after, &same));
    assert!(of(&after, &changed).upto > of(&before, &changed).upto);
}

#[wasm_bindgen_test]
async fn seals_of_others_travel_on() {
    let _owner = owned();
    let (one, two, three) = (tab(&fresh_name()).await, tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = new_customer(one, "甲").await;
    taken_in(two, &whole(one).await).await;
    commit(two, Job::new(id.clone(), rename("乙"), "李雷")).await.unwrap();
    let bytes = whole(two).await;
    let seals = incoming(&bytes).seals;
    assert_eq!(seals.len(), 2, "{seals:?}");
    let report = three.verify(&file(&bytes).await, None, ON).await.unwrap().report;
    assert!(matches!(report.verdict, Verdict::Original(_)), "{report:?}");
    assert_eq!(report.records[0].devices.len(), 2);
    let sealed = |part: &sitebook_core::verify::DevicePart| matches!(part.sealing, Sealing::Upto { .. });
    assert!(report.records[0].devices.iter().all(sealed), "{report:?}");
    // The first device knows less than the file, and the file is newer: nothing speaks against it.
    let here = one.verify(&file(&bytes).await, None, ON).await.unwrap();
    assert_eq!((here.new, here.only_here), (1, 0));
    // What it exported before is now an older state elsewhere.
    taken_in(three, &bytes).await;
    let old = incoming(&bytes).ops.len() - 1;
    let earlier = three.verify(&file(&whole(one).await).await, None, ON).await.unwrap();
    assert_eq!((earlier.same, earlier.only_here), (old, 1));
    assert!(!earlier.report.findings.iter().any(Finding::is_bad));
}

#[wasm_bindgen_test]
async fn a_contradicted_file_keeps_no_seals() {
    let _owner = owned();
    let (from, into) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = new_customer(from, "甲").await;
    commit(from, Job::new(id, rename("乙"), "张伟")).await.unwrap();
    let all = incoming(&whole(from).await);
    // The same seals over one op less, as somebody makes it who takes an entry out.
    let ops = &all.ops[..all.ops.len() - 1];
    let parcel = exchange::Parcel {
        exported: &all.exported,
        ops,
        templates: &Default::default(),
        attachments: &Default::default(),
        seals: &all.seals,
    };
    let made = exchange::export(&parcel).unwrap().bytes;
    let checked = into.check(&file(&made).await, ON).await.unwrap();
    assert_eq!(checked.report.as_ref().unwrap().verdict, Verdict::Contradicted);
    into.take_in(&file(&made).await, &checked, ON).await.unwrap();
    let tx = into.db().unwrap().read(&[Table::Seals]).unwrap();
    assert_eq!(tx.count(Table::Seals).await.unwrap(), 0, "a seal that does not fit is kept");
}

/// A picture that the reader takes for one.
fn photo(number: u32) -> NewBlob {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend((0..2_000_u32).map(|at| (at * 31 + number).to_le_bytes()[0]));
    bytes.extend(number.to_le_bytes());
    let size = bytes.len() as u64;
    let attachment = Attachment { sha256: hex(&sha256(&bytes)), mime: "image/png".into(), size, width: 4, height: 3 };
    NewBlob { attachment, thumb: vec![1], bytes }
}

/// 200 records with 100 photos.
async fn full_book() -> Store {
    let store = tab(&fresh_name()).await;
    for number in 0..20 {
        customer_with_all(store, &format!("大客户 {number}"), number).await;
    }
    for number in 0..100 {
        new_customer(store, &format!("客户 {number}")).await;
    }
    // A picture of each visit and one of all are there; a visit takes six.
    let visits = store.recent(RecordKind::Visit, "open", 20).await.unwrap();
    for number in 0..79 {
        let blob = photo(number);
        let (field, attachment) = ("apply.ask.photo".to_owned(), blob.attachment.clone());
        let command = Command::Attach { field, attachment, caption: None };
        let visit = &visits[number as usize / 4].id;
        let mut job = Job::new(RecordId::parse(visit).unwrap(), command, "张伟");
        job.blobs = vec![blob];
        commit(store, job).await.unwrap();
    }
    store
}

#[wasm_bindgen_test]
async fn a_backup_of_everything_comes_back_whole_or_not_at_all() {
    let _owner = owned();
    let (store, empty) = (full_book().await, tab(&fresh_name()).await);
    let steps = Cell::new(0);
    let counted = |_: Step| {
        steps.set(steps.get() + 1);
        true
    };
    let made = store.export_all(&store.profile.now(), Sink::pieces("all.json"), &counted).await.unwrap();
    assert_eq!((made.sent.records, made.sent.pictures, made.sent.missing, made.sent.signed), (200, 100, 0, true));
    assert!(steps.get() > 100, "{} steps are told", steps.get());
    let backup = made.file.unwrap();
    stopped_on_the_way(empty, &backup).await;
    let checked = empty.check(&backup, ON).await.unwrap();
    assert!(matches!(checked.report.as_ref().unwrap().verdict, Verdict::Original(_)));
    assert_eq!((checked.preview.new_records(), checked.preview.new_pictures), (200, 100));
    // Another file than the one that was checked.
    let other = file(&bytes_of(&backup).await[..9_000]).await;
    assert!(empty.take_in(&other, &checked, ON).await.is_err());
    holds_nothing(empty, "exchanged").await;
    assert!(empty.take_in(&backup, &checked, ON).await.unwrap().is_some());
    assert_eq!(empty.holds().await.unwrap(), store.holds().await.unwrap());
    let visit = store.recent(RecordKind::Visit, "open", 1).await.unwrap().remove(0).id;
    assert_eq!(empty.ops(&visit).await.unwrap(), store.ops(&visit).await.unwrap());
    let customers = |store: Store| async move { store.lines(RecordKind::Customer, "open", None).await.unwrap().len() };
    assert_eq!((customers(store).await, customers(empty).await), (120, 120));
    for number in 0..79 {
        let photo = photo(number);
        assert_eq!(empty.blob(&photo.attachment.sha256, false).await.unwrap(), Some(photo.bytes));
    }
    assert!(empty.check(&backup, ON).await.unwrap().preview.is_idle(), "a second restore has nothing to do");
}

/// Nothing of a restore that was stopped is left.
async fn stopped_on_the_way(empty: Store, backup: &File) {
    let stopped = empty.check(backup, &|step| !matches!(step, Step::Seals(20.., _))).await;
    assert!(matches!(stopped, Err(StoreError::Stopped)));
    holds_nothing(empty, "stopped while it is checked").await;
    let checked = empty.check(backup, ON).await.unwrap();
    let stopped = empty.take_in(backup, &checked, &|step| !matches!(step, Step::Pictures(60.., _))).await;
    assert_eq!(stopped, Err(StoreError::Stopped));
    holds_nothing(empty, "stopped amid its pictures").await;
}

async fn holds_nothing(store: Store, when: &str) {
    assert_eq!(store.holds().await.unwrap(), (0, 0), "{when}: ops and pictures are left");
    assert_eq!(all_ops(store).await, []);
    let tx = store.db().unwrap().read(&[Table::Meta]).unwrap();
    let notes = tx.all_keys(Table::Meta).await.unwrap().into_iter().filter(|key| key.starts_with("incoming"));
    assert_eq!(notes.collect::<Vec<_>>(), [""; 0]);
}

/// What an import leaves that was killed amid its pictures: one that no record shows, and the note of it.
async fn killed_import(store: Store, note: (&str, &str)) -> String {
    let blob = photo(7);
    let sha256 = blob.attachment.sha256.clone();
    let tx = store.db().unwrap().write(&TABLES).unwrap();
    put_blob(&tx, &blob).unwrap();
    let (key, json) = (note.0.replace('#', &sha256), note.1.replace('#', &sha256));
    tx.put(Table::Meta, &key, &Doc { json, ..Doc::default() }).unwrap();
    tx.done().await.unwrap();
    sha256
}

/// How the note is kept, and how the first release kept it.
const NOTES: [(&str, &str); 2] = [("incoming/#", "true"), ("incoming", "[\"#\"]")];

#[wasm_bindgen_test]
async fn pictures_of_an_import_that_was_killed_are_taken_away_by_the_next() {
    let _owner = owned();
    for note in NOTES {
        let (store, other) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
        new_customer(other, "甲").await;
        let sha256 = killed_import(store, note).await;
        taken_in(store, &whole(other).await).await;
        assert_eq!(store.blob(&sha256, false).await.unwrap(), None, "{note:?}");
    }
}

#[wasm_bindgen_test]
async fn pictures_of_an_import_that_was_killed_are_taken_away_by_the_next_start() {
    let _owner = owned();
    for note in NOTES {
        let name = fresh_name();
        let sha256 = killed_import(tab(&name).await, note).await;
        let later = tab(&name).await;
        later.sweep_given_up().await.unwrap();
        holds_nothing(later, "swept").await;
        assert_eq!(later.blob(&sha256, false).await.unwrap(), None, "{note:?}");
    }
}

#[wasm_bindgen_test]
async fn a_start_leaves_the_pictures_of_an_import_that_goes_on_in_another_tab() {
    let _owner = owned();
    let (other, name) = (tab(&fresh_name()).await, fresh_name());
    let first = tab(&name).await;
    customer_with_all(other, "云岭", 3).await;
    let backup = file(&whole(other).await).await;
    let checked = first.check(&backup, ON).await.unwrap();
    let second = tab(&name).await;
    let met = std::rc::Rc::new(Cell::new(0));
    // At each of its pictures the other tab starts, or wants to take the file in as well.
    let meanwhile = met.clone();
    let tell = move |step: Step| {
        if matches!(step, Step::Pictures(..)) {
            let met = meanwhile.clone();
            leptos::task::spawn_local(async move {
                second.sweep_given_up().await.unwrap();
                met.set(met.get() + 1);
            });
        }
        true
    };
    first.take_in(&backup, &checked, &tell).await.unwrap();
    assert!(met.get() > 0, "nothing happened meanwhile");
    assert_eq!(first.holds().await.unwrap(), other.holds().await.unwrap());
}

#[wasm_bindgen_test]
async fn two_tabs_do_not_take_in_files_at_the_same_time() {
    use crate::browser::locks::{Asked, ask};
    let _owner = owned();
    let (other, name) = (tab(&fresh_name()).await, fresh_name());
    new_customer(other, "甲").await;
    let backup = file(&whole(other).await).await;
    let store = tab(&name).await;
    let checked = store.check(&backup, ON).await.unwrap();
    let Asked::Held(lock) = ask(&format!("sitebook.import.{name}")).await else { return };
    assert_eq!(store.take_in(&backup, &checked, ON).await, Err(StoreError::TakingIn));
    holds_nothing(store, "another tab is at it").await;
    drop(lock);
    store.take_in(&backup, &checked, ON).await.unwrap();
    assert_eq!(store.holds().await.unwrap(), other.holds().await.unwrap());
}

#[wasm_bindgen_test]
async fn a_damaged_photo_does_not_stop_a_backup() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "云岭", 1).await;
    let (entries, photos) = store.holds().await.unwrap();
    let visit = store.recent(RecordKind::Visit, "open", 1).await.unwrap().remove(0).id;
    let view = store.view(&RecordId::parse(&visit).unwrap()).await.unwrap().unwrap();
    let mut spoilt = NewBlob { attachment: view.record.attachments()[0].clone(), bytes: vec![0; 9], thumb: vec![] };
    spoilt.bytes[0] = 1;
    let tx = store.db().unwrap().write(&TABLES).unwrap();
    put_blob(&tx, &spoilt).unwrap();
    tx.done().await.unwrap();
    let made = store.export_all(&store.profile.now(), Sink::pieces("all.json"), ON).await.unwrap();
    assert_eq!((made.sent.missing, made.sent.pictures), (1, photos as usize - 1));
    let back = incoming(&bytes_of(&made.file.unwrap()).await);
    assert_eq!((back.ops.len(), back.missing.len()), (entries as usize, 1));
}

#[wasm_bindgen_test]
async fn an_erased_customer_has_no_seal_that_contradicts_what_is_left() {
    let _owner = owned();
    let (store, colleague) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = customer_with_all(store, "云岭", 1).await;
    new_customer(store, "另一家").await;
    taken_in(colleague, &whole(store).await).await;
    store.erase(&id, "云岭", "客户要求").await.unwrap();
    let after = file(&whole(store).await).await;
    for device in [tab(&fresh_name()).await, colleague] {
        let report = device.verify(&after, None, ON).await.unwrap().report;
        assert!(matches!(report.verdict, Verdict::Original(_)), "{report:?}");
    }
    // The colleague knows more of it than the new seal speaks of, and passes on what fits.
    taken_in(colleague, &bytes_of(&after).await).await;
    let passed = file(&whole(colleague).await).await;
    let report = tab(&fresh_name()).await.verify(&passed, None, ON).await.unwrap().report;
    assert!(matches!(report.verdict, Verdict::Original(_)), "{report:?}");
}

#[wasm_bindgen_test]
async fn a_backup_to_save_is_whole_and_goes_when_nobody_holds_it() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    customer_with_all(store, "云岭", 1).await;
    outgoing::clear().await;
    let sink = Sink::large("all.json").await;
    let on_disk = usize::from(sink.is_on_disk());
    let file = store.export_all(&store.profile.now(), sink, ON).await.unwrap().file.unwrap();
    assert_eq!(file.name(), "all.json");
    outgoing::sweep().await;
    assert_eq!(outgoing::count().await, on_disk, "it is swept while it may still be read");
    let (saved, all) = (incoming(&bytes_of(&file).await), incoming(&whole(store).await));
    assert_eq!((saved.ops.len(), saved.pictures.len()), (all.ops.len(), all.pictures.len()));
    let mut given_up = Sink::large("other.json").await;
    given_up.write(&vec![b' '; 3 << 20]).await.unwrap();
    given_up.abandon().await;
    outgoing::sweep().await;
    assert_eq!(outgoing::count().await, on_disk, "what was given up is still there");
    outgoing::clear().await;
    assert_eq!(outgoing::count().await, 0);
}

#[wasm_bindgen_test]
async fn a_backup_is_stopped_without_a_trace() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    new_customer(store, "甲").await;
    let stop = |step: Step| !matches!(step, Step::Records(..));
    let stopped = store.export_all(&store.profile.now(), Sink::pieces("all.json"), &stop).await;
    assert!(matches!(stopped, Err(StoreError::Stopped)), "{stopped:?}");
    assert!(incoming(&whole(store).await).signature.is_some(), "the next one is as if nothing had been");
}
