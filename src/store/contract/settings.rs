//! Settings that a killed browser had not written yet.

use super::super::local;
use super::{Job, commit, customer, fresh_name, new_id, owned, tab};
use crate::browser::timers;
use gloo_storage::Storage as _;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_setting_that_the_browser_wrote_too_late_comes_back_and_a_newer_one_stays() {
    let _owner = owned();
    let name = fresh_name();
    let store = tab(&name).await;
    let storage = gloo_storage::LocalStorage::raw;
    local::set("sitebook.try", &"old");
    let stale: Vec<(&str, Option<String>)> =
        ["sitebook.try", "sitebook.beat"].map(|key| (key, storage().get_item(key).unwrap())).into();
    local::set("sitebook.try", &"new");
    local::set("sitebook.more", &"more");
    // A transaction that begins after the copies have begun waits for them.
    timers::sleep(0).await;
    commit(store, Job::new(new_id(), customer("甲"), "张伟")).await.unwrap();

    // A killed browser comes back with what it had written: an older state.
    for (key, text) in stale {
        storage().set_item(key, &text.unwrap()).unwrap();
    }
    storage().remove_item("sitebook.more").unwrap();
    tab(&name).await;
    assert_eq!(local::get::<String>("sitebook.try").as_deref(), Some("new"));
    assert_eq!(local::get::<String>("sitebook.more").as_deref(), Some("more"));

    // What was set while there was no copy is newer than the copy.
    local::forget("sitebook.more");
    tab(&fresh_name()).await;
    local::set("sitebook.try", &"newest");
    tab(&name).await;
    assert_eq!(local::get::<String>("sitebook.try").as_deref(), Some("newest"));
    assert_eq!(local::get::<String>("sitebook.more"), None);
    local::forget("sitebook.try");
}
