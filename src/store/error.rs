//! What can go wrong between a tap and the disk, and the words for it.

use crate::browser::db::DbError;
use sitebook_core::exchange::{ExportError, ImportError};
use sitebook_core::text::Text;
use sitebook_core::work::Refusal;

/// Why something was not stored or read. Nothing of it was written.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreError {
    /// The core refused the command.
    Refused(Refusal),
    /// The database refused.
    Db(DbError),
    /// The database is not open yet.
    NotOpen,
    /// A stored document cannot be read by this version.
    Unreadable(String),
    /// A file was refused.
    Import(ImportError),
    /// A file could not be made.
    Export(ExportError),
}

impl From<DbError> for StoreError {
    fn from(error: DbError) -> StoreError {
        StoreError::Db(error)
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> StoreError {
        StoreError::Refused(refusal)
    }
}

impl From<ImportError> for StoreError {
    fn from(error: ImportError) -> StoreError {
        StoreError::Import(error)
    }
}

impl From<sitebook_core::json::Error> for StoreError {
    fn from(error: sitebook_core::json::Error) -> StoreError {
        StoreError::Unreadable(error.to_string())
    }
}

impl StoreError {
    /// The sentence for the user: what happened, what is safe, what to do.
    pub fn words(&self) -> Text {
        match self {
            StoreError::Refused(refusal) => refusal.words(),
            StoreError::Import(error) => error.words(),
            StoreError::Export(error) => error.words(),
            StoreError::NotOpen => Text::of(
                "数据库还没有打开，这一步没有保存。请稍候再试。",
                "The database is not open yet, so this was not saved. Try again in a moment.",
            ),
            StoreError::Unreadable(detail) => Text::of(
                "有一条记录无法由当前版本读取（{0}）。记录仍在本机，没有丢失；请更新应用后再打开。",
                "One record cannot be read by this version ({0}). It is still on this device; update the app and open it again.",
            )
            .with(&[detail]),
            StoreError::Db(error) => db_words(error),
        }
    }
}

fn db_words(error: &DbError) -> Text {
    match error {
        DbError::Unavailable(detail) => Text::of(
            "浏览器不允许本应用在这里保存数据（{0}）。请退出无痕模式，或允许本网站保存数据后重新打开。",
            "The browser does not let the app keep data here ({0}). Leave private mode, or allow this site to store data, and open it again.",
        )
        .with(&[detail]),
        DbError::Newer => Text::of(
            "本机数据由更新版本的应用写入。数据完好；请重新加载以更新应用。",
            "The data on this device was written by a newer version. It is safe; reload to update the app.",
        ),
        DbError::Full => Text::of(
            "手机存储空间不足，刚才这一步没有保存，之前保存的都还在。请清理空间后点“重试”。",
            "The device is full: this entry was not saved, everything saved before is safe. Free some space, then tap Retry.",
        ),
        DbError::Closed => Text::of(
            "与数据库的连接已断开（可能在另一页面更新了应用）。已保存的内容都在；请重新加载本页。",
            "The connection to the database was closed (another tab may have updated the app). Saved entries are safe; reload this page.",
        ),
        DbError::Failed(detail) => Text::of(
            "没有保存成功（{0}）。之前保存的都还在；请点“重试”。",
            "It could not be saved ({0}). Everything saved before is safe; tap Retry.",
        )
        .with(&[detail]),
    }
}
