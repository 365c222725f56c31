//! What can go wrong between a tap and the disk, and the words for it.

use super::assets::Missing;
use crate::browser::db::DbError;
use crate::browser::files::FileError;
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
    /// A file could not be read or written by the browser.
    File(FileError),
    /// The user has stopped it.
    Stopped,
    /// This page cannot check signatures.
    NoCrypto,
    /// The records changed while a file of them was made.
    Moved,
    /// Content of the app is not at hand.
    Missing(Missing),
    /// Another page is taking in a file.
    TakingIn,
}

impl From<Missing> for StoreError {
    fn from(missing: Missing) -> StoreError {
        StoreError::Missing(missing)
    }
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

impl From<ExportError> for StoreError {
    fn from(error: ExportError) -> StoreError {
        StoreError::Export(error)
    }
}

impl From<FileError> for StoreError {
    fn from(error: FileError) -> StoreError {
        StoreError::File(error)
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
            StoreError::File(error) => error.words(),
            StoreError::Missing(missing) => missing.words(),
            StoreError::Stopped => Text::of(
                "已取消，记录没有任何改变。",
                "Stopped. The records are as they were.",
            ),
            StoreError::NoCrypto => Text::of(
                "这个页面不是通过 HTTPS 打开的，浏览器不提供签名验证。文件没有被改动。请用 https 地址打开本应用后再验证。",
                "This page was not opened over HTTPS, so the browser checks no signatures. The file was not touched. Open the app at its https address and verify again.",
            ),
            StoreError::Moved => Text::of(
                "生成文件期间记录被导入或清除，文件已放弃，记录不受影响。请再试一次。",
                "Records were imported or erased while the file was made, so it was given up. The records are not affected. Try again.",
            ),
            StoreError::TakingIn => Text::of(
                "另一个页面正在导入文件，这里还没有写入任何内容。请等它完成，或关闭那个页面，再点“导入”。",
                "Another page is taking in a file; nothing was written here. Wait until it is done, or close that page, then tap Import again.",
            ),
            StoreError::NotOpen => Text::of(
                "数据库还没有打开，这一步没有保存。请稍候再试。",
                "The database is not open yet, so this was not saved. Try again in a moment.",
            ),
            StoreError::Unreadable(detail) => Text::of(
                "这条记录存下来的内容读不出来（{0}）。其他记录不受影响。可以用它的操作日志重建，或先导出原样数据。",
                "What is stored of this record cannot be read ({0}). Other records are not affected. Rebuild it from its entries, or first take out what is stored.",
            )
            .with(&[detail]),
            StoreError::Db(error) => db_words(error),
        }
    }

    /// The sentence for the user when it keeps the book from being opened.
    pub fn opening_words(&self) -> Text {
        let known = match self {
            StoreError::Db(error) => opening_words(error),
            _ => None,
        };
        known.unwrap_or_else(|| {
            Text::of(
                "浏览器打开本机数据库时出错。已保存的记录仍在手机里，没有被改动。请点“再试一次”；仍不行请关闭所有本应用的页面，或重启手机后再打开。",
                "The browser failed to open the database. Saved records are still on this device, unchanged. Tap Try again; if that does not help, close all pages of the app or restart the device.",
            )
        })
    }

    /// The browser's own words, for whoever helps.
    pub fn detail(&self) -> Option<&str> {
        match self {
            StoreError::Db(DbError::Unavailable(detail) | DbError::Failed(detail)) | StoreError::Unreadable(detail) => {
                Some(detail)
            }
            _ => None,
        }
    }
}

/// Why the book cannot be opened: what is safe, what to do.
fn opening_words(error: &DbError) -> Option<Text> {
    Some(match error {
        DbError::Unavailable(_) => Text::of(
            "浏览器不允许本应用在这里保存数据，所以现在不能记录：写下的内容会丢。如果正在使用无痕模式，请退出后用普通窗口打开；否则请在浏览器设置里允许本网站保存数据（Cookie 和网站数据），再点“再试一次”。以前的记录不受影响。",
            "The browser does not let the app keep data here, so nothing can be recorded now: it would be lost. In a private window, leave it and open the app in a normal one; otherwise allow this site to keep data (cookies and site data) in the browser's settings and tap Try again. Earlier records are not affected.",
        ),
        DbError::Full => Text::of(
            "手机存储空间已满，数据库打不开。已保存的记录仍在手机里。请先删除不用的照片或应用，再点“再试一次”。请不要清除浏览器数据：那会连同记录一起删除。",
            "There is no room left on the device, so the database cannot be opened. Saved records are still on it. Delete photos or apps you do not need, then tap Try again. Do not clear the browser's data: that would delete the records too.",
        ),
        DbError::Newer => Text::of(
            "这台手机上的记录由更新版本的应用写入，当前页面还是旧版本。记录完好。请联网后点“更新应用”。",
            "The records on this device were written by a newer version of the app; this page is still the old one. The records are safe. Go online and tap Update the app.",
        ),
        DbError::Closed | DbError::Failed(_) => return None,
    })
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
            "存储空间已满，刚才这一步没有保存，之前保存的都还在。请先删除手机里不用的照片或应用，再点“重试”；暂时腾不出空间，就复制或发送出去。",
            "There is no room left: this entry was not saved, everything saved before is safe. Delete photos or apps you do not need, then tap Retry; until then copy or send it.",
        ),
        DbError::Closed => Text::of(
            "与数据库的连接已断开，刚才这一步没有保存；之前保存的都还在。请先复制未保存的内容，再重新加载本页。",
            "The connection to the database was closed: this entry was not saved, everything saved before is safe. Copy what is unsaved, then reload this page.",
        ),
        DbError::Failed(detail) => Text::of(
            "没有保存成功（{0}）。之前保存的都还在；请点“重试”。",
            "It could not be saved ({0}). Everything saved before is safe; tap Retry.",
        )
        .with(&[detail]),
    }
}
