//! What a server should say besides the files: security headers and how long a file may be kept.
//!
//! One source for our own server, the header files of hosts, and the check of `index.html`.

/// What a page may load. `index.html` carries the same text in a `<meta>`, for hosts that set no
/// headers; the packing step refuses to go on when the two differ.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; font-src 'self'; \
    media-src 'self' blob:; base-uri 'none'; form-action 'none'";

/// For files whose name changes with their content.
pub const KEEP: &str = "public, max-age=31536000, immutable";

/// For all others: ask each time whether there is a newer one.
pub const ASK: &str = "no-cache";

/// The headers of every response, apart from `Cache-Control` and the type.
///
/// `frame-ancestors` has no effect in a `<meta>`, so it is only here.
#[must_use]
pub fn headers() -> [(&'static str, String); 4] {
    [
        ("Content-Security-Policy", format!("{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'")),
        ("X-Content-Type-Options", "nosniff".into()),
        ("Referrer-Policy", "no-referrer".into()),
        ("Cross-Origin-Opener-Policy", "same-origin".into()),
    ]
}

/// How long the file at this path may be kept without asking.
#[must_use]
pub fn cache_control(path: &str) -> &'static str {
    if named_by_content(path) { KEEP } else { ASK }
}

/// Whether the name ends in `-` and sixteen hex digits before the extension.
#[must_use]
pub fn named_by_content(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _extension)) = name.rsplit_once('.') else {
        return false;
    };
    let Some((_, hash)) = stem.rsplit_once('-') else {
        return false;
    };
    hash.len() == 16 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// The type of a file by its extension. `application/wasm` matters most: without it browsers
/// cannot compile while they download.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "txt" | "md" | "example" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_content_hash_are_kept_for_ever() {
        assert_eq!(cache_control("sitebook-0123456789abcdef.wasm"), KEEP);
        assert_eq!(cache_control("deep/main-0123456789abcdef.css"), KEEP);
        for path in ["", "index.html", "sw.js", "icons/icon-512.png", "boot-0123456789ABCDEF.js", "a-0123.js"] {
            assert_eq!(cache_control(path), ASK, "{path}");
        }
    }

    #[test]
    fn wasm_and_modules_have_the_types_that_browsers_insist_on() {
        assert_eq!(media_type("a/b-1.wasm"), "application/wasm");
        assert_eq!(media_type("sw.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(media_type("noextension"), "application/octet-stream");
    }
}
