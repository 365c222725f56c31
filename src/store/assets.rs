//! Content that is too large for the program itself: fetched when it is needed, and believed only when it is exactly
//! what this build was made with.
//!
//! It must not know what is in a file. Names, files and digests come from the build script.

use super::content::ASSETS;
use crate::browser::asset::{self, AssetError, From};
use sitebook_core::ledger::{hex, sha256};
use sitebook_core::text::Text;

/// Why content is not at hand. Records are not affected by any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// No network, and not kept for offline use yet.
    Unreachable,
    /// The host has something else under this name, or nothing: it holds another version of the app.
    Other,
}

impl Missing {
    /// The sentence for the user: what happened, what is safe, what to do.
    pub fn words(self) -> Text {
        match self {
            Missing::Unreachable => Text::of(
                "这部分内容还没有下载到手机里，现在又连不上网。记录不受影响。请联网后点“重试”，下载一次以后离线也能看。",
                "This content is not on the device yet, and there is no connection. Records are not affected. Go online and tap Retry; once loaded, it is there offline.",
            ),
            Missing::Other => Text::of(
                "服务器上的内容与这个版本的应用不符，没有采用。记录不受影响。请点“重试”；仍不行请重新加载，更新应用。",
                "The content on the server does not belong to this version of the app and was not used. Records are not affected. Tap Retry; if that does not help, reload to update the app.",
            ),
        }
    }
}

/// The text of the content with this name, checked against its digest.
///
/// # Errors
/// It did not come, or it is not the text that this build was made with.
pub async fn text(name: &str) -> Result<String, Missing> {
    let (_, file, digest) = ASSETS.iter().find(|(known, ..)| *known == name).ok_or(Missing::Other)?;
    let mut missing = Missing::Other;
    // A wrong text is asked for once more, past what the browser has kept.
    for from in [From::Anywhere, From::Host] {
        match asset::text(file, from).await {
            Ok(text) if hex(&sha256(text.as_bytes())) == *digest => return Ok(text),
            Ok(_) | Err(AssetError::Refused(_)) => missing = Missing::Other,
            Err(AssetError::Unreachable) => missing = Missing::Unreachable,
        }
    }
    Err(missing)
}
