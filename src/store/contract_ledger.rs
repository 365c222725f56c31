//! The store's contract for erasing, putting back and conflicts, on a real database like [`super::contract`].

use super::Store;
use super::coming::Proven;
use super::commit::{Job, NewBlob, commit};
use super::contract::{fresh_name, new_id, owned, tab, whole};
use super::error::StoreError;
use super::local;
use super::query::parse_all;
use crate::browser::clock;
use crate::browser::db::Table;
use sitebook_core::exchange;
use sitebook_core::ids::RecordId;
use sitebook_core::ledger::{Attachment, Record, RecordKind, Sealed, hex, sha256, verify};
use sitebook_core::value::Value;
use sitebook_core::work::{Back, Command, Context, History, Refusal, Target, Words, conflicts, undo};
use std::collections::BTreeMap;
use wasm_bindgen_test::wasm_bindgen_test;

const CUSTOMER: &str = "云岭市通信分公司";
const OTHER: &str = "青松县广电中心";

fn make(kind: RecordKind, values: &[(&str, &str)]) -> Command {
    let values = values.iter().map(|(field, text)| ((*field).to_owned(), Value::text(text))).collect();
    Command::Create { kind, number: None, template: None, values }
}

fn picture(number: u8) -> NewBlob {
    let bytes = [b"\x89PNG\r\n\x1a\n".as_slice(), &[number; 5]].concat();
    let size = bytes.len() as u64;
    let attachment = Attachment { sha256: hex(&sha256(&bytes)), mime: "image/png".into(), size, width: 4, height: 3 };
    NewBlob { attachment, thumb: bytes.clone(), bytes }
}

/// A customer with a contact, a site, an order and a visit with two photos; one photo is the same for every customer.
pub(super) async fn customer_with_all(store: Store, name: &str, own: u8) -> RecordId {
    let ids: Vec<RecordId> = (0..5).map(|_| new_id()).collect();
    let run =
        async |id: &RecordId, command: Command| commit(store, Job::new(id.clone(), command, "张伟")).await.unwrap();
    run(&ids[0], make(RecordKind::Customer, &[("name", name)])).await;
    let who = ids[0].as_str();
    run(&ids[1], make(RecordKind::Site, &[("name", &format!("{name}三楼机房")), ("customer", who)])).await;
    run(&ids[2], make(RecordKind::Contact, &[("name", "王建国"), ("phone", "0000-5550118"), ("customer", who)])).await;
    let order = [
        ("kind", Value::text("fault")),
        ("customer", Value::text(who)),
        ("site", Value::text(ids[1].as_str())),
        ("contact", Value::text(ids[2].as_str())),
        ("fault", Value::text("掉线")),
        ("scope", Value::text("恢复")),
        ("severity", Value::text("general")),
        ("identity", Value::text("own")),
        ("agreed", Value::Moment(clock::now())),
    ];
    let values = order.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    run(&ids[3], Command::Create { kind: RecordKind::Order, number: None, template: None, values }).await;
    let pin = super::content::shipped("field-visit").unwrap();
    let values = BTreeMap::from([("visit.order".to_owned(), Value::text(ids[3].as_str()))]);
    let template = Some(pin.reference.clone());
    let mut job =
        Job::new(ids[4].clone(), Command::Create { kind: RecordKind::Visit, number: None, template, values }, "张伟");
    job.pin = Some(pin);
    job.prefix = Some("SV");
    commit(store, job).await.unwrap();
    for gate in gates_of(store, &ids[4], "apply").await {
        let target = Target::parse(&gate).unwrap();
        run(&ids[4], Command::Override { target, reason: "试验".into(), approver: "王建国".into() }).await;
    }
    for number in [own, 99] {
        let blob = picture(number);
        let field = "apply.ask.photo".to_owned();
        let command = Command::Attach { field, attachment: blob.attachment.clone(), caption: Some(name.to_owned()) };
        let mut job = Job::new(ids[4].clone(), command, "张伟");
        job.blobs = vec![blob];
        commit(store, job).await.unwrap();
    }
    ids[0].clone()
}

async fn gates_of(store: Store, visit: &RecordId, stage: &str) -> Vec<String> {
    let (view, content) = (store.view(visit).await.unwrap().unwrap(), store.content());
    let scope = view.scope(&content.library).unwrap();
    let stage = scope.procedure.stage(stage).unwrap();
    sitebook_core::work::Run::new(&scope).stage_gates(stage).into_iter().map(|gate| gate.target).collect()
}

use super::commit::TABLES as ALL;

/// Everything that the database and `localStorage` hold, as text: keys and documents.
async fn raw(store: Store) -> String {
    let tx = store.db().unwrap().read(&ALL).unwrap();
    let mut all = String::new();
    for table in ALL {
        all.push_str(&tx.all_keys(table).await.unwrap().join("\n"));
        all.push_str(&tx.all(table, None).await.unwrap().join("\n"));
    }
    let keys = ["sitebook.draft.#/new/site", "sitebook.ink.x", "sitebook.return", "sitebook.place"];
    all.extend(keys.into_iter().filter_map(local::get::<String>));
    all
}

async fn ledger(store: Store) -> Vec<Sealed> {
    let tx = store.db().unwrap().read(&[Table::Ops]).unwrap();
    parse_all(&tx.all(Table::Ops, None).await.unwrap()).unwrap()
}

async fn has_blob(store: Store, number: u8) -> bool {
    store.blob(&picture(number).attachment.sha256, false).await.unwrap().is_some()
}

#[wasm_bindgen_test]
async fn contract_an_erased_customer_is_gone_from_the_whole_database_and_the_chain_still_holds() {
    // Drafts are copied into the database by tasks of their own; mounting an app sets up what runs them.
    leptos::mount::mount_to_body(|| ());
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    let gone = customer_with_all(store, CUSTOMER, 1).await;
    let stays = customer_with_all(store, OTHER, 2).await;
    local::set("sitebook.draft.#/new/site", &format!("{CUSTOMER}的新机房"));
    local::set("sitebook.ink.x", &gone.to_string());
    crate::browser::timers::sleep(200).await;
    assert!(raw(store).await.contains("的新机房"), "the draft is there, with its copy");
    let before = ledger(store).await.len();
    let plan = store.plan_erase(&gone).await.unwrap();
    assert_eq!((plan.records.len(), plan.photos), (5, 1), "the shared photo is not theirs alone");
    store.erase(&gone, CUSTOMER, "客户要求删除").await.unwrap();

    let left = raw(store).await;
    assert!(!left.contains(CUSTOMER) && !left.contains("云岭"), "the name is still there");
    let (ops, stubs) = (ledger(store).await, store.stubs().await.unwrap());
    assert_eq!(stubs.len(), plan.entries);
    assert_eq!(ops.len(), before - plan.entries + 1);
    assert_eq!(verify(&ops, &stubs), Ok(()), "the chain holds over the stubs");
    assert!(!has_blob(store, 1).await && has_blob(store, 2).await && has_blob(store, 99).await);
    let erased = store.view(&gone).await.unwrap().unwrap().record.erased;
    assert_eq!((erased[0].records, erased[0].reason.as_str()), (5, "客户要求删除"));
    assert_eq!(store.lines(RecordKind::Customer, "erased", None).await.unwrap().len(), 1);
    assert_eq!(store.view(&stays).await.unwrap().unwrap().record.text("name"), Some(OTHER));
    assert_eq!(store.rebuild(&|_| true).await.unwrap().differing, 0, "a rebuild finds nothing to mend");
    commit(store, Job::new(new_id(), make(RecordKind::Customer, &[("name", "新客户")]), "张伟")).await.unwrap();
    assert_eq!(verify(&ledger(store).await, &stubs), Ok(()), "the chain goes on");
}

#[wasm_bindgen_test]
async fn contract_erasing_wants_the_name_and_a_reason_and_changes_nothing_without() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    let id = customer_with_all(store, CUSTOMER, 1).await;
    let before = ledger(store).await;
    let tried = [("云岭", "客户要求", Refusal::NameDiffers), (CUSTOMER, "", Refusal::ReasonMissing)];
    for (name, reason, refusal) in tried {
        assert_eq!(store.erase(&id, name, reason).await, Err(StoreError::Refused(refusal)));
    }
    assert_eq!(ledger(store).await, before);
    assert_eq!(store.stubs().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn contract_no_file_brings_back_what_was_erased() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    let gone = customer_with_all(store, CUSTOMER, 1).await;
    customer_with_all(store, OTHER, 2).await;
    let file = whole(store).await;
    let entries = store.plan_erase(&gone).await.unwrap().entries;
    store.erase(&gone, CUSTOMER, "客户要求删除").await.unwrap();

    let earlier = exchange::read(&file).unwrap();
    let (incoming, stays) = store.without_erased(earlier.clone()).await.unwrap();
    assert_eq!(stays.unwrap().entries, entries);
    assert!(store.preview(&incoming).await.unwrap().is_idle(), "the rest is here");
    store.import(&incoming, &Proven::default(), &[]).await.unwrap();
    // Another tab that previewed before the erasing: the import itself keeps it out, too.
    store.import(&earlier, &Proven::default(), &[]).await.unwrap();
    assert!(ledger(store).await.iter().all(|sealed| !format!("{:?}", sealed.op.change).contains(CUSTOMER)));
    assert_eq!(store.view(&gone).await.unwrap().unwrap().record.created, None);
    // What is exported now carries the erasure and nothing of what was erased.
    let again = whole(store).await;
    let text = String::from_utf8(again.clone()).unwrap();
    assert!(!text.contains(CUSTOMER) && text.contains("\"erase\""));
    let elsewhere = tab(&fresh_name()).await;
    elsewhere.import(&exchange::read(&again).unwrap(), &Proven::default(), &[]).await.unwrap();
    assert_eq!(elsewhere.view(&gone).await.unwrap().unwrap().record.erased.len(), 1);
}

#[wasm_bindgen_test]
async fn contract_a_file_that_brings_back_who_was_erased_elsewhere_says_so() {
    let _owner = owned();
    let store = tab(&fresh_name()).await;
    let gone = customer_with_all(store, CUSTOMER, 1).await;
    let earlier = exchange::read(&whole(store).await).unwrap();
    assert_eq!(store.erased_elsewhere(&earlier).await.unwrap(), [], "nobody is erased yet");
    store.erase(&gone, CUSTOMER, "客户要求删除").await.unwrap();
    let later = exchange::read(&whole(store).await).unwrap();
    assert_eq!(store.erased_elsewhere(&later).await.unwrap(), [], "it was erased here");

    // A new device: the later backup tells of the erasing and has nothing of the customer.
    let new = tab(&fresh_name()).await;
    let told = new.erased_elsewhere(&later).await.unwrap();
    assert_eq!((told.len(), &told[0].customer, told[0].back), (1, &gone, 0));
    new.import(&later, &Proven::default(), &[]).await.unwrap();
    // The earlier one would bring them back, which the device now knows.
    let told = new.erased_elsewhere(&earlier).await.unwrap();
    assert_eq!((told.len(), &told[0].customer), (1, &gone));
    assert!(told[0].back > 0, "{told:?}");
    new.import(&earlier, &Proven::default(), &[]).await.unwrap();
    assert_eq!(new.erased_elsewhere(&earlier).await.unwrap()[0].back, 0, "they are here, so nothing comes back");
}

/// Two phones enter different names for one customer; the first takes in the other's file.
async fn torn() -> (Store, RecordId) {
    let (one, two) = (tab(&fresh_name()).await, tab(&fresh_name()).await);
    let id = new_id();
    commit(one, Job::new(id.clone(), make(RecordKind::Customer, &[("name", "甲")]), "张伟")).await.unwrap();
    let file = whole(one).await;
    two.import(&exchange::read(&file).unwrap(), &Proven::default(), &[]).await.unwrap();
    let rename = |name: &str| Command::Edit { values: BTreeMap::from([("name".to_owned(), Value::text(name))]) };
    commit(one, Job::new(id.clone(), rename("乙"), "张伟")).await.unwrap();
    commit(two, Job::new(id.clone(), rename("丙"), "李强")).await.unwrap();
    let file = whole(two).await;
    one.import(&exchange::read(&file).unwrap(), &Proven::default(), &[]).await.unwrap();
    (one, id)
}

#[wasm_bindgen_test]
async fn contract_a_conflict_stays_in_the_list_line_until_a_value_is_kept() {
    let _owner = owned();
    let (store, id) = torn().await;
    assert_eq!(store.lines(RecordKind::Customer, "open", None).await.unwrap()[0].conflicts, 1);
    let record: Record = store.view(&id).await.unwrap().unwrap().record;
    let content = store.content();
    let words = Words::Basic { template: content.record(RecordKind::Customer), names: &BTreeMap::new() };
    let conflict = conflicts(&record, &words).remove(0);
    assert_eq!(conflict.values.len(), 2);
    let ops: Vec<_> = conflict.values.iter().map(|claim| claim.touch.op.clone()).collect();
    let devices = store.devices_of(&ops).await.unwrap();
    assert_ne!(devices[&ops[0]], devices[&ops[1]], "both devices are named");
    commit(store, Job::new(id.clone(), conflict.keep(&Value::text("乙")), "张伟")).await.unwrap();
    let line = store.lines(RecordKind::Customer, "open", None).await.unwrap().remove(0);
    assert_eq!((line.conflicts, line.name.as_str()), (0, "乙"));
}

#[wasm_bindgen_test]
async fn contract_an_old_value_is_put_back_as_a_new_entry_and_that_is_undone() {
    let _owner = owned();
    let (store, id) = torn().await;
    let ops = store.ops(id.as_str()).await.unwrap();
    let before = store.view(&id).await.unwrap().unwrap().record;
    let content = store.content();
    let template = content.record(RecordKind::Customer).unwrap();
    let words = Words::Basic { template: Some(template), names: &BTreeMap::new() };
    let context = Context::Basic { template, record: Some(&before) };
    let history = History::new(&ops, clock::now());
    let entries = history.entries(0, history.len(), &before, &words, Some(&context));
    let first = entries.iter().find(|entry| entry.what.zh.ends_with("：甲")).unwrap();
    let Back::By(commands) = &first.back else { panic!("{:?}", first.back) };
    let after = commit(store, Job::new(id.clone(), commands[0].clone(), "张伟")).await.unwrap().record;
    assert_eq!(after.text("name"), Some("甲"));
    assert_eq!(store.ops(id.as_str()).await.unwrap().len(), ops.len() + 1, "nothing is taken away");
    let undoing = undo(&commands[0], &before, &after).unwrap();
    let undone = commit(store, Job::new(id.clone(), undoing, "张伟")).await.unwrap().record;
    assert_eq!(undone.text("name"), before.text("name"));
}
