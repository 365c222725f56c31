//! Large files on their way out: each lies in the origin's own folder, on the disk, until the browser or another app
//! has taken it.
//!
//! A browser may hold a file that is made of pieces in its memory until it is saved, which a phone does not have for a
//! large one. It must not know what is written. A file's folder is under a lock of its page: what no page holds has
//! been left behind, and is swept.

use super::folder::Folder;
use super::locks::{self, Asked, Lock};
use super::{clock, random, reach, storage};
use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::File;

/// The folder of all of them.
const FOLDER: &str = "outgoing";
/// A slow phone may go on reading a saved file for so long, in milliseconds.
const READ_BY: i64 = 10 * 60_000;
/// Room that entries shall still find beside the file, in bytes.
const SPARE: u64 = 64 << 20;

thread_local! {
    /// Those that were handed out, and when: they must stay while somebody may read them.
    static HANDED: RefCell<Vec<(i64, Lock)>> = const { RefCell::new(Vec::new()) };
}

/// A file that is being written there.
#[derive(Debug)]
pub(super) struct Outgoing {
    stream: JsValue,
    handle: JsValue,
    lock: Lock,
}

fn lock_name(id: &str) -> String {
    format!("{FOLDER}/{id}")
}

async fn folder() -> Option<Folder> {
    Folder::own().await?.inner(FOLDER).await
}

/// Whether a copy of all that is kept here finds room beside it. As text, pictures take a third more.
async fn has_room() -> bool {
    let Some((used, allowed)) = storage::estimate().await else { return false };
    allowed.saturating_sub(used) > (used / 2).saturating_mul(3).saturating_add(SPARE)
}

impl Outgoing {
    /// Begins one. `None` where the browser has no such folder, cannot write to it from a page, or has no room.
    pub(super) async fn begin(name: &str) -> Option<Outgoing> {
        sweep().await;
        if !has_room().await {
            return None;
        }
        let id = u64::from_be_bytes(random::bytes()).to_string();
        let Asked::Held(lock) = locks::ask(&lock_name(&id)).await else { return None };
        let handle = folder().await?.inner(&id).await?.file(name).await.ok()?;
        // What has no such stream is swept next time.
        let stream = reach::ask(&handle, "createWritable", &[]).await.ok()?;
        Some(Outgoing { stream, handle, lock })
    }

    /// Where to write.
    pub(super) fn stream(&self) -> &JsValue {
        &self.stream
    }

    /// The file, after the stream was closed.
    pub(super) async fn hand_out(self) -> Option<File> {
        let file = reach::ask(&self.handle, "getFile", &[]).await.ok()?;
        HANDED.with_borrow_mut(|handed| handed.push((clock::now_ms(), self.lock)));
        Some(file.into())
    }
}

/// Removes what no page holds any more.
pub async fn sweep() {
    let now = clock::now_ms();
    HANDED.with_borrow_mut(|handed| handed.retain(|(since, _)| (0..READ_BY).contains(&(now - since))));
    let Some(own) = Folder::own().await else { return };
    // Asking for the folder must not make one.
    if !own.names().await.iter().any(|name| name == FOLDER) {
        return;
    }
    let Some(folder) = own.inner(FOLDER).await else { return };
    for id in folder.names().await {
        if let Asked::Held(_ours) = locks::ask(&lock_name(&id)).await {
            folder.remove_all(&id).await;
        }
    }
}

/// Removes them all, also what somebody may still be reading: what they tell shall be on this device no more.
pub async fn clear() {
    HANDED.with_borrow_mut(Vec::clear);
    sweep().await;
}

/// How many there are.
#[cfg(all(test, target_arch = "wasm32"))]
pub async fn count() -> usize {
    match folder().await {
        Some(folder) => folder.names().await.len(),
        None => 0,
    }
}
