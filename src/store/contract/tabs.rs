//! Several tabs on one database: each sees what the others wrote, and the chain stays one.

use super::*;

#[wasm_bindgen_test]
async fn two_tabs_that_write_at_once_keep_one_unbroken_chain() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let (one, two) = (tab(&name).await, tab(&name).await);
    commit(one, Job::new(id.clone(), customer("一"), "张伟")).await.unwrap();
    for round in 0..10 {
        let left = commit(one, Job::new(id.clone(), rename(&format!("左{round}")), "张伟"));
        let right = commit(two, Job::new(new_id(), customer(&format!("右{round}")), "李强"));
        let (left, right) = futures::join!(left, right);
        left.unwrap();
        right.unwrap();
    }
    let ops = all_ops(one).await;
    assert_eq!(verify_ops(&ops), Ok(()));
    let places: BTreeSet<u64> = ops.iter().map(|sealed| sealed.op.seq).collect();
    assert_eq!(places.len(), ops.len(), "no place of the chain is taken twice");
    assert_eq!(places.last().copied(), Some(ops.len() as u64), "and none is left out");
}

#[wasm_bindgen_test]
async fn numbers_are_never_given_twice_by_two_tabs() {
    let _owner = owned();
    let name = fresh_name();
    let (one, two) = (tab(&name).await, tab(&name).await);
    let owner_id = new_id();
    commit(one, Job::new(owner_id.clone(), customer("甲"), "张伟")).await.unwrap();
    let order = || {
        let values = [
            ("kind", Value::text("fault")),
            ("customer", Value::text(owner_id.as_str())),
            ("fault", Value::text("掉线")),
            ("scope", Value::text("恢复")),
            ("severity", Value::text("general")),
            ("identity", Value::text("own")),
            ("agreed", Value::Moment(clock::now())),
            ("site", Value::text("s")),
            ("contact", Value::text("c")),
        ];
        let values = values.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
        let command = Command::Create { kind: RecordKind::Order, number: None, template: None, values };
        let mut job = Job::new(new_id(), command, "张伟");
        job.prefix = Some("WO");
        job
    };
    let (a, b) = futures::join!(commit(one, order()), commit(two, order()));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a.record.number().is_some());
    assert_ne!(a.record.number(), b.record.number());
}

#[wasm_bindgen_test]
async fn what_one_tab_reads_is_never_half_of_what_another_writes() {
    let _owner = owned();
    let (name, id) = (fresh_name(), new_id());
    let (one, two) = (tab(&name).await, tab(&name).await);
    commit(one, Job::new(id.clone(), customer("0"), "张伟")).await.unwrap();
    for round in 1..=15 {
        let writing = commit(one, Job::new(id.clone(), rename(&round.to_string()), "张伟"));
        let reading = async { (two.view(&id).await.unwrap().unwrap(), two.ops(id.as_str()).await.unwrap()) };
        let (written, (view, ops)) = futures::join!(writing, reading);
        written.unwrap();
        // The two reads are two transactions: the write falls before, between or behind them, never into one.
        let seen: u32 = view.record.text("name").unwrap().parse().unwrap();
        assert!(seen == round || seen == round - 1, "in round {round} it reads {seen}");
        let later = Record::fold(&id, ops.iter().map(|sealed| &sealed.op));
        let later: u32 = later.text("name").unwrap().parse().unwrap();
        assert!(later >= seen, "a later read is older: {later} after {seen}");
    }
}
