//! The app's database from outside: dumped, built from a dump, damaged. Needs a page of the app's origin.

use crate::browser::Browser;
use crate::machine;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

/// Name of the database.
pub const NAME: &str = "sitebook";

/// Where the dump of a released version is kept.
#[must_use]
pub fn fixture(version: u32) -> PathBuf {
    machine::root().join(format!("tests/fixtures/db/{version}.json"))
}

/// The dump of a released version.
pub fn read_fixture(version: u32) -> Result<Value> {
    let path = fixture(version);
    let text = fs::read(&path).with_context(|| format!("no fixture {}", path.display()))?;
    Ok(serde_json::from_slice(&text)?)
}

impl Browser {
    /// Everything in the database.
    pub async fn dump_db(&self) -> Result<Value> {
        let dump = self.session()?.execute_async(include_str!("db_dump.js"), vec![json!(NAME)]).await?;
        let dump = dump.json().clone();
        ensure!(dump["error"].is_null(), "the database cannot be dumped: {}", dump["error"]);
        Ok(dump)
    }

    /// Makes the database of a dump; there must be none. With `hold` the page keeps it open, deaf to others.
    pub async fn build_db(&self, dump: &Value, hold: bool) -> Result<()> {
        let arguments = vec![json!(NAME), dump.clone(), json!(hold)];
        let said = self.session()?.execute_async(include_str!("db_build.js"), arguments).await?;
        match said.json().as_str() {
            Some("") => Ok(()),
            other => bail!("the database cannot be built: {other:?}"),
        }
    }

    /// Runs a script body with the open database as `db`; it answers what the script returns.
    pub async fn with_db(&self, script: &str) -> Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const request = indexedDB.open('{NAME}'); \
             request.onerror = () => done({{ error: String(request.error) }}); \
             request.onsuccess = async () => {{ const db = request.result; \
             const asked = r => new Promise((yes, no) => {{ r.onsuccess = () => yes(r.result); r.onerror = () => no(r.error); }}); \
             try {{ const answer = await (async () => {{ {script} }})(); db.close(); done({{ answer }}); }} \
             catch (error) {{ db.close(); done({{ error: String(error) }}); }} }};"
        );
        let said = self.session()?.execute_async(script, Vec::new()).await?;
        let said = said.json().clone();
        ensure!(said["error"].is_null(), "the database says {}", said["error"]);
        Ok(said["answer"].clone())
    }

    /// Deletes the database, as a browser does that needs the room.
    pub async fn delete_db(&self) -> Result<()> {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const r = indexedDB.deleteDatabase('{NAME}'); \
             r.onsuccess = () => done(''); r.onerror = () => done(String(r.error));"
        );
        let said = self.session()?.execute_async(script, Vec::new()).await?;
        ensure!(said.json() == "", "the database is not deleted: {}", said.json());
        Ok(())
    }
}
