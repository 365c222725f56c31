//! A folder of the device that the user chose once, and into which the app may write until that is taken back.
//!
//! It must not know what is written. Only some browsers have such folders.

use super::db::Kept;
use super::files::FileError;
use super::reach;
use super::sink::Sink;
use wasm_bindgen::JsValue;

/// A folder.
#[derive(Debug, Clone)]
pub struct Folder(JsValue);

/// Whether this browser lets the user choose a folder.
pub fn is_available() -> bool {
    reach::of_window("showDirectoryPicker").is_some()
}

fn writing() -> JsValue {
    reach::object(&[("mode", "readwrite".into())])
}

fn creating() -> JsValue {
    reach::object(&[("create", JsValue::TRUE)])
}

impl Folder {
    /// Asks for a folder. `None` if the user chooses none or the browser refuses it. Must be called within the tap.
    pub async fn choose() -> Option<Folder> {
        let options = reach::object(&[("mode", "readwrite".into()), ("id", "sitebook".into())]);
        reach::ask(&reach::window()?.into(), "showDirectoryPicker", &[&options]).await.ok().map(Folder)
    }

    /// The folder that belongs to this origin alone and that no user sees. `None` where the browser has none, or
    /// forbids it.
    pub(super) async fn own() -> Option<Folder> {
        reach::ask(&reach::of_navigator("storage")?, "getDirectory", &[]).await.ok().map(Folder)
    }

    /// A folder in it, made if it is not there.
    pub(super) async fn inner(&self, name: &str) -> Option<Folder> {
        reach::ask(&self.0, "getDirectoryHandle", &[&name.into(), &creating()]).await.ok().map(Folder)
    }

    /// The folder that was kept.
    pub fn of(Kept(handle): Kept) -> Folder {
        Folder(handle)
    }

    /// As the database keeps it.
    pub fn kept(&self) -> Kept {
        Kept(self.0.clone())
    }

    /// What it is called; the system does not tell where it is.
    pub fn name(&self) -> String {
        reach::get(&self.0, "name").and_then(|name| name.as_string()).unwrap_or_default()
    }

    /// Whether the app may write now.
    pub async fn is_allowed(&self) -> bool {
        self.permission("queryPermission").await
    }

    /// Asks the user to allow writing. Must be called within the tap.
    pub async fn ask(&self) -> bool {
        self.permission("requestPermission").await
    }

    async fn permission(&self, how: &str) -> bool {
        match reach::ask(&self.0, how, &[&writing()]).await {
            Ok(state) => state.as_string().is_some_and(|state| state == "granted"),
            // A folder without such a question is the app's own.
            Err(error) => error.is_undefined(),
        }
    }

    /// A handle of a file in it, made if it is not there.
    pub(super) async fn file(&self, name: &str) -> Result<JsValue, FileError> {
        let handle = reach::ask(&self.0, "getFileHandle", &[&name.into(), &creating()]).await;
        handle.map_err(|_| FileError::NotSaved { name: name.to_owned() })
    }

    /// A file in it that is about to be written.
    pub async fn sink(&self, name: &str) -> Result<Sink, FileError> {
        Sink::into_handle(name, &self.file(name).await?).await
    }

    /// The names of what is in it.
    pub async fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let Ok(walk) = reach::call(&self.0, "keys", &[]) else { return names };
        while let Ok(next) = reach::ask(&walk, "next", &[]).await {
            if reach::get(&next, "done").is_some_and(|done| done.is_truthy()) {
                break;
            }
            names.extend(reach::get(&next, "value").and_then(|name| name.as_string()));
        }
        names
    }

    /// Removes a folder from it with all that is in it; failure is silent.
    pub(super) async fn remove_all(&self, name: &str) {
        let all = reach::object(&[("recursive", JsValue::TRUE)]);
        let _ = reach::ask(&self.0, "removeEntry", &[&name.into(), &all]).await;
    }

    /// Removes a file from it; failure is silent.
    pub async fn remove(&self, name: &str) {
        let _ = reach::ask(&self.0, "removeEntry", &[&name.into()]).await;
    }
}
